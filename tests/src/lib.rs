//! A small server that speaks as the service does, for tests and examples.
//!
//! It listens on a real socket, recomputes each signature with code of its own, holds the parameters against the
//! schema, and answers with the examples and errors of the spec, or with what a test put down for the next call.

// What fails in here is a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answer;
mod form;
mod gateway;
mod http;
mod server;
pub mod signature;

pub use answer::{Answer, FILLED, filled};
pub use form::{Form, parse};
pub use gateway::{ACCESS_KEY_ID, SECRET, SECURITY_TOKEN};
pub use server::{Received, Server};

use aliyun_rpc_generator::{model, spec};
use std::path::Path;
use std::sync::LazyLock;

/// The spec, resolved: its examples and documented errors.
///
/// # Panics
/// When the spec has a fault.
pub fn model() -> &'static model::Model {
    static MODEL: LazyLock<model::Model> = LazyLock::new(|| {
        let loaded = spec::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")).unwrap();
        assert!(loaded.faults.is_empty(), "{}", loaded.faults.render(&loaded.sources, false));
        model::build(&loaded.spec.unwrap())
    });
    &MODEL
}

/// What the spec says about an action.
///
/// # Panics
/// When there is no such action.
#[must_use]
pub fn action(name: &str) -> &'static model::Action {
    model().actions().find(|action| action.name == name).unwrap_or_else(|| panic!("no action {name}"))
}
