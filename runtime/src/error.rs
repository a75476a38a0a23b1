//! What can go wrong with a call.

mod echo;
mod refusal;
pub(crate) mod scrub;
mod started;
mod unreadable;

pub use echo::SignatureFault;
pub use refusal::Refusal;
pub(crate) use scrub::Secrets;
pub use started::Started;
pub use unreadable::Unreadable;

use crate::credentials::CredentialsError;
use crate::intercept::Intercepted;
use crate::retry::NotRepeated;
use crate::schema::Condition;
use crate::transport::TransportError;
use crate::validate::Violations;
use crate::wait::Unsettled;
use std::fmt::{self, Write as _};

/// Why a call did not succeed. No text of it holds a secret, a signature or a sensitive value.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    action: Option<String>,
    kind: ErrorKind,
    course: Course,
    started: Option<Started>,
    cause: Option<Error>,
}

/// How a call went before it failed.
#[derive(Debug, Default)]
pub(crate) struct Course {
    /// Where the call went to: `https://HOST`.
    pub(crate) endpoint: Option<String>,
    /// Requests that were handed to the transport.
    pub(crate) attempts: u32,
    pub(crate) may_have_changed_something: bool,
    pub(crate) is_retryable: bool,
    pub(crate) not_repeated: Option<NotRepeated>,
    /// Name and value of the idempotency token of a write.
    pub(crate) token: Option<(&'static str, String)>,
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
    /// An interceptor ended the call. That attempt was not sent; those before it were.
    Intercepted(Intercepted),
    /// There was no complete answer.
    Transport(TransportError),
    /// The service refused the call.
    Refused(Refusal),
    /// The answer cannot be read. After a successful status the call has most likely had its effect, and must not
    /// be repeated unless it changes nothing.
    Unreadable(Unreadable),
    /// The service repeats itself: what this parameter leads to was there before, the entries of a page or the token of
    /// the next, so that the list would never end. What was read until then may not be all.
    RepeatedPage {
        /// The parameter that leads from page to page.
        parameter: &'static str,
    },
    /// A wait ended without its goal.
    Unsettled(Unsettled),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { action: None, kind, course: Course::default(), started: None, cause: None }))
    }

    pub(crate) fn configuration(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration(text.into()))
    }

    /// Adds which action was called.
    pub(crate) fn of(mut self, action: &str) -> Self {
        self.0.action = Some(action.to_owned());
        self
    }

    /// Adds where the call went to: `https://HOST`.
    pub(crate) fn towards(mut self, endpoint: &str) -> Self {
        self.0.course.endpoint = Some(endpoint.to_owned());
        self
    }

    /// Adds how the call went.
    pub(crate) fn after(mut self, course: Course) -> Self {
        self.0.course = course;
        self
    }

    /// Adds the call that succeeded before this went wrong.
    pub(crate) fn behind(mut self, started: Started) -> Self {
        self.0.started = Some(started);
        self
    }

    /// Adds the error that led to this one, if any did.
    pub(crate) fn caused_by(mut self, cause: Option<Error>) -> Self {
        self.0.cause = cause;
        self
    }

    /// The call that succeeded before this went wrong, which a `send_and_wait` makes: it must not be made again, only
    /// the wait. None where the call itself failed.
    #[must_use]
    pub fn started(&self) -> Option<&Started> {
        self.0.started.as_ref()
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

    /// How many requests were sent, or tried to be sent; 0 if it did not come to that.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.course.attempts
    }

    /// Whether the same call may succeed a little later, and making it again is safe: it reads, or certainly had no
    /// effect, or carried an idempotency token that the request itself set, and will carry again.
    ///
    /// False for a call that may have had its effect under a token that the client made, as a new call would get a
    /// new one: set [`idempotency_token`](Self::idempotency_token) in the request to repeat that one. False too where the
    /// call succeeded and only the wait behind it failed ([`started`](Self::started)).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.course.is_retryable && self.0.started.is_none()
    }

    /// Whether there were too many requests.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        match self.kind() {
            ErrorKind::Refused(refusal) => refusal.condition() == Some(Condition::Throttled),
            ErrorKind::Unreadable(unreadable) => unreadable.status == 429,
            _ => false,
        }
    }

    /// Whether a resource that the request names does not exist. Not so for an unknown region, account, access key or
    /// action.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        match self.kind() {
            ErrorKind::Refused(refusal) => refusal.condition() == Some(Condition::NotFound),
            _ => false,
        }
    }

    /// Whether the call may have had its effect all the same, in one of its attempts. Never so for one that reads.
    #[must_use]
    pub fn may_have_changed_something(&self) -> bool {
        self.0.course.may_have_changed_something || self.0.started.is_some()
    }

    /// Why the call was not repeated, although its failure passes by itself; none if it was, if that would not have
    /// helped, and if retries are off.
    #[must_use]
    pub fn not_repeated(&self) -> Option<NotRepeated> {
        self.0.course.not_repeated
    }

    /// The idempotency token that a call carried that was to change something. A call with the same parameters and the
    /// same token has no second effect.
    #[must_use]
    pub fn idempotency_token(&self) -> Option<&str> {
        self.0.course.token.as_ref().map(|(_, token)| token.as_str())
    }

    /// Where the call was to go, as `https://HOST`; none if it did not come to that.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.0.course.endpoint.as_deref()
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

/// One line: action, status, code, message, cause, remedy, request id, attempts, as far as there are any.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(started) = self.started() {
            write!(f, "{started}; ")?;
        }
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
            ErrorKind::Intercepted(error) => error.fmt(f),
            ErrorKind::Transport(error) => match self.endpoint() {
                Some(endpoint) => write!(f, "no answer from {}: {error}", host(endpoint)),
                None => error.fmt(f),
            },
            ErrorKind::Refused(refusal) => refusal.fmt(f),
            ErrorKind::Unreadable(unreadable) => unreadable.fmt(f),
            ErrorKind::Unsettled(unsettled) => unsettled.fmt(f),
            ErrorKind::RepeatedPage { parameter } => write!(
                f,
                "the list would never end: what {parameter} leads to was there before; what was read may not be all"
            ),
        }?;
        if let Some(cause) = &self.0.cause {
            write!(f, "; the last look failed: {cause}")?;
        }
        self.0.course.fmt(f)
    }
}

/// What a person must know before making the call again.
impl fmt::Display for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.attempts > 1 {
            write!(f, "; {} attempts were made", self.attempts)?;
        }
        if let Some(why) = self.not_repeated {
            write!(f, "; {why}")?;
        }
        match &self.token {
            Some((name, token)) if self.may_have_changed_something => {
                write!(
                    f,
                    "; it may have had its effect: repeat it with {name}={} or not at all",
                    one_line(token)
                )
            }
            _ => Ok(()),
        }
    }
}

/// An endpoint without its scheme.
fn host(endpoint: &str) -> &str {
    endpoint.split_once("://").map_or(endpoint, |(_, host)| host)
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Credentials(error) => Some(error),
            ErrorKind::Intercepted(error) => Some(error),
            ErrorKind::Transport(error) => Some(error),
            _ => self.0.cause.as_ref().map(|cause| cause as &(dyn std::error::Error + 'static)),
        }
    }
}

fn write_request_id(f: &mut fmt::Formatter<'_>, request_id: Option<&str>) -> fmt::Result {
    match request_id {
        Some(id) => write!(f, " (request {})", one_line(id)),
        None => Ok(()),
    }
}

/// The text of an error and of all that led to it.
pub(crate) fn texts(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        // Writing to a `String` cannot fail.
        let _ = write!(text, ": {error}");
        source = error.source();
    }
    text
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
