//! How the cost of a run grows with the spec: our 59 actions, the 404 of the whole product, and 5,900, which are ours a
//! hundred times under other names. The command itself, in processes of its own, medians.
//! `cargo bench -p aliyun-rpc-generator --bench scale`. The metadata of the product is looked for in `METADATA`, or
//! beside the workspace.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod copies;
mod measure;
mod peer;

use measure::Cost;
use std::path::{Path, PathBuf};
use std::process::Command;

const GENERATOR: &str = env!("CARGO_BIN_EXE_aliyun-rpc-gen");
/// How far the cost of an action may move.
const BOUND: f64 = 1.2;

const ROUNDS: usize = 4;

/// A spec of many actions.
struct Case {
    name: &'static str,
    actions: usize,
    folder: PathBuf,
    drafts: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == measure::BETWEEN) {
        return measure::between(&arguments[1..]);
    }
    let folder = tempfile::tempdir().unwrap();
    let cases = cases(folder.path());
    let costs: Vec<(&Case, Cost, Cost)> =
        cases.iter().zip(measured(&cases)).map(|(case, [anew, unchanged])| (case, anew, unchanged)).collect();
    println!(
        "| actions | spec | run | wall | CPU | of an action | CPU of an action | CPU of a generated MB | most memory | of an action |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (case, anew, unchanged) in &costs {
        print_row(case, "into an empty folder", *anew);
        print_row(case, "nothing has changed", *unchanged);
    }
    println!();
    verdict("wall of an action", &costs, |cost| cost.wall.as_secs_f64());
    verdict("CPU of an action", &costs, |cost| cost.cpu.as_secs_f64());
    growth(&costs);
    peer::compare(&costs);
}

fn cases(folder: &Path) -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut cases = Vec::new();
    for (name, count) in [("ours", 1), ("ours, 10 times", 10), ("ours, 100 times", 100)] {
        let folder = folder.join(count.to_string());
        copies::write(&root.join("spec"), count, &folder.join("spec"));
        cases.push(Case { name, actions: 59 * count, folder, drafts: false });
    }
    let metadata =
        std::env::var_os("METADATA").map_or_else(|| root.join("../shared/metadata/vpc"), PathBuf::from);
    if !metadata.is_dir() {
        println!(
            "{}: no such folder, so the whole product is left out; METADATA names another\n",
            metadata.display()
        );
        return cases;
    }
    let folder = folder.join("product");
    std::fs::create_dir(&folder).unwrap();
    let import = Command::new(GENERATOR)
        .args(["import", "--all", "--source", "metadata", "--spec"])
        .args([&root.join("spec"), Path::new("--into"), &folder.join("spec"), &metadata])
        .output()
        .unwrap();
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    let actions = std::fs::read_dir(&metadata).unwrap().count();
    cases.insert(1, Case { name: "drafts of the whole product", actions, folder, drafts: true });
    cases
}

/// For each case a run into an empty folder, and one that finds nothing to do. The cases take turns, and the least of
/// each counts, since whatever else the machine does only adds to it.
fn measured(cases: &[Case]) -> Vec<[Cost; 2]> {
    let mut costs: Vec<[Vec<Cost>; 2]> = cases.iter().map(|_| Default::default()).collect();
    for round in 0..ROUNDS {
        for (case, [anew, unchanged]) in cases.iter().zip(&mut costs) {
            // Another folder each time: file systems take long to make as many files as they have just removed.
            let output = case.folder.join(round.to_string());
            std::fs::create_dir(&output).unwrap();
            let spec = case.folder.join("spec");
            let mut arguments = vec!["--spec", spec.to_str().unwrap(), "--output", output.to_str().unwrap()];
            arguments.extend(case.drafts.then_some("--drafts"));
            anew.push(measure::run(GENERATOR, &arguments));
            unchanged.push(measure::run(GENERATOR, &arguments));
        }
    }
    costs.iter().map(|[anew, unchanged]| [least(anew), least(unchanged)]).collect()
}

fn least(costs: &[Cost]) -> Cost {
    Cost {
        wall: costs.iter().map(|cost| cost.wall).min().unwrap(),
        cpu: costs.iter().map(|cost| cost.cpu).min().unwrap(),
        kilobytes: costs.iter().map(|cost| cost.kilobytes).min().unwrap(),
    }
}

/// Bytes in the files of a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(
            |entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().unwrap().len() },
        )
        .sum()
}

fn print_row(case: &Case, run: &str, cost: Cost) {
    let actions = case.actions as f64;
    let megabytes = size(&case.folder.join("0")) as f64 / 1e6;
    let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1e3;
    println!(
        "| {} | {} | {run} | {:.0} ms | {:.0} ms | {:.2} ms | {:.2} ms | {:.0} ms | {:.0} MB | {:.0} kB |",
        case.actions,
        case.name,
        milliseconds(cost.wall),
        milliseconds(cost.cpu),
        milliseconds(cost.wall) / actions,
        milliseconds(cost.cpu) / actions,
        milliseconds(cost.cpu) / megabytes,
        cost.kilobytes as f64 / 1024.0,
        cost.kilobytes as f64 / actions,
    );
}

/// The dearest action of ours against the cheapest, over all numbers of them. A draft has a third of the text.
fn verdict(what: &str, costs: &[(&Case, Cost, Cost)], of: fn(&Cost) -> f64) {
    let ours = costs.iter().filter(|(case, ..)| !case.drafts);
    for (run, pick) in [("into an empty folder", 0), ("nothing has changed", 1)] {
        let each =
            ours.clone().map(|(case, anew, unchanged)| of([anew, unchanged][pick]) / case.actions as f64);
        let (least, most) =
            each.fold((f64::MAX, 0.0_f64), |(least, most), one| (least.min(one), most.max(one)));
        let within = if most / least <= BOUND { "within 20 %" } else { "NOT within 20 %" };
        println!("{what}, {run}: {:.2} between the cheapest and the dearest, {within}", most / least);
    }
}

/// What each further action of ours takes of memory.
fn growth(costs: &[(&Case, Cost, Cost)]) {
    let ours = costs.iter().filter(|(case, ..)| !case.drafts);
    let ours: Vec<(usize, i64)> = ours.map(|(case, anew, _)| (case.actions, anew.kilobytes)).collect();
    for pair in ours.windows(2) {
        let [(few, before), (many, after)] = pair else { continue };
        let each = (after - before) as f64 / (many - few) as f64;
        println!("memory from {few} to {many} actions: {each:.0} kB for each more");
    }
}
