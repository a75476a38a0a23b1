//! The real spec's errors: which rows nothing can provoke, and with which a state has to settle.

use crate::support::{fixtures, model};
use aliyun_rpc_generator::model::{Action, Model, Resource};
use aliyun_rpc_generator::spec::Class;
use std::collections::{BTreeMap, BTreeSet};

/// One row of the reference, as somebody judged it who did not write the spec.
struct Judged<'a> {
    line: u32,
    code: &'a str,
    /// Its trigger is another action's: a row of the list that the BGP pages share, or about a parameter that is none.
    copied: bool,
}

fn judged(text: &str) -> BTreeMap<&str, Vec<Judged<'_>>> {
    let mut actions = BTreeMap::<_, Vec<_>>::new();
    for row in text.lines().skip(1) {
        let [action, code, line, _, trigger] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let is_of_missing_parameter = trigger.starts_with("no ") && trigger.ends_with(" parameter");
        let copied = trigger.starts_with("copied") || is_of_missing_parameter;
        actions.entry(action).or_default().push(Judged { line: line.parse().unwrap(), code, copied });
    }
    actions.values_mut().for_each(|rows| rows.sort_by_key(|row| row.line));
    actions
}

#[test]
fn exactly_the_rows_without_a_trigger_are_marked_as_copied() {
    let text = std::fs::read_to_string(fixtures().join("error-reachability.tsv")).unwrap();
    let judged = judged(&text);
    let (mut rows, mut copied) = (0, 0);
    for action in model(&fixtures().join("../../spec")).actions() {
        let judged = judged.get(action.name.as_str()).map_or(&[][..], Vec::as_slice);
        let due: Vec<_> = judged.iter().map(|row| (row.code, row.copied)).collect();
        let found: Vec<_> = action.errors.iter().map(|row| (row.code.as_str(), row.copied)).collect();
        assert_eq!(found, due, "{}", action.name);
        rows += found.len();
        copied += found.iter().filter(|(_, copied)| *copied).count();
    }
    assert_eq!((rows, copied), (442, 85));
}

/// Whether a resource in which an action cannot start comes by itself into a state in which it can.
fn settles(resource: &Resource, action: &str) -> bool {
    let of_action = resource.transitions.iter().filter(|way| way.action.as_deref() == Some(action));
    let starts: BTreeSet<&str> = of_action.flat_map(|way| &way.from).map(String::as_str).collect();
    let is_transient =
        |name: &String| resource.states.iter().any(|state| state.name == *name && state.transient);
    resource.transitions.iter().any(|way| {
        way.by.as_deref() == Some("service")
            && way.from.iter().any(|from| is_transient(from) && !starts.contains(from.as_str()))
            && way.to.as_deref().is_some_and(|to| starts.contains(to))
    })
}

/// The class of a code in an action.
fn class(model: &Model, action: &Action, code: &str) -> Class {
    let here = action.errors.iter().find(|row| row.code == code).and_then(|row| row.class);
    here.unwrap_or_else(|| model.errors.iter().find(|error| error.code == code).unwrap().class)
}

#[test]
fn a_wrong_state_can_settle_where_the_lifecycle_leads_on_by_itself() {
    let model = model(&fixtures().join("../../spec"));
    let mut seen = BTreeSet::new();
    for resource in &model.resources {
        for way in resource.transitions.iter().filter(|way| !way.from.is_empty()) {
            let (Some(action), Some(code)) = (&way.action, &way.refused_as) else { continue };
            // Of groups and networks the reference shows one state: what settles is the state of their router or peers.
            if code == "InvalidStatus.CannotOperate" {
                continue;
            }
            let found = model.actions().find(|known| known.name == *action).unwrap();
            let due = if settles(resource, action) { Class::Settle } else { Class::Never };
            assert_eq!(class(&model, found, code), due, "{code} of {action}");
            seen.insert((action, code));
        }
    }
    assert_eq!(seen.len(), 16, "{seen:?}");
}
