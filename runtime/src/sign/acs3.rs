//! Signature ACS3-HMAC-SHA256: over method, query, headers and body; it stands in the header `Authorization`.

use super::hexadecimal;
use crate::credentials::Credentials;
use crate::transport::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName};
use ring::{digest, hmac};
use std::time::SystemTime;

/// The header that carries the security token of temporary credentials.
pub const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");

/// Name of the algorithm.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// What is signed of a call.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// Host as the header `Host` has it: with the port, unless it is the scheme's own.
    pub host: &'a str,
    /// Name of the action.
    pub action: &'a str,
    /// API version.
    pub version: &'a str,
    /// The parameters that stand in the query, as [`query`](super::query) writes them.
    pub query: &'a str,
    /// Type of the body, if there is one.
    pub content_type: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

/// A signed call.
#[derive(Clone)]
pub struct Signed {
    /// Its headers, `Host` and `Authorization` among them, sorted by name but for `Authorization`, which is the last.
    pub headers: Vec<(HeaderName, String)>,
    /// The text over which the signature was made.
    pub string_to_sign: String,
    /// The signature.
    pub signature: String,
}

/// Signs a call; `nonce` is a text that no other call has used.
#[must_use]
pub fn sign(call: &Call<'_>, credentials: &Credentials, time: SystemTime, nonce: &str) -> Signed {
    let payload = sha256(call.body);
    let mut headers = vec![
        (HOST, call.host.to_owned()),
        (HeaderName::from_static("x-acs-action"), call.action.to_owned()),
        (HeaderName::from_static("x-acs-content-sha256"), payload.clone()),
        (HeaderName::from_static("x-acs-date"), crate::time::format(time)),
    ];
    if let Some(token) = credentials.security_token() {
        headers.push((SECURITY_TOKEN, token.to_owned()));
    }
    headers.push((HeaderName::from_static("x-acs-signature-nonce"), nonce.to_owned()));
    headers.push((HeaderName::from_static("x-acs-version"), call.version.to_owned()));
    if let Some(kind) = call.content_type {
        headers.insert(0, (CONTENT_TYPE, kind.to_owned()));
    }
    let signed: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = canonical_request(call.method, call.query, &signed, &payload);
    let string_to_sign = string_to_sign(&request);
    let signature = signature(credentials.secret(), &string_to_sign);
    let authorization = authorization(credentials.access_key_id(), &signed, &signature);
    headers.push((AUTHORIZATION, authorization));
    Signed { headers, string_to_sign, signature }
}

/// The canonical form of a request. The headers are those that are signed, sorted by name, their names in lower case;
/// `payload` is the SHA-256 of the body in hexadecimal.
#[must_use]
pub fn canonical_request(method: &str, query: &str, headers: &[(&str, &str)], payload: &str) -> String {
    let mut text = format!("{method}\n/\n{query}\n");
    for (name, value) in headers {
        for part in [name, ":", value.trim(), "\n"] {
            text.push_str(part);
        }
    }
    text + "\n" + &names(headers) + "\n" + payload
}

/// The text over which the signature is made.
#[must_use]
pub fn string_to_sign(canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{}", sha256(canonical_request.as_bytes()))
}

/// The signature of a text: HMAC-SHA256 with the secret as its key, in hexadecimal.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hexadecimal(hmac::sign(&key, string_to_sign.as_bytes()).as_ref())
}

/// The value of the header `Authorization`.
fn authorization(access_key_id: &str, headers: &[(&str, &str)], signature: &str) -> String {
    format!("{ALGORITHM} Credential={access_key_id},SignedHeaders={},Signature={signature}", names(headers))
}

fn names(headers: &[(&str, &str)]) -> String {
    headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";")
}

fn sha256(bytes: &[u8]) -> String {
    hexadecimal(digest::digest(&digest::SHA256, bytes).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::sign::tests::vectors;
    use std::collections::BTreeMap;

    #[derive(serde::Deserialize)]
    struct Vector {
        id: String,
        method: String,
        pathname: String,
        access_key_id: String,
        secret: String,
        query: BTreeMap<String, String>,
        headers: BTreeMap<String, String>,
        body: String,
        payload_sha256: String,
        canonical_request: String,
        string_to_sign: String,
        authorization: String,
        signature: String,
    }

    #[test]
    fn public_clients_sign_alike() {
        let vectors: Vec<Vector> = vectors("acs3");
        assert_eq!(vectors.len(), 27);
        for vector in vectors {
            let parameters: Parameters = vector.query.into_iter().collect();
            let query = crate::sign::query(&parameters);
            let signed: Vec<(&str, &str)> =
                vector.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(
                (vector.pathname.as_str(), sha256(vector.body.as_bytes())),
                ("/", vector.payload_sha256.clone())
            );
            let request = canonical_request(&vector.method, &query, &signed, &vector.payload_sha256);
            assert_eq!(request, vector.canonical_request, "{}", vector.id);
            let text = string_to_sign(&request);
            assert_eq!(text, vector.string_to_sign, "{}", vector.id);
            let found = signature(&vector.secret, &text);
            assert_eq!(found, vector.signature, "{}", vector.id);
            assert_eq!(
                authorization(&vector.access_key_id, &signed, &found),
                vector.authorization,
                "{}",
                vector.id
            );

            // The headers as a whole, with the vector's own time and nonce.
            let header = |name: &str| vector.headers[name].as_str();
            let call = Call {
                method: &vector.method,
                host: header("host"),
                action: header("x-acs-action"),
                version: header("x-acs-version"),
                query: &query,
                content_type: vector.headers.get("content-type").map(String::as_str),
                body: vector.body.as_bytes(),
            };
            let mut credentials = Credentials::new(vector.access_key_id.as_str(), vector.secret.as_str());
            if let Some(token) = vector.headers.get(SECURITY_TOKEN.as_str()) {
                credentials = credentials.with_security_token(token.as_str());
            }
            let time = crate::time::parse(header("x-acs-date")).unwrap();
            let signed = sign(&call, &credentials, time, header("x-acs-signature-nonce"));
            assert_eq!((signed.string_to_sign, signed.signature), (vector.string_to_sign, vector.signature));
            let mut made = signed.headers;
            assert_eq!(made.pop().unwrap(), (AUTHORIZATION, vector.authorization), "{}", vector.id);
            let made: BTreeMap<String, String> =
                made.into_iter().map(|(name, value)| (name.as_str().to_owned(), value)).collect();
            assert_eq!(made, vector.headers, "{}", vector.id);
        }
    }

    #[test]
    fn what_is_signed_is_sorted() {
        let call = Call {
            method: "POST",
            host: "127.0.0.1:8080",
            action: "A",
            version: "V",
            query: "",
            content_type: Some("application/x-www-form-urlencoded"),
            body: b"Name=%20",
        };
        let credentials = Credentials::new("id", "secret").with_security_token("token");
        let headers = sign(&call, &credentials, SystemTime::UNIX_EPOCH, "nonce").headers;
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let (last, signed) = names.split_last().unwrap();
        assert!(signed.is_sorted() && *last == "authorization", "{names:?}");
        assert!(headers.last().unwrap().1.contains(&format!("SignedHeaders={},", signed.join(";"))));
        assert!(signed.contains(&"content-type") && signed.contains(&"x-acs-security-token"));
    }
}
