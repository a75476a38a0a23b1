//! Documented requests and answers.

use super::values::typed;
use crate::emit::docs::{named_parameters, single_value};
use crate::model::{Action, Example};
use serde_json::{Map, Value, json};

/// The requests, with numbers and booleans as such.
pub(super) fn requests(action: &Action) -> Vec<Value> {
    action.examples.iter().map(|example| request(action, example).into()).collect()
}

fn request(action: &Action, example: &Example) -> Map<String, Value> {
    let parameters = named_parameters(action);
    let value = |name: &str, text: &str| {
        let name = without_numbers(name);
        let found = parameters.iter().find(|(known, _)| *known == name);
        match found.and_then(|(_, parameter)| single_value(parameter)) {
            Some(value) => typed(&value.scalar, value.wire, text),
            None => text.into(),
        }
    };
    example.request.iter().map(|(name, text)| (name.clone(), value(name, text))).collect()
}

/// `Contacts.1.Hours.2` as `Contacts.Hours`.
fn without_numbers(name: &str) -> String {
    let parts = name.split('.').filter(|part| part.parse::<u32>().is_err());
    parts.collect::<Vec<_>>().join(".")
}

/// The answers in JSON, parsed.
pub(super) fn json_answers(action: &Action) -> Map<String, Value> {
    let parsed = |text: &String| serde_json::from_str::<Value>(text).ok();
    named(action.examples.iter().map(|example| example.json.as_ref().and_then(parsed)))
}

/// The answers in XML, as texts.
pub(super) fn xml_answers(action: &Action) -> Map<String, Value> {
    named(action.examples.iter().map(|example| Some(example.xml.as_ref()?.trim_end().into())))
}

fn named(values: impl Iterator<Item = Option<Value>>) -> Map<String, Value> {
    let named = values.enumerate().filter_map(|(index, value)| {
        value.map(|value| (format!("documented-{}", index + 1), json!({ "value": value })))
    });
    named.collect()
}
