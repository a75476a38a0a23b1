//! Key and values by which an action selects.

use crate::parameters::{Encode, Writer};

/// One filter: a key, and values of which one must match. Generated crates wrap it in types with a constructor a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    key: String,
    values: Vec<String>,
}

impl Filter {
    /// A filter on a key.
    pub fn new(key: impl Into<String>, values: impl IntoIterator<Item = impl ToString>) -> Self {
        Self { key: key.into(), values: values.into_iter().map(|value| value.to_string()).collect() }
    }

    /// The key on the wire.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The values on the wire.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.values
    }
}

impl Encode for Filter {
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.field("Key", &self.key);
        writer.field("Value", &self.values);
    }
}
