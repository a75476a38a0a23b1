//! From a folder to the model: the one place that decides whether a spec is good for anything.

use crate::check::{check, check_draft};
use crate::model::{self, Model};
use crate::spec::{self, Loaded};
use std::io;
use std::path::Path;

/// Reads and checks a spec. It gives the model, or what was read, with at least one fault. `output` is the folder of the
/// generated crate; summaries of `drafts` may be missing.
///
/// # Errors
/// When a file or folder cannot be read; the error names it.
pub fn model(folder: &Path, output: &Path, drafts: bool) -> io::Result<Result<Model, Loaded>> {
    let mut loaded = spec::load(folder)?;
    let Some(spec) = &loaded.spec else { return Ok(Err(loaded)) };
    let check = if drafts { check_draft } else { check };
    check(spec, output, &mut loaded.faults);
    Ok(if loaded.faults.is_empty() { Ok(model::build(spec)) } else { Err(loaded) })
}
