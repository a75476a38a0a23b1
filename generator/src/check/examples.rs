//! Example requests: every required parameter, none that is unknown, every constraint and rule kept.

use super::constraints::check_value;
use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
use crate::model::{Check, Limit, Resolver, Rule, Value, Wire, rejection};
use crate::spec::{Action, Example, FilterShape, Parameter, Presence, Shape, Spec};
use aliyun_rpc::Parameters;
use aliyun_rpc::schema::Breach;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        for example in &action.examples {
            let request: Parameters = example
                .request
                .iter()
                .map(|(name, value)| (name.value.clone(), value.value.clone()))
                .collect();
            check_presence(&action.parameters, "", example, faults);
            check_rules(action, example, &request, faults);
            for (name, value) in &example.request {
                check_parameter(action, name, value, example, resolver, faults);
            }
        }
    }
}

/// What is required is there, in every element of a list too.
fn check_presence(parameters: &[Parameter], before: &str, example: &Example, faults: &mut Faults) {
    for parameter in parameters {
        let name = format!("{before}{}", parameter.name.value);
        let excused = parameter
            .unless
            .as_ref()
            .is_some_and(|other| is_given(&format!("{before}{}", other.value), example));
        if matches!(parameter.presence, Presence::Required) && !is_given(&name, example) && !excused {
            let fault = Fault::new(
                Code::ExampleLacksRequired,
                example.spot,
                format!("the example lacks the required `{name}`"),
            );
            faults.add(
                fault
                    .related(parameter.name.spot, "required here")
                    .hint("add it to `request`, with a note in errata.md"),
            );
        }
        if let Shape::Objects { fields, json: false, .. } = &parameter.shape {
            for index in indices(&name, example) {
                check_presence(fields, &format!("{name}.{index}."), example, faults);
            }
        }
    }
}

fn is_given(name: &str, example: &Example) -> bool {
    let below = format!("{name}.");
    example.request.iter().any(|(given, _)| given.value == name || given.value.starts_with(&below))
}

/// Indices of the elements of a list that an example gives.
fn indices<'a>(name: &str, example: &'a Example) -> BTreeSet<&'a str> {
    let below = format!("{name}.");
    let elements = example.request.iter().filter_map(|(given, _)| given.value.strip_prefix(&below));
    elements.filter_map(|element| element.split('.').next()).collect()
}

fn check_rules(action: &Action, example: &Example, request: &Parameters, faults: &mut Faults) {
    for rule in &action.rules {
        for Breach { parameter, expected } in Rule::build(rule, &action.parameters).kind.breaches(request) {
            let given = example.request.iter().find(|(name, _)| name.value == parameter);
            let spot = given.map_or(example.spot, |(_, value)| value.spot);
            let message = format!("the example breaks a rule: `{parameter}`, expected {expected}");
            let fault =
                Fault::new(Code::ExampleBreaksRule, spot, message).related(rule.summary.spot, "this rule");
            faults.add(fault.hint("change the example, or the rule if the reference says otherwise"));
        }
    }
}

fn check_parameter(
    action: &Action,
    name: &Text,
    text: &Text,
    example: &Example,
    resolver: &Resolver<'_>,
    faults: &mut Faults,
) {
    let parts: Vec<&str> = name.as_str().split('.').collect();
    match find(&action.parameters, &parts, "", example, resolver) {
        Found::Value(value) => check_value(text, &value, "example", faults),
        Found::Json(fields) => check_json(text, fields, resolver, faults),
        Found::Unknown(hint) => {
            let fault = Fault::new(
                Code::UnknownParameter,
                name.spot,
                format!("`{}` has no parameter `{}`", action.name.value, name.value),
            );
            faults.add(fault.hint(hint));
        }
    }
}

enum Found<'a> {
    /// A single value.
    Value(Value),
    /// A JSON array of objects with these fields.
    Json(&'a [Parameter]),
    /// Nothing; what could be meant.
    Unknown(String),
}

