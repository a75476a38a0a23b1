//! What is emitted compiles without a warning, and its own tests pass.

use crate::scratch;
use crate::support::{emitted, fixtures, mini};
use aliyun_rpc_generator::emit::{self, Codec, OWNED};
use aliyun_rpc_generator::write::{self, Files};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[features]
default = [DEFAULT]
client = ["aliyun-rpc/hyper"]
blocking = ["aliyun-rpc/blocking"]
tracing = ["aliyun-rpc/tracing"]
FEATURES
[dependencies]
aliyun-rpc = { path = "RUNTIME", default-features = false }

[lints.rust]
warnings = "deny"
missing_docs = "deny"

[workspace]
"#;

/// Without the client, which compiles for long; the crate for the real spec is built with it.
#[test]
fn a_crate_for_a_small_spec() {
    let krate = written("lamp-control", &["lamp", "scene"], &emitted(&mini()));
    std::fs::copy(fixtures().join("specs/mini-support.rs"), krate.join("support.rs")).unwrap();
    let manifest = std::fs::read_to_string(krate.join("Cargo.toml")).unwrap();
    let support = "\n[[test]]\nname = \"support\"\npath = \"support.rs\"\n";
    std::fs::write(krate.join("Cargo.toml"), manifest + support).unwrap();
    let ran = cargo(&krate, &["test"]);
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{err}");
    assert!(out.contains("1 passed"), "the one test of the support: {out}");
    assert!(out.contains("5 passed"), "one test for each example: {out}");
    // One for each action with an example, one for the list, and the first call on the front page.
    assert!(out.contains("6 passed"), "the tests of the documentation: {out}");
}

/// Drafts alone: no examples, no lifecycles, no words, and answers as text.
#[test]
fn a_crate_for_a_spec_made_of_metadata() {
    let krate = written("vpc", &["other", "vpc"], &emit::files(&scratch::model(), Codec::Streaming));
    for arguments in [&["check"][..], &["check", "--no-default-features", "--features", "vpc"]] {
        let ran = cargo(&krate, arguments);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}

/// A crate of these files among the build's own.
fn written(name: &str, groups: &[&str], files: &Files) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let krate = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    write::plan(&krate, &OWNED, files).unwrap().carry_out().unwrap();
    let default: Vec<String> = groups.iter().map(|group| format!("\"{group}\"")).collect();
    let features: String = groups.iter().map(|group| format!("{group} = []\n")).collect();
    let manifest = MANIFEST
        .replace("NAME", name)
        .replace("DEFAULT", &default.join(", "))
        .replace("FEATURES", &features)
        .replace("RUNTIME", &workspace.join("runtime").to_string_lossy().replace('\\', "/"));
    std::fs::write(krate.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(workspace.join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();
    krate
}

fn cargo(krate: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet", "--target-dir"])
        .arg(krate.with_file_name("emitted-target"))
        .current_dir(krate)
        .output()
        .unwrap()
}
