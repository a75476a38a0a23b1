//! Why there is no answer.

use crate::error::texts;
use std::error::Error as StdError;
use std::fmt;

type Source = Box<dyn StdError + Send + Sync>;

/// Why a request got no complete answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    may_have_been_sent: bool,
    source: Option<Source>,
}

/// Kinds of failure of a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host was not found, could not be connected to, or hung up before there was a TLS session.
    Connect,
    /// No TLS session came about; most often the certificate is not trusted.
    Tls,
    /// Something took too long.
    Timeout(Phase),
    /// The connection broke off before the answer was complete.
    Interrupted,
    /// The answer is larger than allowed.
    TooLarge,
    /// A replay has no answer to the request.
    NotRecorded,
    /// Anything else.
    Other,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Connecting, TLS included.
    Connect,
    /// Waiting for the answer or for more of it.
    Read,
    /// The attempt as a whole.
    Total,
}

impl TransportError {
    /// An error of this kind. `may_have_been_sent` says whether the request can have reached the service, in part
    /// or whole; only when it is false can a call that changes something be repeated without a second thought.
    #[must_use]
    pub fn new(kind: TransportErrorKind, may_have_been_sent: bool) -> Self {
        Self { kind, may_have_been_sent, source: None }
    }

    /// Adds the error that led to this one. Its text must hold no URL and no query.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the request can have reached the service.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }
}

/// What failed, with the texts of all errors that led to it.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::Tls => "no TLS session",
            TransportErrorKind::Timeout(Phase::Connect) => "connecting took too long",
            TransportErrorKind::Timeout(Phase::Read) => "the service was silent for too long",
            TransportErrorKind::Timeout(Phase::Total) => "the attempt took too long",
            TransportErrorKind::Interrupted => "the connection broke off",
            TransportErrorKind::TooLarge => "the answer is larger than allowed",
            TransportErrorKind::NotRecorded => "nothing is recorded for the request",
            TransportErrorKind::Other => "the transport failed",
        })?;
        if let Some(source) = self.source() {
            write!(f, ": {}", texts(source))?;
        }
        // What a person must know before repeating the call by hand.
        f.write_str(if self.may_have_been_sent {
            "; the request may have reached the service"
        } else {
            "; the request was not sent"
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
