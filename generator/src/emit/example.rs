//! Documented examples as Rust code.

use super::rust::{is_text, wants_literal};
use crate::model::{Action, Example, Filter, Model, Parameter, Rust, Scalar, Shape, Value};
use std::collections::BTreeMap;

/// An example as an expression, laid out as rustfmt would; `last` are calls behind all others.
pub(super) fn expression(model: &Model, action: &Action, example: &Example) -> String {
    written(model, action, &tree(&example.request), &[])
}

/// An example as users would write it: without what the client fills in, so that no token is copied and used twice.
pub(super) fn sample(model: &Model, action: &Action, example: &Example, last: &[&str]) -> String {
    let request: Vec<(String, String)> =
        example.request.iter().filter(|(name, _)| !model.is_filled_in(action, name)).cloned().collect();
    written(model, action, &tree(&request), last)
}

fn written(model: &Model, action: &Action, given: &Tree, last: &[&str]) -> String {
    let record =
        Record { name: &action.rust, parameters: &action.parameters, needed: model.arguments(action) };
    record.expression(given, last, 0)
}

/// A loop over all that a paged action lists; none without an example to take the request from.
pub(super) fn listing(model: &Model, action: &Action) -> Option<String> {
    let (pages, mut found) = (action.pages.as_ref()?, action.examples.first()?.clone());
    found.request.retain(|(name, _)| *name != pages.parameter && Some(name) != pages.size.as_ref());
    let items = sample(model, action, &found, &[".items(&client)"]);
    Some(format!(
        "let mut items = {items};\nwhile let Some(item) = items.next().await {{\n    println!(\"{{:?}}\", item?);\n}}"
    ))
}

/// An example as a documentation test: builds the request and checks it.
pub(super) fn doc_test(model: &Model, action: &Action, example: &Example) -> String {
    let expression = sample(model, action, example, &[]);
    let krate = model.crate_ident();
    let group = Rust::snake(&action.group);
    format!(
        "use {krate}::{group}::*;\n\nlet request = {expression};\nassert!(request.validate().is_empty());"
    )
}

/// `Filter.1.Value.2` as a path in a tree.
#[derive(Default)]
struct Tree {
    text: Option<String>,
    below: BTreeMap<String, Tree>,
}

fn tree(request: &[(String, String)]) -> Tree {
    let mut root = Tree::default();
    for (name, value) in request {
        root.add(name, value);
    }
    root
}

/// A JSON array of objects as the tree of a list: its elements are numbered from 1.
fn json_tree(text: &str) -> Tree {
    let array: Vec<BTreeMap<String, serde_json::Value>> = serde_json::from_str(text).unwrap_or_default();
    let mut root = Tree::default();
    for (index, object) in array.iter().enumerate() {
        for (name, value) in object {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            root.add(&format!("{}.{name}", index + 1), &value);
        }
    }
    root
}

impl Tree {
    fn add(&mut self, name: &str, value: &str) {
        let mut node = self;
        for part in name.split('.') {
            node = node.below.entry(part.to_owned()).or_default();
        }
        node.text = Some(value.to_owned());
    }

    /// Elements of a list, by their index.
    fn elements(&self) -> Vec<&Tree> {
        let mut elements: Vec<(usize, &Tree)> =
            self.below.iter().filter_map(|(index, element)| Some((index.parse().ok()?, element))).collect();
        elements.sort_by_key(|(index, _)| *index);
        elements.into_iter().map(|(_, element)| element).collect()
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or("")
    }
}

/// A request, or an object in one.
struct Record<'a> {
    name: &'a Rust,
    parameters: &'a [Parameter],
    /// What `new` asks for.
    needed: Vec<&'a Parameter>,
}

impl Record<'_> {
    /// The constructor and a line for each call; `indent` is that of the line on which the expression begins.
    fn expression(&self, given: &Tree, last: &[&str], indent: usize) -> String {
        let mut text = self.constructor(given, indent);
        // Calls stand where a literal ends, and a step further in behind a single line.
        let indent = if text.contains('\n') { indent } else { indent + 4 };
        let mut calls = self.setters(given, indent);
        calls.extend(last.iter().map(|call| (*call).to_owned()));
        for call in calls {
            text += &format!("\n{:indent$}{call}", "");
        }
        text
    }

    fn constructor(&self, given: &Tree, indent: usize) -> String {
        let empty = Tree::default();
        let name = self.name;
        let value_of = |parameter: &Parameter| given.below.get(&parameter.wire).unwrap_or(&empty);
        if !wants_literal(&self.needed) {
            let arguments =
                self.needed.iter().map(|parameter| owned(parameter, value_of(parameter), indent, ""));
            return format!("{name}::new({})", arguments.collect::<Vec<_>>().join(", "));
        }
        let fields = self.needed.iter().map(|parameter| {
            let value = owned(parameter, value_of(parameter), indent + 4, ".into()");
            format!("\n{:indent$}    {}: {value},", "", parameter.rust)
        });
        format!("{name}::new({name}Required {{{}\n{:indent$}}})", fields.collect::<String>(), "")
    }

    fn setters(&self, given: &Tree, indent: usize) -> Vec<String> {
        let is_needed = |parameter: &Parameter| self.needed.iter().any(|one| one.wire == parameter.wire);
        let others = self.parameters.iter().filter(|parameter| !is_needed(parameter));
        let set = others.filter_map(|parameter| Some((parameter, given.below.get(&parameter.wire)?)));
        set.flat_map(|(parameter, value)| setters(parameter, value, indent)).collect()
    }
}

