//! What the generator says about specs with faults.
//!
//! Each folder of fixtures/bad-specs holds the files in which one spec differs from fixtures/specs/tiny, and perhaps a
//! file `REMOVED` with the paths of files that it lacks.

use crate::support::{Snapshots, files_below, fixtures, mini, overlay};
use aliyun_rpc_generator::check::check;
use aliyun_rpc_generator::diagnostics::Code;
use aliyun_rpc_generator::{model, spec};
use std::path::Path;

#[test]
fn every_bad_spec() {
    let mut snapshots = Snapshots::of("bad-specs");
    let cases = cases();
    assert!(cases.len() >= 100, "{} cases are left", cases.len());
    for case in cases {
        let said = diagnostics(&fixtures().join("bad-specs").join(&case));
        assert!(!said.is_empty(), "nothing is said about {case}");
        snapshots.assert(&case, &said);
    }
    snapshots.finish();
}

/// Those of `import` are tested with it.
#[test]
fn every_code_has_a_bad_spec() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/bad-specs");
    let said: String =
        files_below(folder.as_ref()).iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let is_missing = |code: &&Code| !said.contains(&format!("error[{code}]: "));
    let missing: Vec<Code> = Code::ALL.iter().filter(is_missing).copied().collect();
    let of_import = [
        Code::MetadataIsNoJson,
        Code::MetadataActionName,
        Code::MetadataParameterTwice,
        Code::MetadataParameterName,
        Code::MetadataType,
    ];
    assert_eq!(missing, of_import);
}

#[test]
fn the_base_has_no_fault() {
    assert_eq!(diagnostics(&fixtures().join("specs/tiny")), "");
}

/// Whatever a missing line makes of a spec, it is told or it is emitted.
#[test]
fn a_line_may_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    overlay(&mini(), folder.path());
    for file in files_below(folder.path()) {
        let text = std::fs::read_to_string(&file).unwrap();
        for missing in 0..text.lines().count() {
            let lines = text.lines().enumerate().filter(|(number, _)| *number != missing);
            std::fs::write(&file, lines.map(|(_, line)| format!("{line}\n")).collect::<String>()).unwrap();
            let mut loaded = spec::load(folder.path()).unwrap();
            if let Some(spec) = &loaded.spec {
                check(spec, folder.path(), &mut loaded.faults);
                if loaded.faults.is_empty() {
                    assert!(!model::build(spec).product.is_empty());
                }
            }
            let said = loaded.faults.render(&loaded.sources, false);
            assert_eq!(said.is_empty(), loaded.faults.is_empty());
        }
        std::fs::write(&file, text).unwrap();
    }
}

fn cases() -> Vec<String> {
    let entries = std::fs::read_dir(fixtures().join("bad-specs")).unwrap();
    let mut cases: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    cases.sort();
    cases
}

/// All faults of the base with the files of a folder over its own.
pub(crate) fn diagnostics(changes: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (spec, krate) = (folder.path().join("spec"), folder.path().join("generated"));
    overlay(&fixtures().join("specs/tiny"), &spec);
    overlay(changes, &spec);
    remove_files(&spec);
    std::fs::create_dir(&krate).unwrap();
    std::fs::write(krate.join("Cargo.toml"), "[features]\nlamp = []\nscene = []\n").unwrap();

    let mut loaded = spec::load(&spec).unwrap();
    if let Some(spec) = &loaded.spec {
        check(spec, &krate, &mut loaded.faults);
    }
    loaded.faults.render(&loaded.sources, false).replace(&format!("{}/", folder.path().display()), "")
}

fn remove_files(spec: &Path) {
    let list = spec.join("REMOVED");
    if let Ok(paths) = std::fs::read_to_string(&list) {
        paths.lines().for_each(|path| std::fs::remove_file(spec.join(path)).unwrap());
        std::fs::remove_file(list).unwrap();
    }
}
