//! errors.yaml

use super::Common;
use crate::diagnostics::{Fault, Faults, Located, Text, suggest};
use crate::yaml::{Entry, Fields};

/// An error code.
#[derive(Debug)]
pub struct ErrorCode {
    /// Spelling on the wire.
    pub code: Text,
    /// Whether trying again can help.
    pub class: Class,
    /// Why the service answers with it.
    pub cause: Text,
    /// What to do about it.
    pub remedy: Text,
    /// Rust name, source.
    pub common: Common,
}

/// Whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A little later.
    Retry,
    /// Once a resource has settled.
    Settle,
    /// Never.
    Never,
}

impl ErrorCode {
    pub(super) fn read(entry: &Entry, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.value, "an error code", faults)?;
        let code = Self {
            code: entry.key.clone(),
            class: read_class(&mut fields),
            cause: fields.need_text("cause"),
            remedy: fields.need_text("remedy"),
            common: Common::read(&mut fields),
        };
        fields.finish();
        Some(code)
    }
}

fn read_class(fields: &mut Fields<'_, '_>) -> Class {
    fields.need("class");
    read_optional_class(fields).map_or(Class::Never, |class| class.value)
}

pub(super) fn read_optional_class(fields: &mut Fields<'_, '_>) -> Option<Located<Class>> {
    let word = fields.text("class")?;
    let class = match word.as_str() {
        "retry" => Class::Retry,
        "settle" => Class::Settle,
        "never" => Class::Never,
        other => {
            let fault = Fault::new(word.spot, format!("unknown class `{other}`"));
            fields.faults.add(fault.hint(suggest(other, ["retry", "settle", "never"])));
            return None;
        }
    };
    Some(Located { value: class, spot: word.spot })
}
