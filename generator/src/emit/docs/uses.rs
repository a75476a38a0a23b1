//! Which actions take a type, and which answer with it.

use super::links::Links;
use super::{named_parameters, single_value};
use crate::model::{Action, Field, FieldShape, Item, Model, Parameter, Rust, Scalar, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Actions by the name of a type, in the order of the reference.
type Actions<'a> = BTreeMap<&'a Rust, Vec<&'a Action>>;

/// Who uses the types that actions share.
pub(super) struct Uses<'a> {
    sent: Actions<'a>,
    answered: Actions<'a>,
    all: usize,
}

impl<'a> Uses<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let mut uses = Self { sent: Actions::new(), answered: Actions::new(), all: 0 };
        for action in model.actions() {
            uses.all += 1;
            for name in taken(action) {
                uses.sent.entry(name).or_default().push(action);
            }
            for name in answered(action) {
                uses.answered.entry(name).or_default().push(action);
            }
        }
        uses
    }

    /// A sentence for those to which it is sent, and one for those that answer with it.
    pub(super) fn of(&self, name: &Rust, links: &Links<'_>) -> Vec<String> {
        let both = [("Sent to", self.sent.get(name)), ("Answered by", self.answered.get(name))];
        let used = both.into_iter().filter_map(|(what, actions)| Some((what, actions?)));
        used.map(|(what, actions)| format!("{what} {}", self.named(actions, links))).collect()
    }

    fn named(&self, actions: &[&Action], links: &Links<'_>) -> String {
        if actions.len() == self.all {
            return "every action".to_owned();
        }
        let named: Vec<String> = actions.iter().map(|action| links.action(&action.name)).collect();
        named.join(", ")
    }
}

/// The shared types of what an action takes.
fn taken(action: &Action) -> BTreeSet<&Rust> {
    let parameters = named_parameters(action);
    let held = parameters.iter().flat_map(|(_, parameter)| of_parameter(parameter));
    held.collect()
}

fn of_parameter(parameter: &Parameter) -> Vec<&Rust> {
    match &parameter.shape {
        Shape::Filter(filter) => filter.keys.iter().filter_map(|key| named(&key.value.scalar)).collect(),
        Shape::Objects { rust, shared: true, .. } => vec![rust],
        Shape::Value(_) | Shape::Values(..) | Shape::Objects { .. } => {
            single_value(parameter).and_then(|value| named(&value.scalar)).into_iter().collect()
        }
    }
}

/// The shared types of what an action answers with.
fn answered(action: &Action) -> BTreeSet<&Rust> {
    let mut rows = Vec::new();
    Field::rows(&action.response, "", &mut rows);
    let held = rows.iter().filter_map(|row| match &row.field.shape {
        FieldShape::Value(scalar, _) | FieldShape::List { item: Item::Value(scalar, _), .. } => named(scalar),
        FieldShape::Object(structure) | FieldShape::List { item: Item::Structure(structure), .. } => {
            structure.shared.then_some(&structure.rust)
        }
    });
    held.collect()
}

fn named(scalar: &Scalar) -> Option<&Rust> {
    match scalar {
        Scalar::Id(name) | Scalar::Enum(name) => Some(name),
        Scalar::String | Scalar::Integer | Scalar::Boolean | Scalar::Runtime(_) => None,
    }
}
