//! What the server answers.

use crate::gateway::Fault;
use crate::http::{End, Response};
use aliyun_rpc_generator::model;

/// What takes the place of `%s` in the messages of errors.
pub const FILLED: &str = "pc-bp1ciz7ekd2grn1as0001";

/// What the server answers to a call that is good.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The example that the spec gives.
    Example,
    /// An error that the action documents, with [`FILLED`] in its message.
    Error(model::ErrorRow),
    /// This status and this body.
    Raw(u16, Vec<u8>),
    /// This status and this body, the end of which only the end of the connection tells.
    WithoutLength(u16, Vec<u8>),
    /// This status and this body, of which the last byte never comes.
    CutOff(u16, Vec<u8>),
    /// This status, these headers and this body.
    Headed(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// This status and this body, of which the last byte never comes, while the connection stays open.
    Stalled(u16, Vec<u8>),
    /// None: the connection is reset.
    Reset,
    /// To be found elsewhere.
    Redirect(String),
    /// Nothing at all, while the connection stays open.
    Stall,
}

/// The message of an error with its gap filled.
#[must_use]
pub fn filled(message: &str) -> String {
    message.replace("%s", FILLED)
}

/// The formats of an answer.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    Json,
    Xml,
}

impl Format {
    /// The one that a call asks for.
    pub(crate) fn of(format: Option<&String>) -> Self {
        match format.map(String::as_str) {
            Some("JSON") => Format::Json,
            _ => Format::Xml,
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Format::Json => "application/json;charset=utf-8",
            Format::Xml => "text/xml;charset=utf-8",
        }
    }

    /// The action's example.
    pub(crate) fn example(self, action: &model::Action) -> Response {
        let example = action.examples.first().expect("every action has an example");
        let body = match self {
            Format::Json => &example.json,
            Format::Xml => &example.xml,
        };
        let body = body.clone().expect("every example has both answers");
        response(200, self.content_type(), body.into_bytes(), End::Length)
    }

    /// A refusal.
    pub(crate) fn refusal(self, fault: &Fault, request_id: &str) -> Response {
        let fields = [
            ("RequestId", request_id),
            ("HostId", "vpc.aliyuncs.com"),
            ("Code", fault.code.as_str()),
            ("Message", fault.message.as_str()),
            ("Recommend", "https://error-center.example.com/status/search?source=PopGw"),
        ];
        let body = match self {
            Format::Json => serde_json::Value::from_iter(fields).to_string(),
            Format::Xml => {
                let fields = fields.map(|(name, value)| format!("<{name}>{}</{name}>", escaped(value)));
                format!("<?xml version='1.0' encoding='UTF-8'?>\n<Error>{}</Error>", fields.concat())
            }
        };
        response(fault.status, self.content_type(), body.into_bytes(), End::Length)
    }
}

impl Answer {
    /// The answer as it goes out; none if nothing does, and the connection stays open.
    pub(crate) fn response(
        self,
        action: &model::Action,
        format: Format,
        request_id: &str,
    ) -> Option<Response> {
        Some(match self {
            Answer::Example => format.example(action),
            Answer::Error(row) => {
                let fault = Fault { status: row.http, code: row.code, message: filled(&row.message) };
                format.refusal(&fault, request_id)
            }
            Answer::Raw(status, body) => response(status, format.content_type(), body, End::Length),
            Answer::WithoutLength(status, body) => response(status, format.content_type(), body, End::Close),
            Answer::CutOff(status, body) => response(status, format.content_type(), body, End::CutOff),
            Answer::Headed(status, headers, body) => {
                let mut response = response(status, format.content_type(), body, End::Length);
                response.headers.extend(headers);
                response
            }
            Answer::Stalled(status, body) => response(status, format.content_type(), body, End::Never),
            Answer::Reset => response(200, format.content_type(), Vec::new(), End::Reset),
            Answer::Redirect(location) => Response {
                headers: vec![("location", location)],
                ..response(302, format.content_type(), Vec::new(), End::Length)
            },
            Answer::Stall => return None,
        })
    }
}

fn response(status: u16, content_type: &str, body: Vec<u8>, end: End) -> Response {
    Response { status, headers: vec![("content-type", content_type.to_owned())], body, end }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
