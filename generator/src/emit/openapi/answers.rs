//! Answers of calls that succeed.

use super::examples;
use super::schema::{STRICT, Schema, joined, reference, schema, sentence, set_filled};
use super::values::{Facts, integer_format};
use crate::model::{Action, Field, FieldShape, Item, Model, Scalar, Structure, Wire};
use serde_json::{Map, Value, json};

pub(super) fn response(action: &Action) -> Value {
    let (json_examples, xml_examples) = (examples::json_answers(action), examples::xml_answers(action));
    let mut json = schema(json!({ "schema": json_schema(action, &json_examples) }));
    set_filled(&mut json, "examples", json_examples.into());
    let mut xml = schema(json!({ "schema": reference(action_schema(action).as_str()) }));
    set_filled(&mut xml, "examples", xml_examples.into());
    json!({
        "description": format!("Answer of {}.", action.name),
        "content": { "application/json": json, "text/xml": xml },
    })
}

fn action_schema(action: &Action) -> String {
    format!("{}Response", action.rust.as_str())
}

/// Some documented answers stand in an element of their own, as all do in XML.
fn json_schema(action: &Action, examples: &Map<String, Value>) -> Value {
    let plain = reference(&action_schema(action));
    let outer = format!("{}Response", action.name);
    if !examples.values().any(|example| example["value"].get(&outer).is_some()) {
        return plain.into();
    }
    let wrapped = json!({ "type": "object", "required": [&outer], "properties": { outer: plain.clone() } });
    json!({ "anyOf": [wrapped, plain] })
}

/// The schema of an action's answer, and those of objects that no other action has.
pub(super) fn schemas(action: &Action) -> Vec<(String, Value)> {
    let mut made = schema(json!({ "type": "object" }));
    let words = if action.raw { "Its fields are not known." } else { "" };
    let description = joined([format!("Answer of {}.", action.name), words.to_owned(), dry_run(action)]);
    made.insert("description".to_owned(), description.into());
    made.insert("xml".to_owned(), json!({ "name": format!("{}Response", action.name) }));
    let always = always(&action.response);
    if action.dry_run.is_none() {
        set_filled(&mut made, "required", always.into());
    } else {
        set_filled(&mut made, STRICT, json!({ "required": always }));
    }
    set_filled(&mut made, "properties", fields(&action.response, Some(action)).into());
    let mut all = vec![(action_schema(action), made.into())];
    add_own(action, &action.response, &mut all);
    all
}

fn dry_run(action: &Action) -> String {
    let words = |name: &String| {
        format!("What it always has, under `{STRICT}`, can be missing in the answer of a dry run (`{name}`).")
    };
    action.dry_run.as_ref().map(words).unwrap_or_default()
}

fn add_own(action: &Action, fields: &[Field], all: &mut Vec<(String, Value)>) {
    for structure in fields.iter().filter_map(Field::structure).filter(|structure| !structure.shared) {
        let name = structure_name(structure, Some(action));
        if all.iter().all(|(known, _)| *known != name) {
            all.push((name, object(structure, Some(action))));
            add_own(action, &structure.fields, all);
        }
    }
}

/// Objects of several actions.
pub(super) fn shared(model: &Model) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for structure in &model.structures {
        add_shared(structure, &mut all);
    }
    all
}

fn add_shared(structure: &Structure, all: &mut Vec<(String, Value)>) {
    let name = structure_name(structure, None);
    if all.iter().all(|(known, _)| *known != name) {
        all.push((name, object(structure, None)));
        for below in structure.fields.iter().filter_map(Field::structure) {
            add_shared(below, all);
        }
    }
}

/// Two actions may have different objects of one name.
fn structure_name(structure: &Structure, action: Option<&Action>) -> String {
    match action {
        Some(action) if !structure.shared => format!("{}.{}", action.rust.as_str(), structure.rust.as_str()),
        _ => structure.rust.as_str().to_owned(),
    }
}

