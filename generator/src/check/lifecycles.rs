//! Lifecycles: states that exist and are reached, actions that exist, a look-up that leads to the state.

use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
use crate::model::Resolver;
use crate::spec::{Action, Field, FieldShape, Resource, Shape, Spec, Trigger, TypeKind};
use std::collections::{BTreeMap, BTreeSet};

/// All actions, by name.
type Actions<'a> = BTreeMap<&'a str, &'a Action>;

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    let actions = spec.actions.iter().map(|action| (action.name.as_str(), action)).collect();
    let mut owners: BTreeMap<&str, &Resource> = BTreeMap::new();
    for resource in &spec.resources {
        check_states(resource, resolver, faults);
        check_transitions(resource, &actions, faults);
        check_reach(resource, faults);
        check_lookup(resource, &actions, resolver, faults);
        check_owner(resource, owners.entry(resource.status.as_str()).or_insert(resource), faults);
        for id in resource.id.iter().filter(|id| resolver.named(id.as_str()).is_none()) {
            faults.add(
                Fault::new(Code::UnknownType, id.spot, format!("unknown type `{}`", id.value))
                    .hint(suggest(id.as_str(), resolver.names())),
            );
        }
    }
}

/// An enum of states belongs to one resource: what waits for a state knows the resource by it.
fn check_owner(resource: &Resource, owner: &Resource, faults: &mut Faults) {
    if owner.name.value != resource.name.value {
        let status = &resource.status;
        let fault = Fault::new(
            Code::StatusOfAnotherResource,
            status.spot,
            format!("`{}` has the states of `{}`", status.value, owner.name.value),
        );
        faults.add(fault.related(owner.status.spot, "of this one").hint("declare an enum for each resource"));
    }
}

fn check_states(resource: &Resource, resolver: &Resolver<'_>, faults: &mut Faults) {
    let Some(TypeKind::Enum(values)) = resolver.named(resource.status.as_str()).map(|found| &found.kind)
    else {
        let fault = Fault::new(
            Code::StatusIsNoEnum,
            resource.status.spot,
            format!("`{}` is no enum", resource.status.value),
        );
        faults.add(fault.hint("declare it in types/enums.yaml: its values are the states"));
        return;
    };
    for state in &resource.states {
        if !values.iter().any(|value| value.wire.value == state.name.value) {
            let fault = Fault::new(
                Code::StateIsNoValue,
                state.name.spot,
                format!("`{}` is no value of `{}`", state.name.value, resource.status.value),
            );
            faults.add(
                fault.hint(suggest(state.name.as_str(), values.iter().map(|value| value.wire.as_str()))),
            );
        }
    }
    for value in values {
        if !resource.states.iter().any(|state| state.name.value == value.wire.value) {
            let fault = Fault::new(
                Code::ValueIsNoState,
                resource.status.spot,
                format!("the value `{}` of `{}` is no state", value.wire.value, resource.status.value),
            );
            faults.add(fault.related(value.wire.spot, "declared here").hint("add it to `states`"));
        }
    }
}

fn check_transitions(resource: &Resource, actions: &Actions<'_>, faults: &mut Faults) {
    let states = || resource.states.iter().map(|state| state.name.as_str());
    for transition in &resource.transitions {
        for state in transition.from.iter().chain(&transition.to) {
            if !states().any(|known| known == state.as_str()) {
                let fault =
                    Fault::new(Code::UnknownState, state.spot, format!("unknown state `{}`", state.value));
                faults.add(fault.hint(suggest(state.as_str(), states())));
            }
        }
        if let Trigger::Action(name) = &transition.trigger {
            check_action(name, actions, faults);
        }
        if transition.from.is_empty() && transition.to.is_none() {
            faults.add(
                Fault::new(
                    Code::TransitionFromNowhere,
                    transition.spot,
                    "a transition from nowhere to nowhere",
                )
                .hint("add `from`, `to` or both"),
            );
        }
    }
}

fn check_action<'a>(name: &Text, actions: &Actions<'a>, faults: &mut Faults) -> Option<&'a Action> {
    let found = actions.get(name.as_str()).copied();
    if found.is_none() {
        let fault = Fault::new(Code::UnknownAction, name.spot, format!("unknown action `{}`", name.value));
        faults.add(fault.hint(suggest(name.as_str(), actions.keys().copied())));
    }
    found
}

