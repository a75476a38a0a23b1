//! errors.yaml

use super::Common;
use crate::diagnostics::{Code, Fault, Faults, Located, Text, suggest};
use crate::yaml::{Entry, Fields};

/// An error code.
#[derive(Debug)]
pub struct ErrorCode {
    /// Spelling on the wire.
    pub code: Text,
    /// Whether trying again can help.
    pub class: Class,
    /// What a program does about it, where that is more than the class says.
    pub condition: Option<Condition>,
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

/// What a program does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Too many requests.
    Throttled,
    /// A resource that the request names does not exist.
    NotFound,
    /// The time in the signature is not the service's.
    Clock,
    /// A copy of the request was received before.
    Replayed,
    /// The signature is not the one that the service computes.
    Signature,
}

impl Condition {
    const ALL: [Self; 5] = [Self::Throttled, Self::NotFound, Self::Clock, Self::Replayed, Self::Signature];

    /// The spec's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::NotFound => "not_found",
            Self::Clock => "clock",
            Self::Replayed => "replayed",
            Self::Signature => "signature",
        }
    }
}

impl ErrorCode {
    pub(super) fn read(entry: &Entry, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.value, "an error code", faults)?;
        let code = Self {
            code: entry.key.clone(),
            class: read_class(&mut fields),
            condition: read_condition(&mut fields),
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
            let fault = Fault::new(Code::UnknownWord, word.spot, format!("unknown class `{other}`"));
            fields.faults.add(fault.hint(suggest(other, ["retry", "settle", "never"])));
            return None;
        }
    };
    Some(Located { value: class, spot: word.spot })
}

fn read_condition(fields: &mut Fields<'_, '_>) -> Option<Condition> {
    let word = fields.text("condition")?;
    let found = Condition::ALL.into_iter().find(|condition| condition.name() == word.as_str());
    if found.is_none() {
        let fault =
            Fault::new(Code::UnknownWord, word.spot, format!("unknown condition `{}`", word.as_str()));
        fields.faults.add(fault.hint(suggest(word.as_str(), Condition::ALL.map(Condition::name))));
    }
    found
}
