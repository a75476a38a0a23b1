//! The command: reads, reports, writes.

use super::compare::{Difference, Kind};
use super::metadata::{self, Metadata};
use super::plan::{self, File, Plan, Wanted};
use super::scratch;
use crate::check::check_facts;
use crate::command::faults::{MessageFormat, tell};
use crate::diagnostics::{Faults, Sources, suggest};
use crate::spec::{self, Spec};
use crate::write::{self, Files};
use clap::Args;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What is imported, and how.
#[derive(Debug, Args)]
pub struct Import {
    /// Folder with the provider's metadata: a JSON file for each action.
    metadata: PathBuf,
    /// Actions to be imported; without any, those that the spec has.
    actions: Vec<String>,
    /// Source that marks what is added: a name from `sources` in service.yaml.
    #[arg(long, required_unless_present = "check")]
    source: Option<String>,
    /// Group for actions that the spec lacks.
    #[arg(long, conflicts_with = "all")]
    group: Option<String>,
    /// Only compare; exit with 1 if the metadata has anything that the spec lacks.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Write nothing, but show what would be written.
    #[arg(long)]
    dry_run: bool,
    /// Make a new spec of every action of the metadata, in the folder that --into names.
    #[arg(long, requires = "into", conflicts_with_all = ["actions", "check", "dry_run"])]
    all: bool,
    /// Folder of the new spec; it must be empty or not there yet.
    #[arg(long, requires = "all")]
    into: Option<PathBuf>,
}

/// Imports; gives what is to be printed, and whether all is well.
///
/// # Errors
/// When a file cannot be read or written, has faults, or a name is unknown. Nothing has been written then.
pub fn run(arguments: &Import, folder: &Path, messages: MessageFormat) -> io::Result<(String, bool)> {
    let metadata = read_metadata(&arguments.metadata, messages)?;
    let _lock = write::lock(folder)?;
    let spec = read_spec(folder, &folder.display().to_string(), messages)?;
    if let (Some(into), Some(source)) = (&arguments.into, &arguments.source) {
        return Ok((make(into, source, &spec, &metadata, messages)?, true));
    }
    let source = arguments.source.as_deref().filter(|_| !arguments.check);
    if let Some(source) = source {
        check_source(source, &spec)?;
    }
    let wanted = Wanted { actions: &arguments.actions, group: arguments.group.as_deref(), source };
    let plan = plan::plan(&spec, folder, &metadata, &wanted)?;
    let mut text = report(&plan, &spec, &metadata);
    if arguments.dry_run {
        text += &plan.files.iter().map(difference).collect::<String>();
    } else {
        write::clear(folder)?;
        write::replace_all(plan.files.iter().map(|file| (folder.join(&file.path), file.new.as_str())))?;
    }
    text += &written(arguments, &plan, folder);
    Ok((text, !arguments.check || !plan.is_behind()))
}

/// Makes a new spec beside its place, checks it, and moves it there in one step.
fn make(
    into: &Path,
    source: &str,
    spec: &Spec,
    metadata: &Metadata,
    messages: MessageFormat,
) -> io::Result<String> {
    let is_free = std::fs::read_dir(into).map_or(!into.exists(), |mut entries| entries.next().is_none());
    if !is_free {
        return Err(invalid(format!("{}: not an empty folder; name a new one with --into", into.display())));
    }
    let is_name = source.chars().all(|one| one.is_ascii_alphanumeric() || one == '-')
        && source.starts_with(|first: char| first.is_ascii_alphabetic());
    if !is_name {
        return Err(invalid(format!("`{source}` is no name of a source; use letters, digits and `-`")));
    }
    let files = scratch::files(metadata, &spec.service, source);
    let parent = into.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|error| write::naming(parent, error))?;
    let draft = tempfile::Builder::new()
        .prefix(".aliyun-rpc-gen-")
        .tempdir_in(parent)
        .map_err(|error| write::naming(parent, error))?;
    let folder = draft.path().join("spec");
    write::replace_all(files.iter().map(|(path, text)| (folder.join(path), text.as_str())))?;
    read_spec(&folder, &into.display().to_string(), messages)?;
    std::fs::rename(&folder, into).map_err(|error| write::naming(into, error))?;
    Ok(made(into, &files, metadata))
}

