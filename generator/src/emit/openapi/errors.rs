//! Refusals: a response for each documented HTTP status, in which each documented code is an example.

use super::schema::{Schema, reference, schema, sentence, set};
use crate::model::{Action, ErrorRow, Model, class_name};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

pub(super) fn response_name(action: &Action, http: u16) -> String {
    format!("{}.{http}", action.name)
}

/// The statuses that the reference lists, sorted, each with its rows.
pub(super) fn by_status(action: &Action) -> BTreeMap<u16, Vec<&ErrorRow>> {
    let mut found: BTreeMap<u16, Vec<&ErrorRow>> = BTreeMap::new();
    for row in &action.errors {
        found.entry(row.http).or_default().push(row);
    }
    found
}

pub(super) fn responses(model: &Model, action: &Action) -> Vec<(String, Value)> {
    let response = |(http, rows): (u16, Vec<&ErrorRow>)| {
        let codes: Vec<String> = rows.iter().map(|row| format!("`{}`", row.code)).collect();
        let what = if codes.len() == 1 { "this code" } else { "one of these codes" };
        let made = json!({
            "description": format!("{} is refused with {what}: {}.", action.name, codes.join(", ")),
            "content": content(examples(model, &rows)),
        });
        (response_name(action, http), made)
    };
    by_status(action).into_iter().map(response).collect()
}

/// Codes of no action in particular.
pub(super) fn any_refusal(model: &Model) -> Value {
    let rows = model.actions().flat_map(|action| &action.errors);
    let listed: HashSet<&str> = rows.map(|row| row.code.as_str()).collect();
    let others = model.errors.iter().filter(|error| !listed.contains(error.code.as_str()));
    let others: String = others
        .map(|error| format!("\n- `{}`: {} {}", error.code, sentence(&error.cause), sentence(&error.remedy)))
        .collect();
    let list = if others.is_empty() { String::new() } else { format!(" Among them:\n{others}") };
    json!({
        "description": format!("Refused with a code that any action can answer with.{list}"),
        "content": content(Schema::new()),
    })
}

fn content(examples: Schema) -> Value {
    let mut json = schema(json!({ "schema": reference("Error") }));
    super::schema::set_filled(&mut json, "examples", examples.into());
    json!({ "application/json": json, "text/xml": { "schema": reference("Error") } })
}

fn examples(model: &Model, rows: &[&ErrorRow]) -> Schema {
    let mut made = Schema::new();
    for row in rows {
        let mut name = row.code.clone();
        // The same code with another message.
        while made.contains_key(&name) {
            name += ".";
        }
        made.insert(name, example(model, row).into());
    }
    made
}

fn example(model: &Model, row: &ErrorRow) -> Schema {
    let known = model.error(&row.code);
    let cause = row.cause.as_ref().or(known.map(|known| &known.cause));
    let remedy = row.remedy.as_ref().or(known.map(|known| &known.remedy));
    let class = row.class.or(known.map(|known| known.class));
    let mut made = Schema::new();
    set(&mut made, "summary", cause.map(String::as_str));
    set(&mut made, "description", remedy.map(String::as_str));
    set(&mut made, "x-class", class.map(class_name));
    set(&mut made, "x-copied", row.copied.then_some(true));
    set(&mut made, "x-source", row.source.as_deref());
    made.insert("value".to_owned(), json!({ "Code": row.code, "Message": row.message }));
    made
}

pub(super) fn schema_of_error() -> Value {
    json!({
        "type": "object",
        "description": "What the service says when it refuses a call. In XML the element is `Error`.",
        "xml": { "name": "Error" },
        "required": ["Code"],
        "properties": {
            "Code": { "type": "string", "description": "Error code, in the service's own spelling." },
            "Message": { "type": "string", "description": "Message for people; `%s` stands for a part that depends on the call." },
            "RequestId": { "type": "string", "description": "Id of the call, by which the provider's support finds it." },
            "HostId": { "type": "string", "description": "Host that refused." },
            "Recommend": { "type": "string", "description": "Address of a page with advice." },
        },
    })
}
