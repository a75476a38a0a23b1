//! The spec as it is written: one struct for each kind of entry, with the place of everything that can be wrong.

mod action;
pub(crate) mod constraints;
mod errors;
mod load;
mod pages;
mod parameter;
mod resource;
mod response;
mod rule;
mod service;
mod types;

pub use action::{Action, Effect, ErrorRow, Example, Quota};
pub use constraints::Constraints;
pub use errors::{Class, Condition, ErrorCode};
pub use load::{Loaded, load, load_shown};
pub use pages::{PageStyle, Pages};
pub use parameter::{FilterShape, Parameter, Presence, Shape};
pub use resource::{Resource, State, Transition, Trigger};
pub use response::{Field, FieldShape, ListShape};
pub use rule::{Rule, RuleKind, Values, When};
pub use service::{Endpoints, Group, Service, Signature};
pub use types::{EnumValue, Type, TypeKind};

use crate::diagnostics::Text;
use std::collections::BTreeMap;

/// Everything that is written under `spec/`.
#[derive(Debug)]
pub struct Spec {
    /// service.yaml
    pub service: Service,
    /// types/*.yaml
    pub types: Vec<Type>,
    /// types/structures.yaml
    pub structures: Vec<Field>,
    /// types/parameters.yaml: objects that parameters of several actions hold.
    pub objects: Vec<Parameter>,
    /// errors.yaml
    pub errors: Vec<ErrorCode>,
    /// resources/*.yaml
    pub resources: Vec<Resource>,
    /// actions/GROUP/*.yaml
    pub actions: Vec<Action>,
    /// Ids of the sections of errata.md.
    pub errata: Vec<String>,
    /// Text of errata.md.
    pub errata_text: String,
}

impl Spec {
    /// The actions of each group, in the order of reading.
    #[must_use]
    pub fn actions_by_group(&self) -> BTreeMap<&str, Vec<&Action>> {
        let mut groups: BTreeMap<&str, Vec<&Action>> = BTreeMap::new();
        for action in &self.actions {
            groups.entry(action.group.as_str()).or_default().push(action);
        }
        groups
    }
}

/// What many entries can have.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// What it is, in our words.
    pub summary: Option<Text>,
    /// Where the fact comes from, if not from the reference.
    pub source: Option<Text>,
    /// Its Rust name, where the rule makes a poor one.
    pub rust: Option<Text>,
    /// Whether texts must not show its value.
    pub sensitive: Option<bool>,
    /// A valid value.
    pub example: Option<Text>,
}

impl Common {
    fn read(fields: &mut crate::yaml::Fields<'_, '_>) -> Self {
        Self {
            summary: fields.text("summary"),
            source: fields.text("source"),
            rust: fields.text("rust"),
            sensitive: fields.optional_flag("sensitive"),
            example: fields.text("example"),
        }
    }
}
