//! What an HTTP request asks of the service.

use crate::error::scrub::{SIGNED_WITH, last_part, sensitive};
use crate::error::{Secrets, one_line};
use crate::parameters::Parameters;
use crate::schema::{Content, Field, Service};
use crate::sign::acs3;
use crate::transport::http::{self, header};
use crate::validate;
use std::fmt;

/// What takes the place of a secret.
pub(super) const HIDDEN: &str = "***";

/// Names that no recording may show the values of: parameters' last parts and fields.
pub(super) fn sensitive_names(service: &'static Service) -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for action in service.actions {
        names.extend(sensitive(Some(action)));
        add_fields(action.response, &mut names);
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn add_fields(fields: &'static [Field], names: &mut Vec<&'static str>) {
    for field in fields {
        match field.content {
            _ if field.sensitive => names.push(field.name),
            Content::Object(fields) | Content::Objects { fields, .. } => add_fields(fields, names),
            Content::Value(_) | Content::Values { .. } => {}
        }
    }
}

/// The action and the parameters of a request, without what the client makes and without secrets.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) action: String,
    pub(super) parameters: Parameters,
}

impl Asked {
    /// What a request asks, and the secrets that it holds.
    pub(super) fn of(
        service: &'static Service,
        names: &[&str],
        request: &http::Request<Vec<u8>>,
    ) -> (Self, Secrets) {
        let all = parameters(request);
        let action = all.get("Action").unwrap_or_default().to_owned();
        let token = service.action(&action).and_then(|action| action.idempotency);
        let own = all.iter().filter(|(name, _)| validate::misuse(name).is_none() && Some(*name) != token);
        let parameters = own.map(|(name, value)| (name.to_owned(), shown(names, name, value))).collect();
        let hidden = names.iter().copied().chain(SIGNED_WITH).chain(["AccessKeyId"]).collect();
        (Self { action, parameters }, Secrets::named(hidden, &all))
    }
}

fn shown(names: &[&str], name: &str, value: &str) -> String {
    if names.contains(&last_part(name)) { HIDDEN.to_owned() } else { value.to_owned() }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.action))?;
        self.parameters.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))
    }
}

/// The parameters of a signed request, wherever it has them: in query, form or headers.
fn parameters(request: &http::Request<Vec<u8>>) -> Parameters {
    let is_form = request.headers().contains_key(header::CONTENT_TYPE);
    let body = if is_form { String::from_utf8_lossy(request.body()) } else { "".into() };
    let query = request.uri().query().unwrap_or_default();
    let pairs = [query, &body].into_iter().flat_map(|text| text.split('&')).filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    let mut parameters: Parameters = pairs.map(pair).collect();
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    for (header, name) in [("x-acs-action", "Action"), (acs3::SECURITY_TOKEN.as_str(), "SecurityToken")] {
        if let Some(value) = text(header) {
            parameters.set(name, value);
        }
    }
    let authorization = text(header::AUTHORIZATION.as_str()).unwrap_or_default();
    for part in authorization.split([',', ' ']) {
        match part.split_once('=') {
            Some(("Credential", id)) => parameters.set("AccessKeyId", id),
            Some(("Signature", signature)) => parameters.set("Signature", signature),
            _ => {}
        }
    }
    parameters
}

/// A text without its percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, encoded)) = rest.split_once('%') {
        bytes.extend(plain.as_bytes());
        match encoded.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = encoded.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(b'%');
                rest = encoded;
            }
        }
    }
    bytes.extend(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