/// How much has been made, and what is left to do.
fn made(into: &Path, files: &Files, metadata: &Metadata) -> String {
    let group = |path: &String| path.strip_prefix("actions/")?.split('/').next().map(str::to_owned);
    let groups: BTreeSet<String> = files.keys().filter_map(group).collect();
    let mut text = format!(
        "{}: {} actions in {} groups: {}\n",
        into.display(),
        metadata.actions.len(),
        groups.len(),
        groups.into_iter().collect::<Vec<_>>().join(", ")
    );
    let left: Vec<String> = metadata.actions.iter().flat_map(plan::untold).collect();
    if !left.is_empty() {
        text += &format!("left to be written by hand: {}\n", left.join(", "));
    }
    text + "done; `cargo gen --drafts` generates without the words\n"
}

fn read_metadata(folder: &Path, messages: MessageFormat) -> io::Result<Metadata> {
    let metadata = metadata::read(folder)?;
    refuse_faults(&metadata.faults, &metadata.sources, messages)?;
    Ok(metadata)
}

/// A spec in which words may be missing: a former import may have left them to the author.
fn read_spec(folder: &Path, shown: &str, messages: MessageFormat) -> io::Result<Spec> {
    let mut loaded = spec::load_shown(folder, shown)?;
    if let Some(spec) = &loaded.spec {
        check_facts(spec, &mut loaded.faults);
    }
    refuse_faults(&loaded.faults, &loaded.sources, messages)?;
    loaded.spec.ok_or_else(|| invalid(format!("{}: the spec cannot be read", folder.display())))
}

fn refuse_faults(faults: &Faults, sources: &Sources, messages: MessageFormat) -> io::Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    Err(invalid(tell(faults, sources, messages, "; nothing was written")?))
}

fn check_source(source: &str, spec: &Spec) -> io::Result<()> {
    let known = || spec.service.sources.iter().map(|(name, _)| name.as_str());
    if known().any(|name| name == source) {
        return Ok(());
    }
    let hint = suggest(source, known());
    Err(invalid(format!(
        "service.yaml declares no source `{source}`; add it to `sources`, or use another: {hint}"
    )))
}

/// The differences, action by action, then the totals.
fn report(plan: &Plan, spec: &Spec, metadata: &Metadata) -> String {
    let mut text = String::new();
    let mut action = "";
    for difference in &plan.differences {
        if difference.action != action {
            action = &difference.action;
            text += &format!("{action}\n");
        }
        text += &line(difference);
    }
    for name in &plan.lacking {
        text += &format!("{name}\n  + the whole action\n");
    }
    let count = |kinds: &[Kind]| {
        plan.differences.iter().filter(|difference| kinds.contains(&difference.kind)).count()
    };
    let unknown = metadata
        .actions
        .iter()
        .filter(|upstream| !spec.actions.iter().any(|ours| ours.name.value == upstream.name.value))
        .count();
    text += &format!(
        "{} actions compared: {} parameters only in the metadata, {} of unknown encoding, {} only in the spec, {} different\n",
        plan.compared,
        count(&[Kind::Lacking]),
        count(&[Kind::Untold]),
        count(&[Kind::Extra]),
        count(&[Kind::Type, Kind::Required]),
    );
    text +=
        &format!("{} actions in the metadata, {unknown} of them not in the spec\n", metadata.actions.len());
    text
}

fn line(difference: &Difference) -> String {
    let space = if difference.parameter.is_empty() { "" } else { ": " };
    format!("  {} {}{space}{}\n", difference.kind.sign(), difference.parameter, difference.text)
}

fn difference(file: &File) -> String {
    write::unified_diff(&file.path, file.old.as_deref().unwrap_or_default(), &file.new)
}

/// A line for each file, and what is left to do.
fn written(arguments: &Import, plan: &Plan, folder: &Path) -> String {
    if arguments.check {
        let verdict = if plan.is_behind() { "the spec is behind" } else { "the spec lacks nothing" };
        return format!("{verdict}\n");
    }
    let mut text = String::new();
    for file in &plan.files {
        let word = if file.old.is_some() { "changed" } else { "written" };
        text += &format!("{word:>9}  {}/{}\n", folder.display(), file.path);
    }
    text += match (plan.files.is_empty(), arguments.dry_run) {
        (true, _) => "nothing to write\n",
        (false, true) => "nothing was written: a dry run\n",
        (false, false) => "done; `cargo gen check` lists the summaries that are left to write\n",
    };
    if !plan.left.is_empty() {
        text += &format!("left to be written by hand: {}\n", plan.left.join(", "));
    }
    text
}

fn invalid(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}
