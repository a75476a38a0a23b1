//! Snapshots of what is emitted.

use crate::support::{Snapshots, emitted, files_below, fixtures, mini, overlay};

#[test]
fn every_file_of_a_small_spec() {
    let files = emitted(&mini());
    let mut snapshots = Snapshots::of("mini");
    let listing: Vec<&str> = files.keys().map(String::as_str).collect();
    snapshots.assert("listing", &listing.join("\n"));
    for (path, text) in &files {
        snapshots.assert(path, text);
    }
    snapshots.finish();
}

#[test]
fn two_actions_of_the_real_spec() {
    let files = emitted(&fixtures().join("../../spec"));
    let mut snapshots = Snapshots::of("actions");
    for path in [
        "docs/actions/create-physical-connection.md",
        "docs/actions/describe-physical-connections.md",
        "src/physical_connection/create_physical_connection.rs",
        "src/physical_connection/describe_physical_connections.rs",
        "src/schema/create_physical_connection.rs",
        "src/schema/describe_physical_connections.rs",
    ] {
        snapshots.assert(path, &files[path]);
    }
    snapshots.finish();
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    assert_eq!(emitted(&mini()), emitted(&mini()));
}

/// As git may check it out on Windows.
#[test]
fn line_ends_of_the_spec_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    overlay(&mini(), folder.path());
    for file in files_below(folder.path()) {
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace('\n', "\r\n")).unwrap();
    }
    assert_eq!(emitted(folder.path()), emitted(&mini()));
}
