//! `--watch`: generates again whenever the spec changes.

use super::{Arguments, complain, generate_once};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often to look. A spec has a hundred files, so that a look costs less than what would tell of changes without.
const EACH: Duration = Duration::from_millis(200);

/// How long nothing may change before it is read: editors and Git write file after file.
const STILL: Duration = Duration::from_millis(100);

/// Runs until it is interrupted, or until nobody reads what it prints.
pub(super) fn run(arguments: &Arguments) -> io::Result<bool> {
    let mut done = None;
    loop {
        let found = look(arguments);
        if done.as_ref() == Some(&found) {
            sleep(EACH);
            continue;
        }
        sleep(STILL);
        if look(arguments) == found {
            match generate_once(arguments) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(true),
                Err(error) => complain(&format!("error: {error}\n")),
                Ok(_) => {}
            }
            complain(&format!("waiting for changes in {}; Ctrl-C ends it\n\n", arguments.spec.display()));
            done = Some(found);
        }
    }
}

/// What tells that a file is another than before.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    path: PathBuf,
    changed: Option<SystemTime>,
    size: u64,
}

/// Every file that the run reads. What cannot be read now, as in the middle of a checkout, is left out.
fn look(arguments: &Arguments) -> Vec<Mark> {
    let mut marks = Vec::new();
    add(&arguments.spec, &mut marks);
    add_file(arguments.output.join("Cargo.toml"), &mut marks);
    marks.sort();
    marks
}

fn add(folder: &Path, marks: &mut Vec<Mark>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            add(&path, marks);
        } else {
            add_file(path, marks);
        }
    }
}

fn add_file(path: PathBuf, marks: &mut Vec<Mark>) {
    if let Ok(about) = path.metadata() {
        marks.push(Mark { path, changed: about.modified().ok(), size: about.len() });
    }
}
