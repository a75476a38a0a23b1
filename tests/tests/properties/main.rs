//! Properties of the whole API, drawn from its schema: no test here names an action.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
#[rustfmt::skip] // generated, with a format of its own
#[path = "../../../generated/tests/support/answers.rs"]
mod apart;
mod bounds;
mod breaches;
mod builders;
#[rustfmt::skip] // generated, with a format of its own
#[path = "../../../generated/tests/support/requests.rs"]
mod built;
mod requests;
mod rules;
mod shapes;
mod support;
mod tree;
mod typed;
mod valid;
mod values;
