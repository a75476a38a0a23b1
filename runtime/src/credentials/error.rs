//! Why there are no credentials.

use crate::error::one_line;
use std::fmt;
use std::sync::Arc;

/// Why there are no credentials: what is wrong, where, and what to do about it, in one line. A text that holds a
/// secret must not go in here.
#[derive(Clone, Debug)]
pub struct CredentialsError {
    text: String,
    absent: bool,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl CredentialsError {
    /// An error with this text; its control characters are escaped.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self { text: one_line(text.as_ref()), absent: false, source: None }
    }

    /// The error of a source that nobody has set up, so that the next one may be asked.
    pub(super) fn absent(text: impl AsRef<str>) -> Self {
        Self { absent: true, ..Self::new(text) }
    }

    /// Adds the error that led to this one.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    pub(super) fn is_absent(&self) -> bool {
        self.absent
    }

    /// Says first where it happened.
    pub(super) fn within(mut self, place: &str) -> Self {
        self.text = format!("{}: {}", one_line(place), self.text);
        self
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for CredentialsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