fn object(structure: &Structure, action: Option<&Action>) -> Value {
    let mut made = schema(json!({ "type": "object", "description": sentence(&structure.summary) }));
    set_filled(&mut made, "required", always(&structure.fields).into());
    set_filled(&mut made, "properties", fields(&structure.fields, action).into());
    made.into()
}

fn always(fields: &[Field]) -> Vec<&str> {
    fields.iter().filter(|field| field.always).map(|field| field.wire.as_str()).collect()
}

fn fields(fields: &[Field], action: Option<&Action>) -> Schema {
    fields.iter().map(|one| (one.wire.clone(), field(one, action).into())).collect()
}

fn field(field: &Field, action: Option<&Action>) -> Schema {
    let mut made = match &field.shape {
        FieldShape::Value(scalar, wire) => unquoted(single(scalar, *wire), field.example.as_ref()),
        FieldShape::Object(structure) => reference(&structure_name(structure, action)),
        FieldShape::List { item, wrapper } => list(item, wrapper.as_ref(), action),
    };
    made.insert("description".to_owned(), sentence(&field.summary).into());
    let facts = Facts {
        default: None,
        example: field.example.as_ref(),
        unit: field.unit.as_ref(),
        sensitive: field.sensitive,
        source: field.source.as_ref(),
    };
    let (scalar, wire) = match &field.shape {
        FieldShape::Value(scalar, wire) => (scalar, *wire),
        FieldShape::Object(_) | FieldShape::List { .. } => (&Scalar::String, Wire::String),
    };
    facts.add_to(&mut made, scalar, wire);
    made
}

/// Elements in their wrapper or, as some answers have them, without it.
fn list(item: &Item, wrapper: Option<&String>, action: Option<&Action>) -> Schema {
    let items = match item {
        Item::Value(scalar, wire) => single(scalar, *wire),
        Item::Structure(structure) => reference(&structure_name(structure, action)),
    };
    let items = Value::from(items);
    let flat = json!({ "type": "array", "items": items });
    match wrapper {
        None => schema(flat),
        Some(wrapper) => {
            // A single element can stand there without a list around it.
            let inside = json!({ "anyOf": [flat, items] });
            let wrapped = json!({ "type": "object", "properties": { wrapper: inside } });
            schema(json!({ "anyOf": [wrapped, flat] }))
        }
    }
}

/// A text that looks like a number or a boolean also comes as one.
fn unquoted(text: Schema, example: Option<&String>) -> Schema {
    let other = match example.and_then(|example| serde_json::from_str(example).ok()) {
        Some(Value::Number(_)) => "integer",
        Some(Value::Bool(_)) => "boolean",
        _ => return text,
    };
    match text.get("type") {
        None => schema(json!({ "anyOf": [text, { "type": other }] })),
        Some(kind) if kind == "string" => schema(json!({ "type": ["string", other] })),
        Some(_) => text,
    }
}

/// The reference's type first, then as what the service also sends it.
fn single(scalar: &Scalar, wire: Wire) -> Schema {
    let named = match scalar {
        Scalar::Id(name) | Scalar::Enum(name) => Some(name),
        _ => None,
    };
    match (named, scalar, wire) {
        (Some(name), _, Wire::String) => reference(name.as_str()),
        (Some(name), _, _) => schema(json!({
            "type": ["integer", "string"], "format": integer_format(wire), "x-type": name.as_str(),
        })),
        (None, Scalar::Boolean, Wire::Integer) => schema(json!({ "type": ["integer", "boolean", "string"] })),
        (None, Scalar::Boolean, Wire::String) => schema(json!({ "type": ["string", "boolean"] })),
        (None, Scalar::Boolean, _) => schema(json!({ "type": ["boolean", "string"] })),
        (None, Scalar::Integer, Wire::String) => schema(json!({ "type": ["string", "integer"] })),
        (None, Scalar::Integer, _) => {
            schema(json!({ "type": ["integer", "string"], "format": integer_format(wire) }))
        }
        (None, _, _) => schema(json!({ "type": "string" })),
    }
}
