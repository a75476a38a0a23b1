//! What the metadata says as YAML of the spec. Words are left to the author: no summary is written.

use super::compare::untold;
use super::metadata::{Action, Kind, Parameter};
use crate::model::{Resolver, Wire, effect_name};
use crate::spec::{self, Effect, Shape, Spec, TypeKind};
use std::collections::BTreeMap;

/// Types that a draft may name.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Types of single values that bear the name of what they are for, and that cannot refuse a value: ids, enums, texts
    /// and numbers without a form. What a form is like, the metadata does not tell.
    values: BTreeMap<String, Wire>,
    /// Shared objects: the fields of each.
    objects: BTreeMap<String, Members>,
}

/// Fields of an object: name, type of a single value or none of a list of them, and whether it is required.
pub(super) type Members = Vec<(String, Option<Wire>, bool)>;

impl Vocabulary {
    /// The types of a spec.
    #[must_use]
    pub fn of(spec: &Spec) -> Self {
        let resolver = Resolver::new(spec);
        let free = spec.types.iter().filter(|found| refuses_nothing(found));
        let values = free
            .map(|found| {
                let value = resolver.value(&found.name, &spec::Constraints::default(), None, None);
                (found.name.value.clone(), value.wire)
            })
            .collect();
        let objects = spec.objects.iter().filter_map(|object| {
            let Shape::Objects { fields, .. } = &object.shape else { return None };
            let members = fields.iter().map(|field| {
                let wire = match &field.shape {
                    Shape::Value(name) => {
                        Some(resolver.value(name, &field.constraints, field.wire.as_ref(), None).wire)
                    }
                    Shape::Values(_) => None,
                    Shape::Objects { .. } | Shape::Filter(_) => return None,
                };
                Some((field.name.value.clone(), wire, field.presence.is_required()))
            });
            Some((object.name.value.clone(), members.collect::<Option<Members>>()?))
        });
        Self { values, objects: objects.collect() }
    }

    /// Types of a spec that is being made.
    pub(super) fn new(values: BTreeMap<String, Wire>, objects: BTreeMap<String, Members>) -> Self {
        Self { values, objects }
    }

    fn value_type<'a>(&'a self, parameter: &'a str, wire: Wire) -> &'a str {
        if self.values.get(parameter) == Some(&wire) { parameter } else { wire.name() }
    }

    /// The shared object of a list: it has the list's name, which may be a plural, and the same fields.
    fn object(&self, list: &str, fields: &[Parameter]) -> Option<&str> {
        let members = members(fields)?;
        let named = |name| self.objects.get_key_value(name).filter(|(_, fields)| **fields == members);
        [list, singular(list)].into_iter().find_map(named).map(|(name, _)| name.as_str())
    }
}

fn refuses_nothing(found: &spec::Type) -> bool {
    let spec::Constraints {
        range,
        length,
        first,
        only,
        not_prefix,
        prefix: _,
        format,
        one_of,
        none_of,
        outside,
        prefix_length,
    } = &found.constraints;
    let is_free = range.is_none() && length.is_none() && prefix_length.is_none() && format.is_none();
    let any_word = [first, only, not_prefix, one_of, none_of, outside].into_iter().all(Option::is_none);
    is_free && any_word && (found.constraints.prefix.is_none() || matches!(found.kind, TypeKind::Id))
}

/// The fields of an object, if they are single values and lists of them.
pub(super) fn members(fields: &[Parameter]) -> Option<Members> {
    let member = |field: &Parameter| match field.kind {
        Kind::Value(wire) => Some((field.name.value.clone(), Some(wire), field.required)),
        Kind::Values => Some((field.name.value.clone(), None, field.required)),
        Kind::Objects(_) | Kind::Untold(_) => None,
    };
    fields.iter().map(member).collect()
}

/// `Tags` without its `s`.
pub(super) fn singular(name: &str) -> &str {
    name.strip_suffix('s').filter(|rest| !rest.is_empty() && !rest.ends_with('s')).unwrap_or(name)
}

