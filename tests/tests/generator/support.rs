//! Fixtures and snapshots.

use aliyun_rpc_generator::emit::{self, Codec};
use aliyun_rpc_generator::model::{self, Model};
use aliyun_rpc_generator::spec;
use aliyun_rpc_generator::write::Files;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of the fixtures.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The spec of a lamp service that uses every shape of the format.
pub(crate) fn mini() -> PathBuf {
    fixtures().join("specs/mini")
}

/// The model of a spec without faults.
pub(crate) fn model(folder: &Path) -> Model {
    let mut loaded = spec::load(folder).unwrap();
    if let Some(spec) = &loaded.spec {
        aliyun_rpc_generator::check::check(spec, Path::new("no crate"), &mut loaded.faults);
    }
    assert!(loaded.faults.is_empty(), "{}", loaded.faults.render(&loaded.sources, false));
    model::build(&loaded.spec.unwrap())
}

/// Everything that is generated from a spec.
pub(crate) fn emitted(folder: &Path) -> Files {
    emit::files(&model(folder), Codec::Streaming)
}

/// Copies the files of a folder, and of those in it, over those of another.
pub(crate) fn overlay(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            overlay(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file of a folder and of those in it.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// A folder of snapshots, each of which must be asked for.
pub(crate) struct Snapshots {
    folder: &'static str,
    asked: BTreeSet<String>,
}

impl Snapshots {
    /// The folder of this name below tests/snapshots.
    pub(crate) fn of(folder: &'static str) -> Self {
        Self { folder, asked: BTreeSet::new() }
    }

    /// Compares a text with the snapshot of this name.
    pub(crate) fn assert(&mut self, name: &str, text: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(Path::new("../snapshots").join(self.folder));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
        self.asked.insert(format!("{}.snap", name.replace('/', "__")));
    }

    /// Fails if there is a snapshot that nothing asked for.
    pub(crate) fn finish(self) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(self.folder);
        let there = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let there = there.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".snap"));
        assert_eq!(there.collect::<BTreeSet<_>>(), self.asked, "snapshots that nothing asks for");
    }
}