/// The parameter that a name like `Filter.1.Value.2` stands for; `before` is the part of it that has been followed.
fn find<'a>(
    parameters: &'a [Parameter],
    parts: &[&str],
    before: &str,
    example: &Example,
    resolver: &Resolver<'_>,
) -> Found<'a> {
    let (head, rest) = parts.split_first().map_or(("", &[][..]), |(head, rest)| (*head, rest));
    let Some(parameter) = parameters.iter().find(|parameter| parameter.name.value == head) else {
        return Found::Unknown(suggest(head, parameters.iter().map(|parameter| parameter.name.as_str())));
    };
    let path = format!("{before}{head}");
    let value = |name: &Text| {
        Found::Value(resolver.value(name, &parameter.constraints, parameter.wire.as_ref(), None))
    };
    match (&parameter.shape, rest) {
        (Shape::Value(name), []) => value(name),
        (Shape::Objects { json: true, fields, .. }, []) => Found::Json(fields),
        (Shape::Values(name), [index]) if is_index(index) => value(name),
        (Shape::Objects { fields, json: false, .. }, [index, field @ ..]) if is_index(index) => {
            find(fields, field, &format!("{path}.{index}."), example, resolver)
        }
        (Shape::Filter(filter), [index, "Key"]) if is_index(index) => Found::Value(key_value(filter)),
        (Shape::Filter(filter), [index, "Value", number]) if is_index(index) && is_index(number) => {
            let key = format!("{path}.{index}.Key");
            let Some((_, key)) = example.request.iter().find(|(name, _)| name.value == key) else {
                return Found::Unknown(format!("add `{key}`, which says what is selected by"));
            };
            let known = filter.keys.iter().find(|known| known.name.value == key.value);
            match known.map(|known| (&known.shape, known)) {
                Some((Shape::Value(name), known)) => {
                    Found::Value(resolver.value(name, &known.constraints, known.wire.as_ref(), None))
                }
                // The key is a fault of its own.
                _ => Found::Value(text_value()),
            }
        }
        _ => Found::Unknown(format!("write {}", spelling(&parameter.shape, &path))),
    }
}

/// How a parameter is named in an example.
fn spelling(shape: &Shape, path: &str) -> String {
    match shape {
        Shape::Value(_) | Shape::Objects { json: true, .. } => format!("`{path}`"),
        Shape::Values(_) => format!("`{path}.1`, `{path}.2`, ..."),
        Shape::Objects { fields, .. } => {
            let field = fields.first().map_or("Field", |field| field.name.as_str());
            format!("`{path}.1.{field}`")
        }
        Shape::Filter(_) => format!("`{path}.1.Key` and `{path}.1.Value.1`"),
    }
}

fn is_index(part: &str) -> bool {
    part.parse::<usize>().is_ok_and(|index| index > 0)
}

fn text_value() -> Value {
    Value {
        scalar: crate::model::Scalar::String,
        wire: Wire::String,
        checks: Vec::new(),
        variants: Vec::new(),
    }
}

fn key_value(filter: &FilterShape) -> Value {
    let keys = filter.keys.iter().map(|key| key.name.value.clone()).collect();
    Value { checks: vec![Check { limit: Limit::OneOf(keys), refused_as: None }], ..text_value() }
}

/// A list of objects in one text: every object with what is required, nothing unknown, every constraint kept.
fn check_json(text: &Text, fields: &[Parameter], resolver: &Resolver<'_>, faults: &mut Faults) {
    let mut wrong = |what: String| {
        faults.add(
            Fault::new(Code::ExampleOfJsonParameter, text.spot, what)
                .hint("write `[{\"Field\":\"value\"}]`, with the fields that are declared"),
        );
    };
    let elements: Vec<Map<String, Json>> = match serde_json::from_str(text.as_str()) {
        Ok(elements) => elements,
        Err(error) => return wrong(format!("the example is no JSON array of objects: {error}")),
    };
    for (index, element) in elements.iter().enumerate() {
        for field in fields {
            let name = field.name.as_str();
            match element.get(name) {
                None if matches!(field.presence, Presence::Required) => {
                    wrong(format!("element {index} of the example lacks the required `{name}`"));
                }
                Some(json) => {
                    if let Some(expected) = json_rejection(json, field, resolver) {
                        wrong(format!("`{name}` of element {index} of the example should be {expected}"));
                    }
                }
                None => {}
            }
        }
        for name in element.keys().filter(|name| !fields.iter().any(|field| field.name.value == **name)) {
            wrong(format!("element {index} of the example has an unknown field `{name}`"));
        }
    }
}

fn json_rejection(json: &Json, field: &Parameter, resolver: &Resolver<'_>) -> Option<String> {
    let Shape::Value(name) = &field.shape else { return None };
    let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    rejection(&resolver.value(name, &field.constraints, field.wire.as_ref(), None), &text)
}
