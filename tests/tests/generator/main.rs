//! The generator: what it emits, whether that compiles, and what it says about bad specs.

// A test fails by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod compiled;
mod counts;
mod diff;
mod emitted;
mod errors;
mod faults;
mod mutations;
mod openapi;
mod rules;
mod scratch;
mod support;
