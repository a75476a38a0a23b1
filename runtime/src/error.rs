//! What can go wrong with a call.

mod scrub;

pub(crate) use scrub::Secrets;

use crate::credentials::CredentialsError;
use crate::decode::RefusalBody;
use crate::schema::{Action, Effect, ErrorClass, ErrorCode, ErrorRow, Service};
use crate::transport::TransportError;
use crate::validate::Violations;
use std::fmt::{self, Write as _};

/// Why a call did not succeed. No text of it holds a secret, a signature or a sensitive value.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    action: Option<String>,
    kind: ErrorKind,
}

/// Kinds of failure.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The parameters break rules of the spec. Nothing was sent.
    Invalid(Violations),
    /// The configuration cannot work: what is wrong, where, and how to mend it. Nothing was sent.
    Configuration(String),
    /// The request does not fit into the form that was asked for, a URL or a header: why, and what to do instead.
    /// Nothing was sent.
    Unfit(String),
    /// There are no credentials to sign with. Nothing was sent.
    Credentials(CredentialsError),
    /// There was no complete answer.
    Transport(TransportError),
    /// The service refused the call.
    Refused(Refusal),
    /// The answer cannot be read. After a successful status the call has most likely had its effect, and must not
    /// be repeated unless it changes nothing.
    Unreadable(Unreadable),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { action: None, kind }))
    }

    pub(crate) fn configuration(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration(text.into()))
    }

    /// Adds which action was called.
    pub(crate) fn of(mut self, action: &str) -> Self {
        self.0.action = Some(action.to_owned());
        self
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Name of the action that was called; none before there was a call.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.0.action.as_deref()
    }

    /// Id that the service gave to the request, if it answered.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self.kind() {
            ErrorKind::Refused(refusal) => refusal.request_id.as_deref(),
            ErrorKind::Unreadable(unreadable) => unreadable.request_id.as_deref(),
            _ => None,
        }
    }

    /// Error code of the service, if it refused the call.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self.kind() {
            ErrorKind::Refused(refusal) => Some(&refusal.code),
            _ => None,
        }
    }

    /// HTTP status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.kind() {
            ErrorKind::Refused(refusal) => Some(refusal.status),
            ErrorKind::Unreadable(unreadable) => Some(unreadable.status),
            _ => None,
        }
    }
}

/// One line: action, status, code, message, cause, remedy, request id, as far as there are any.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(action) = self.action() {
            write!(f, "{action}: ")?;
        }
        match self.kind() {
            ErrorKind::Invalid(violations) => {
                let texts: Vec<String> =
                    violations.iter().map(|violation| one_line(&violation.to_string())).collect();
                write!(f, "not sent: {}", texts.join("; "))
            }
            ErrorKind::Configuration(text) => write!(f, "configuration: {text}"),
            ErrorKind::Unfit(text) => f.write_str(text),
            ErrorKind::Credentials(error) => write!(f, "no credentials: {error}"),
            ErrorKind::Transport(error) => error.fmt(f),
            ErrorKind::Refused(refusal) => refusal.fmt(f),
            ErrorKind::Unreadable(unreadable) => unreadable.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Credentials(error) => Some(error),
            ErrorKind::Transport(error) => Some(error),
            _ => None,
        }
    }
}

/// What the service said when it refused a call, and what the spec knows about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Error code, as `InvalidVlanId.Used`.
    pub code: String,
    /// What the service says about it. If it repeats parameters, those that are secret stand as `***`.
    pub message: String,
    /// Id that the service gave to the request.
    pub request_id: Option<String>,
    /// Host that answered.
    pub host_id: Option<String>,
    /// Address of a page of the provider about the error.
    pub recommend: Option<String>,
    known: Option<&'static ErrorCode>,
    row: Option<&'static ErrorRow>,
}

