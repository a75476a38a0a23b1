//! Signature version 1.0: HMAC-SHA1 over the parameters, among which it stands.

use super::{TWICE, size, write_query};
use crate::credentials::Credentials;
use crate::parameters::Parameters;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use std::time::SystemTime;

const SIGNATURE: &str = "Signature";

/// Signs a call: adds `AccessKeyId`, `Timestamp`, `SignatureNonce`, `SignatureMethod`, `SignatureVersion`,
/// `SecurityToken` (with temporary credentials) and `Signature`, in place of any that are there.
///
/// `method` is the HTTP method, `nonce` a text that no other call has used.
pub fn sign(
    method: &str,
    parameters: &mut Parameters,
    credentials: &Credentials,
    time: SystemTime,
    nonce: &str,
) {
    parameters.set("AccessKeyId", credentials.access_key_id());
    parameters.set("Timestamp", crate::time::format(time));
    parameters.set("SignatureNonce", nonce);
    parameters.set("SignatureMethod", "HMAC-SHA1");
    parameters.set("SignatureVersion", "1.0");
    if let Some(token) = credentials.security_token() {
        parameters.set("SecurityToken", token);
    }
    let signature = signature(credentials.secret(), &string_to_sign(method, parameters));
    parameters.set(SIGNATURE, signature);
}

/// The text over which the signature is made: the method and all parameters but `Signature` itself.
#[must_use]
pub fn string_to_sign(method: &str, parameters: &Parameters) -> String {
    let mut text = String::with_capacity(method.len() + 5 + size(parameters) * 3 / 2);
    text.push_str(method);
    text.push_str("&%2F&");
    // The query would be encoded once more as a whole; its parts are written doubly encoded instead.
    write_query(parameters.iter().filter(|(name, _)| *name != SIGNATURE), &TWICE, &mut text);
    text
}

/// The signature of a text: HMAC-SHA1 with the secret and `&` as its key, in base64.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let key = zeroize::Zeroizing::new(format!("{secret}&"));
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
    STANDARD.encode(hmac::sign(&key, string_to_sign.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::tests::vectors;
    use std::collections::BTreeMap;
    use std::time::Duration;

    #[derive(serde::Deserialize)]
    struct Vector {
        id: String,
        method: String,
        secret: String,
        params: BTreeMap<String, String>,
        string_to_sign: String,
        signature: String,
    }

    #[test]
    fn public_clients_sign_alike() {
        let vectors: Vec<Vector> = vectors("rpc_v1");
        assert_eq!(vectors.len(), 8);
        for vector in vectors {
            let parameters: Parameters = vector.params.into_iter().collect();
            let text = string_to_sign(&vector.method, &parameters);
            assert_eq!(text, vector.string_to_sign, "{}", vector.id);
            assert_eq!(signature(&vector.secret, &text), vector.signature, "{}", vector.id);
        }
    }

    #[test]
    fn signing_again_replaces_the_earlier_signature() {
        let credentials = Credentials::new("testid", "testsecret").with_security_token("token");
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let mut again = Parameters::from([("Action", "DescribeRegions")]);
        sign("GET", &mut again, &credentials, at(0), "first");
        let mut fresh = Parameters::from([("Action", "DescribeRegions")]);
        sign("POST", &mut fresh, &credentials, at(60), "second");
        sign("POST", &mut again, &credentials, at(60), "second");
        assert_eq!(again, fresh);
        assert_eq!(again.get("Timestamp"), Some("1970-01-01T00:01:00Z"));
        assert_eq!(again.get("SecurityToken"), Some("token"));
    }
}
