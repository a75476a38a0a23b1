//! Why a recording could not be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a recording could not be read or written: the file, the place in it, and what is wrong.
#[derive(Debug)]
pub struct RecordingError {
    path: PathBuf,
    text: String,
    source: Option<io::Error>,
}

impl RecordingError {
    pub(super) fn new(path: &Path, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), text: text.into(), source: None }
    }

    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self { source: Some(source), ..Self::new(path, "") }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "recording {}: ", self.path.display())?;
        match &self.source {
            Some(error) => error.fmt(f),
            None => f.write_str(&self.text),
        }
    }
}

impl std::error::Error for RecordingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}
