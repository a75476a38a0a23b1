//! Rules between parameters, as far as JSON Schema has words for them; the others are told in the description.

use super::requests::sign;
use super::schema::{STRICT, Schema, joined, schema, sentence, set_filled};
use super::values::typed;
use crate::emit::docs;
use crate::model::{Action, Rule, RuleKind, Shape, Values, When};
use serde_json::{Value, json};

/// Adds the rules that can be expressed exactly: rules of form as such, the others to the strict part.
pub(super) fn add_all(action: &Action, made: &mut Schema) {
    let (mut form, mut strict) = (Vec::new(), Vec::new());
    for rule in &action.rules {
        let Some(keywords) = expressed(action, rule) else { continue };
        let mut one = schema(json!({ "description": words(rule) }));
        one.extend(keywords);
        if rule.kind.is_form() { &mut form } else { &mut strict }.push(Value::from(one));
    }
    if let Some(Value::Array(all)) = made.get_mut("allOf") {
        all.extend(form);
    } else {
        set_filled(made, "allOf", form.into());
    }
    if !strict.is_empty() {
        made.insert(STRICT.to_owned(), json!({ "allOf": strict }));
    }
}

/// The other rules.
pub(super) fn in_words(action: &Action) -> String {
    let others = action.rules.iter().filter(|rule| expressed(action, rule).is_none());
    let others: String = others.map(|rule| format!("\n- {}", words(rule))).collect();
    if others.is_empty() { others } else { format!("Rules that no keyword of this schema tells:\n{others}") }
}

fn words(rule: &Rule) -> String {
    let otherwise = rule.refused_as.as_ref().map(|code| format!("Otherwise `{code}`."));
    let inferred = if rule.inferred { "Concluded, not stated." } else { "" };
    joined([
        sentence(&rule.summary),
        docs::rule_sentences(&rule.kind),
        otherwise.unwrap_or_default(),
        inferred.to_owned(),
    ])
}

/// What was concluded and not stated refuses nothing.
fn expressed(action: &Action, rule: &Rule) -> Option<Schema> {
    if rule.inferred {
        return None;
    }
    let keywords = match &rule.kind {
        RuleKind::RangeBy { parameter, by, default, ranges } => {
            let one = |(value, least, most): &(String, i64, i64)| {
                let when = When {
                    parameter: by.clone(),
                    values: Values::OneOf(vec![value.clone()]),
                    default: default.clone(),
                };
                let then = json!({ "properties": { parameter: { "minimum": least, "maximum": most } } });
                Some(json!({ "if": condition(action, &when)?, "then": then }))
            };
            json!({ "allOf": ranges.iter().map(one).collect::<Option<Vec<Value>>>()? })
        }
        RuleKind::RequiredIf { parameters, when } => {
            json!({ "if": condition(action, when)?, "then": { "required": signs(action, parameters)? } })
        }
        RuleKind::AllowedIf { parameters, when } => {
            let given = signs(action, parameters)?.into_iter().map(|name| json!({ "required": [name] }));
            json!({ "if": any_of(given.collect()), "then": condition(action, when)? })
        }
        RuleKind::ValueIf { parameter, one_of, when } => {
            let then = json!({ "properties": { parameter: { "enum": values(action, parameter, one_of)? } } });
            json!({ "if": condition(action, when)?, "then": then })
        }
        RuleKind::AtLeastOne(sets) => {
            let set = |set: &Vec<String>| Some(json!({ "required": signs(action, set)? }));
            json!({ "anyOf": sets.iter().map(set).collect::<Option<Vec<Value>>>()? })
        }
        RuleKind::AtMostOne(sets) => json!({ "not": any_of(together(action, sets)?) }),
        RuleKind::SameSubnet { .. } => return None,
    };
    Some(schema(keywords))
}

fn any_of(mut schemas: Vec<Value>) -> Value {
    if schemas.len() == 1 { schemas.remove(0) } else { json!({ "anyOf": schemas }) }
}

/// Pairs of parameters of different sets.
fn together(action: &Action, sets: &[Vec<String>]) -> Option<Vec<Value>> {
    let mut pairs = Vec::new();
    for (index, set) in sets.iter().enumerate() {
        for other in sets.iter().skip(index + 1) {
            for name in signs(action, set)? {
                pairs.extend(
                    signs(action, other)?.into_iter().map(|other| json!({ "required": [&name, other] })),
                );
            }
        }
    }
    Some(pairs)
}

fn signs(action: &Action, names: &[String]) -> Option<Vec<String>> {
    names.iter().map(|name| sign_of(action, name)).collect()
}

fn sign_of(action: &Action, name: &str) -> Option<String> {
    sign(action.parameters.iter().find(|parameter| parameter.wire == name)?)
}

fn condition(action: &Action, when: &When) -> Option<Value> {
    let name = &when.parameter;
    let Values::OneOf(words) = &when.values else {
        return Some(json!({ "required": [sign_of(action, name)?] }));
    };
    let mut made = schema(json!({ "properties": { name: { "enum": values(action, name, words)? } } }));
    // Left out, it counts as its default.
    if !when.default.as_ref().is_some_and(|default| words.contains(default)) {
        made.insert("required".to_owned(), json!([name]));
    }
    Some(made.into())
}

/// Values of a parameter that holds a single one.
fn values(action: &Action, name: &str, words: &[String]) -> Option<Vec<Value>> {
    let parameter = action.parameters.iter().find(|parameter| parameter.wire == name)?;
    let Shape::Value(value) = &parameter.shape else { return None };
    Some(words.iter().map(|word| typed(&value.scalar, value.wire, word)).collect())
}
