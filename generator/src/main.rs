//! `aliyun-rpc-gen`: checks a spec, generates the crate and its documents.

use aliyun_rpc_generator::command;
use clap::Parser;
use std::process::ExitCode;

/// A run makes and drops millions of small values, which takes the system's allocator a third of the time, and more of it the
/// larger the spec is.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    command::run(&command::Arguments::parse())
}
