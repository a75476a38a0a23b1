//! What all schemas are made of.

use serde_json::{Map, Value, json};

pub(super) type Schema = Map<String, Value>;

/// Where the strict part of a schema stands: what the reference says and the provider may have widened since.
pub(super) const STRICT: &str = "x-strict";

/// The entries of an object literal.
pub(super) fn schema(value: Value) -> Schema {
    match value {
        Value::Object(map) => map,
        _ => Schema::new(),
    }
}

pub(super) fn reference(name: &str) -> Schema {
    schema(json!({ "$ref": format!("#/components/schemas/{name}") }))
}

/// Makes a schema also ask for what another one does.
pub(super) fn add(to: &mut Schema, more: Schema) {
    if more.keys().any(|key| to.contains_key(key)) {
        if let Value::Array(all) = to.entry("allOf").or_insert_with(|| json!([])) {
            all.push(more.into());
        }
    } else {
        to.extend(more);
    }
}

/// Sets an entry if there is something to set.
pub(super) fn set(to: &mut Schema, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        to.insert(key.to_owned(), value.into());
    }
}

/// Sets an entry unless it would be empty.
pub(super) fn set_filled(to: &mut Schema, key: &str, value: Value) {
    let is_empty = match &value {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    set(to, key, (!is_empty).then_some(value));
}

/// Sentences in one paragraph.
pub(super) fn joined(sentences: impl IntoIterator<Item = String>) -> String {
    let sentences: Vec<String> = sentences.into_iter().filter(|text| !text.is_empty()).collect();
    sentences.join(" ")
}

/// With a full stop, so that another sentence can follow.
pub(super) fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
