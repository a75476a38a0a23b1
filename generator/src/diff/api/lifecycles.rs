//! Lifecycles of resources.

use crate::diff::change::{Change, Class, Kind, Scope, Subject};
use crate::diff::pairs::pairs;
use crate::model::{KeyPart, Model, Resource, State, Transition};

pub(super) fn compare(before: &Model, after: &Model, changes: &mut Vec<Change>) {
    let found = pairs(&before.resources, &after.resources, &[|old, new| old.name == new.name]);
    for resource in &found.removed {
        let reason = "what looks it up in the schema finds nothing";
        scope(resource, changes).add(
            Kind::LifecycleRemoved,
            Class::Breaking,
            "the lifecycle is gone",
            reason,
        );
    }
    for resource in &found.added {
        let reason = "a new entry of the schema";
        scope(resource, changes).add(Kind::LifecycleAdded, Class::Addition, "the lifecycle is new", reason);
    }
    for (old, new) in &found.both {
        compare_resource((before.key(old), after.key(new)), old, new, &mut scope(new, changes));
    }
}

fn scope<'a>(resource: &Resource, changes: &'a mut Vec<Change>) -> Scope<'a> {
    Scope::new(Subject::Lifecycle(resource.name.clone()), changes)
}

fn compare_resource(
    keys: (Vec<KeyPart>, Vec<KeyPart>),
    old: &Resource,
    new: &Resource,
    scope: &mut Scope<'_>,
) {
    let Resource {
        name: _,
        summary,
        status,
        lookup_action,
        lookup_keys,
        lookup_select,
        lookup_field,
        states,
        transitions,
    } = old;
    if (lookup_action, lookup_keys, lookup_select, lookup_field)
        != (&new.lookup_action, &new.lookup_keys, &new.lookup_select, &new.lookup_field)
    {
        let named = [new.lookup_keys.clone(), new.lookup_select.clone()].concat();
        let (action, field) = (&new.lookup_action, &new.lookup_field);
        let text = format!("looked up by `{action}` with {} in `{field}`", super::listed(&named));
        let (class, reason) = if keys.0 == keys.1 {
            (Class::Fix, "the same state is read in another way")
        } else {
            (Class::Breaking, "what waits names the resource by something else")
        };
        let claims = [format!("types::{}Key", new.name)];
        scope.add(Kind::LifecycleLookup, class, text, reason).claims(claims);
    }
    compare_states(states, &new.states, scope);
    compare_transitions(transitions, &new.transitions, scope);
    scope.words("", &[(*summary != new.summary, "summary"), (*status != new.status, "enum of its states")]);
}

fn compare_states(old: &[State], new: &[State], scope: &mut Scope<'_>) {
    let found = pairs(old, new, &[|old, new| old.name == new.name]);
    for state in &found.removed {
        let (text, reason) = (format!("state `{}` is gone", state.name), "what waits for it waits in vain");
        scope.add(Kind::StateRemoved, Class::Breaking, text, reason);
    }
    for state in &found.added {
        let (text, reason) = (format!("state `{}` is new", state.name), "a new entry of the schema");
        scope.add(Kind::StateAdded, Class::Addition, text, reason);
    }
    for (old, new) in &found.both {
        // Spellings and summary are those of the value of the enum.
        let State { name, also: _, summary: _, transient, gone } = old;
        if *gone != new.gone {
            let words = if new.gone { "means" } else { "no longer means" };
            let text = format!("state `{name}` {words} that the resource is gone");
            scope.add(
                Kind::StateTransience,
                Class::Fix,
                text,
                "what waits for its end stops, or goes on, in this state",
            );
        }
        if *transient != new.transient {
            let words = if new.transient { "passes" } else { "no longer passes" };
            let text = format!("state `{name}` {words} by itself");
            let reason = "what waits goes on, or stops, in this state";
            scope.add(Kind::StateTransience, Class::Fix, text, reason);
        }
    }
    if found.is_reordered(old, |state| state.name.clone()) {
        scope.words("", &[(true, "order of the states")]);
    }
}

fn compare_transitions(old: &[Transition], new: &[Transition], scope: &mut Scope<'_>) {
    let found = pairs(
        old,
        new,
        &[
            |old, new| way(old) == way(new),
            |old, new| old.action.is_some() && (&old.action, &old.to) == (&new.action, &new.to),
        ],
    );
    let reason = "the schema tells it; what is sent stays";
    for transition in &found.removed {
        scope.add(Kind::Transition, Class::Fix, format!("no longer a way: {}", way(transition)), reason);
    }
    for transition in &found.added {
        scope.add(Kind::Transition, Class::Fix, format!("a new way: {}", way(transition)), reason);
    }
    for (old, new) in &found.both {
        if way(old) != way(new) {
            let text = format!("way: {}, was {}", way(new), way(old));
            scope.add(Kind::Transition, Class::Fix, text, reason);
        }
        // The rest is the way itself.
        let Transition { from: _, action: _, by: _, to: _, refused_as, needs, source } = old;
        let differing = [
            (*refused_as != new.refused_as, "code"),
            (*needs != new.needs, "needs"),
            (*source != new.source, "source"),
        ];
        scope.words(&format!("way: {}", way(new)), &differing);
    }
    if found.is_reordered(old, way) {
        scope.words("", &[(true, "order of the ways")]);
    }
}

/// `Off by ApplyScene to On`
fn way(transition: &Transition) -> String {
    let Transition { from, action, by, to, .. } = transition;
    let from = if from.is_empty() { "nothing".to_owned() } else { from.join(", ") };
    let by = action.as_ref().or(by.as_ref()).map_or("itself", String::as_str);
    format!("{from} by {by} to {}", to.as_ref().map_or("the end", String::as_str))
}
