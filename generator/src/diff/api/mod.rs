//! The two models compared: one file for each kind of thing.
//!
//! What a change means for the declarations of the crate is not decided here: each change names the items that it
//! answers for, and [`evidence`](super::evidence) makes it as grave as they are. Decided here is what the compiler
//! cannot see: what is sent, what is refused, how an answer is read.
//!
//! Structures of the model are taken apart by name, so that a new field does not compile until somebody has decided what
//! a change of it means.

mod actions;
mod constraints;
mod errors;
mod fields;
mod lifecycles;
mod parameters;
mod rules;
mod service;
mod types;

use super::change::Change;
use crate::model::Model;

/// Every difference between two models.
pub(super) fn compare(old: &Model, new: &Model) -> Vec<Change> {
    let mut changes = Vec::new();
    service::compare(old, new, &mut changes);
    actions::compare(old, new, &mut changes);
    types::compare(old, new, &mut changes);
    errors::compare(old, new, &mut changes);
    lifecycles::compare(old, new, &mut changes);
    changes
}

/// `a, b and c`, each as code.
fn listed(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// A text as code; none as a word.
fn named(text: Option<&String>) -> String {
    text.map_or_else(|| "none".to_owned(), |text| format!("`{text}`"))
}
