//! Reads a folder of YAML files.

use super::{Action, ErrorCode, Field, Parameter, Resource, Service, Spec, types};
use crate::diagnostics::{Code, Fault, Faults, Located, Sources, Spot, Text, suggest};
use crate::yaml::{Content, Entry, Node, parse};
use std::io;
use std::path::{Path, PathBuf};

/// What was read, and what was wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The spec, as far as it could be read; none if a file is missing or no YAML, since everything that names what is
    /// in that file would look wrong.
    pub spec: Option<Spec>,
    /// The texts of the files.
    pub sources: Sources,
    /// What was wrong.
    pub faults: Faults,
}

/// Reads a spec.
///
/// # Errors
/// When a file or folder cannot be read; the error names it.
pub fn load(folder: &Path) -> io::Result<Loaded> {
    load_shown(folder, &folder.display().to_string())
}

/// Reads a spec that faults tell by another name than that of its folder, as it lies there for a while alone.
///
/// # Errors
/// As for [`load`].
pub fn load_shown(folder: &Path, shown: &str) -> io::Result<Loaded> {
    if !folder.is_dir() {
        let text =
            format!("{}: no such folder; run where `spec` lies, or name it with --spec", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, text));
    }
    let mut loader =
        Loader { folder, shown, sources: Sources::default(), faults: Faults::default(), is_complete: true };
    let spec = loader.spec()?.filter(|_| loader.is_complete);
    Ok(Loaded { spec, sources: loader.sources, faults: loader.faults })
}

struct Loader<'a> {
    folder: &'a Path,
    shown: &'a str,
    sources: Sources,
    faults: Faults,
    /// Whether every file could be read.
    is_complete: bool,
}

