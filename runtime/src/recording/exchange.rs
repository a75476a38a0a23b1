//! A request and its answer, as a recording holds them.

use super::asked::Asked;
use super::body::{Body, Hidden};
use crate::parameters::Parameters;
use crate::transport::http;
use serde_json::{Map, Value, json};

/// Headers of an answer that the client reads, and the one that says what it is.
const HEADERS: [&str; 4] = ["content-type", "date", "retry-after", "x-acs-retry-after"];

/// A request and its answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exchange {
    pub(super) asked: Asked,
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
}

impl Exchange {
    pub(super) fn new(asked: Asked, answer: &http::Response<Vec<u8>>, hidden: &Hidden<'_>) -> Self {
        let value = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        let headers = HEADERS.into_iter().filter_map(|name| Some((name, hidden.secrets.hide(value(name)?))));
        Self {
            asked,
            status: answer.status().as_u16(),
            headers: headers.map(|(name, value)| (name.to_owned(), value)).collect(),
            body: Body::of(answer.body(), hidden),
        }
    }

    /// The answer.
    pub(super) fn answer(&self) -> Result<http::Response<Vec<u8>>, http::Error> {
        let answer = http::Response::builder().status(self.status);
        let answer = self.headers.iter().fold(answer, |answer, (name, value)| answer.header(name, value));
        answer.body(self.body.to_bytes())
    }

    pub(super) fn to_json(&self) -> Value {
        let (kind, body) = match &self.body {
            Body::Json(value) => ("json", value.clone()),
            Body::Xml(text) => ("xml", text.as_str().into()),
            Body::LeftOut(why) => ("left_out", why.as_str().into()),
        };
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        json!({
            "action": self.asked.action,
            "parameters": map(self.asked.parameters.iter()),
            "status": self.status,
            "headers": map(headers),
            kind: body,
        })
    }

    /// The exchange, or what is wrong with it.
    pub(super) fn from_json(value: Value) -> Result<Self, String> {
        let Value::Object(mut fields) = value else { return Err(": not an object".to_owned()) };
        let action = match fields.remove("action") {
            Some(Value::String(action)) => action,
            _ => return Err(".action: expected the name of an action".to_owned()),
        };
        let parameters: Parameters = texts(&mut fields, "parameters")?.into_iter().collect();
        let status = fields.remove("status").and_then(|status| status.as_u64());
        let status = status.filter(|status| (100..1000).contains(status));
        let status = status.and_then(|status| u16::try_from(status).ok());
        let exchange = Self {
            asked: Asked { action, parameters },
            status: status.ok_or(".status: expected an HTTP status, as 200")?,
            headers: texts(&mut fields, "headers")?,
            body: body(&mut fields)?,
        };
        if let Some((name, _)) = fields.into_iter().next() {
            return Err(format!(
                ".{name}: unknown; an exchange has action, parameters, status, headers and one of json, xml and left_out"
            ));
        }
        exchange.answer().map_err(|error| format!(".headers: {error}"))?;
        Ok(exchange)
    }
}

fn map<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    pairs.map(|(name, value)| (name.to_owned(), value.into())).collect()
}

/// Names and texts; none if the field is not there.
fn texts(fields: &mut Map<String, Value>, name: &str) -> Result<Vec<(String, String)>, String> {
    let entries = match fields.remove(name) {
        None => return Ok(Vec::new()),
        Some(Value::Object(entries)) => entries,
        Some(_) => return Err(format!(".{name}: expected an object")),
    };
    let text = |(key, value)| match value {
        Value::String(text) => Ok((key, text)),
        _ => Err(format!(".{name}.{key}: expected a text")),
    };
    entries.into_iter().map(text).collect()
}

fn body(fields: &mut Map<String, Value>) -> Result<Body, String> {
    match (fields.remove("json"), fields.remove("xml"), fields.remove("left_out")) {
        (Some(value), None, None) => Ok(Body::Json(value)),
        (None, Some(Value::String(text)), None) => Ok(Body::Xml(text)),
        (None, None, Some(Value::String(why))) => Ok(Body::LeftOut(why)),
        _ => Err(": expected one of json, xml (a text) and left_out (a text)".to_owned()),
    }
}
