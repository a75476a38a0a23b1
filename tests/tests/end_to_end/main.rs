//! Calls over a real socket, to a server that recomputes each signature with code of its own.

// A test fails by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod blocking;
mod canary;
mod dry_runs;
mod environment;
mod errors;
mod examples;
mod fields;
mod interceptors;
mod limits;
mod pages;
mod parameters;
mod programs;
mod proxy;
mod recordings;
mod retries;
mod signatures;
mod support;
mod tls;
mod traces;
mod wait_ends;
mod waits;
