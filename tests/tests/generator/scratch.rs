//! A spec made of metadata alone: some of the product's own files.

use crate::support::{Snapshots, fixtures};
use aliyun_rpc_generator::check::{check, check_draft};
use aliyun_rpc_generator::import::{metadata, scratch};
use aliyun_rpc_generator::model::{self, Model};
use aliyun_rpc_generator::spec::{self, Loaded};
use aliyun_rpc_generator::write::Files;
use std::path::Path;
use tempfile::TempDir;

fn files() -> Files {
    let metadata = metadata::read(&fixtures().join("metadata/vpc")).unwrap();
    assert!(metadata.faults.is_empty(), "{}", metadata.faults.render(&metadata.sources, false));
    let service = spec::load(&fixtures().join("../../spec")).unwrap().spec.unwrap().service;
    scratch::files(&metadata, &service, "metadata")
}

fn loaded() -> (TempDir, Loaded) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files() {
        let full = folder.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }
    let loaded = spec::load(folder.path()).unwrap();
    (folder, loaded)
}

/// The spec, resolved.
pub(crate) fn model() -> Model {
    let (_folder, mut loaded) = loaded();
    check_draft(loaded.spec.as_ref().unwrap(), Path::new("no crate"), &mut loaded.faults);
    assert!(loaded.faults.is_empty(), "{}", loaded.faults.render(&loaded.sources, false));
    model::build(&loaded.spec.unwrap())
}

#[test]
fn every_file_of_the_spec() {
    let mut snapshots = Snapshots::of("scratch");
    for (path, text) in &files() {
        snapshots.assert(path, text);
    }
    snapshots.finish();
}

#[test]
fn only_words_are_missing() {
    let (folder, mut loaded) = loaded();
    check(&loaded.spec.unwrap(), Path::new("no crate"), &mut loaded.faults);
    let said = loaded.faults.render(&loaded.sources, false).replace(&folder.path().display().to_string(), "");
    let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error[E103]: ")).collect();
    assert!(errors.len() > 100, "{} errors", errors.len());
    assert!(
        errors.iter().all(|error| error.ends_with("summary") || error.ends_with("`summary`")),
        "{errors:#?}"
    );
}
