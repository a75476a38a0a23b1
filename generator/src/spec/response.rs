//! Fields of an answer.

use super::Common;
use crate::diagnostics::{Code, Fault, Faults, Text};
use crate::yaml::{Entry, Fields};

/// One field of an answer, or a shared structure.
#[derive(Debug)]
pub struct Field {
    /// Name on the wire.
    pub name: Text,
    /// What it holds.
    pub shape: FieldShape,
    /// Summary, example and the like.
    pub common: Common,
    /// Whether every successful answer has it.
    pub always: bool,
    /// Unit of a number.
    pub unit: Option<Text>,
    /// The reference's type, where it is not the usual one.
    pub wire: Option<Text>,
    /// The values that the reference names, where they are not all of the enum's.
    pub one_of: Option<Vec<Text>>,
}

/// What a field holds.
#[derive(Debug)]
pub enum FieldShape {
    /// A single value of a named or built-in type.
    Value(Text),
    /// An object: the name of its structure, and its fields if they are declared here.
    Object(Text, Option<Vec<Field>>),
    /// A list.
    List(ListShape),
}

/// A list in an answer.
#[derive(Debug)]
pub struct ListShape {
    /// Name of the element's structure or type.
    pub element: Text,
    /// The element that wraps the list.
    pub wrapper: Option<Text>,
    /// The reference's name of the element, where neither the wrapper nor the structure has it; empty if it has none.
    pub reference_name: Option<Text>,
    /// Fields of an element, if they are declared here.
    pub fields: Option<Vec<Field>>,
}

impl Field {
    pub(super) fn read(entry: &Entry, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.value, "a field", faults)?;
        let shape = read_shape(entry, &mut fields);
        fields.refuse("fields", "only a `list` or an `object` has fields");
        fields.refuse("wrapper", "only a `list` has a wrapper");
        fields.refuse("element", "only a `list` has elements");
        let field = Self {
            name: entry.key.clone(),
            common: Common::read(&mut fields),
            always: fields.flag("always"),
            unit: fields.text("unit"),
            wire: fields.text("wire"),
            one_of: fields.optional_texts("one_of"),
            shape: shape
                .unwrap_or_else(|| FieldShape::Value(Text { value: "String".into(), spot: entry.key.spot })),
        };
        fields.finish();
        Some(field)
    }

    /// A shared structure: `fields` and a summary.
    pub(super) fn read_structure(entry: &Entry, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.value, "a structure", faults)?;
        let members = read_all("fields", "`fields`", &mut fields);
        let structure = Self {
            name: entry.key.clone(),
            common: Common::read(&mut fields),
            always: false,
            unit: None,
            wire: None,
            one_of: None,
            shape: FieldShape::Object(entry.key.clone(), Some(members)),
        };
        fields.finish();
        Some(structure)
    }
}

fn read_shape(entry: &Entry, fields: &mut Fields<'_, '_>) -> Option<FieldShape> {
    let (value, list, object) = (fields.text("type"), fields.text("list"), fields.text("object"));
    match (value, list, object) {
        (Some(name), None, None) => Some(FieldShape::Value(name)),
        (None, Some(element), None) => Some(FieldShape::List(ListShape {
            element,
            wrapper: fields.text("wrapper"),
            reference_name: fields.text("element"),
            fields: read_members(fields),
        })),
        (None, None, Some(name)) => Some(FieldShape::Object(name, read_members(fields))),
        (None, None, None) => {
            let fault = Fault::new(
                Code::WithoutType,
                entry.key.spot,
                format!("field `{}` without a type", entry.key.value),
            );
            fields.faults.add(fault.hint("add `type: X`, `list: X` or `object: X`"));
            None
        }
        (value, ..) => {
            let fault = Fault::new(
                Code::TwoTypes,
                entry.key.spot,
                format!("field `{}` with two types", entry.key.value),
            );
            fields.faults.add(fault.hint("keep one of `type`, `list`, `object`"));
            value.map(FieldShape::Value)
        }
    }
}

fn read_members(fields: &mut Fields<'_, '_>) -> Option<Vec<Field>> {
    let members = read_all("fields", "`fields`", fields);
    (!members.is_empty()).then_some(members)
}

/// The fields under a key.
pub(super) fn read_all(key: &'static str, what: &'static str, fields: &mut Fields<'_, '_>) -> Vec<Field> {
    let entries = fields.map(key, what);
    entries.iter().filter_map(|entry| Field::read(entry, fields.faults)).collect()
}
