//! JSON Schemas of the spec's files, so that editors complete and check them as they are written.
//!
//! They say what the loader reads, and a test holds them against it. What needs more than one file to be judged (whether a
//! type exists, whether an example keeps a rule) is left to `check`.

mod action;
mod parts;
mod resource;
mod service;
#[cfg(test)]
mod tests;
mod types;

use crate::write::{Files, MARK};
use serde_json::{Value, json};

/// The folder of the schemas in that of the spec.
pub const FOLDER: &str = "schema";

/// Every schema, by its path below the folder of the spec.
#[must_use]
pub fn files() -> Files {
    let schemas = [
        ("action", action::file()),
        ("enums", types::enums()),
        ("errors", types::errors()),
        ("ids", types::ids()),
        ("integers", types::integers()),
        ("parameters", types::parameters()),
        ("resource", resource::file()),
        ("service", service::file()),
        ("structures", types::structures()),
        ("texts", types::texts()),
    ];
    schemas.map(|(name, schema)| (format!("{FOLDER}/{name}.json"), text(schema))).into()
}

/// The first line of a file of the spec, given its path below the folder of the spec: it names the schema. None for a file
/// that has none.
#[must_use]
pub fn first_line(path: &str) -> Option<String> {
    let folders: Vec<&str> = path.split('/').collect();
    let name = match folders.as_slice() {
        ["service.yaml"] => "service",
        ["errors.yaml"] => "errors",
        ["types", file] => file.strip_suffix(".yaml")?,
        ["resources", _] => "resource",
        ["actions", _, _] => "action",
        _ => return None,
    };
    let up = "../".repeat(folders.len() - 1);
    Some(format!("{FIRST_LINE}{up}{FOLDER}/{name}.json\n"))
}

/// The text of a file with its first line.
pub(crate) fn with_first_line(path: &str, text: &str) -> String {
    first_line(path).unwrap_or_default() + text
}

/// The keys at the top of a file in the order of the format; none where they are names of the author's choice.
pub(crate) fn order(path: &str) -> Vec<String> {
    let schema = match path.split('/').collect::<Vec<_>>().as_slice() {
        ["service.yaml"] => service::file(),
        ["resources", _] => resource::file(),
        ["actions", _, _] => action::action(),
        _ => return Vec::new(),
    };
    let properties = schema["properties"].as_object();
    properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
}

/// How the first line begins, as the language server of YAML wants it.
pub(crate) const FIRST_LINE: &str = "# yaml-language-server: $schema=";

fn text(schema: Value) -> String {
    let mut whole = json!({
        "$comment": format!("{MARK}; do not edit."),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
    });
    if let (Value::Object(whole), Value::Object(schema)) = (&mut whole, schema) {
        whole.extend(schema);
    }
    format!("{whole:#}\n")
}
