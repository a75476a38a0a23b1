use super::*;
use crate::diagnostics::{Faults, Sources};
use crate::spec;
use crate::yaml::{self, Content, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The specs that all files of are checked.
fn specs() -> [PathBuf; 3] {
    ["spec", "tests/fixtures/specs/mini", "tests/fixtures/specs/tiny"]
        .map(|path| Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path))
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            yaml_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
}

/// As an editor reads it.
fn value(node: &Node) -> Value {
    match &node.content {
        Content::Map(entries) => {
            entries.iter().map(|entry| (entry.key.value.clone(), value(&entry.value))).collect()
        }
        Content::List(elements) => elements.iter().map(value).collect(),
        Content::Scalar { text, plain: true } => match text.as_str() {
            "true" => true.into(),
            "false" => false.into(),
            "" | "~" | "null" => Value::Null,
            _ => text.parse::<i64>().map_or_else(|_| text.as_str().into(), Value::from),
        },
        Content::Scalar { text, .. } => text.as_str().into(),
    }
}

fn parsed(text: &str) -> Value {
    let mut faults = Faults::default();
    let file = Sources::default().add(String::new(), String::new());
    value(&yaml::parse(file, text, &mut faults).unwrap())
}

/// The schema for a file of a spec.
fn validator(path: &str) -> jsonschema::Validator {
    let line = first_line(path).unwrap();
    let name = line.trim_end().rsplit('/').next().unwrap();
    let schema: Value = serde_json::from_str(&files()[&format!("{FOLDER}/{name}")]).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{name}");
    jsonschema::validator_for(&schema).unwrap()
}

fn faults(path: &str, text: &str) -> Vec<String> {
    validator(path).iter_errors(&parsed(text)).map(|error| error.to_string()).collect()
}

#[test]
fn every_file_keeps_its_schema() {
    let mut count = 0;
    for spec in specs() {
        let mut paths = Vec::new();
        yaml_files(&spec, &mut paths);
        for path in paths {
            let short = path.strip_prefix(&spec).unwrap().to_str().unwrap().replace('\\', "/");
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(faults(&short, &text), [""; 0], "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 90, "{count} files");
}

/// What the loader asks for is what the schemas know, no more and no less.
#[test]
fn the_schemas_know_what_the_loader_reads() {
    let mut schemas: BTreeMap<&str, Value> = BTreeMap::from([
        ("a field", action::field()),
        ("a group", service::group()),
        ("a limit", action::quota()),
        ("a parameter", action::parameter()),
        ("a resource", resource::file()),
        ("a rule", action::rule()),
        ("a state", resource::state()),
        ("a structure", types::structure()),
        ("a transition", resource::transition()),
        ("a value of an enum", types::enum_value()),
        ("an action", action::action()),
        ("an enum", types::an_enum()),
        ("an error", action::error_row()),
        ("an error code", types::error_code()),
        ("an example", action::example()),
        ("an object", types::shared_object()),
        ("`endpoints`", service::endpoints()),
        ("`lookup`", resource::lookup()),
        ("`pages`", action::pages()),
        ("`reference`", action::reference()),
        ("the service", service::file()),
    ]);
    schemas.extend(["a text type", "an id", "an integer type"].map(|what| (what, types::value())));
    let kinds = action::kinds().map(|(name, body)| (format!("`{name}`"), body));
    schemas.extend(kinds.iter().map(|(name, body)| (name.as_str(), body.clone())));

    yaml::asked::forget();
    specs().iter().for_each(|path| drop(spec::load(path).unwrap()));
    let asked = yaml::asked::all();
    assert_eq!(asked.keys().collect::<Vec<_>>(), schemas.keys().collect::<Vec<_>>());
    for (what, keys) in asked {
        let known: BTreeSet<&str> =
            schemas[what]["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, known, "{what}");
    }
}

#[test]
fn what_the_loader_refuses_an_editor_marks() {
    let action = "reference: { section: \"1\" }\neffect: read\n";
    assert_eq!(faults("actions/a/B.yaml", action), [""; 0]);
    for (path, text) in [
        ("actions/a/B.yaml", format!("{action}sumary: X.\n")),
        ("actions/a/B.yaml", "effect: read\n".to_owned()),
        ("actions/a/B.yaml", action.replace("read", "reads")),
        ("actions/a/B.yaml", format!("{action}notes: X.\n")),
        ("actions/a/B.yaml", format!("{action}parameters: {{ A: {{ type: B, list: C }} }}\n")),
        ("actions/a/B.yaml", format!("{action}parameters: {{ A: {{ summary: B }} }}\n")),
        ("actions/a/B.yaml", format!("{action}parameters: {{ A: {{ type: B, required: yes }} }}\n")),
        ("actions/a/B.yaml", format!("{action}parameters: {{ A: {{ type: B, range: [1] }} }}\n")),
        ("actions/a/B.yaml", format!("{action}parameters: {{ A: {{ type: B, one_of: [] }} }}\n")),
        ("actions/a/B.yaml", format!("{action}parameters: {{ A: {{ list: B, fields: {{ C: {{}} }} }} }}\n")),
        ("actions/a/B.yaml", format!("{action}rules: [{{ summary: X. }}]\n")),
        ("actions/a/B.yaml", format!("{action}rules: [{{ summary: X., at_most_one: {{ of: [[]] }} }}]\n")),
        ("actions/a/B.yaml", format!("{action}response: {{ A: {{ type: B, wraper: C }} }}\n")),
        ("actions/a/B.yaml", format!("{action}errors: [{{ http: 200, code: A, message: B }}]\n")),
        ("actions/a/B.yaml", format!("{action}pages: {{ items: A }}\n")),
        ("actions/a/B.yaml", "[]".to_owned()),
        ("resources/A.yaml", "summary: A\nstatus: B\n".to_owned()),
        (
            "resources/A.yaml",
            "summary: A\nstatus: B\nlookup: { action: C, field: D }\ntransitions: [{ to: E }]\n".to_owned(),
        ),
        ("errors.yaml", "A: { class: sometimes, cause: B, remedy: C }\n".to_owned()),
        ("types/enums.yaml", "A: { summary: B }\n".to_owned()),
        ("types/texts.yaml", "A: { format: ipv5 }\n".to_owned()),
        ("service.yaml", "service: a\n".to_owned()),
    ] {
        assert_ne!(faults(path, &text), [""; 0], "{path}: {text}");
    }
}

#[test]
fn a_first_line_leads_from_the_file_to_its_schema() {
    let line = |path| first_line(path).map(|line| line.replace(FIRST_LINE, ""));
    assert_eq!(line("service.yaml").as_deref(), Some("schema/service.json\n"));
    assert_eq!(line("types/ids.yaml").as_deref(), Some("../schema/ids.json\n"));
    assert_eq!(line("actions/bgp/CreateBgpGroup.yaml").as_deref(), Some("../../schema/action.json\n"));
    assert_eq!(line("README.md"), None);
}
