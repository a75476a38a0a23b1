//! Signature version 1.0 of RPC-style calls (HMAC-SHA1), as pure functions.

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

/// The parameters as a query or a form body, percent-encoded as RFC 3986 has it.
#[must_use]
pub fn query(parameters: &Parameters) -> String {
    let mut text = String::with_capacity(size(parameters) * 5 / 4);
    write_query(parameters.iter(), &ONCE, &mut text);
    text
}

/// A text, percent-encoded as RFC 3986 has it.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    write_encoded(text, ONCE.percent, &mut encoded);
    encoded
}

/// Bytes of the parameters before encoding.
fn size(parameters: &Parameters) -> usize {
    parameters.iter().map(|(name, value)| name.len() + value.len() + 6).sum()
}

/// The marks of a query, as they stand in it and as they stand in a query that is encoded once more.
struct Marks {
    equals: &'static str,
    and: &'static str,
    percent: &'static str,
}

const ONCE: Marks = Marks { equals: "=", and: "&", percent: "%" };
const TWICE: Marks = Marks { equals: "%3D", and: "%26", percent: "%25" };

fn write_query<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, marks: &Marks, text: &mut String) {
    for (index, (name, value)) in pairs.enumerate() {
        if index > 0 {
            text.push_str(marks.and);
        }
        write_encoded(name, marks.percent, text);
        text.push_str(marks.equals);
        write_encoded(value, marks.percent, text);
    }
}

/// Copies runs of unreserved characters as they are and writes the bytes of every other character in hexadecimal.
fn write_encoded(part: &str, percent: &str, text: &mut String) {
    let mut rest = part;
    while let Some((plain, other)) =
        rest.bytes().position(is_reserved).and_then(|at| rest.split_at_checked(at))
    {
        text.push_str(plain);
        let mut others = other.chars();
        for byte in others.next().unwrap_or_default().encode_utf8(&mut [0; 4]).bytes() {
            text.push_str(percent);
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
        rest = others.as_str();
    }
    text.push_str(rest);
}

const HEX: [u8; 16] = *b"0123456789ABCDEF";

fn is_reserved(byte: u8) -> bool {
    RESERVED[usize::from(byte)]
}

/// Every byte but those of the letters, the digits and `-_.~`.
static RESERVED: [bool; 256] = {
    let mut reserved = [true; 256];
    let mut byte = 0;
    while byte < 128 {
        let plain = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'_' | b'.' | b'~');
        reserved[byte] = !plain;
        byte += 1;
    }
    reserved
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::time::Duration;

    #[derive(serde::Deserialize)]
    struct Vectors {
        rpc_v1: Vec<Vector>,
    }

    #[derive(serde::Deserialize)]
    struct Vector {
        id: String,
        method: String,
        secret: String,
        params: BTreeMap<String, String>,
        string_to_sign: String,
        signature: String,
    }

    fn vectors() -> Vec<Vector> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/signature-vectors.json");
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str::<Vectors>(&text).unwrap().rpc_v1
    }

    #[test]
    fn public_clients_sign_alike() {
        let vectors = vectors();
        assert_eq!(vectors.len(), 8);
        for vector in vectors {
            let parameters: Parameters = vector.params.into_iter().collect();
            let text = string_to_sign(&vector.method, &parameters);
            assert_eq!(text, vector.string_to_sign, "{}", vector.id);
            assert_eq!(signature(&vector.secret, &text), vector.signature, "{}", vector.id);
        }
    }

    #[test]
    fn every_reserved_byte_is_encoded_once_and_twice() {
        let parameters = Parameters::from([("K", "aZ09-_.~ *+/:=&%'\"\u{0}\u{7f}é€😀")]);
        let once = "K=aZ09-_.~%20%2A%2B%2F%3A%3D%26%25%27%22%00%7F%C3%A9%E2%82%AC%F0%9F%98%80";
        assert_eq!(query(&parameters), once);
        let twice = once.replace('%', "%25").replace('=', "%3D");
        assert_eq!(string_to_sign("GET", &parameters), format!("GET&%2F&{twice}"));
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
