//! `fmt`: the files of the spec as they should be laid out.

use super::faults::{MessageFormat, tell};
use super::print;
use crate::diagnostics::{Faults, Sources};
use crate::{format, schema, write, yaml};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// What is formatted.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Write nothing; exit with 1 and show the difference if a file is laid out otherwise.
    #[arg(long)]
    check: bool,
    /// Files of the spec; all of them, if none is named.
    files: Vec<PathBuf>,
}

/// A file, its text, and the text that it should have.
struct File {
    path: PathBuf,
    old: String,
    new: String,
}

pub(super) fn run(arguments: &Arguments, spec: &Path, messages: MessageFormat) -> io::Result<bool> {
    let _lock = write::lock(spec)?;
    let paths = match arguments.files.as_slice() {
        [] => all(spec)?,
        files => files.iter().map(|file| below(spec, file)).collect::<io::Result<_>>()?,
    };
    let count = paths.len();
    let files = formatted(spec, paths, messages)?;
    let changed: Vec<&File> = files.iter().filter(|file| file.old != file.new).collect();
    if !arguments.check {
        write::replace_all(changed.iter().map(|file| (file.path.clone(), file.new.as_str())))?;
    }
    for file in &changed {
        let path = file.path.display().to_string();
        let text = if arguments.check {
            write::unified_diff(&path, &file.old, &file.new)
        } else {
            format!("formatted  {path}\n")
        };
        print(&text)?;
    }
    let verdict = if arguments.check { "to be formatted: run `cargo gen fmt`" } else { "formatted" };
    let verdict = if changed.is_empty() { "all are laid out as they should be" } else { verdict };
    print(&format!("{} of {count} files: {verdict}\n", changed.len()))?;
    Ok(!arguments.check || changed.is_empty())
}

/// Every file that has a schema.
fn all(spec: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    add(spec, "", &mut paths)?;
    paths.sort();
    Ok(paths)
}

fn add(spec: &Path, below: &str, paths: &mut Vec<String>) -> io::Result<()> {
    let folder = spec.join(below);
    for entry in std::fs::read_dir(&folder).map_err(|error| write::naming(&folder, error))? {
        let entry = entry.map_err(|error| write::naming(&folder, error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            add(spec, &path, paths)?;
        } else if path.ends_with(".yaml") && schema::first_line(&path).is_some() {
            paths.push(path);
        }
    }
    Ok(())
}

/// The path of a file below the folder of the spec.
fn below(spec: &Path, file: &Path) -> io::Result<String> {
    if file.is_dir() {
        let text = format!("{}: a folder; name files, or none to format all of --spec", file.display());
        return Err(io::Error::other(text));
    }
    let whole = |path: &Path| path.canonicalize().map_err(|error| write::naming(path, error));
    let (folder, full) = (whole(spec)?, whole(file)?);
    let path = full.strip_prefix(&folder).map(|path| path.to_string_lossy().replace('\\', "/"));
    path.ok().filter(|path| path.ends_with(".yaml") && schema::first_line(path).is_some()).ok_or_else(|| {
        io::Error::other(format!("{}: no file of the spec in {}", file.display(), spec.display()))
    })
}

/// Reads and formats. A file that cannot be read as YAML keeps all of them from being written.
fn formatted(spec: &Path, paths: Vec<String>, messages: MessageFormat) -> io::Result<Vec<File>> {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let mut files = Vec::new();
    for path in paths {
        let full = spec.join(&path);
        let old = std::fs::read_to_string(&full).map_err(|error| write::naming(&full, error))?;
        let source = sources.add(full.display().to_string(), old.clone());
        let before = faults.len();
        yaml::parse(source, &old, &mut faults);
        if faults.len() > before {
            continue;
        }
        let new = format::formatted(&path, &old)
            .map_err(|reason| io::Error::other(format!("{}: {reason}", full.display())))?;
        files.push(File { path: full, old, new });
    }
    if faults.is_empty() {
        return Ok(files);
    }
    Err(io::Error::other(tell(&faults, &sources, messages, "; nothing was written")?))
}
