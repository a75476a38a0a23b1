//! An answer that cannot be read.

use super::{Secrets, one_line, write_request_id};
use crate::schema::{Action, Effect};
use std::fmt;

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
