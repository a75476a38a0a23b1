//! Properties of the whole API, drawn from its schema: no test here names an action.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod bounds;
mod requests;
mod support;
mod tree;
mod values;
