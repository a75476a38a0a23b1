//! Example requests: every required parameter, none that is unknown, every constraint kept.

use super::constraints::check_value;
use crate::diagnostics::{Fault, Faults, Text, suggest};
use crate::model::{Resolver, Value, Wire};
use crate::spec::{Action, Example, Parameter, RuleKind, Shape, Spec};

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        for example in &action.examples {
            check_presence(action, example, faults);
            check_ranges(action, example, faults);
            for (name, value) in &example.request {
                check_parameter(action, name, value, example, resolver, faults);
            }
        }
    }
}

fn check_presence(action: &Action, example: &Example, faults: &mut Faults) {
    let given = |name: &str| {
        example
            .request
            .iter()
            .any(|(given, _)| given.value == name || given.value.starts_with(&format!("{name}.")))
    };
    for parameter in action.parameters.iter().filter(|parameter| parameter.presence.is_required()) {
        let excused = parameter.unless.as_ref().is_some_and(|other| given(other.as_str()));
        let relaxed = matches!(parameter.presence, crate::spec::Presence::Relaxed(_));
        if !given(parameter.name.as_str()) && !excused && !relaxed {
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

fn check_ranges(action: &Action, example: &Example, faults: &mut Faults) {
    let given = |name: &Text| {
        example.request.iter().find(|(given, _)| given.value == name.value).map(|(_, value)| value)
    };
    for rule in &action.rules {
        let RuleKind::RangeBy { parameter, by, ranges } = &rule.kind;
        let default = action
            .parameters
            .iter()
            .find(|one| one.name.value == by.value)
            .and_then(|one| one.default.as_ref());
        let (Some(number), Some(decides)) = (given(parameter), given(by).or(default)) else { continue };
        let Some((_, range)) = ranges.iter().find(|(value, _)| value.value == decides.value) else {
            continue;
        };
        let (least, most) = range.value;
        if number.as_str().parse().is_ok_and(|number: i64| number < least || number > most) {
            let fault = Fault::new(
                number.spot,
                format!(
                    "the example `{}` should be from {least} to {most}, with `{}` {}",
                    number.value, by.value, decides.value
                ),
            );
            faults.add(
                fault
                    .related(range.spot, "because of this rule")
                    .hint("change the value, or the rule if the reference says otherwise"),
            );
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
