//! A run of the generator beside what no run can do without: formatting the Rust files with prettyplease. The two take
//! turns; medians. `cargo bench --bench generation`.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

use aliyun_rpc_generator::emit::{self, Codec, OWNED};
use aliyun_rpc_generator::write::Files;
use aliyun_rpc_generator::{check, model, spec, write};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 11;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = run(&root.join("generated"));
    let parsed: Vec<syn::File> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(_, text)| syn::parse_file(text).unwrap())
        .collect();
    let (mut unchanged, mut anew, mut floor) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        unchanged.push(time(|| drop(run(&root.join("generated")))));
        let empty = tempfile::tempdir().unwrap();
        std::fs::copy(root.join("generated/Cargo.toml"), empty.path().join("Cargo.toml")).unwrap();
        anew.push(time(|| drop(run(empty.path()))));
        floor.push(time(|| {
            for file in &parsed {
                black_box(prettyplease::unparse(file));
            }
        }));
    }
    let (unchanged, anew, floor) = (median(unchanged), median(anew), median(floor));
    println!("{} files, {} of Rust", files.len(), parsed.len());
    println!("| run | time | formatting alone | ratio |\n|---|---|---|---|");
    for (what, time) in [("nothing has changed", unchanged), ("into an empty folder", anew)] {
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!("| {what} | {time:.0?} | {floor:.0?} | {ratio:.1} |");
    }
}

/// What `cargo gen` does.
fn run(output: &Path) -> Files {
    let spec_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut loaded = spec::load(&spec_folder).unwrap();
    let spec = loaded.spec.expect("a spec");
    check::check(&spec, output, &mut loaded.faults);
    assert!(loaded.faults.is_empty());
    let files = emit::files(&model::build(&spec), Codec::Streaming);
    write::plan(output, &OWNED, &files).unwrap().carry_out().unwrap();
    files
}

fn time(call: impl FnOnce()) -> Duration {
    let started = Instant::now();
    call();
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
