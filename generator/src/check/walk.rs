//! Visits everything of a kind, however deep it lies.

use crate::model::Resolver;
use crate::spec::{Action, Field, FieldShape, Parameter, Shape, Spec};

/// How deep structures may lie in one another.
pub(super) const DEEPEST: usize = 8;

/// Every parameter of every action, and the fields of the shared objects.
pub(super) fn all_parameters(spec: &Spec) -> Vec<&Parameter> {
    let mut found: Vec<&Parameter> = spec.actions.iter().flat_map(parameters).collect();
    spec.objects.iter().for_each(|object| add_parameters(members_of(object), &mut found));
    found
}

/// The fields of a shared object.
pub(super) fn members_of(object: &Parameter) -> &[Parameter] {
    match &object.shape {
        Shape::Objects { fields, .. } => fields,
        Shape::Value(_) | Shape::Values(_) | Shape::Filter(_) => &[],
    }
}

/// Every parameter of an action: fields of objects that it declares and keys of filters too.
pub(super) fn parameters(action: &Action) -> Vec<&Parameter> {
    let mut found = Vec::new();
    add_parameters(&action.parameters, &mut found);
    found
}

fn add_parameters<'a>(parameters: &'a [Parameter], found: &mut Vec<&'a Parameter>) {
    for parameter in parameters {
        found.push(parameter);
        match &parameter.shape {
            Shape::Objects { fields, shared: false, .. } => add_parameters(fields, found),
            Shape::Filter(filter) => add_parameters(&filter.keys, found),
            Shape::Objects { .. } | Shape::Value(_) | Shape::Values(_) => {}
        }
    }
}

/// Every field of every answer, and of the shared structures.
pub(super) fn all_fields(spec: &Spec) -> Vec<&Field> {
    let mut found = Vec::new();
    for action in &spec.actions {
        add_fields(&action.response, &mut found);
    }
    add_fields(&spec.structures, &mut found);
    found
}

fn add_fields<'a>(fields: &'a [Field], found: &mut Vec<&'a Field>) {
    for field in fields {
        found.push(field);
        add_fields(declared(field), found);
    }
}

/// The fields that a field declares.
pub(super) fn declared(field: &Field) -> &[Field] {
    match &field.shape {
        FieldShape::Object(_, fields) => fields.as_deref().unwrap_or_default(),
        FieldShape::List(list) => list.fields.as_deref().unwrap_or_default(),
        FieldShape::Value(_) => &[],
    }
}

/// The fields of the objects that a field holds, declared there or in types/structures.yaml.
pub(super) fn members<'a>(field: &'a Field, resolver: &Resolver<'a>) -> &'a [Field] {
    shared(field, resolver).map_or_else(|| declared(field), declared)
}

/// The structure of types/structures.yaml that a field names.
pub(super) fn shared<'a>(field: &Field, resolver: &Resolver<'a>) -> Option<&'a Field> {
    let name = match &field.shape {
        FieldShape::Object(name, None) => name,
        FieldShape::List(list) if list.fields.is_none() => &list.element,
        FieldShape::Value(_) | FieldShape::Object(..) | FieldShape::List(_) => return None,
    };
    resolver.structure(name.as_str())
}
