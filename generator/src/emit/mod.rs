//! Texts of the generated crate, as pure functions of the model.

mod docs;
mod example;
mod openapi;
mod rust;
mod work;

pub use openapi::document as openapi_document;

pub(crate) use docs::{limited_parameters, rule_sentences};

use crate::model::Model;
use crate::write::Files;
use work::Work;

/// Folders of the generated crate that hold nothing but generated files; openapi.yaml stands beside them.
pub const OWNED: [&str; 3] = ["docs", "src", "tests"];

/// How the generated types are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// By the runtime's one decoder and encoder: what users get.
    Streaming,
    /// By derived serde implementations, compiled for each action as its `send` would: what the benchmark of build times
    /// compares with.
    Serde,
    /// By derived serde implementations that take what the runtime's decoder takes: quoted numbers and booleans, lists
    /// in their wrapper or not.
    LenientSerde,
    /// Not at all: what the benchmark takes away to see the cost of either.
    Nothing,
}

/// Every generated file.
#[must_use]
pub fn files(model: &Model, codec: Codec) -> Files {
    let mut work = Work::default();
    // By far the longest comes first, so that the others are made beside it.
    openapi::emit(model, &mut work);
    rust::emit(model, codec, &mut work);
    docs::emit(model, &mut work);
    work.done()
}
