//! `schema`: the JSON Schemas of the spec's files.

use super::{difference, print};
use crate::{schema, write};
use std::io;
use std::path::Path;

pub(super) fn run(check: bool, spec: &Path) -> io::Result<bool> {
    let files = schema::files();
    let _lock = write::lock(spec)?;
    let plan = write::plan(spec, &[schema::FOLDER], &files)?;
    if check {
        print(&difference(&plan))?;
    } else {
        plan.carry_out()?;
    }
    let verdict = match (plan.changes.is_empty(), check) {
        (true, _) => "all schemas are up to date",
        (false, true) => "stale: run `cargo gen schema`",
        (false, false) => "done",
    };
    print(&format!("{} changed, {} unchanged: {verdict}\n", plan.changes.len(), plan.unchanged))?;
    Ok(!check || plan.changes.is_empty())
}
