//! Parameters of an action.

use super::{Common, Constraints};
use crate::diagnostics::{Code, Fault, Faults, Located, Spot, Text};
use crate::yaml::{Entry, Fields};
use std::collections::BTreeMap;

/// One parameter, or one field of a structure that a list of parameters holds.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name on the wire, without `.N`.
    pub name: Text,
    /// What it holds.
    pub shape: Shape,
    /// Summary, example and the like.
    pub common: Common,
    /// Whether it must be given.
    pub presence: Presence,
    /// Another parameter with which a required one may be left out.
    pub unless: Option<Text>,
    /// What the service takes when it is left out.
    pub default: Option<Text>,
    /// Unit of a number.
    pub unit: Option<Text>,
    /// The reference's type, where it is not the usual one.
    pub wire: Option<Text>,
    /// What its value is like.
    pub constraints: Constraints,
    /// Fewest and most elements of a list.
    pub items: Option<Located<(i64, i64)>>,
    /// The code with which the service refuses a value that breaks the constraints.
    pub refused_as: Option<Text>,
}

/// What a parameter holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A single value of a named or built-in type.
    Value(Text),
    /// A list of single values of a named or built-in type.
    Values(Text),
    /// A list of objects.
    Objects {
        /// Rust name of the structure.
        name: Text,
        /// Its fields.
        fields: Vec<Parameter>,
        /// Whether the list is a JSON array in one text.
        json: bool,
        /// Whether types/parameters.yaml declares the structure.
        shared: bool,
    },
    /// A filter.
    Filter(FilterShape),
}

/// A list of key and values by which an action selects.
#[derive(Clone, Debug)]
pub struct FilterShape {
    /// Rust name of the type.
    pub name: Text,
    /// Fewest and most values of a key.
    pub values: Option<Located<(i64, i64)>>,
    /// The keys, each with the type of its values.
    pub keys: Vec<Parameter>,
}

/// Whether a parameter must be given.
#[derive(Clone, Debug)]
pub enum Presence {
    /// The reference calls it required.
    Required,
    /// It does, but this erratum tells why it may be left out after all.
    Relaxed(Text),
    /// May be left out.
    Optional,
}

impl Presence {
    /// The reference's word.
    #[must_use]
    pub fn is_required(&self) -> bool {
        !matches!(self, Presence::Optional)
    }
}

impl Parameter {
    /// Place that stands for the parameter.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.name.spot
    }

    pub(super) fn read(entry: &Entry, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.value, "a parameter", faults)?;
        let shape = read_shape(entry, &mut fields);
        fields.refuse("fields", "only a `list` has fields");
        fields.refuse("encoding", "only a `list` with `fields` has an encoding");
        fields.refuse("keys", "only a `filter` has keys");
        fields.refuse("values", "only a `filter` has bounds for its values; those of a `list` are `items`");
        let parameter = Self {
            name: entry.key.clone(),
            common: Common::read(&mut fields),
            presence: read_presence(&mut fields),
            unless: read_unless(&mut fields),
            default: fields.text("default"),
            unit: fields.text("unit"),
            wire: fields.text("wire"),
            constraints: Constraints::read(&mut fields),
            items: fields.counts("items"),
            refused_as: fields.text("refused_as"),
            shape: shape
                .unwrap_or_else(|| Shape::Value(Text { value: "String".into(), spot: entry.key.spot })),
        };
        fields.finish();
        Some(parameter)
    }
}

impl Parameter {
    /// An object that parameters of several actions hold: `fields` and a summary.
    pub(super) fn read_shared(entry: &Entry, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(&entry.value, "an object", faults)?;
        fields.need("fields");
        let members = read_all("fields", "`fields`", &mut fields);
        let object = Self {
            name: entry.key.clone(),
            shape: Shape::Objects { name: entry.key.clone(), fields: members, json: false, shared: true },
            common: Common::read(&mut fields),
            presence: Presence::Optional,
            unless: None,
            default: None,
            unit: None,
            wire: None,
            constraints: Constraints::default(),
            items: None,
            refused_as: None,
        };
        fields.finish();
        Some(object)
    }

