//! What the provider publishes about its actions for its command-line client: a JSON file an action.
//!
//! The files are read as the YAML that JSON is, once they are known to be JSON: so every fault has its place.

use crate::diagnostics::{Code, Fault, Faults, Sources, Spot, Text, suggest};
use crate::model::Wire;
use crate::yaml::{self, Fields, Node};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What was read of a folder, and what was wrong with it.
#[derive(Debug, Default)]
pub struct Metadata {
    /// The actions, sorted by name.
    pub actions: Vec<Action>,
    /// The texts of the files.
    pub sources: Sources,
    /// What was wrong.
    pub faults: Faults,
}

/// One action.
#[derive(Debug)]
pub struct Action {
    /// Its name.
    pub name: Text,
    /// Its parameters, in the order of the file.
    pub parameters: Vec<Parameter>,
}

/// One parameter, or one field of a list of objects.
#[derive(Debug)]
pub struct Parameter {
    /// Name on the wire, without `.N`.
    pub name: Text,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: bool,
}

/// What a parameter holds.
#[derive(Debug)]
pub enum Kind {
    /// A single value.
    Value(Wire),
    /// A list of single values, of which no type is given.
    Values,
    /// A list of objects with these fields.
    Objects(Vec<Parameter>),
    /// The type says nothing about how the value is written into the request; this is its name.
    Untold(String),
}

impl Metadata {
    /// The action of this name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name.value == name)
    }
}

/// Reads every `*.json` file of a folder.
///
/// # Errors
/// When the folder or a file cannot be read, or when there is no such file.
pub fn read(folder: &Path) -> io::Result<Metadata> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| named(folder, &error))? {
        let path = entry.map_err(|error| named(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        let text =
            format!("{}: no `*.json` files; name the folder that holds one file an action", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, text));
    }
    paths.sort();
    let mut metadata = Metadata::default();
    for path in paths {
        let bytes = std::fs::read(&path).map_err(|error| named(&path, &error))?;
        let action = metadata.action_of(&path, bytes);
        metadata.actions.extend(action);
    }
    Ok(metadata)
}

impl Metadata {
    fn action_of(&mut self, path: &Path, bytes: Vec<u8>) -> Option<Action> {
        let shown = path.display().to_string();
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let file = self.sources.add(shown, String::from_utf8_lossy(error.as_bytes()).into_owned());
                let spot = Sources::spot(file, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
                self.faults.add(
                    Fault::new(Code::FileNotUtf8, spot, "the file is not UTF-8")
                        .hint("fetch the metadata again"),
                );
                return None;
            }
        };
        let file = self.sources.add(shown, text.clone());
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&text) {
            let at = offset(&text, error.line(), error.column());
            // The place is shown; the parser's words repeat it.
            let text = error.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text);
            let fault = Fault::new(
                Code::MetadataIsNoJson,
                Sources::spot(file, at, at + 1),
                format!("no JSON: {reason}"),
            );
            self.faults.add(fault.hint("fetch the metadata again"));
            return None;
        }
        let node = yaml::parse(file, &text, &mut self.faults)?;
        let action = Action::read(&node, &mut self.faults)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if action.name.value != stem {
            let fault = Fault::new(
                Code::MetadataActionName,
                action.name.spot,
                format!("the file of `{}` has another name", action.name.value),
            );
            self.faults
                .add(fault.hint(format!("a file is called as its action: `{}.json`", action.name.value)));
            return None;
        }
        Some(action)
    }
}

/// Offset of a line and column as serde_json counts them: from 1, in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

impl Action {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "an action", faults)?;
        let name = fields.need_text("name");
        fields.need("parameters");
        let parameters = read_all("parameters", &mut fields);
        if name.value.is_empty() {
            return None;
        }
        // The name becomes the name of a file and of a type.
        let is_name = name.value.starts_with(|first: char| first.is_ascii_uppercase())
            && name.value.chars().all(|character| character.is_ascii_alphanumeric());
        if !is_name {
            let fault = Fault::new(
                Code::MetadataActionName,
                name.spot,
                format!("`{}` is no name of an action", name.value),
            );
            faults.add(fault.hint("names are made of letters and digits, a capital first: `CreateVpc`"));
            return None;
        }
        Some(Self { name, parameters })
    }
}

fn read_all(key: &'static str, fields: &mut Fields<'_, '_>) -> Vec<Parameter> {
    let nodes = fields.list(key).unwrap_or_default();
    let mut seen: BTreeMap<String, Spot> = BTreeMap::new();
    let mut parameters = Vec::new();
    for node in nodes {
        let Some(parameter) = Parameter::read(node, fields.faults) else { continue };
        if let Some(first) = seen.insert(parameter.name.value.clone(), parameter.name.spot) {
            let fault = Fault::new(
                Code::MetadataParameterTwice,
                parameter.name.spot,
                format!("parameter `{}` is given twice", parameter.name.value),
            );
            fields.faults.add(fault.related(first, "first given here").hint("remove one of the two"));
            continue;
        }
        parameters.push(parameter);
    }
    parameters
}

impl Parameter {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "a parameter", faults)?;
        let name = fields.need_text("name");
        let kind_name = fields.need_text("type");
        let members = read_all("sub_parameters", &mut fields);
        fields.need("required");
        let required = fields.flag("required");
        if name.value.is_empty() || kind_name.value.is_empty() {
            return None;
        }
        if !is_parameter_name(name.as_str()) {
            let fault = Fault::new(
                Code::MetadataParameterName,
                name.spot,
                format!("`{}` is no name of a parameter", name.value),
            );
            fields.faults.add(fault.hint("names are made of letters, digits, `_`, `-` and `.` between them"));
            return None;
        }
        let kind = kind(&kind_name, members, fields.faults)?;
        Some(Self { name, kind, required })
    }
}

/// `VlanId`, and spelt-out ones such as `Filter.1.Key`.
fn is_parameter_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric() || one == '_' || one == '-')
    };
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.split('.').all(is_part)
}

fn kind(name: &Text, members: Vec<Parameter>, faults: &mut Faults) -> Option<Kind> {
    const KNOWN: [&str; 8] =
        ["String", "Integer", "Long", "Boolean", "RepeatList", "Array", "Struct", "Body"];
    match (name.as_str(), Wire::named(name.as_str())) {
        ("RepeatList", _) if members.is_empty() => Some(Kind::Values),
        ("RepeatList", _) => Some(Kind::Objects(members)),
        ("Array" | "Struct" | "Body", _) => Some(Kind::Untold(name.value.clone())),
        (_, Some(wire)) => Some(Kind::Value(wire)),
        (other, None) => {
            let fault = Fault::new(Code::MetadataType, name.spot, format!("unknown type `{other}`"));
            faults.add(fault.hint(suggest(other, KNOWN)));
            None
        }
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
