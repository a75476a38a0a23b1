//! Ways through a lifecycle.

use crate::schema::{Lifecycle, State};
use std::collections::HashSet;

/// What leads on.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum By {
    /// The service and its operators, without a call.
    Itself,
    /// Calls, too.
    Calls,
}

/// The state of this spelling.
pub(super) fn state<'a>(lifecycle: &'a Lifecycle, spelling: &str) -> Option<&'a State> {
    lifecycle.states.iter().find(|state| state.name == spelling || state.also.contains(&spelling))
}

/// Whether a way leads from a state to one of the goals; to the end of the resource if there are none.
pub(super) fn leads(lifecycle: &Lifecycle, from: &str, goals: &[&str], by: By) -> bool {
    let (mut reached, mut open) = (HashSet::from([from]), vec![from]);
    while let Some(state) = open.pop() {
        let ways = lifecycle.transitions.iter().filter(|way| way.from.contains(&state));
        for way in ways.filter(|way| by == By::Calls || way.action.is_none()) {
            match way.to {
                None if goals.is_empty() => return true,
                None => {}
                Some(to) if is_goal(lifecycle, to, goals) => return true,
                Some(to) if reached.insert(to) => open.push(to),
                Some(_) => {}
            }
        }
    }
    false
}

/// Whether a state is one of the goals; one that means the end of the resource if there are none.
pub(super) fn is_goal(lifecycle: &Lifecycle, name: &str, goals: &[&str]) -> bool {
    match goals {
        [] => state(lifecycle, name).is_some_and(|state| state.gone),
        _ => goals.contains(&name),
    }
}
