//! types/ids.yaml, enums.yaml, texts.yaml, integers.yaml

use super::{Common, Constraints};
use crate::diagnostics::{Faults, Text};
use crate::yaml::{Entry, Fields};

/// A named type of single values.
#[derive(Debug)]
pub struct Type {
    /// Its name in the spec, and in Rust.
    pub name: Text,
    /// What it is.
    pub kind: TypeKind,
    /// Summary, example and the like.
    pub common: Common,
    /// What its values are like.
    pub constraints: Constraints,
    /// The reference's type, where it is not the usual one.
    pub wire: Option<Text>,
}

/// Kinds of named type.
#[derive(Debug)]
pub enum TypeKind {
    /// A text that names something.
    Id,
    /// Named values.
    Enum(Vec<EnumValue>),
    /// A text with a form.
    Text,
    /// A number with a meaning.
    Integer,
}

/// One value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// Spelling on the wire.
    pub wire: Text,
    /// Other spellings.
    pub also: Vec<Text>,
    /// Summary, Rust name and the like.
    pub common: Common,
}

pub(super) fn read_id(entry: &Entry, faults: &mut Faults) -> Option<Type> {
    read(entry, "an id", faults, |_| TypeKind::Id)
}

pub(super) fn read_text(entry: &Entry, faults: &mut Faults) -> Option<Type> {
    read(entry, "a text type", faults, |_| TypeKind::Text)
}

pub(super) fn read_integer(entry: &Entry, faults: &mut Faults) -> Option<Type> {
    read(entry, "an integer type", faults, |_| TypeKind::Integer)
}

pub(super) fn read_enum(entry: &Entry, faults: &mut Faults) -> Option<Type> {
    read(entry, "an enum", faults, |fields| {
        let values = fields.map("values", "`values`");
        TypeKind::Enum(values.iter().filter_map(|value| read_value(value, fields.faults)).collect())
    })
}

fn read(
    entry: &Entry,
    what: &'static str,
    faults: &mut Faults,
    kind: impl FnOnce(&mut Fields<'_, '_>) -> TypeKind,
) -> Option<Type> {
    let mut fields = Fields::of(&entry.value, what, faults)?;
    let found = Type {
        name: entry.key.clone(),
        kind: kind(&mut fields),
        common: Common::read(&mut fields),
        constraints: Constraints::read(&mut fields),
        wire: fields.text("wire"),
    };
    fields.finish();
    Some(found)
}

fn read_value(entry: &Entry, faults: &mut Faults) -> Option<EnumValue> {
    let mut fields = Fields::of(&entry.value, "a value of an enum", faults)?;
    let value =
        EnumValue { wire: entry.key.clone(), also: fields.texts("also"), common: Common::read(&mut fields) };
    fields.finish();
    Some(value)
}
