//! Signature ACS3-HMAC-SHA256 as the service recomputes it.

use super::query;
use crate::form::{Form, parse};
use crate::http::Request;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The parameters that stand in headers, by their names in a query.
const IN_HEADERS: [(&str, &str); 5] = [
    ("Action", "x-acs-action"),
    ("SecurityToken", "x-acs-security-token"),
    ("SignatureNonce", "x-acs-signature-nonce"),
    ("Timestamp", "x-acs-date"),
    ("Version", "x-acs-version"),
];

/// What the header `Authorization` says.
pub(crate) struct Authorization {
    pub(crate) access_key_id: String,
    pub(crate) signed_headers: Vec<String>,
    pub(crate) signature: String,
}

/// Reads the header `Authorization`; none if the call is not signed in this way.
pub(crate) fn authorization(request: &Request) -> Option<Authorization> {
    let fields = request.header("authorization")?.strip_prefix(ALGORITHM)?.strip_prefix(' ')?;
    let mut fields = fields.split(',');
    let mut field = |name: &str| fields.next()?.strip_prefix(name)?.strip_prefix('=');
    Some(Authorization {
        access_key_id: field("Credential")?.to_owned(),
        signed_headers: field("SignedHeaders")?.split(';').map(str::to_owned).collect(),
        signature: field("Signature")?.to_owned(),
    })
}

/// What every call brings, as version 1.0 names it.
pub(crate) fn common(request: &Request, authorization: &Authorization) -> Form {
    let header = |(name, header): (&str, &str)| Some((name.to_owned(), request.header(header)?.to_owned()));
    let mut form: Form = IN_HEADERS.into_iter().filter_map(header).collect();
    let format =
        request.header("accept").map_or("XML", |kind| if kind.ends_with("json") { "JSON" } else { "XML" });
    form.insert("Format".to_owned(), format.to_owned());
    form.insert("AccessKeyId".to_owned(), authorization.access_key_id.clone());
    form.insert("Signature".to_owned(), authorization.signature.clone());
    form
}

/// What is wrong with the form of a call, apart from the signature itself: a header that says something about the call
/// and is not signed, or a hash that is not the body's.
pub(crate) fn fault(request: &Request, authorization: &Authorization) -> Option<String> {
    let names = request.headers.iter().map(|(name, _)| name);
    let mut due =
        names.filter(|name| name.starts_with("x-acs-") || matches!(name.as_str(), "host" | "content-type"));
    if let Some(name) = due.find(|name| !authorization.signed_headers.contains(name)) {
        return Some(format!("the header {name} is not signed"));
    }
    if request.header("x-acs-content-sha256") != Some(&sha256(&request.body)) {
        return Some("x-acs-content-sha256 is not the hash of the body".to_owned());
    }
    None
}

/// The canonical form of a call as it came.
pub(crate) fn canonical(request: &Request, authorization: &Authorization) -> Result<String, String> {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let mut headers = BTreeMap::new();
    for name in &authorization.signed_headers {
        let value = request.header(name).ok_or_else(|| format!("the signed header {name} is missing"))?;
        headers.insert(name.clone(), value.to_owned());
    }
    Ok(canonical_request(&request.method, path, &parse(query)?, &headers, &request.body))
}

/// The canonical form of a request; the headers are those that are signed.
#[must_use]
pub fn canonical_request(
    method: &str,
    path: &str,
    parameters: &Form,
    headers: &BTreeMap<String, String>,
    body: &[u8],
) -> String {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let names: Vec<&str> = headers.keys().map(String::as_str).collect();
    [method, path, &query(parameters.iter()), &lines, &names.join(";"), &sha256(body)].join("\n")
}

/// The text over which the signature of a call is made.
#[must_use]
pub fn string_to_sign(canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{}", sha256(canonical_request.as_bytes()))
}

/// The signature of a text.
///
/// # Panics
/// Never: HMAC takes keys of any length.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(string_to_sign.as_bytes());
    hexadecimal(&mac.finalize().into_bytes())
}

fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}
