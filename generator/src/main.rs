//! `aliyun-rpc-gen`: checks a spec, generates the crate and its documents.

use aliyun_rpc_generator::command;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    command::run(&command::Arguments::parse())
}
