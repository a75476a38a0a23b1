//! Compares two specs as APIs: what changed, what it means for users of the generated crate, and why.
//!
//! Three parts: the models are compared for what is sent, refused and read (`api`); the crates that are generated
//! from them are compared for what compiles (`surface`); each difference of the crates makes the change that answers
//! for it as grave as it is (`evidence`).

mod api;
mod change;
mod evidence;
mod pairs;
mod render;
mod surface;
mod versions;

pub use change::{Change, Class, Evidence, Kind, Subject};
pub use render::{Form, LAYOUT_VERSION};
pub use versions::{Checkout, Sides, Version};

use crate::model::Model;

/// The differences between two specs.
#[derive(Clone, Debug)]
pub struct Report {
    /// Name of the generated crate.
    pub krate: String,
    /// What was compared, in the words of the user: old and new.
    pub names: (String, String),
    /// Every change: by subject, the gravest first.
    pub changes: Vec<Change>,
}

/// Compares two models; `names` say where they come from.
#[must_use]
pub fn compare(old: &Model, new: &Model, names: (String, String)) -> Report {
    let mut changes = api::compare(old, new);
    let differences = evidence::differences(&surface::surface(old), &surface::surface(new));
    evidence::attach(&mut changes, differences);
    // Stable: within a class the order is that of the reference.
    changes.sort_by(|one, other| one.subject.cmp(&other.subject).then(other.class.cmp(&one.class)));
    Report { krate: new.krate.clone(), names, changes }
}

impl Report {
    /// The gravest class among the changes; none if there is no change.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }

    /// How many changes have this class.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.changes.iter().filter(|change| change.class == class).count()
    }
}

/// The number of a version that must be raised: cargo takes the first number that is not zero for the one that may
/// break.
#[must_use]
pub const fn raised(class: Class, is_before_one: bool) -> &'static str {
    match (class, is_before_one) {
        (Class::Breaking, false) => "major",
        (Class::Breaking, true) | (Class::Addition, false) => "minor",
        (Class::Addition, true) | (Class::Fix | Class::Documents, _) => "patch",
    }
}
