//! `new`: the file of a new action.

use super::faults::{MessageFormat, tell};
use super::print;
use crate::diagnostics::suggest;
use crate::spec::{self, Action, Spec};
use crate::{scaffold, schema, write};
use clap::Args;
use std::io;
use std::path::Path;

/// What is made, and like what.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name of the action, as the service spells it.
    action: String,
    /// The action whose file it is made of.
    #[arg(long, value_name = "ACTION")]
    like: String,
    /// Its group; that of the other action, if it is left out.
    #[arg(long)]
    group: Option<String>,
    /// Where it is known from, if not from the reference: a name from `sources` in service.yaml.
    #[arg(long)]
    source: Option<String>,
}

pub(super) fn run(arguments: &Arguments, folder: &Path, messages: MessageFormat) -> io::Result<bool> {
    let _lock = write::lock(folder)?;
    let loaded = spec::load(folder)?;
    let Some(spec) = loaded.spec.filter(|_| loaded.faults.is_empty()) else {
        return Err(io::Error::other(tell(
            &loaded.faults,
            &loaded.sources,
            messages,
            "; nothing was written",
        )?));
    };
    let group = check(arguments, &spec).map_err(io::Error::other)?;
    let other = folder.join(format!("actions/{}/{}.yaml", group.of_other, arguments.like));
    let text = std::fs::read_to_string(&other).map_err(|error| write::naming(&other, error))?;
    let text = scaffold::like(&arguments.like, &text, &arguments.action, arguments.source.as_deref())
        .map_err(|fault| io::Error::other(format!("{}: {fault}", other.display())))?;
    let path = format!("actions/{}/{}.yaml", group.of_new, arguments.action);
    let text = schema::with_first_line(&path, &text);
    let path = folder.join(path);
    write::replace_all([(path.clone(), text.as_str())])?;
    print(&format!(
        "{}: made like {}\nnow take every line from the action's own page, and add summary, reference and examples; \
         `cargo gen check` asks for all but the examples, of which its tests are made\n",
        path.display(),
        arguments.like
    ))?;
    Ok(true)
}

struct Groups<'a> {
    of_other: &'a str,
    of_new: &'a str,
}

fn check<'a>(arguments: &'a Arguments, spec: &'a Spec) -> Result<Groups<'a>, String> {
    let Arguments { action, like, group, source } = arguments;
    let is_name = action.starts_with(|first: char| first.is_ascii_uppercase())
        && action.chars().all(|one| one.is_ascii_alphanumeric());
    if !is_name {
        return Err(format!(
            "`{action}` is no name of an action; begin with a capital, and use letters and digits"
        ));
    }
    // Some file systems take names for the same that differ in case alone.
    let same = |known: &&Action| known.name.value.eq_ignore_ascii_case(action);
    if let Some(known) = spec.actions.iter().find(same) {
        let (group, name) = (known.group.as_str(), known.name.as_str());
        return Err(format!("`{action}` is there already: actions/{group}/{name}.yaml"));
    }
    let Some(other) = spec.actions.iter().find(|known| known.name.as_str() == like) else {
        let known = spec.actions.iter().map(|known| known.name.as_str());
        return Err(format!("unknown action `{like}`; {}", suggest(like, known)));
    };
    let groups = || spec.service.groups.iter().map(|group| group.name.as_str());
    let of_new = group.as_deref().unwrap_or(other.group.as_str());
    if !groups().any(|known| known == of_new) {
        let hint = suggest(of_new, groups());
        return Err(format!("unknown group `{of_new}`; {hint}; a new one is declared in service.yaml"));
    }
    let sources = || spec.service.sources.iter().map(|(name, _)| name.as_str());
    if let Some(source) = source.as_deref().filter(|source| !sources().any(|known| known == *source)) {
        return Err(format!("unknown source `{source}`; {}", suggest(source, sources())));
    }
    Ok(Groups { of_other: other.group.as_str(), of_new })
}
