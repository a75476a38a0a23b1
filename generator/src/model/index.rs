//! Where things are that are looked up by name: in a product of thousands of actions no look-up may go through them all.

use super::{Action, Enum, ErrorCode, Group, Id, Model, Resource, Rust};
use std::collections::HashMap;

/// Places in the lists of a model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// Group, and place in it, by name of the action.
    actions: HashMap<String, (usize, usize)>,
    /// Resources of which an action starts a transition, by name of the action.
    moved: HashMap<String, Vec<usize>>,
}

impl Index {
    pub(super) fn new(groups: &[Group], resources: &[Resource]) -> Self {
        let places = groups.iter().enumerate().flat_map(|(group, found)| {
            let actions = found.actions.iter().enumerate();
            actions.map(move |(at, action)| (action.name.clone(), (group, at)))
        });
        let mut moved: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, resource) in resources.iter().enumerate() {
            for action in resource.transitions.iter().filter_map(|transition| transition.action.as_ref()) {
                let places = moved.entry(action.clone()).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        Self { actions: places.collect(), moved }
    }
}

impl Model {
    /// The action of this name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        let (group, at) = self.index.actions.get(name)?;
        self.groups.get(*group)?.actions.get(*at)
    }

    /// The group of an action.
    #[must_use]
    pub fn group_of(&self, action: &Action) -> Option<&Group> {
        let (group, _) = self.index.actions.get(&action.name)?;
        self.groups.get(*group)
    }

    /// The error code with this spelling.
    #[must_use]
    pub fn error(&self, code: &str) -> Option<&ErrorCode> {
        let at = self.errors.binary_search_by(|error| error.code.as_str().cmp(code)).ok()?;
        self.errors.get(at)
    }

    /// The type of ids with this name.
    #[must_use]
    pub fn id(&self, name: &Rust) -> Option<&Id> {
        let at = self.ids.binary_search_by(|found| found.rust.as_str().cmp(name.as_str())).ok()?;
        self.ids.get(at)
    }

    /// The enum of this name.
    #[must_use]
    pub fn enumeration(&self, name: &Rust) -> Option<&Enum> {
        let at = self.enums.binary_search_by(|found| found.rust.as_str().cmp(name.as_str())).ok()?;
        self.enums.get(at)
    }

    /// The variant of an enum for this spelling.
    #[must_use]
    pub fn variant(&self, name: &Rust, spelling: &str) -> Option<&Rust> {
        let values = &self.enumeration(name)?.values;
        values.iter().find(|value| value.wire == spelling).map(|value| &value.rust)
    }

    /// The resources that an action moves from one state to another, in their order.
    pub fn moved_by(&self, action: &Action) -> impl Iterator<Item = &Resource> {
        let places = self.index.moved.get(&action.name).into_iter().flatten();
        places.filter_map(|at| self.resources.get(*at))
    }
}