impl Loader<'_> {
    fn spec(&mut self) -> io::Result<Option<Spec>> {
        let service = self.file("service.yaml")?.and_then(|node| Service::read(&node, &mut self.faults));
        let mut types = Vec::new();
        types.extend(self.entries("types/ids.yaml", types::read_id)?);
        types.extend(self.entries("types/enums.yaml", types::read_enum)?);
        types.extend(self.entries("types/texts.yaml", types::read_text)?);
        types.extend(self.entries("types/integers.yaml", types::read_integer)?);
        let structures = self.entries("types/structures.yaml", Field::read_structure)?;
        let objects = self.entries("types/parameters.yaml", Parameter::read_shared)?;
        let errors = self.entries("errors.yaml", ErrorCode::read)?;
        let resources = self.resources()?;
        let actions = self.actions(&objects)?;
        let errata_text = self.text("errata.md")?.unwrap_or_default();
        // Without it this is hardly a spec, and nothing is where it belongs.
        if self.folder.join("service.yaml").exists() {
            self.refuse_strangers()?;
        }
        Ok(service.map(|service| Spec {
            service,
            types,
            structures,
            objects,
            errors,
            resources,
            actions,
            errata: errata_ids(&errata_text),
            errata_text,
        }))
    }

    fn resources(&mut self) -> io::Result<Vec<Resource>> {
        let mut resources = Vec::new();
        for path in self.yaml_files("resources")? {
            let Some(node) = self.file(&path)? else { continue };
            resources.extend(Resource::read(named_by(&path, &node), &node, &mut self.faults));
        }
        Ok(resources)
    }

    fn actions(&mut self, shared: &[Parameter]) -> io::Result<Vec<Action>> {
        let shared = shared.iter().rev().map(|object| (object.name.as_str(), object)).collect();
        let mut actions = Vec::new();
        for group in self.children("actions", Path::is_dir)? {
            for path in self.yaml_files(&format!("actions/{group}"))? {
                let Some(node) = self.file(&path)? else { continue };
                let name = named_by(&path, &node);
                let group = Located { value: group.clone(), spot: name.spot };
                let Some(mut action) = Action::read(name, group, &node, &mut self.faults) else { continue };
                action.parameters.iter_mut().for_each(|parameter| parameter.insert_shared(&shared));
                actions.push(action);
            }
        }
        Ok(actions)
    }

    /// The entries of a file that is one mapping; none if there is no such file.
    fn entries<T>(
        &mut self,
        path: &str,
        read: impl Fn(&Entry, &mut Faults) -> Option<T>,
    ) -> io::Result<Vec<T>> {
        let Some(node) = self.optional_file(path)? else { return Ok(Vec::new()) };
        let Content::Map(entries) = &node.content else {
            self.unreadable(
                Fault::new(Code::NotAMapping, node.spot.head(), "the file must be a mapping")
                    .hint("write `Name: { ... }` lines"),
            );
            return Ok(Vec::new());
        };
        Ok(entries.iter().filter_map(|entry| read(entry, &mut self.faults)).collect())
    }

    fn file(&mut self, path: &str) -> io::Result<Option<Node>> {
        let Some(text) = self.text(path)? else {
            let file = self.sources.add(self.shown(path), String::new());
            self.unreadable(
                Fault::new(Code::FileMissing, Sources::spot(file, 0, 0), "the file is missing")
                    .hint("see README.md of the spec for what belongs in it"),
            );
            return Ok(None);
        };
        Ok(self.node(path, text))
    }

    fn optional_file(&mut self, path: &str) -> io::Result<Option<Node>> {
        Ok(self.text(path)?.and_then(|text| self.node(path, text)))
    }

    fn node(&mut self, path: &str, text: String) -> Option<Node> {
        let file = self.sources.add(self.shown(path), text.clone());
        let before = self.faults.len();
        let node = parse(file, &text, &mut self.faults);
        if node.is_none() && self.faults.len() == before {
            self.faults.add(
                Fault::new(Code::FileEmpty, Sources::spot(file, 0, 0), "the file is empty")
                    .hint("remove it, or see README.md of the spec for what belongs in it"),
            );
        }
        self.is_complete &= node.is_some();
        node
    }

    /// Adds a fault that keeps a whole file from being read.
    fn unreadable(&mut self, fault: Fault) {
        self.faults.add(fault);
        self.is_complete = false;
    }

    /// The text of a file; none if there is no such file. One that is not UTF-8 is a fault.
    fn text(&mut self, path: &str) -> io::Result<Option<String>> {
        let full = self.folder.join(path);
        let bytes = match std::fs::read(&full) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(named(&full, &error)),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Err(error) = str::from_utf8(&bytes) {
            let at = error.valid_up_to();
            let file = self.sources.add(self.shown(path), text.clone());
            // What stands for the bytes in the text that is shown.
            let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
            self.unreadable(
                Fault::new(Code::FileNotUtf8, Sources::spot(file, at, end), "the file is not UTF-8")
                    .hint("save it as UTF-8"),
            );
        }
        Ok(Some(text))
    }

    fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.shown.trim_end_matches('/'))
    }

    fn yaml_files(&self, folder: &str) -> io::Result<Vec<String>> {
        let files = self.children(folder, |path| !path.is_dir() && is_yaml(path))?;
        Ok(files.into_iter().map(|file| format!("{folder}/{file}")).collect())
    }

    /// Names of what lies in a folder, sorted; none if there is no such folder.
    fn children(&self, folder: &str, wanted: impl Fn(&Path) -> bool) -> io::Result<Vec<String>> {
        let full = self.folder.join(folder);
        let entries = match std::fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(named(&full, &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| named(&full, &error))?.path();
            if wanted(&path)
                && let Some(name) = path.file_name()
            {
                names.push(name.to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// A file that nothing reads is a mistake in its name or its place.
    fn refuse_strangers(&mut self) -> io::Result<()> {
        const TOP: [&str; 8] = [
            "README.md",
            "actions",
            "errata.md",
            "errors.yaml",
            "resources",
            "schema",
            "service.yaml",
            "types",
        ];
        const TYPES: [&str; 6] =
            ["enums.yaml", "ids.yaml", "integers.yaml", "parameters.yaml", "structures.yaml", "texts.yaml"];
        for (folder, known) in [("", &TOP[..]), ("types", &TYPES[..])] {
            for name in self.children(folder, |path| !is_named(path, known))? {
                self.refuse_stranger(folder, &name, suggest(&name, known.iter().copied()));
            }
        }
        for name in self.children("actions", |path| !path.is_dir())? {
            self.refuse_stranger(
                "actions",
                &name,
                "actions lie in folders, one for each group: `actions/GROUP/ACTION.yaml`",
            );
        }
        let groups = self.children("actions", Path::is_dir)?;
        let folders =
            groups.into_iter().map(|group| format!("actions/{group}")).chain(["resources".to_owned()]);
        for folder in folders {
            for name in self.children(&folder, |path| path.is_dir() || !is_yaml(path))? {
                self.refuse_stranger(&folder, &name, "here lie only files with names that end in `.yaml`");
            }
        }
        Ok(())
    }

    fn refuse_stranger(&mut self, folder: &str, name: &str, hint: impl Into<String>) {
        if !name.starts_with('.') {
            let path = PathBuf::from(folder).join(name).to_string_lossy().into_owned();
            let file = self.sources.add(self.shown(&path), String::new());
            self.faults.add(
                Fault::new(Code::UnreadFile, Sources::spot(file, 0, 0), format!("nothing reads `{path}`"))
                    .hint(hint),
            );
        }
    }
}

fn is_named(path: &Path, names: &[&str]) -> bool {
    path.file_name().is_some_and(|name| names.iter().any(|known| name == *known))
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml")
}

/// An entry that is named by its file stands at the start of the file.
fn named_by(path: &str, node: &Node) -> Text {
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Located { value: stem.unwrap_or_default(), spot: Spot::head(node.spot) }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Ids of the sections: `## E07 Title`.
fn errata_ids(text: &str) -> Vec<String> {
    let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
    headings.filter_map(|heading| heading.split_whitespace().next()).map(str::to_owned).collect()
}