/// Writes entries of a block of parameters.
#[derive(Debug)]
pub struct Entries<'a> {
    /// Types that may be named.
    pub vocabulary: &'a Vocabulary,
    /// Name of the action, with which the names of its own objects begin.
    pub action: &'a str,
    /// What marks each entry; nothing if the whole action is marked.
    pub source: Option<&'a str>,
}

impl Entries<'_> {
    /// The lines of a parameter, each ended by a line feed.
    #[must_use]
    pub fn parameter(&self, parameter: &Parameter, indent: usize) -> String {
        let name = parameter.name.as_str();
        let required = if parameter.required { ", required: true" } else { "" };
        let source = self.source.map(|source| format!(", source: {source}")).unwrap_or_default();
        let flow = |what: String| format!("{:indent$}{name}: {{ {what}{required}{source} }}\n", "");
        match &parameter.kind {
            Kind::Value(wire) => flow(format!("type: {}", self.vocabulary.value_type(name, *wire))),
            Kind::Values => flow("list: String".to_owned()),
            Kind::Objects(fields) => match self.vocabulary.object(name, fields) {
                Some(object) => flow(format!("list: {object}")),
                None => self.objects(parameter, fields, indent),
            },
            Kind::Untold(kind) => format!("{:indent$}# {name}, {}\n", "", untold(kind)),
        }
    }

    fn objects(&self, parameter: &Parameter, fields: &[Parameter], indent: usize) -> String {
        let name = parameter.name.as_str();
        let object = type_name(self.action, name);
        let mut text = format!("{:indent$}{name}:\n{:indent$}  list: {object}\n", "", "");
        if parameter.required {
            text += &format!("{:indent$}  required: true\n", "");
        }
        if let Some(source) = self.source {
            text += &format!("{:indent$}  source: {source}\n", "");
        }
        text += &format!("{:indent$}  fields:\n", "");
        // The mark of the list holds for its fields.
        let inner = Entries { action: &object, source: None, ..*self };
        fields.iter().for_each(|field| text += &inner.parameter(field, indent + 4));
        text
    }
}

fn type_name(action: &str, parameter: &str) -> String {
    use heck::ToUpperCamelCase as _;
    format!("{}{}", action.to_upper_camel_case(), singular(parameter).to_upper_camel_case())
}

/// A whole file for an action that the spec lacks. What it answers is unknown.
#[must_use]
pub fn action_file(action: &Action, vocabulary: &Vocabulary, source: &str) -> String {
    let mut text = format!("source: {source}\neffect: {}\n", effect_name(effect_of(action.name.as_str())));
    let token = action.parameters.iter().find(|one| one.name.value == "ClientToken");
    if token.is_some_and(|token| matches!(token.kind, Kind::Value(Wire::String))) {
        text += "idempotency: ClientToken\n";
    }
    let entries = Entries { vocabulary, action: action.name.as_str(), source: None };
    // Comments alone would leave the key without a value.
    let has_block = action.parameters.iter().any(|one| !matches!(one.kind, Kind::Untold(_)));
    let indent = if has_block { 2 } else { 0 };
    if has_block {
        text += "parameters:\n";
    }
    action.parameters.iter().for_each(|one| text += &entries.parameter(one, indent));
    text += "response: raw\n";
    text
}

/// What an action does, by the verb with which its name begins. Where the verb tells nothing it changes something: a call
/// that changes something is never repeated unasked.
fn effect_of(action: &str) -> Effect {
    const READ: [&str; 6] = ["Check", "Describe", "Diagnose", "Get", "List", "Query"];
    const CREATE: [&str; 3] = ["Allocate", "Copy", "Create"];
    const DELETE: [&str; 2] = ["Delete", "Release"];
    let begins = |verbs: &[&str]| {
        verbs.iter().any(|verb| {
            action
                .strip_prefix(verb)
                .is_some_and(|rest| rest.starts_with(|next: char| !next.is_ascii_lowercase()))
        })
    };
    match () {
        () if begins(&READ) => Effect::Read,
        () if begins(&CREATE) => Effect::Create,
        () if begins(&DELETE) => Effect::Delete,
        () => Effect::Update,
    }
}
