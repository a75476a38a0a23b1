//! What can be waited for: what names a resource, and what an action leads to.

use super::{Action, Field, FieldShape, Model, Parameter, Resource, Rust, Scalar, Shape, Transition};
use std::collections::BTreeSet;

/// One of the values that name a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// Its name on the wire, without that of the filter.
    pub wire: String,
    /// Its name in Rust.
    pub rust: Rust,
    /// Its type.
    pub scalar: Scalar,
}

/// The wait for the end of what an action starts.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    /// The resource.
    pub resource: &'a Resource,
    /// The states of which one is reached; none if the resource is gone then.
    pub goals: Vec<String>,
    /// Whether it may start from a state that is the goal.
    pub begins_at_goal: bool,
    /// Where each part of the key comes from.
    pub parts: Vec<Origin<'a>>,
}

/// Where a part of a key comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A parameter of the request.
    Request(&'a Parameter),
    /// A field of the answer.
    Answer(&'a Field),
}

impl Model {
    /// The action that shows the state of a resource.
    #[must_use]
    pub fn look_up(&self, resource: &Resource) -> Option<&Action> {
        self.action(&resource.lookup_action)
    }

    /// What names a resource, in the order of its look-up.
    #[must_use]
    pub fn key(&self, resource: &Resource) -> Vec<KeyPart> {
        let Some(action) = self.look_up(resource) else { return Vec::new() };
        let by_parameter = resource.lookup_keys.iter().filter_map(|name| of_parameter(name, action));
        let by_field = resource.lookup_select.iter().filter_map(|name| of_field(name, resource, action));
        by_parameter.chain(by_field).collect()
    }

    /// What an action starts of which the end can be waited for. Of several resources it is the one that has the first
    /// name: a line before the shared line that it is.
    #[must_use]
    pub fn start(&self, action: &Action) -> Option<Start<'_>> {
        let action = self.action(&action.name)?;
        self.moved_by(action).find_map(|resource| self.start_of(action, resource))
    }

    fn start_of<'a>(&'a self, action: &'a Action, resource: &'a Resource) -> Option<Start<'a>> {
        let stays = |way: &Transition| way.to.as_ref().is_some_and(|to| way.from.contains(to));
        let started = |way: &&Transition| way.action.as_ref() == Some(&action.name) && !stays(way);
        let ways: Vec<&Transition> = resource.transitions.iter().filter(started).collect();
        let is_new = ways.first()?.from.is_empty();
        let ends: BTreeSet<Option<&str>> =
            ways.iter().flat_map(|way| ends(resource, way.to.as_deref())).collect();
        // What may end in a state or be gone can only be waited for in that state.
        let goals: Vec<String> = ends.iter().flatten().map(|state| (*state).to_owned()).collect();
        let begins_at_goal = ways.iter().any(|way| way.from.iter().any(|state| goals.contains(state)));
        let parts = self.key(resource);
        let parts: Option<Vec<Origin<'a>>> = parts.iter().map(|part| origin(part, action, is_new)).collect();
        Some(Start { resource, goals, begins_at_goal, parts: parts? })
    }
}

/// The states in which a way ends, once everything has passed that passes by itself; none where the resource is gone.
fn ends<'a>(resource: &'a Resource, to: Option<&'a str>) -> BTreeSet<Option<&'a str>> {
    let (mut ends, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![to]);
    while let Some(reached) = open.pop() {
        if !seen.insert(reached) {
            continue;
        }
        let state = resource.states.iter().find(|state| Some(state.name.as_str()) == reached);
        let on = |way: &&Transition| {
            way.action.is_none() && way.from.iter().any(|from| Some(from.as_str()) == reached)
        };
        let mut on = resource.transitions.iter().filter(on).peekable();
        match state {
            Some(state) if state.gone => {
                ends.insert(None);
            }
            Some(state) if state.transient && on.peek().is_some() => {
                open.extend(on.map(|way| way.to.as_deref()))
            }
            _ => {
                ends.insert(reached);
            }
        }
    }
    ends
}

fn of_parameter(name: &str, action: &Action) -> Option<KeyPart> {
    let (parameter, key) = name.split_once('.').map_or((name, None), |(name, key)| (name, Some(key)));
    let parameter = action.parameters.iter().find(|one| one.wire == parameter)?;
    let (wire, rust, value) = match (&parameter.shape, key) {
        (Shape::Value(value) | Shape::Values(value, _), None) => (&parameter.wire, &parameter.rust, value),
        (Shape::Filter(filter), Some(key)) => {
            let key = filter.keys.iter().find(|one| one.wire == key)?;
            (&key.wire, &key.rust, &key.value)
        }
        _ => return None,
    };
    Some(KeyPart { wire: wire.clone(), rust: rust.clone(), scalar: value.scalar.clone() })
}

fn of_field(name: &str, resource: &Resource, action: &Action) -> Option<KeyPart> {
    let field = beside(name, resource, action)?;
    let FieldShape::Value(scalar, _) = &field.shape else { return None };
    Some(KeyPart { wire: field.wire.clone(), rust: field.rust.clone(), scalar: scalar.clone() })
}

/// A field that stands where the state does.
fn beside<'a>(name: &str, resource: &Resource, action: &'a Action) -> Option<&'a Field> {
    let mut fields = action.response.as_slice();
    let mut path: Vec<&str> = resource.lookup_field.split('.').collect();
    path.pop();
    for step in path {
        let field = fields.iter().find(|field| field.wire == step.trim_end_matches("[]"))?;
        fields = &field.structure()?.fields;
    }
    fields.iter().find(|field| field.wire == name)
}

/// Where a part of the key comes from: something new is named by the answer, all else by the request.
fn origin<'a>(part: &KeyPart, action: &'a Action, is_new: bool) -> Option<Origin<'a>> {
    let field = || {
        let fits =
            |field: &&Field| matches!(&field.shape, FieldShape::Value(scalar, _) if *scalar == part.scalar);
        let mut fields = action.response.iter().filter(fits).filter(|field| has_name(part, &field.wire));
        fields.next().map(Origin::Answer)
    };
    let parameter = || {
        let fits =
            |one: &&Parameter| matches!(&one.shape, Shape::Value(value) if value.scalar == part.scalar);
        let mut named = action.parameters.iter().filter(fits).filter(|one| one.wire == part.wire);
        let mut others = action.parameters.iter().filter(fits).filter(|one| has_name(part, &one.wire));
        named.next().or_else(|| others.next()).map(Origin::Request)
    };
    if is_new { field().or_else(parameter) } else { parameter().or_else(field) }
}

/// Whether a parameter or field can be the part: an id by its type, any other value by its name alone.
fn has_name(part: &KeyPart, wire: &str) -> bool {
    matches!(part.scalar, Scalar::Id(_)) || wire == part.wire
}
