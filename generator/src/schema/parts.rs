//! What the schemas are made of.

use serde_json::{Value, json};

/// A text; YAML reads some as numbers or booleans, and the loader takes them as they are written.
pub(super) fn text(description: &str) -> Value {
    json!({ "description": description, "type": ["string", "number", "boolean"] })
}

pub(super) fn flag(description: &str) -> Value {
    json!({ "description": description, "type": "boolean" })
}

/// One of the format's own words.
pub(super) fn word(description: &str, words: &[&str]) -> Value {
    json!({ "description": description, "enum": words })
}

pub(super) fn texts(description: &str) -> Value {
    json!({ "description": description, "type": "array", "items": { "type": ["string", "number", "boolean"] } })
}

/// Like [`texts`], one at least.
pub(super) fn some_texts(description: &str) -> Value {
    with(texts(description), &[("minItems", json!(1))])
}

/// Least and most, both allowed.
pub(super) fn pair(description: &str) -> Value {
    json!({ "description": description, "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 })
}

/// Keys of the author's choice.
pub(super) fn map(description: &str, value: &Value) -> Value {
    json!({ "description": description, "type": "object", "additionalProperties": value })
}

pub(super) fn list(description: &str, element: &Value) -> Value {
    json!({ "description": description, "type": "array", "items": element })
}

/// A mapping with these keys, and no other.
pub(super) fn object(description: &str, required: &[&str], properties: Value) -> Value {
    json!({
        "description": description,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

pub(super) fn definition(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A schema with further keywords.
pub(super) fn with(mut schema: Value, keywords: &[(&str, Value)]) -> Value {
    for (name, value) in keywords {
        schema[*name] = value.clone();
    }
    schema
}

/// One mapping out of several.
pub(super) fn joined(parts: impl IntoIterator<Item = Value>) -> Value {
    let entries = parts.into_iter().filter_map(|part| match part {
        Value::Object(entries) => Some(entries),
        _ => None,
    });
    Value::Object(entries.flatten().collect())
}

/// What any fact can have.
pub(super) fn common() -> Value {
    json!({
        "summary": text("What it is, in our own words: a sentence, more if needed. Comes with the type where it is left out."),
        "source": text("Where the fact comes from, if not from the reference: a name from `sources` in service.yaml."),
        "rust": text("The Rust name, where the rule makes a poor one."),
        "sensitive": flag("No text may show the value."),
        "example": text("A valid value."),
    })
}

/// What the values of a type or parameter must be like.
pub(super) fn constraints() -> Value {
    let classes = "`letter`, `digit`, `han`, `ascii`; another word is taken letter by letter";
    json!({
        "range": pair("Least and greatest number."),
        "length": with(pair("Fewest and most characters."), &[("items", json!({ "type": "integer", "minimum": 0 }))]),
        "first": texts(&format!("What the first character may be: {classes}.")),
        "only": texts(&format!("What all characters may be: {classes}.")),
        "not_prefix": texts("What the text must not start with."),
        "prefix": text("What the text starts with; an empty text takes the type's away."),
        "format": word("The form of the text.", &crate::spec::constraints::FORMATS),
        "one_of": some_texts("Allowed values: all that the reference names, or the part of an enum that is taken here."),
        "none_of": texts("Values that are not allowed."),
        "outside": texts("Networks in which an address or network must not lie."),
        "prefix_length": pair("Shortest and longest mask, in bits."),
    })
}
