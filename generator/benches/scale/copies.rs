//! A spec of many actions: our own, again and again under other names.

use aliyun_rpc_generator::spec::{self, Field, FieldShape, Parameter, Shape, Spec};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of the spec, and how they continue behind what tells one copy from another: an answer's `CreateVbrResponse`
/// becomes `CreateVbrK1Response`.
type Names = BTreeMap<String, String>;

/// What all copies share: the region, which the client knows, and what every answer has.
const SHARED: [&str; 6] = ["RegionId", "RequestId", "String", "Integer", "Long", "Boolean"];

/// Writes a spec that holds `count` copies of this one. The first keeps its names; groups, actions, types, error codes
/// and lifecycles of the others have a suffix, and so has every word that is one of these names, wherever it stands.
pub(crate) fn write(spec: &Path, count: usize, into: &Path) {
    let names = names(&spec::load(spec).unwrap().spec.unwrap());
    let whole_files: Vec<PathBuf> = files(spec).into_iter().filter(|path| !is_shared(path)).collect();
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    for number in 0..count {
        for path in &whole_files {
            let text = fs::read_to_string(spec.join(path)).unwrap();
            let (target, text) = copied(path, &text, &suffix(number), &names);
            *texts.entry(target).or_default() += &text;
        }
    }
    texts.insert(
        "service.yaml".into(),
        service(&fs::read_to_string(spec.join("service.yaml")).unwrap(), count),
    );
    texts.insert("errata.md".into(), fs::read_to_string(spec.join("errata.md")).unwrap());
    for (path, text) in texts {
        let path = into.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn suffix(number: usize) -> String {
    if number == 0 { String::new() } else { format!("K{number}") }
}

/// What all copies have in common, or what is no YAML.
fn is_shared(path: &Path) -> bool {
    path == Path::new("service.yaml") || path.extension().is_none_or(|extension| extension != "yaml")
}

/// Paths of all files, below the folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path)
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_owned())
            }
        }
    }
    found.sort();
    found
}

/// Where the copy of a file lies, and its text. Files of types and codes hold the entries of all copies.
fn copied(path: &Path, text: &str, suffix: &str, names: &Names) -> (PathBuf, String) {
    if suffix.is_empty() {
        return (path.to_owned(), text.to_owned());
    }
    let parts: Vec<&str> = path.iter().map(|part| part.to_str().unwrap()).collect();
    let target = match parts.as_slice() {
        ["actions", group, file] => {
            Path::new("actions").join(group_name(group, suffix)).join(renamed(file, suffix, names))
        }
        ["resources", file] => Path::new("resources").join(renamed(file, suffix, names)),
        _ => path.to_owned(),
    };
    (target, renamed(&without_shared(text), suffix, names))
}

/// A file of types without the entries that all copies share, which are of one line each.
fn without_shared(text: &str) -> String {
    let is_shared = |line: &&str| line.split_once(':').is_some_and(|(name, _)| SHARED.contains(&name));
    text.lines().filter(|line| !is_shared(line)).map(|line| format!("{line}\n")).collect()
}

fn group_name(group: &str, suffix: &str) -> String {
    if suffix.is_empty() { group.to_owned() } else { format!("{group}-{}", suffix.to_lowercase()) }
}

/// A text in which every word that is a name has the suffix.
fn renamed(text: &str, suffix: &str, names: &Names) -> String {
    let mut renamed = String::with_capacity(text.len() + text.len() / 8);
    let is_of_word = |one: char| one.is_ascii_alphanumeric() || one == '_' || one == '.';
    let mut rest = text;
    while let Some(start) = rest.find(is_of_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|one| !is_of_word(one)).unwrap_or(from.len()));
        renamed += before;
        // A code has dots in it; a path, a file's name or the end of a sentence has them between names.
        let end = word.trim_end_matches('.').len();
        let words: Vec<&str> =
            if names.contains_key(&word[..end]) { vec![&word[..end]] } else { word.split('.').collect() };
        let done: Vec<String> = words.iter().map(|word| renamed_word(word, suffix, names)).collect();
        renamed += &done.join(".");
        renamed += if words.len() == 1 { &word[end..] } else { "" };
        rest = after;
    }
    renamed + rest
}

fn renamed_word(word: &str, suffix: &str, names: &Names) -> String {
    let Some(end) = names.get(word) else { return word.to_owned() };
    format!("{}{suffix}{end}", word.strip_suffix(end.as_str()).unwrap())
}

/// service.yaml with a group for each copy of each group.
fn service(text: &str, count: usize) -> String {
    let start = text.find("groups:\n").unwrap() + "groups:\n".len();
    let end = text.find("sources:\n").unwrap();
    let groups = (0..count).flat_map(|number| {
        text[start..end].lines().map(move |line| match line.trim().strip_suffix(':') {
            Some(group) => format!("  {}:\n", group_name(group, &suffix(number))),
            None => format!("{line}\n"),
        })
    });
    format!("{}{}{}", &text[..start], groups.collect::<String>(), &text[end..])
}

/// Every name that must be another in each copy.
fn names(spec: &Spec) -> Names {
    let mut found = Vec::new();
    for action in &spec.actions {
        found.push(action.name.as_str());
        action.parameters.iter().for_each(|parameter| add_of_parameter(parameter, &mut found));
        action.response.iter().for_each(|field| add_of_field(field, &mut found));
    }
    found.extend(spec.types.iter().map(|one| one.name.as_str()));
    found.extend(spec.structures.iter().map(|one| one.name.as_str()));
    found.extend(spec.objects.iter().map(|one| one.name.as_str()));
    found.extend(spec.resources.iter().map(|one| one.name.as_str()));
    found.extend(spec.errors.iter().map(|one| one.code.as_str()));
    found.extend(spec.errors.iter().filter_map(|one| one.common.rust.as_ref()).map(|rust| rust.as_str()));
    let dry_run = spec.service.dry_run_code.as_ref().map(|code| code.as_str());
    found.retain(|name| !SHARED.contains(name) && Some(*name) != dry_run);
    let plain = found.iter().map(|name| ((*name).to_owned(), String::new()));
    let answers =
        spec.actions.iter().map(|action| (format!("{}Response", action.name.value), "Response".to_owned()));
    answers.chain(plain).collect()
}

fn add_of_parameter<'a>(parameter: &'a Parameter, found: &mut Vec<&'a str>) {
    match &parameter.shape {
        Shape::Objects { name, fields, .. } => {
            found.push(name.as_str());
            fields.iter().for_each(|field| add_of_parameter(field, found));
        }
        Shape::Filter(filter) => found.push(filter.name.as_str()),
        Shape::Value(_) | Shape::Values(_) => {}
    }
}

fn add_of_field<'a>(field: &'a Field, found: &mut Vec<&'a str>) {
    let (name, fields) = match &field.shape {
        FieldShape::Object(name, fields) => (name, fields),
        FieldShape::List(list) => (&list.element, &list.fields),
        FieldShape::Value(_) => return,
    };
    found.push(name.as_str());
    fields.iter().flatten().for_each(|field| add_of_field(field, found));
}
