//! progenitor, the generator that Rust knows for OpenAPI, on the document that the run before has emitted.

use super::measure::{self, Cost};
use super::{Case, least};
use std::path::{Path, PathBuf};
use std::process::Command;

const ROUNDS: usize = 3;

/// Where the cost of progenitor itself would take the benchmark too long.
const MOST: usize = 1_000;

/// Builds progenitor and prints its cost beside ours. Ours reads and checks the spec, and writes the crate in many files, its
/// schema, tests, documents and the document that progenitor reads; progenitor writes a client in one file.
pub(crate) fn compare(costs: &[(&Case, Cost, Cost)]) {
    let Some(program) = built() else {
        println!("\nprogenitor cannot be built here, so it is left out");
        return;
    };
    println!(
        "\n| actions | progenitor, CPU | most memory | ours, CPU | most memory | CPU, ours to progenitor's |"
    );
    println!("|---|---|---|---|---|---|");
    let ours = costs.iter().filter(|(case, ..)| !case.drafts && case.actions < MOST);
    for (case, anew, _) in ours {
        let document = case.folder.join("0/openapi.yaml");
        let client = case.folder.join("client.rs");
        let arguments = [document.to_str().unwrap(), client.to_str().unwrap()];
        let runs: Vec<Cost> =
            (0..ROUNDS).map(|_| measure::run(program.to_str().unwrap(), &arguments)).collect();
        let theirs = least(&runs);
        let (cpu, megabytes) =
            (|cost: &Cost| cost.cpu.as_secs_f64() * 1e3, |cost: &Cost| cost.kilobytes / 1024);
        println!(
            "| {} | {:.0} ms | {} MB | {:.0} ms | {} MB | {:.2} |",
            case.actions,
            cpu(&theirs),
            megabytes(&theirs),
            cpu(anew),
            megabytes(anew),
            cpu(anew) / cpu(&theirs),
        );
    }
}

fn built() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/progenitor");
    let build = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--locked"])
        .current_dir(&folder)
        .env_remove("CARGO_TARGET_DIR")
        .status();
    let name = format!("aliyun-rpc-generator-progenitor{}", std::env::consts::EXE_SUFFIX);
    build.is_ok_and(|status| status.success()).then(|| folder.join("target/release").join(name))
}
