//! How long things may take.

use std::time::Duration;

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// Connecting, TLS included; 5 seconds by default.
    pub connect: Duration,
    /// Waiting for the answer, or for more of it, without hearing anything; 30 seconds by default.
    pub read: Duration,
    /// One attempt from beginning to end; 60 seconds by default.
    pub total: Duration,
    /// The call: all its attempts and the waits between them; 2 minutes by default. No attempt goes on longer, and none
    /// is begun after it. A source of credentials that is slow is not interrupted, but its time counts.
    pub deadline: Duration,
}

impl Timeouts {
    /// Sets the time to connect, TLS included.
    #[must_use]
    pub const fn connect(mut self, time: Duration) -> Self {
        self.connect = time;
        self
    }

    /// Sets the time that the service may stay silent.
    #[must_use]
    pub const fn read(mut self, time: Duration) -> Self {
        self.read = time;
        self
    }

    /// Sets the time of one attempt from beginning to end.
    #[must_use]
    pub const fn total(mut self, time: Duration) -> Self {
        self.total = time;
        self
    }

    /// Sets the time of a call, with all its attempts and the waits between them.
    #[must_use]
    pub const fn deadline(mut self, time: Duration) -> Self {
        self.deadline = time;
        self
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            total: Duration::from_secs(60),
            deadline: Duration::from_secs(120),
        }
    }
}