/// The calls that set a parameter.
fn setters(parameter: &Parameter, given: &Tree, indent: usize) -> Vec<String> {
    let name = &parameter.rust;
    let call = |value: String| format!(".{name}({value})");
    match &parameter.shape {
        Shape::Filter(filter) => {
            given.elements().iter().map(|element| call(filter_value(filter, element))).collect()
        }
        Shape::Value(value) => vec![call(scalar(value, given.text()) + wrapped(parameter, value))],
        Shape::Values(value, _) => {
            vec![call(list(&scalars(value, given, wrapped(parameter, value)), indent))]
        }
        Shape::Objects { .. } => vec![call(list(&objects(parameter, given, indent), indent))],
    }
}

/// A value for `new`, which takes lists as vectors; `convert` makes an owned value of a text.
fn owned(parameter: &Parameter, given: &Tree, indent: usize, convert: &str) -> String {
    match &parameter.shape {
        Shape::Value(value) if is_text(value) => scalar(value, given.text()) + convert,
        Shape::Value(value) => scalar(value, given.text()) + wrapped(parameter, value),
        Shape::Values(value, _) if is_text(value) => {
            format!("vec!{}", list(&scalars(value, given, ".into()"), indent))
        }
        Shape::Values(value, _) => {
            format!("vec!{}", list(&scalars(value, given, wrapped(parameter, value)), indent))
        }
        Shape::Objects { .. } => format!("vec!{}", list(&objects(parameter, given, indent), indent)),
        Shape::Filter(filter) => {
            let elements = given.elements();
            let elements: Vec<String> =
                elements.iter().map(|element| filter_value(filter, element)).collect();
            format!("vec!{}", list(&elements, indent))
        }
    }
}

/// What makes a sensitive value of one that is no text; setters take texts as they are.
fn wrapped(parameter: &Parameter, value: &Value) -> &'static str {
    if parameter.sensitive && !is_text(value) { ".into()" } else { "" }
}

fn objects(parameter: &Parameter, given: &Tree, indent: usize) -> Vec<String> {
    let Shape::Objects { rust, fields, json, .. } = &parameter.shape else { return Vec::new() };
    let needed = fields.iter().filter(|field| field.is_needed()).collect();
    let record = Record { name: rust, parameters: fields, needed };
    let parsed = json.then(|| json_tree(given.text()));
    let elements = parsed.as_ref().unwrap_or(given).elements();
    elements.iter().map(|element| record.expression(element, &[], indent + 4)).collect()
}

/// A list in brackets: in one line, unless an element needs several.
fn list(elements: &[String], indent: usize) -> String {
    if !elements.iter().any(|element| element.contains('\n')) {
        return format!("[{}]", elements.join(", "));
    }
    let lines = elements.iter().map(|element| format!("\n{:indent$}    {element},", ""));
    format!("[{}\n{:indent$}]", lines.collect::<String>(), "")
}

fn filter_value(filter: &Filter, given: &Tree) -> String {
    let empty = Tree::default();
    let key = given.below.get("Key").unwrap_or(&empty).text();
    let values = given.below.get("Value").unwrap_or(&empty);
    match filter.keys.iter().find(|known| known.wire == key) {
        Some(known) => {
            format!("{}::{}([{}])", filter.rust, known.rust, scalars(&known.value, values, "").join(", "))
        }
        None => {
            let texts: Vec<String> =
                values.elements().iter().map(|value| format!("{:?}", value.text())).collect();
            format!("{}::other({key:?}, [{}])", filter.rust, texts.join(", "))
        }
    }
}

fn scalars(value: &Value, given: &Tree, convert: &str) -> Vec<String> {
    given.elements().iter().map(|element| scalar(value, element.text()) + convert).collect()
}

fn scalar(value: &Value, text: &str) -> String {
    match &value.scalar {
        Scalar::String | Scalar::Id(_) | Scalar::Runtime(_) => format!("{text:?}"),
        Scalar::Integer | Scalar::Boolean => text.to_owned(),
        Scalar::Enum(name) => match value.enum_variant(text) {
            Some(variant) => format!("{name}::{variant}"),
            None => format!("{name}::from({text:?})"),
        },
    }
}
