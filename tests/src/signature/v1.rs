//! Signature version 1.0 as the service recomputes it.

use super::{encoded, query};
use crate::form::Form;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// The text over which the signature of a call is made.
#[must_use]
pub fn string_to_sign(method: &str, parameters: &Form) -> String {
    let signed = parameters.iter().filter(|(name, _)| *name != "Signature");
    format!("{method}&{}&{}", encoded("/"), encoded(&query(signed)))
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
