//! Fields of answers, resolved.

use super::{Resolver, Rust, Scalar, Wire};
use crate::diagnostics::Text;
use crate::spec;
use crate::spec::Constraints;

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name on the wire.
    pub wire: String,
    /// Name in Rust.
    pub rust: Rust,
    /// What it is.
    pub summary: String,
    /// A valid value.
    pub example: Option<String>,
    /// Whether every successful answer has it.
    pub always: bool,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Whether texts must not show its value.
    pub sensitive: bool,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
    /// The reference's type.
    pub reference_type: String,
    /// What it holds.
    pub shape: FieldShape,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum FieldShape {
    /// A single value.
    Value(Scalar, Wire),
    /// An object.
    Object(Structure),
    /// A list.
    List {
        /// An element.
        item: Item,
        /// The element that wraps the list.
        wrapper: Option<String>,
    },
}

/// An element of a list.
#[derive(Clone, Debug)]
pub enum Item {
    /// A single value.
    Value(Scalar, Wire),
    /// An object.
    Structure(Structure),
}

/// An object in an answer.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Its type.
    pub rust: Rust,
    /// What it is.
    pub summary: String,
    /// Whether several actions share it.
    pub shared: bool,
    /// Its fields, in the order of the reference.
    pub fields: Vec<Field>,
}

/// One row of the reference's table of answers.
#[derive(Clone, Debug)]
pub struct ResponseRow<'a> {
    /// `PhysicalConnectionSet[].Status`
    pub path: String,
    /// The field.
    pub field: &'a Field,
}

impl Field {
    /// The structure of the field, if it holds objects.
    #[must_use]
    pub fn structure(&self) -> Option<&Structure> {
        match &self.shape {
            FieldShape::Object(structure) | FieldShape::List { item: Item::Structure(structure), .. } => {
                Some(structure)
            }
            FieldShape::Value(..) | FieldShape::List { item: Item::Value(..), .. } => None,
        }
    }

    /// The element that wraps the list that the field holds.
    #[must_use]
    pub fn wrapper(&self) -> Option<&str> {
        match &self.shape {
            FieldShape::List { wrapper, .. } => wrapper.as_deref(),
            FieldShape::Value(..) | FieldShape::Object(_) => None,
        }
    }

    /// The field and all below it, as rows of a table.
    pub fn rows<'a>(fields: &'a [Field], before: &str, rows: &mut Vec<ResponseRow<'a>>) {
        for field in fields {
            let list = if matches!(field.shape, FieldShape::List { .. }) { "[]" } else { "" };
            let path = format!("{before}{}{list}", field.wire);
            rows.push(ResponseRow { path: path.clone(), field });
            if let Some(structure) = field.structure() {
                Field::rows(&structure.fields, &format!("{path}."), rows);
            }
        }
    }
}

/// Resolves the fields of an answer.
pub(super) fn fields(written: &[spec::Field], resolver: &Resolver<'_>) -> Vec<Field> {
    written.iter().map(|field| resolve(field, resolver)).collect()
}

fn resolve(field: &spec::Field, resolver: &Resolver<'_>) -> Field {
    let own = Constraints::default();
    let (shape, usual_type, type_name) = match &field.shape {
        spec::FieldShape::Value(name) => {
            let value = resolver.value(name, &own, field.wire.as_ref(), None);
            (FieldShape::Value(value.scalar, value.wire), value.wire.name().to_owned(), Some(name))
        }
        spec::FieldShape::Object(name, fields) => {
            let structure = structure(name, fields.as_deref(), field, resolver);
            (FieldShape::Object(structure), "Object".to_owned(), None)
        }
        spec::FieldShape::List(list) => {
            let reference_name =
                list.reference_name.as_ref().or(list.wrapper.as_ref()).unwrap_or(&list.element);
            let known = list.fields.is_some() || resolver.structure(list.element.as_str()).is_some();
            let item = if known {
                Item::Structure(structure(&list.element, list.fields.as_deref(), field, resolver))
            } else {
                let value = resolver.value(&list.element, &own, None, None);
                Item::Value(value.scalar, value.wire)
            };
            let element_type = match &item {
                Item::Structure(_) => reference_name.as_str(),
                Item::Value(_, wire) => wire.name(),
            };
            let list_type = match element_type {
                "" => "Array".to_owned(),
                name => format!("Array of {name}"),
            };
            let wrapper = list.wrapper.as_ref().map(|wrapper| wrapper.value.clone());
            (FieldShape::List { item, wrapper }, list_type, None)
        }
    };
    let from_type = |get: fn(&Resolver<'_>, &str) -> Option<String>| {
        type_name.and_then(|name| get(resolver, name.as_str()))
    };
    Field {
        wire: field.name.value.clone(),
        rust: rust_name(field.common.rust.as_ref(), || Rust::snake(field.name.as_str())),
        summary: own_text(field.common.summary.as_ref())
            .or_else(|| from_type(|resolver, name| resolver.summary(name).map(str::to_owned)))
            .unwrap_or_else(|| summary(None)),
        example: own_text(field.common.example.as_ref())
            .or_else(|| from_type(|resolver, name| resolver.example(name).map(str::to_owned))),
        always: field.always,
        unit: own_text(field.unit.as_ref()),
        sensitive: field
            .common
            .sensitive
            .unwrap_or_else(|| type_name.is_some_and(|name| resolver.is_sensitive(name.as_str()))),
        source: own_text(field.common.source.as_ref()),
        reference_type: own_text(field.wire.as_ref()).unwrap_or(usual_type),
        shape,
    }
}

fn structure(
    name: &Text,
    declared: Option<&[spec::Field]>,
    field: &spec::Field,
    resolver: &Resolver<'_>,
) -> Structure {
    if let Some(declared) = declared {
        return Structure {
            rust: Rust::given(name.as_str()),
            summary: summary(field.common.summary.as_ref()),
            shared: false,
            fields: fields(declared, resolver),
        };
    }
    let found = resolver.structure(name.as_str());
    Structure { rust: Rust::given(name.as_str()), ..shared_structure(found, resolver) }
}

/// A structure of types/structures.yaml.
pub(super) fn shared_structure(written: Option<&spec::Field>, resolver: &Resolver<'_>) -> Structure {
    let declared = match written.map(|written| &written.shape) {
        Some(spec::FieldShape::Object(_, Some(declared))) => declared.as_slice(),
        _ => &[],
    };
    Structure {
        rust: Rust::given(written.map_or("", |written| written.name.as_str())),
        summary: summary(written.and_then(|written| written.common.summary.as_ref())),
        shared: true,
        fields: fields(declared, resolver),
    }
}

/// What something is. Only drafts lack the words.
pub(super) fn summary(written: Option<&Text>) -> String {
    own_text(written).unwrap_or_else(|| "Not described yet.".to_owned())
}

pub(super) fn own_text(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

pub(super) fn rust_name(given: Option<&Text>, rule: impl FnOnce() -> Rust) -> Rust {
    given.map_or_else(rule, |given| Rust::given(given.as_str()))
}
