//! What is emitted compiles without a warning, and its own tests pass.

use crate::support::{emitted, fixtures, mini};
use aliyun_rpc_generator::emit::OWNED;
use aliyun_rpc_generator::write;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = r#"[package]
name = "lamp-control"
version = "0.0.0"
edition = "2024"

[features]
default = ["lamp", "scene"]
client = ["aliyun-rpc/hyper"]
blocking = ["aliyun-rpc/blocking"]
tracing = ["aliyun-rpc/tracing"]
lamp = []
scene = []

[dependencies]
aliyun-rpc = { path = "RUNTIME", default-features = false }

[[test]]
name = "support"
path = "support.rs"

[lints.rust]
warnings = "deny"
missing_docs = "deny"

[workspace]
"#;

/// Without the client, which compiles for long; the crate for the real spec is built with it.
#[test]
fn a_crate_for_a_small_spec() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let krate = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lamp-control");
    let files = emitted(&mini());
    write::plan(&krate, &OWNED, &files).unwrap().carry_out().unwrap();
    let runtime = workspace.join("runtime").to_string_lossy().replace('\\', "/");
    std::fs::write(krate.join("Cargo.toml"), MANIFEST.replace("RUNTIME", &runtime)).unwrap();
    std::fs::copy(fixtures().join("specs/mini-support.rs"), krate.join("support.rs")).unwrap();
    std::fs::copy(workspace.join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();

    let ran = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--quiet", "--target-dir"])
        .arg(krate.with_file_name("lamp-control-target"))
        .current_dir(&krate)
        .output()
        .unwrap();

    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{err}");
    assert!(out.contains("5 passed"), "one test for each example: {out}");
    assert!(out.contains("1 passed"), "the one test of the support: {out}");
    assert!(out.contains("4 passed"), "one documentation test for each action: {out}");
}
