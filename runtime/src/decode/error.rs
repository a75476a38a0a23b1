//! Why an answer could not be read.

use std::fmt;

/// An answer that could not be read: where, and why. It never shows a value, which may be secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    line: usize,
    column: usize,
    message: String,
}

impl DecodeError {
    /// The field, such as `PhysicalConnectionSet[3].Bandwidth`; elements are counted from 0. Empty if the text
    /// as a whole is at fault.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Line of the text, counted from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Byte of the line, counted from 1, at which reading stopped: at the fault or just after it.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// What was expected and what was found.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    pub(super) fn mismatch(expected: &str, found: &str) -> Self {
        Self::new(format!("expected {expected}, found {found}"))
    }

    pub(super) fn placed(self, line: usize, column: usize) -> Self {
        Self { line, column, ..self }
    }

    /// Places it after so many bytes of the text.
    pub(super) fn placed_after(self, text: &[u8], bytes: usize) -> Self {
        let before = text.get(..bytes).unwrap_or(text);
        let line = before.split(|byte| *byte == b'\n');
        let column = line.clone().next_back().map_or(0, <[u8]>::len) + 1;
        self.placed(line.count(), column)
    }

    pub(super) fn with_message(self, message: &str) -> Self {
        Self { message: message.to_owned(), ..self }
    }

    /// Adds, on the way out, the key inside which it happened.
    pub(super) fn inside(self, key: &str) -> Self {
        self.within(key.to_owned())
    }

    /// Adds, on the way out, the index of the element in which it happened.
    pub(super) fn at(self, index: usize) -> Self {
        self.within(format!("[{index}]"))
    }

    fn within(self, outer: String) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: outer + dot + &self.path, ..self }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} (line {}, column {})", self.message, self.line, self.column)
    }
}

impl std::error::Error for DecodeError {}