    /// Puts shared objects in the place of their names.
    pub(super) fn insert_shared(&mut self, shared: &BTreeMap<&str, &Parameter>) {
        if let Shape::Objects { fields, .. } = &mut self.shape {
            fields.iter_mut().for_each(|field| field.insert_shared(shared));
        }
        let Shape::Values(name) = &self.shape else { return };
        let Some(found) = shared.get(name.as_str()) else { return };
        let Shape::Objects { fields, .. } = &found.shape else { return };
        self.shape = Shape::Objects { name: name.clone(), fields: fields.clone(), json: false, shared: true };
        self.common.summary = self.common.summary.take().or_else(|| found.common.summary.clone());
    }
}

fn read_presence(fields: &mut Fields<'_, '_>) -> Presence {
    let required = fields.flag("required");
    match fields.text("relaxed") {
        Some(erratum) if required => Presence::Relaxed(erratum),
        Some(erratum) => {
            let fault = Fault::new(
                Code::RelaxedWithoutRequired,
                erratum.spot,
                "`relaxed` on a parameter that is not required",
            );
            fields.faults.add(fault.hint("add `required: true`, or remove `relaxed`"));
            Presence::Optional
        }
        None if required => Presence::Required,
        None => Presence::Optional,
    }
}

fn read_unless(fields: &mut Fields<'_, '_>) -> Option<Text> {
    let other = fields.text("unless")?;
    if fields.flag("required") {
        return Some(other);
    }
    let fault =
        Fault::new(Code::UnlessWithoutRequired, other.spot, "`unless` on a parameter that is not required");
    fields.faults.add(fault.hint("add `required: true`, or remove `unless`"));
    None
}

fn read_shape(entry: &Entry, fields: &mut Fields<'_, '_>) -> Option<Shape> {
    let (value, list, filter) = (fields.text("type"), fields.text("list"), fields.text("filter"));
    match (value, list, filter) {
        (Some(name), None, None) => Some(Shape::Value(name)),
        (None, Some(name), None) => Some(read_list(name, fields)),
        (None, None, Some(name)) => Some(Shape::Filter(FilterShape {
            name,
            values: fields.counts("values"),
            keys: read_all("keys", "`keys`", fields),
        })),
        (None, None, None) => {
            let fault = Fault::new(
                Code::WithoutType,
                entry.key.spot,
                format!("parameter `{}` without a type", entry.key.value),
            );
            fields.faults.add(fault.hint("add `type: X`, `list: X` or `filter: X`"));
            None
        }
        (value, ..) => {
            let fault = Fault::new(
                Code::TwoTypes,
                entry.key.spot,
                format!("parameter `{}` with two types", entry.key.value),
            );
            fields.faults.add(fault.hint("keep one of `type`, `list`, `filter`"));
            value.map(Shape::Value)
        }
    }
}

fn read_list(name: Text, fields: &mut Fields<'_, '_>) -> Shape {
    let json = match fields.text("encoding") {
        Some(word) if word.as_str() != "json" => {
            let fault =
                Fault::new(Code::UnknownWord, word.spot, format!("unknown encoding `{}`", word.value));
            fields.faults.add(fault.hint("the only one is `json`"));
            false
        }
        word => word.is_some(),
    };
    let members = read_all("fields", "`fields`", fields);
    if members.is_empty() {
        if json {
            let fault = Fault::new(
                Code::EncodingWithoutFields,
                fields.key_spot("encoding"),
                "`encoding` without `fields`",
            );
            fields.faults.add(fault.hint("declare the fields here, or remove `encoding`"));
        }
        Shape::Values(name)
    } else {
        Shape::Objects { name, fields: members, json, shared: false }
    }
}

/// The parameters under a key.
pub(super) fn read_all(key: &'static str, what: &'static str, fields: &mut Fields<'_, '_>) -> Vec<Parameter> {
    let entries = fields.map(key, what);
    entries.iter().filter_map(|entry| Parameter::read(entry, fields.faults)).collect()
}
