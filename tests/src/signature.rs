//! Signature version 1.0 as the service recomputes it.

use crate::form::Form;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// The text over which the signature of a call is made.
#[must_use]
pub fn string_to_sign(method: &str, parameters: &Form) -> String {
    let signed = parameters.iter().filter(|(name, _)| *name != "Signature");
    let pairs: Vec<String> =
        signed.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    format!("{method}&{}&{}", encoded("/"), encoded(&pairs.join("&")))
}

/// The signature of a text.
///
/// # Panics
/// Never: HMAC takes keys of any length.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(format!("{secret}&").as_bytes()).unwrap();
    mac.update(string_to_sign.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
