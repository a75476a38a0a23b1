//! How long the generated crate takes to build, beside the same crate with derived serde implementations.
//!
//! Generates the crate four times: as users get it; with plain `Serialize` and `Deserialize` derived in place of its
//! codec; with derives that take what its decoder takes (quoted numbers, wrapped lists); and with no codec at all, which
//! shows what each costs. A derive by itself only declares; so each action of the derived variants has two functions
//! that use it, as its `send` would, the one from `serde_json::from_slice`, the other to `serde_json::to_value`.
//! Dependencies are built first; then the compiler is run on the crate alone, the four in turn,
//! and the median of five counts. `cargo bench --bench build_time`.
#![allow(missing_docs, clippy::panic, clippy::expect_used, clippy::unwrap_used)]

use aliyun_rpc_generator::emit::{self, Codec};
use aliyun_rpc_generator::model::{self, Model};
use aliyun_rpc_generator::spec;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
const VARIANTS: [(&str, Codec); 4] = [
    ("streaming", Codec::Streaming),
    ("derived", Codec::Serde),
    ("lenient", Codec::LenientSerde),
    ("nothing", Codec::Nothing),
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let model = load(&root.join("spec"));
    let folder = root.join("target/build-time");
    write_workspace(&folder, root, &model);
    println!(
        "Clean build of the generated crate alone, {} actions, median of {ROUNDS}\n",
        model.actions().count()
    );
    println!(
        "| profile | as it is | derived | derived, lenient | no codec | total | codec | total, lenient | codec, lenient |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for profile in ["dev", "release"] {
        print_row(profile, &measure(&folder, profile));
    }
}

fn load(folder: &Path) -> Model {
    let loaded = spec::load(folder).expect("the spec can be read");
    model::build(&loaded.spec.expect("the spec has no faults"))
}

/// One workspace with a package for each variant, so that they share their dependencies.
fn write_workspace(folder: &Path, root: &Path, model: &Model) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let members: Vec<String> = VARIANTS.iter().map(|(name, _)| format!("{name:?}")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");
    for (name, codec) in VARIANTS {
        let package = folder.join(name);
        let _ = fs::remove_dir_all(&package);
        for (path, text) in emit::files(model, codec).iter().filter(|(path, _)| path.starts_with("src/")) {
            let path = package.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
        fs::write(package.join("Cargo.toml"), package_manifest(name, root, model))
            .expect("the manifest can be written");
    }
}

fn package_manifest(name: &str, root: &Path, model: &Model) -> String {
    let runtime = root.join("runtime");
    let groups: Vec<String> = model.groups.iter().map(|group| format!("{} = []", group.name)).collect();
    let names: Vec<String> = model.groups.iter().map(|group| format!("{:?}", group.name)).collect();
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [features]\ndefault = [\"client\", {}]\nclient = [\"aliyun-rpc/hyper\"]\nblocking = [\"aliyun-rpc/blocking\"]\n{}\n\n\
         [dependencies]\naliyun-rpc = {{ path = {runtime:?}, default-features = false }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n",
        names.join(", "),
        groups.join("\n")
    )
}

/// The median build time of each variant.
fn measure(folder: &Path, profile: &str) -> Vec<Duration> {
    let commands: Vec<String> =
        VARIANTS.iter().map(|(name, _)| compiler_command(folder, name, profile)).collect();
    let mut times = vec![Vec::new(); VARIANTS.len()];
    for _ in 0..ROUNDS {
        for (times, command) in times.iter_mut().zip(&commands) {
            let started = Instant::now();
            let status = Command::new("sh").args(["-c", command]).current_dir(folder).status();
            assert!(status.expect("the compiler runs").success(), "{command}");
            times.push(started.elapsed());
        }
    }
    times.into_iter().map(median).collect()
}

/// Builds a variant with its dependencies, and gives the command with which cargo compiled it.
fn compiler_command(folder: &Path, name: &str, profile: &str) -> String {
    let source: PathBuf = folder.join(name).join("src/lib.rs");
    let text = fs::read_to_string(&source).expect("the source can be read");
    fs::write(&source, text).expect("the source can be touched");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--verbose", "--package", name, "--profile", profile])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .current_dir(folder)
        .output()
        .expect("cargo runs");
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{log}");
    let start = format!("--crate-name {name} ");
    let line = log.lines().find(|line| line.contains("Running `") && line.contains(&start));
    let line = line.unwrap_or_else(|| panic!("cargo compiles {name}:\n{log}"));
    let (_, command) = line.split_once('`').expect("a command in backticks");
    format!("{} >/dev/null 2>&1", command.trim_end_matches('`'))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Times, then ratios of the crate as it is to either derived one: of the whole, and of the codec's share.
fn print_row(profile: &str, times: &[Duration]) {
    let [streaming, derived, lenient, nothing] =
        [times[0], times[1], times[2], times[3]].map(|time| time.as_secs_f64());
    let codec = |time: f64| (time - nothing).max(0.0);
    print!("| {profile} | {streaming:.2} s | {derived:.2} s | {lenient:.2} s | {nothing:.2} s ");
    for other in [derived, lenient] {
        print!("| {:.2} | {:.2} ", streaming / other, codec(streaming) / codec(other));
    }
    println!("|");
}
