//! The verdict against the compiler: what it calls compatible compiles, what it calls breaking does not, or says why.

use super::cases::{self, Case, EVERY_DAY, Verdict};
use super::compiler::{Compiler, Krate};
use crate::support::{emitted, files_below, mini, model, overlay};
use aliyun_rpc_generator::check::check;
use aliyun_rpc_generator::diff::{self, Class, Evidence, Form, Report};
use aliyun_rpc_generator::emit::{self, Codec};
use aliyun_rpc_generator::model::{self, Model};
use aliyun_rpc_generator::spec;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use tempfile::TempDir;

fn changed(case: &Case) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    case.write(folder.path());
    folder
}

#[test]
fn every_change_has_its_kind_its_class_and_a_reason() {
    let cases: Vec<&Case> = cases::all().collect();
    assert!(cases.len() >= 80, "{} cases are left", cases.len());
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len(), "each name stands but once");
    let (before, files) = (model(&mini()), emitted(&mini()));
    assert_eq!(compare(&before, &before).class(), None);
    let mut wrong = Vec::new();
    for case in cases {
        let folder = changed(case);
        assert_ne!(emitted(folder.path()), files, "{}: nothing changes", case.name);
        let report = compare(&before, &model(folder.path()));
        let is_told = report.changes.iter().any(|change| change.kind.name() == case.kind);
        if !is_told || report.class() != Some(case.verdict.class()) {
            let said = report.render(Form::Page { styled: false });
            wrong.push(format!("{}: {} {:?}\n{said}", case.name, case.kind, case.verdict.class()));
        }
        for change in &report.changes {
            assert!(!change.reason.is_empty(), "{}: {}", case.name, change.text);
            let gravest = change.evidence.iter().map(Evidence::class).max();
            assert!(gravest <= Some(change.class), "{}: {}", case.name, change.text);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Nothing is lost by asking the other way round: what came goes, which is graver.
#[test]
fn an_addition_reversed_breaks() {
    let before = model(&mini());
    for case in cases::all().filter(|case| matches!(case.verdict, Verdict::Addition(_) | Verdict::Allows)) {
        let folder = changed(case);
        let report = compare(&model(folder.path()), &before);
        assert_eq!(report.class(), Some(Class::Breaking), "{}", case.name);
    }
}

/// Whatever a missing line makes of the crate, it is told.
#[test]
fn a_line_that_changes_the_crate_is_told() {
    let (before, files) = (model(&mini()), emitted(&mini()));
    let folder = tempfile::tempdir().unwrap();
    overlay(&mini(), folder.path());
    let mut told = 0;
    for file in files_below(folder.path()) {
        let text = std::fs::read_to_string(&file).unwrap();
        // Examples are long, and compared as one.
        for missing in 0..text.lines().take_while(|line| *line != "examples:").count() {
            let lines = text.lines().enumerate().filter(|(number, _)| *number != missing);
            std::fs::write(&file, lines.map(|(_, line)| format!("{line}\n")).collect::<String>()).unwrap();
            let Some(after) = valid(folder.path()) else { continue };
            let is_changed = emit::files(&after, Codec::Streaming) != files;
            let is_told = compare(&before, &after).class().is_some();
            assert_eq!(is_told, is_changed, "{}:{}", file.display(), missing + 1);
            told += usize::from(is_told);
        }
        std::fs::write(&file, text).unwrap();
    }
    assert!(told >= 30, "{told} lines can be missing");
}

/// The model of a spec, if it has no fault.
fn valid(folder: &Path) -> Option<Model> {
    let mut loaded = spec::load(folder).unwrap();
    let spec = loaded.spec?;
    check(&spec, folder, &mut loaded.faults);
    loaded.faults.is_empty().then(|| model::build(&spec))
}

fn compare(old: &Model, new: &Model) -> Report {
    diff::compare(old, new, ("old".to_owned(), "new".to_owned()))
}

#[test]
fn the_compiler_agrees() {
    let compiler = Compiler::new();
    let old = compiler.krate("old", &model(&mini()));
    agree_before(&old);
    let left = Mutex::new(cases::all().enumerate());
    let wrong = Mutex::new(Vec::new());
    let work = || {
        while let Some((index, case)) = { left.lock().unwrap().next() } {
            if let Err(said) = agree(&compiler, &old, index, case) {
                wrong.lock().unwrap().push(format!("{}: {said}", case.name));
            }
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// All that is said to have compiled compiles, as modules of one program.
fn agree_before(old: &Krate<'_>) {
    let breaking = cases::all().filter_map(|case| match case.verdict {
        Verdict::Breaking(program, _) => Some(program),
        _ => None,
    });
    let modules = breaking.chain([EVERY_DAY]).enumerate();
    let program: String = modules.map(|(index, program)| format!("mod m{index} {{ {program} }}\n")).collect();
    if let Err(said) = old.check("before", &program) {
        panic!("{said}");
    }
}

fn agree(compiler: &Compiler, old: &Krate<'_>, index: usize, case: &Case) -> Result<(), String> {
    let folder = changed(case);
    let new = compiler.krate(&format!("new_{index}"), &model(folder.path()));
    match case.verdict {
        Verdict::Documents | Verdict::Fix | Verdict::Allows => new.check("after", EVERY_DAY),
        // What the compiler sees needs no argument.
        Verdict::Argued(why) => new
            .check("after", EVERY_DAY)
            .map_err(|said| format!("argued ({why}), but the compiler sees it:\n{said}")),
        Verdict::Addition(program) => {
            if old.check(&format!("too_early_{index}"), program).is_ok() {
                return Err("what is called an addition compiled before".to_owned());
            }
            new.check("after", &format!("mod every_day {{ {EVERY_DAY} }}\nmod addition {{ {program} }}"))
        }
        Verdict::Breaking(program, code) => match new.check("after", program) {
            Ok(()) => Err("what is called breaking compiles".to_owned()),
            Err(said) if said.contains(&format!("error[{code}]")) => Ok(()),
            Err(said) => Err(format!("not {code}:\n{said}")),
        },
    }
}
