//! An answer and what surrounds it.

use crate::decode::{AnswerFields, DecodeError};
use crate::schema::Action;
use std::fmt;

/// An answer with what surrounds it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The answer.
    pub response: T,
    /// HTTP status.
    pub status: u16,
    /// Id that the service gave to the request.
    pub request_id: Option<String>,
    /// How many requests it took.
    pub attempts: u32,
    /// The answer as it came. It may hold sensitive values.
    pub body: String,
    pub(super) action: Option<&'static Action>,
}

impl<T> Reply<T> {
    /// Every value of the answer by its path, also those for which the spec knows no field. The text is read once more for
    /// it.
    ///
    /// # Errors
    /// When the answer to an untyped call is neither JSON nor XML.
    pub fn fields(&self) -> Result<AnswerFields, DecodeError> {
        AnswerFields::read(self.action, &self.body)
    }
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("response", &self.response)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
