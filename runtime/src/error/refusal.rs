//! A refusal by the service.

use super::echo::SignatureFault;
use super::{Secrets, one_line, write_request_id};
use crate::decode::RefusalBody;
use crate::schema::{Action, Condition, ErrorClass, ErrorCode, ErrorRow, Service};
use std::fmt;

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
    signature: Option<SignatureFault>,
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
            signature: None,
        }
    }

    /// Adds why the signature did not match.
    pub(crate) fn with_signature(self, signature: Option<SignatureFault>) -> Self {
        Self { signature, ..self }
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

    /// What a program does about it, where that is more than the class says: from the spec, or, for a code that the
    /// spec does not know, from its beginning or end and the status.
    #[must_use]
    pub fn condition(&self) -> Option<Condition> {
        match self.known {
            _ if self.status == 429 => Some(Condition::Throttled),
            Some(known) => known.condition,
            None if self.code == "Throttling" || self.code.starts_with("Throttling.") => {
                Some(Condition::Throttled)
            }
            None if self.status == 404 && self.code.ends_with(".NotFound") => Some(Condition::NotFound),
            None => None,
        }
    }

    /// Why the signature did not match, if that is why the call was refused and the service said what it signed.
    #[must_use]
    pub fn signature_fault(&self) -> Option<&SignatureFault> {
        self.signature.as_ref()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {} {}: {}", self.status, one_line(&self.code), one_line(&self.message))?;
        if let Some(fault) = &self.signature {
            // It says more than the cause and the remedy that all such refusals have.
            write!(f, " Cause: {fault}")?;
            return write_request_id(f, self.request_id.as_deref());
        }
        if let Some(cause) = self.cause() {
            write!(f, " Cause: {cause}")?;
        }
        if let Some(remedy) = self.remedy() {
            write!(f, " Remedy: {remedy}")?;
        }
        write_request_id(f, self.request_id.as_deref())
    }
}
