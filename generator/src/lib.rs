//! Turns the spec of an RPC-style API, written in YAML, into a typed Rust client, its schema and its documents.
//!
//! The way of the data: [`spec::load`] reads the YAML as written, [`check::check`] finds every fault, [`model::build`]
//! resolves it, [`emit::files`] makes texts of the model, [`mod@write`] brings a folder in line with them. [`read::model`] goes the first
//! half of it, for all who need a model. [`import`] holds
//! the spec against what the provider publishes about its actions.
//! Beside that way, [`diff::compare`] tells what a change of the spec means for users of the crate.

pub mod check;
pub mod command;
pub mod diagnostics;
pub mod diff;
pub mod emit;
pub mod format;
pub mod import;
pub mod model;
pub mod read;
pub mod scaffold;
pub mod schema;
pub mod spec;
pub mod write;
pub mod yaml;
