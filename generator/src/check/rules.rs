//! Rules, idempotency and exceptions name parameters that exist, and values that these can have.

use super::constraints::check_value;
use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
use crate::model::{Resolver, Scalar};
use crate::spec::{Action, Parameter, RuleKind, Shape, Spec, Values, When};

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        if let Some(name) = &action.idempotency {
            single(name, action, faults);
        }
        if let Some(name) = &action.dry_run {
            check_flag(name, action, resolver, faults);
        }
        for name in walk::parameters(action).iter().filter_map(|parameter| parameter.unless.as_ref()) {
            find(name, action, faults);
        }
        for rule in &action.rules {
            check_rule(&rule.kind, action, resolver, faults);
        }
    }
}

fn check_rule(kind: &RuleKind, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    match kind {
        RuleKind::RangeBy { parameter, by, ranges } => {
            if let Some((_, type_name)) = single(parameter, action, faults) {
                check_number(parameter, type_name, resolver, faults);
            }
            if ranges.is_empty() {
                let fault = Fault::new(Code::RangeByWithoutRanges, by.spot, "a `range_by` without ranges");
                faults.add(fault.hint("add `ranges: { VALUE: [least, most] }`"));
            }
            let values: Vec<&Text> = ranges.iter().map(|(value, _)| value).collect();
            check_decider(by, &values, action, resolver, faults);
        }
        RuleKind::RequiredIf { parameters, when } | RuleKind::AllowedIf { parameters, when } => {
            find_all(parameters, action, faults);
            check_when(when, action, resolver, faults);
        }
        RuleKind::ValueIf { parameter, one_of, when } => {
            let values: Vec<&Text> = one_of.iter().collect();
            check_values(parameter, &values, action, resolver, faults);
            check_when(when, action, resolver, faults);
        }
        RuleKind::AtLeastOne(sets) | RuleKind::AtMostOne(sets) => {
            let firsts: Vec<&Text> = sets.iter().filter_map(|set| set.first()).collect();
            check_several(&firsts, faults);
            sets.iter().for_each(|set| find_all(set, action, faults));
        }
        RuleKind::SameSubnet { addresses, mask } => {
            check_several(&addresses.iter().collect::<Vec<_>>(), faults);
            for name in addresses.iter().chain([mask]) {
                single(name, action, faults);
            }
        }
    }
}

/// A dry run is asked for with `true`.
fn check_flag(name: &Text, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    let Some((_, type_name)) = single(name, action, faults) else { return };
    if resolver.scalar(type_name.as_str()) != Scalar::Boolean {
        let fault = Fault::new(Code::DryRunIsNoBoolean, name.spot, format!("`{}` is no Boolean", name.value));
        faults.add(fault.hint("name the parameter that turns the call into a dry run"));
    }
}

fn check_when(when: &When, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    match &when.values {
        Values::Given => drop(find(&when.parameter, action, faults)),
        Values::OneOf(values) => {
            let values: Vec<&Text> = values.iter().collect();
            check_decider(&when.parameter, &values, action, resolver, faults);
        }
    }
}

pub(super) fn check_number(name: &Text, type_name: &Text, resolver: &Resolver<'_>, faults: &mut Faults) {
    if resolver.knows(type_name.as_str()) && resolver.scalar(type_name.as_str()) != Scalar::Integer {
        let fault = Fault::new(Code::NumberWanted, name.spot, format!("`{}` is no number", name.value));
        let fault = fault.related(type_name.spot, "its type");
        faults.add(fault.hint("name a parameter that is one, or change its type"));
    }
}

/// A violation names the value that decided, so it must not be a secret.
fn check_decider(
    name: &Text,
    values: &[&Text],
    action: &Action,
    resolver: &Resolver<'_>,
    faults: &mut Faults,
) {
    let Some((parameter, type_name)) = check_values(name, values, action, resolver, faults) else { return };
    let of_type = || resolver.is_sensitive(type_name.as_str());
    if parameter.common.sensitive.unwrap_or_else(of_type) {
        let fault = Fault::new(
            Code::SensitiveDecides,
            name.spot,
            format!("the value of the sensitive `{}` decides", name.value),
        );
        faults.add(fault.hint("messages would show it; write `given`, or remove the rule"));
    }
}

/// The values are values of the parameter.
fn check_values<'a>(
    name: &Text,
    values: &[&Text],
    action: &'a Action,
    resolver: &Resolver<'_>,
    faults: &mut Faults,
) -> Option<(&'a Parameter, &'a Text)> {
    let (parameter, type_name) = single(name, action, faults)?;
    let value = resolver.value(type_name, &parameter.constraints, parameter.wire.as_ref(), None);
    for text in values {
        check_value(text, &value, "value", faults);
    }
    Some((parameter, type_name))
}

fn check_several(names: &[&Text], faults: &mut Faults) {
    if let [only] = names {
        let fault = Fault::new(Code::RuleOfOne, only.spot, "a rule between several that names one");
        faults.add(fault.hint("name two at least, or write another rule"));
    }
}

fn find_all(names: &[Text], action: &Action, faults: &mut Faults) {
    for name in names {
        find(name, action, faults);
    }
}

/// The parameter of this name.
fn find<'a>(name: &Text, action: &'a Action, faults: &mut Faults) -> Option<&'a Parameter> {
    let found = action.parameters.iter().find(|parameter| parameter.name.value == name.value);
    if found.is_none() {
        let known = action.parameters.iter().map(|parameter| parameter.name.as_str());
        let fault = Fault::new(
            Code::UnknownParameter,
            name.spot,
            format!("`{}` has no parameter `{}`", action.name.value, name.value),
        );
        faults.add(fault.hint(suggest(name.as_str(), known)));
    }
    found
}

/// The parameter of this name and the type of its value, of which it must hold one alone.
pub(super) fn single<'a>(
    name: &Text,
    action: &'a Action,
    faults: &mut Faults,
) -> Option<(&'a Parameter, &'a Text)> {
    let parameter = find(name, action, faults)?;
    if let Shape::Value(type_name) = &parameter.shape {
        return Some((parameter, type_name));
    }
    let fault = Fault::new(
        Code::SingleValueWanted,
        name.spot,
        format!("`{}` does not hold a single value", name.value),
    );
    let fault = fault.related(parameter.name.spot, "it is a list");
    faults.add(fault.hint("name a parameter that is declared with `type`"));
    None
}
