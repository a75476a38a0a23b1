//! Example requests: every required parameter, none that is unknown, every constraint and rule kept.

use super::constraints::check_value;
use crate::diagnostics::{Fault, Faults, Text, suggest};
use crate::model::{Resolver, Rule, Value, Wire};
use crate::spec::{Action, Example, Parameter, Presence, Shape, Spec};
use aliyun_rpc::Parameters;
use aliyun_rpc::schema::Breach;

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        for example in &action.examples {
            let request: Parameters = example
                .request
                .iter()
                .map(|(name, value)| (name.value.clone(), value.value.clone()))
                .collect();
            check_presence(action, example, &request, faults);
            check_rules(action, example, &request, faults);
            for (name, value) in &example.request {
                check_parameter(action, name, value, example, resolver, faults);
            }
        }
    }
}

fn check_presence(action: &Action, example: &Example, request: &Parameters, faults: &mut Faults) {
    for parameter in action.parameters.iter().filter(|parameter| parameter.presence.is_required()) {
        let excused = parameter.unless.as_ref().is_some_and(|other| request.is_given(other.as_str()));
        let relaxed = matches!(parameter.presence, Presence::Relaxed(_));
        if !request.is_given(parameter.name.as_str()) && !excused && !relaxed {
            let fault = Fault::new(
                example.spot,
                format!("the example lacks the required `{}`", parameter.name.value),
            );
            faults.add(
                fault
                    .related(parameter.name.spot, "required here")
                    .hint("add it to `request`, with a note in errata.md"),
            );
        }
    }
}

fn check_rules(action: &Action, example: &Example, request: &Parameters, faults: &mut Faults) {
    for rule in &action.rules {
        for Breach { parameter, expected } in Rule::build(rule, &action.parameters).kind.breaches(request) {
            let given = example.request.iter().find(|(name, _)| name.value == parameter);
            let spot = given.map_or(example.spot, |(_, value)| value.spot);
            let message = format!("the example breaks a rule: `{parameter}`, expected {expected}");
            let fault = Fault::new(spot, message).related(rule.summary.spot, "this rule");
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
    match find(&action.parameters, &parts, example, resolver) {
        Found::Value(value) => check_value(text, &value, "example", faults),
        Found::Json => {}
        Found::Unknown => {
            let known = action.parameters.iter().map(|parameter| parameter.name.as_str());
            let fault =
                Fault::new(name.spot, format!("`{}` has no parameter `{}`", action.name.value, name.value));
            faults.add(fault.hint(format!(
                "lists are written `Name.1.Field`; {}",
                suggest(parts.first().copied().unwrap_or(""), known)
            )));
        }
    }
}

enum Found {
    Value(Value),
    Json,
    Unknown,
}

/// The parameter that a name like `Filter.1.Value.2` stands for.
fn find(parameters: &[Parameter], parts: &[&str], example: &Example, resolver: &Resolver<'_>) -> Found {
    let [head, rest @ ..] = parts else { return Found::Unknown };
    let Some(parameter) = parameters.iter().find(|parameter| parameter.name.value == *head) else {
        return Found::Unknown;
    };
    let value = |name: &Text| {
        Found::Value(resolver.value(name, &parameter.constraints, parameter.wire.as_ref(), None))
    };
    match (&parameter.shape, rest) {
        (Shape::Value(name), []) => value(name),
        (Shape::Objects { json: true, .. }, []) => Found::Json,
        (Shape::Values(name), [index]) if is_index(index) => value(name),
        (Shape::Objects { fields, json: false, .. }, [index, field @ ..]) if is_index(index) => {
            find(fields, field, example, resolver)
        }
        (Shape::Filter(_), [index, "Key"]) if is_index(index) => Found::Value(text_value()),
        (Shape::Filter(filter), [index, "Value", number]) if is_index(index) && is_index(number) => {
            let key = format!("{head}.{index}.Key");
            let key =
                example.request.iter().find(|(name, _)| name.value == key).map(|(_, value)| value.as_str());
            let known = filter.keys.iter().find(|known| Some(known.name.as_str()) == key);
            match known.map(|known| (&known.shape, known)) {
                Some((Shape::Value(name), known)) => {
                    Found::Value(resolver.value(name, &known.constraints, known.wire.as_ref(), None))
                }
                _ => Found::Unknown,
            }
        }
        _ => Found::Unknown,
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
