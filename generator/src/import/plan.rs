//! What an import finds and what it would write.

use super::compare::{self, Difference, Kind, Same};
use super::draft::{self, Entries, Vocabulary};
use super::merge;
use super::metadata::{Action, Kind as Encoding, Metadata, Parameter};
use crate::diagnostics::suggest;
use crate::model::Resolver;
use crate::schema;
use crate::spec::{self, Spec};
use crate::write;
use std::io;
use std::path::Path;

/// What is to be imported, and how.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Names of the actions; every action of the spec if there is none.
    pub actions: &'a [String],
    /// The group for actions that the spec lacks.
    pub group: Option<&'a str>,
    /// The source that marks what is added; none if nothing is to be written.
    pub source: Option<&'a str>,
}

/// What an import finds.
#[derive(Debug, Default)]
pub struct Plan {
    /// Differences of the actions that both have, in the order of the spec.
    pub differences: Vec<Difference>,
    /// Actions that the spec lacks, of those that are wanted.
    pub lacking: Vec<String>,
    /// How many actions have been compared.
    pub compared: usize,
    /// What the spec lacks and the files do not bring: fields of lists that it has, and parameters of unknown encoding.
    pub left: Vec<String>,
    /// Files to be written.
    pub files: Vec<File>,
}

/// A file to be written.
#[derive(Debug)]
pub struct File {
    /// Path below the folder of the spec.
    pub path: String,
    /// Its text; none if it is new.
    pub old: Option<String>,
    /// Its new text.
    pub new: String,
}

impl Plan {
    fn add(&mut self, differences: Vec<Difference>, added: &[&Parameter]) {
        for difference in differences {
            let is_missing = matches!(difference.kind, Kind::Lacking | Kind::Untold);
            let is_added = added.iter().any(|parameter| parameter.name.value == difference.parameter);
            if is_missing && !is_added {
                self.left.push(format!("{} {}", difference.action, difference.parameter));
            }
            self.differences.push(difference);
        }
    }

    /// Whether the metadata has anything that the spec lacks.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        let lacks = |difference: &Difference| matches!(difference.kind, Kind::Lacking | Kind::Untold);
        !self.lacking.is_empty() || self.differences.iter().any(lacks)
    }
}

/// Compares the wanted actions of a spec, which lies in `folder`, with the metadata.
///
/// # Errors
/// When a name is unknown, a group or source is missing, or a file cannot be read or added to.
pub fn plan(spec: &Spec, folder: &Path, metadata: &Metadata, wanted: &Wanted<'_>) -> io::Result<Plan> {
    let mut plan = Plan::default();
    let resolver = Resolver::new(spec);
    let vocabulary = Vocabulary::of(spec);
    for name in names(spec, wanted.actions) {
        let ours = spec.actions.iter().find(|action| action.name.value == name);
        let upstream = metadata.action(name);
        match (ours, upstream) {
            (Some(ours), Some(upstream)) => {
                plan.compared += 1;
                let added = added(ours, upstream);
                plan.files.extend(grown(ours, &added, &vocabulary, folder, wanted)?);
                plan.add(compare::compare(ours, upstream, &resolver), &added);
            }
            (None, Some(upstream)) => {
                plan.lacking.push(name.to_owned());
                plan.left.extend(untold(upstream));
                plan.files.extend(drafted(spec, upstream, &vocabulary, wanted)?);
            }
            (Some(_), None) if wanted.actions.is_empty() => plan.differences.push(Difference {
                action: name.to_owned(),
                parameter: String::new(),
                kind: Kind::Extra,
                text: "the whole action, not in the metadata".to_owned(),
            }),
            (_, None) => {
                let known = metadata.actions.iter().map(|action| action.name.as_str());
                return Err(invalid(format!(
                    "the metadata has no action `{name}`; {}",
                    suggest(name, known)
                )));
            }
        }
    }
    Ok(plan)
}

fn names<'a>(spec: &'a Spec, wanted: &'a [String]) -> Vec<&'a str> {
    if wanted.is_empty() {
        return spec.actions.iter().map(|action| action.name.as_str()).collect();
    }
    wanted.iter().map(String::as_str).collect()
}

/// The parameters that can be added to an action: what it lacks, but for those of unknown encoding.
fn added<'a>(ours: &spec::Action, upstream: &'a Action) -> Vec<&'a Parameter> {
    let is_new = |theirs: &&Parameter| matches!(compare::same(&ours.parameters, theirs), Same::None);
    upstream.parameters.iter().filter(|theirs| !is_untold(theirs)).filter(is_new).collect()
}

/// Action and name of each parameter whose encoding the metadata does not tell.
pub(super) fn untold(upstream: &Action) -> impl Iterator<Item = String> {
    let untold = upstream.parameters.iter().filter(|one| is_untold(one));
    untold.map(|one| format!("{} {}", upstream.name.value, one.name.value))
}

fn is_untold(parameter: &Parameter) -> bool {
    matches!(parameter.kind, Encoding::Untold(_))
}

/// The file of an action with these parameters added.
fn grown(
    ours: &spec::Action,
    added: &[&Parameter],
    vocabulary: &Vocabulary,
    folder: &Path,
    wanted: &Wanted<'_>,
) -> io::Result<Option<File>> {
    let Some(source) = wanted.source.filter(|_| !added.is_empty()) else { return Ok(None) };
    let path = format!("actions/{}/{}.yaml", ours.group.value, ours.name.value);
    let full = folder.join(&path);
    let old = std::fs::read_to_string(&full).map_err(|error| write::naming(&full, error))?;
    let names: Vec<&str> = added.iter().map(|parameter| parameter.name.as_str()).collect();
    let entries = Entries { vocabulary, action: ours.name.as_str(), source: Some(source) };
    let lines = |indent| added.iter().map(|parameter| entries.parameter(parameter, indent)).collect();
    let new = merge::add_parameters(&old, &names, lines)
        .map_err(|reason| invalid(format!("{}: {reason}", full.display())))?;
    Ok(Some(File { path, old: Some(old), new }))
}

fn drafted(
    spec: &Spec,
    upstream: &Action,
    vocabulary: &Vocabulary,
    wanted: &Wanted<'_>,
) -> io::Result<Option<File>> {
    let Some(source) = wanted.source else { return Ok(None) };
    let name = upstream.name.as_str();
    let groups = || spec.service.groups.iter().map(|group| group.name.as_str());
    let Some(group) = wanted.group else {
        let groups = groups().collect::<Vec<_>>().join(", ");
        return Err(invalid(format!(
            "the spec lacks `{name}`; name the group of its draft with --group: there are {groups}"
        )));
    };
    if !groups().any(|known| known == group) {
        return Err(invalid(format!(
            "service.yaml declares no group `{group}`; {}",
            suggest(group, groups())
        )));
    }
    let path = format!("actions/{group}/{name}.yaml");
    let new = schema::with_first_line(&path, &draft::action_file(upstream, vocabulary, source));
    Ok(Some(File { path, old: None, new }))
}

fn invalid(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}