impl Refusal {
    pub(crate) fn new(
        status: u16,
        body: RefusalBody,
        service: &'static Service,
        action: Option<&'static Action>,
        secrets: &Secrets,
    ) -> Self {
        let known = service.error(&body.code);
        let rows = action.map_or(&[][..], |action| action.errors);
        let rows = || rows.iter().filter(|row| row.code == body.code && row.http == status);
        let row = rows().find(|row| row.says(&body.message)).or_else(|| rows().next());
        let hidden = |text: Option<String>| text.map(|text| secrets.hide(&text));
        Self {
            status,
            code: secrets.hide(&body.code),
            message: secrets.hide(&body.message),
            request_id: hidden(body.request_id),
            host_id: hidden(body.host_id),
            recommend: hidden(body.recommend),
            known,
            row,
        }
    }

    /// Why the service answers with this code, if the spec knows.
    #[must_use]
    pub fn cause(&self) -> Option<&'static str> {
        self.row
            .and_then(|row| row.cause)
            .or(self.known.map(|known| known.cause))
            .filter(|text| !text.is_empty())
    }

    /// What to do about it, if the spec knows.
    #[must_use]
    pub fn remedy(&self) -> Option<&'static str> {
        self.row
            .and_then(|row| row.remedy)
            .or(self.known.map(|known| known.remedy))
            .filter(|text| !text.is_empty())
    }

    /// Whether trying again can help, if the spec knows.
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        self.row.and_then(|row| row.class).or(self.known.map(|known| known.class))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {} {}: {}", self.status, one_line(&self.code), one_line(&self.message))?;
        if let Some(cause) = self.cause() {
            write!(f, " Cause: {cause}")?;
        }
        if let Some(remedy) = self.remedy() {
            write!(f, " Remedy: {remedy}")?;
        }
        write_request_id(f, self.request_id.as_deref())
    }
}

/// An answer that is neither what the action answers nor a refusal, such as a page of a proxy in between.
#[non_exhaustive]
pub struct Unreadable {
    /// HTTP status.
    pub status: u16,
    /// What a successful call changes; none for an action that the spec does not know.
    pub effect: Option<Effect>,
    /// Id that the service gave to the request, if it could be made out.
    pub request_id: Option<String>,
    /// Why the answer cannot be read.
    pub reason: String,
    /// The answer as it came, save for bytes that are no UTF-8. It may hold sensitive values.
    pub body: String,
    snippet: Option<String>,
}

impl Unreadable {
    /// Characters of the answer that the text of the error shows.
    const SNIPPET: usize = 200;

    pub(crate) fn new(
        status: u16,
        action: Option<&'static Action>,
        reason: String,
        body: &[u8],
        secrets: &Secrets,
    ) -> Self {
        let request_id = crate::decode::request_id(body);
        let body = String::from_utf8_lossy(body).into_owned();
        // The answer to a successful call may hold sensitive values, so no part of it is shown.
        let snippet = (!(200..300).contains(&status)).then(|| {
            let text = secrets.hide(&body);
            one_line(
                text.get(..text.char_indices().nth(Self::SNIPPET).map_or(text.len(), |(at, _)| at))
                    .unwrap_or_default(),
            )
        });
        Self { status, effect: action.map(|action| action.effect), request_id, reason, body, snippet }
    }

    /// Whether the call has most likely had an effect, so that it must not be repeated.
    #[must_use]
    pub fn may_have_changed_something(&self) -> bool {
        (200..300).contains(&self.status) && self.effect != Some(Effect::Read)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}, but the answer cannot be read: {}", self.status, one_line(&self.reason))?;
        if let Some(snippet) = &self.snippet {
            write!(f, ": {snippet}")?;
        }
        if self.may_have_changed_something() {
            f.write_str("; the call has most likely had its effect: look before repeating it")?;
        }
        write_request_id(f, self.request_id.as_deref())
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("status", &self.status)
            .field("effect", &self.effect)
            .field("request_id", &self.request_id)
            .field("reason", &self.reason)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

fn write_request_id(f: &mut fmt::Formatter<'_>, request_id: Option<&str>) -> fmt::Result {
    match request_id {
        Some(id) => write!(f, " (request {})", one_line(id)),
        None => Ok(()),
    }
}

/// The text with its control characters escaped, line breaks among them.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            // Writing to a `String` cannot fail.
            let _ = write!(line, "{}", character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}
