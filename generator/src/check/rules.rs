//! Rules, idempotency and exceptions name parameters that exist.

use super::constraints::check_value;
use super::walk;
use crate::diagnostics::{Fault, Faults, Located, Text, suggest};
use crate::model::{Resolver, Scalar};
use crate::spec::{Action, Parameter, RuleKind, Shape, Spec};

type Range = Located<(i64, i64)>;

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        for name in action.idempotency.iter() {
            check_parameter(name, action, faults);
        }
        for name in walk::parameters(action).iter().filter_map(|parameter| parameter.unless.as_ref()) {
            check_parameter(name, action, faults);
        }
        for rule in &action.rules {
            let RuleKind::RangeBy { parameter, by, ranges } = &rule.kind;
            if let Some(found) = check_parameter(parameter, action, faults) {
                check_number(parameter, found, resolver, faults);
            }
            if let Some(found) = check_parameter(by, action, faults) {
                check_values(ranges, found, resolver, faults);
            }
            if ranges.is_empty() {
                faults.add(
                    Fault::new(by.spot, "a `range_by` without ranges")
                        .hint("add `ranges: { VALUE: [least, most] }`"),
                );
            }
        }
    }
}

/// The parameter of this name, which holds a single value.
fn check_parameter<'a>(name: &Text, action: &'a Action, faults: &mut Faults) -> Option<&'a Parameter> {
    let known = || action.parameters.iter().filter(|parameter| matches!(parameter.shape, Shape::Value(_)));
    let found = known().find(|parameter| parameter.name.value == name.value);
    if found.is_none() {
        let fault =
            Fault::new(name.spot, format!("`{}` has no parameter `{}`", action.name.value, name.value));
        faults.add(fault.hint(suggest(name.as_str(), known().map(|parameter| parameter.name.as_str()))));
    }
    found
}

fn check_number(name: &Text, parameter: &Parameter, resolver: &Resolver<'_>, faults: &mut Faults) {
    if let Shape::Value(found) = &parameter.shape
        && resolver.knows(found.as_str())
        && resolver.scalar(found.as_str()) != Scalar::Integer
    {
        let fault = Fault::new(name.spot, format!("`{}` is no number", name.value));
        faults.add(
            fault.related(found.spot, "its type").hint("name a parameter that is one, or change its type"),
        );
    }
}

/// What the ranges are for are values that the deciding parameter can have.
fn check_values(ranges: &[(Text, Range)], by: &Parameter, resolver: &Resolver<'_>, faults: &mut Faults) {
    let Shape::Value(name) = &by.shape else { return };
    let value = resolver.value(name, &by.constraints, by.wire.as_ref(), None);
    for (text, _) in ranges {
        check_value(text, &value, "value", faults);
    }
}