/// Every state can be reached from a creation, and a state that passes by itself has a way on.
fn check_reach(resource: &Resource, faults: &mut Faults) {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = reached.len();
        for transition in &resource.transitions {
            let starts = transition.from.is_empty()
                || transition.from.iter().any(|state| reached.contains(state.as_str()));
            if starts && let Some(to) = &transition.to {
                reached.insert(to.as_str());
            }
        }
        if reached.len() == before {
            break;
        }
    }
    for state in &resource.states {
        if !reached.contains(state.name.as_str()) {
            let fault = Fault::new(
                Code::UnreachableState,
                state.name.spot,
                format!("nothing reaches the state `{}`", state.name.value),
            );
            faults.add(fault.hint(format!(
                "add a transition with `to: {}` from a state that is reached",
                state.name.value
            )));
        }
        let leaves =
            resource.transitions.iter().any(|one| one.from.iter().any(|from| from.value == state.name.value));
        if state.transient && !leaves {
            let fault = Fault::new(
                Code::TransientDeadEnd,
                state.name.spot,
                format!("`{}` is transient, but nothing leads on from it", state.name.value),
            );
            faults.add(fault.hint("add a transition from it, or remove `transient`"));
        }
    }
}

fn check_lookup(resource: &Resource, actions: &Actions<'_>, resolver: &Resolver<'_>, faults: &mut Faults) {
    let Some(action) = check_action(&resource.lookup_action, actions, faults) else { return };
    for key in &resource.lookup_keys {
        check_lookup_key(key, action, faults);
    }
    check_lookup_field(resource, action, resolver, faults);
    for name in &resource.lookup_select {
        check_selected(name, resource, action, resolver, faults);
    }
    if resource.lookup_keys.is_empty() && resource.lookup_select.is_empty() {
        let fault = Fault::new(
            Code::LookUpSelectsNothing,
            resource.lookup_action.spot,
            "a look-up that selects nothing",
        );
        faults.add(fault.hint(
            "name in `keys` what parameters select the resource by, or in `select` the fields that tell it",
        ));
    }
}

/// A field that tells the resource from others stands beside its state.
fn check_selected(
    name: &Text,
    resource: &Resource,
    action: &Action,
    resolver: &Resolver<'_>,
    faults: &mut Faults,
) {
    let mut known = Vec::new();
    add_paths(&action.response, "", resolver, &mut known);
    let place = resource.lookup_field.value.rsplit_once('.').map_or("", |(place, _)| place);
    let beside = known.iter().filter(|(_, found)| found.is_some()).filter_map(|(path, _)| {
        let (before, name) = path.rsplit_once('.').unwrap_or(("", path));
        (before == place).then_some(name)
    });
    if !beside.clone().any(|field| field == name.as_str()) {
        let fault =
            Fault::new(Code::UnknownField, name.spot, format!("no field `{}` beside the state", name.value));
        faults.add(fault.hint(suggest(name.as_str(), beside)));
    }
}

fn check_lookup_key(key: &Text, action: &Action, faults: &mut Faults) {
    let mut known: Vec<String> = Vec::new();
    for parameter in &action.parameters {
        let name = &parameter.name.value;
        match &parameter.shape {
            Shape::Filter(filter) => {
                known.extend(filter.keys.iter().map(|key| format!("{name}.{}", key.name.value)))
            }
            Shape::Value(_) | Shape::Values(_) | Shape::Objects { .. } => known.push(name.clone()),
        }
    }
    if !known.contains(&key.value) {
        let fault = Fault::new(
            Code::UnknownSelection,
            key.spot,
            format!("`{}` cannot be selected by `{}`", action.name.value, key.value),
        );
        faults.add(fault.hint(suggest(key.as_str(), known.iter().map(String::as_str))));
    }
}

fn check_lookup_field(resource: &Resource, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    let (path, status) = (&resource.lookup_field, resource.status.as_str());
    let mut known = Vec::new();
    add_paths(&action.response, "", resolver, &mut known);
    match known.iter().find(|(known, _)| *known == path.value) {
        None => {
            let fault = Fault::new(
                Code::UnknownField,
                path.spot,
                format!("the answer of `{}` has no field `{}`", action.name.value, path.value),
            );
            faults.add(fault.hint(suggest(path.as_str(), known.iter().map(|(path, _)| path.as_str()))));
        }
        Some((_, Some(found))) if *found == status => {}
        Some(_) => {
            let fault =
                Fault::new(Code::FieldIsNoStatus, path.spot, format!("`{}` is no `{status}`", path.value));
            let fitting = known.iter().filter(|(_, found)| *found == Some(status));
            faults.add(fault.hint(suggest(path.as_str(), fitting.map(|(path, _)| path.as_str()))));
        }
    }
}

/// Paths of the fields of an answer, with the types of those that hold a single value.
fn add_paths<'a>(
    fields: &'a [Field],
    before: &str,
    resolver: &Resolver<'a>,
    paths: &mut Vec<(String, Option<&'a str>)>,
) {
    for field in fields {
        let (list, found) = match &field.shape {
            FieldShape::Value(name) => ("", Some(name.as_str())),
            FieldShape::Object(..) => ("", None),
            FieldShape::List(_) => ("[]", None),
        };
        let path = format!("{before}{}{list}", field.name.value);
        paths.push((path.clone(), found));
        // A structure that holds itself is a fault of its own, said elsewhere.
        if path.matches('.').count() < walk::DEEPEST {
            add_paths(walk::members(field, resolver), &format!("{path}."), resolver, paths);
        }
    }
}
