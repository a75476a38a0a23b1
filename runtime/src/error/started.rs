//! A call that succeeded before what came after it went wrong.

use super::{one_line, write_request_id};
use std::fmt;

/// A call that succeeded before the wait behind it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Started {
    /// The action.
    pub action: &'static str,
    /// Id that the service gave to the request.
    pub request_id: Option<String>,
    /// What names the resource: its id, most often; empty if the answer does not say it.
    pub key: Vec<String>,
}

impl fmt::Display for Started {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} succeeded", self.action)?;
        if !self.key.is_empty() {
            let key: Vec<String> = self.key.iter().map(|value| one_line(value)).collect();
            write!(f, " for {}", key.join(", "))?;
        }
        write_request_id(f, self.request_id.as_deref())?;
        f.write_str(" and must not be sent again, but the wait for it failed")
    }
}
