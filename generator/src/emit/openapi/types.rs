//! Ids and enums.

use super::schema::{STRICT, Schema, joined, schema, sentence, set, set_filled};
use super::values::escaped;
use crate::model::{Enum, EnumValue, Id, Model};
use serde_json::{Value, json};

pub(super) fn ids(model: &Model) -> impl Iterator<Item = (String, Value)> + '_ {
    model.ids.iter().map(|id| (id.rust.as_str().to_owned(), of_id(id)))
}

fn of_id(id: &Id) -> Value {
    let words = id.prefix.as_ref().map(|prefix| format!("Begins with `{prefix}`.")).unwrap_or_default();
    let description = joined([sentence(&id.summary), words]);
    let mut made = schema(json!({ "type": "string", "description": description }));
    let strict = id.prefix.as_ref().map(|prefix| json!({ "pattern": format!("^{}", escaped(prefix)) }));
    set(&mut made, STRICT, strict);
    set(&mut made, "examples", id.example.as_ref().map(|example| vec![example.as_str()]));
    made.into()
}

pub(super) fn enums(model: &Model) -> impl Iterator<Item = (String, Value)> + '_ {
    model.enums.iter().map(|one| (one.rust.as_str().to_owned(), of_enum(one)))
}

/// Open: the service may answer with values that nobody has documented.
fn of_enum(one: &Enum) -> Value {
    let spellings = |value: &EnumValue| {
        let mut all = vec![value.wire.clone()];
        all.extend(value.also.iter().cloned());
        all
    };
    let all: Vec<String> = one.values.iter().flat_map(spellings).collect();
    let first: Vec<&str> = one.values.iter().map(|value| value.wire.as_str()).collect();
    let lines: String = one
        .values
        .iter()
        .map(|value| format!("\n- `{}`: {}", value.wire, sentence(&value.summary)))
        .collect();
    json!({
        "type": "string",
        "description": format!("{}\n{lines}", sentence(&one.summary)),
        "examples": first,
        STRICT: { "enum": all },
        "x-values": one.values.iter().map(of_value).collect::<Vec<_>>(),
    })
}

fn of_value(value: &EnumValue) -> Value {
    let mut made = Schema::new();
    set(&mut made, "value", Some(value.wire.as_str()));
    set_filled(&mut made, "also", value.also.clone().into());
    set(&mut made, "summary", Some(value.summary.as_str()));
    made.into()
}
