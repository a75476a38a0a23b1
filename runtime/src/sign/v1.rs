//! Signature version 1.0: HMAC-SHA1 over the parameters, among which it stands.

use super::{HEX, Sink, size, write_hex, write_query};
use crate::credentials::Credentials;
use crate::parameters::Parameters;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};
use std::time::SystemTime;
use zeroize::Zeroizing;

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
    signed_query(method, parameters, credentials, time, nonce);
}

/// Signs a call as [`sign`] does, and gives its query or form body, in which the signature stands last.
pub(crate) fn signed_query(
    method: &str,
    parameters: &mut Parameters,
    credentials: &Credentials,
    time: SystemTime,
    nonce: &str,
) -> String {
    parameters.set("AccessKeyId", credentials.access_key_id());
    parameters.set("Timestamp", crate::time::format(time));
    parameters.set("SignatureNonce", nonce);
    parameters.set_static("SignatureMethod", "HMAC-SHA1");
    parameters.set_static("SignatureVersion", "1.0");
    if let Some(token) = credentials.security_token() {
        parameters.set("SecurityToken", token);
    }
    parameters.remove(SIGNATURE);
    let Unsigned { mut query, text } = Unsigned::new(method, size(parameters), parameters.iter());
    let signature = signature(credentials.secret(), &text);
    query.push('&');
    write_query([(SIGNATURE, signature.as_str())].into_iter(), &mut query);
    parameters.set(SIGNATURE, signature);
    query
}

/// A query, and the text over which its signature is made: in it the query is encoded once more, as a whole.
struct Unsigned {
    query: String,
    text: String,
}

impl Unsigned {
    /// `size` is that of the pairs before encoding.
    fn new<'a>(method: &str, size: usize, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut text = String::with_capacity(method.len() + 5 + size * 3 / 2);
        text.push_str(method);
        text.push_str("&%2F&");
        // The signature is added to the query.
        let mut unsigned = Self { query: String::with_capacity(size * 5 / 4 + 50), text };
        write_query(pairs, &mut unsigned);
        unsigned
    }
}

impl Sink for Unsigned {
    fn plain(&mut self, run: &str) {
        self.query.plain(run);
        self.text.plain(run);
    }

    fn escaped(&mut self, byte: u8) {
        self.query.escaped(byte);
        self.text.push_str("%25");
        write_hex(byte, HEX, &mut self.text);
    }

    fn mark(&mut self, mark: u8) {
        self.query.mark(mark);
        self.text.escaped(mark);
    }
}

/// The text over which the signature is made: the method and all parameters but `Signature` itself.
#[must_use]
pub fn string_to_sign(method: &str, parameters: &Parameters) -> String {
    let pairs = parameters.iter().filter(|(name, _)| *name != SIGNATURE);
    Unsigned::new(method, size(parameters), pairs).text
}

/// The signature of a text: HMAC-SHA1 with the secret and `&` as its key, in base64.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let key = Zeroizing::new([secret, "&"].concat());
    STANDARD.encode(hmac(key.as_bytes(), string_to_sign.as_bytes()))
}

/// HMAC-SHA1, RFC 2104. The hash of ring, which TLS brings, does not use what processors have for SHA-1 and takes four
/// times as long, a twentieth of a call over loopback; the crate hmac would bring three more for these few lines.
fn hmac(key: &[u8], text: &[u8]) -> [u8; 20] {
    const BLOCK: usize = 64;
    let mut block = Zeroizing::new([0; BLOCK]);
    if key.len() > BLOCK {
        block[..20].copy_from_slice(&Sha1::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |pad: u8| Zeroizing::new(block.map(|byte| byte ^ pad));
    let inner = Sha1::new().chain_update(padded(0x36).as_slice()).chain_update(text).finalize();
    Sha1::new().chain_update(padded(0x5c).as_slice()).chain_update(inner).finalize().into()
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

    /// RFC 2202.
    #[test]
    fn keys_may_be_short_or_long() {
        let hex = |key: &[u8], text: &[u8]| hmac(key, text).map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(hex(b"Jefe", b"what do ya want for nothing?"), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(hex(&[0x0b; 20], b"Hi There"), "b617318655057264e28bc0b6fb378c8ef146be00");
        let long = [0xaa; 80];
        let text = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(hex(&long, text), "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    }

    /// What is sent is what was signed, with the signature.
    #[test]
    fn the_query_is_that_of_the_parameters() {
        let credentials = Credentials::new("testid", "test secret/名&=");
        let mut parameters =
            Parameters::from([("Name", "名 a+b/c&d=e%"), ("Empty", ""), ("Signature", "old")]);
        let query = signed_query("GET", &mut parameters, &credentials, SystemTime::UNIX_EPOCH, "n");
        let signature = signature(credentials.secret(), &string_to_sign("GET", &parameters));
        assert_eq!(parameters.get("Signature"), Some(signature.as_str()));
        let (before, last) = query.rsplit_once('&').unwrap();
        assert_eq!(last, super::super::query(&Parameters::from([("Signature", signature)])));
        parameters.remove("Signature");
        assert_eq!(before, super::super::query(&parameters));
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
