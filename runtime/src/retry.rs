//! Repeating calls that failed: how often, after what delay, and when it is safe.

mod budget;
mod delay;
mod judge;

pub(crate) use budget::{Budget, Cost};
pub(crate) use delay::{asked, backoff};
pub(crate) use judge::{Judgement, Outlook, Repetition, judge};

use std::fmt;
use std::time::Duration;

/// How often a client makes a call that fails for a reason that passes, and how long it waits in between.
///
/// A call is repeated when the failure passes by itself and repeating is safe: the call reads, or carries an
/// idempotency token (the same one each time), or certainly had no effect. Each attempt is signed anew. The wait is
/// random between nothing and `base_delay`, doubled with each attempt, at most `max_delay`; a longer one that the
/// service asks for is kept. Where a resource has to settle first, the wait is between four and eight times
/// `base_delay`, doubled with each attempt. No wait goes beyond [`Timeouts::deadline`](crate::Timeouts::deadline).
///
/// A client and its clones share a budget of repetitions: while most of its calls fail, each is made but once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retries {
    /// Most attempts of one call, the first included; 3 by default. With 1, or 0, nothing is repeated. A wrong clock
    /// is corrected with one attempt more.
    pub attempts: u32,
    /// Longest wait before the second attempt; half a second by default.
    pub base_delay: Duration,
    /// Longest wait before any attempt, unless the service asks for more; 20 seconds by default.
    pub max_delay: Duration,
}

impl Retries {
    /// No repetitions: one call is exactly one request.
    #[must_use]
    pub const fn off() -> Self {
        Self { attempts: 1, base_delay: Duration::from_millis(500), max_delay: Duration::from_secs(20) }
    }

    /// Sets the most attempts of one call, the first included.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest wait before the second attempt.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest wait before any attempt.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    pub(crate) const fn are_off(&self) -> bool {
        self.attempts <= 1
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::off().attempts(3)
    }
}

/// Why a call was not repeated, although its failure passes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotRepeated {
    /// It may have changed something, and the action takes no idempotency token.
    TakesNoToken,
    /// It may have changed something, and the idempotency token was not set; here is the parameter's name.
    TokenNotSet(&'static str),
    /// It may have changed something: the spec does not know the action, and its name is not that of a look-up.
    UnknownAction,
    /// Too many calls of the client have failed lately.
    BudgetSpent,
    /// The deadline leaves no time for it.
    Deadline,
}

impl fmt::Display for NotRepeated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not repeated, since ")?;
        match self {
            Self::TakesNoToken => f.write_str(
                "it may have had its effect and the action takes no idempotency token: look before repeating it",
            ),
            Self::TokenNotSet(name) => write!(
                f,
                "it may have had its effect and {name} was not set, which would make repeating safe: look first"
            ),
            Self::UnknownAction => f.write_str(
                "it may have had its effect and the spec does not know the action: look before repeating it",
            ),
            Self::BudgetSpent => f.write_str("too many calls of this client have failed lately"),
            Self::Deadline => {
                f.write_str("the deadline leaves no time for it (Timeouts::deadline can be set later)")
            }
        }
    }
}
