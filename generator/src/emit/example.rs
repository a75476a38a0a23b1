//! Documented examples as Rust code.

use super::rust::{is_text, wants_literal};
use crate::model::{Action, Example, Filter, Model, Parameter, Rust, Scalar, Shape, Value};
use std::collections::BTreeMap;

/// An example as an expression, one call a line.
pub(super) fn expression(model: &Model, action: &Action, example: &Example) -> String {
    let given = tree(&example.request);
    record(&action.rust, &action.parameters, &model.arguments(action), &given, "\n    ")
}

/// An example as a documentation test: builds the request and checks it.
pub(super) fn doc_test(model: &Model, action: &Action, example: &Example) -> String {
    let expression = expression(model, action, example);
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
        let mut node = &mut root;
        for part in name.split('.') {
            node = node.below.entry(part.to_owned()).or_default();
        }
        node.text = Some(value.clone());
    }
    root
}

impl Tree {
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

fn record(name: &Rust, parameters: &[Parameter], needed: &[&Parameter], given: &Tree, line: &str) -> String {
    let is_needed = |parameter: &Parameter| needed.iter().any(|one| one.wire == parameter.wire);
    let mut text = constructor(name, needed, given, line);
    for parameter in parameters.iter().filter(|parameter| !is_needed(parameter)) {
        if let Some(value) = given.below.get(&parameter.wire) {
            for call in setters(parameter, value) {
                text += &format!("{line}{call}");
            }
        }
    }
    text
}

fn constructor(name: &Rust, needed: &[&Parameter], given: &Tree, line: &str) -> String {
    let empty = Tree::default();
    let value_of = |parameter: &Parameter| given.below.get(&parameter.wire).unwrap_or(&empty);
    if wants_literal(needed) {
        let fields: Vec<String> = needed
            .iter()
            .map(|parameter| {
                let value = argument(parameter, value_of(parameter));
                let convert = if matches!(&parameter.shape, Shape::Value(value) if is_text(value)) { ".into()" } else { "" };
                format!("{line}{}: {value}{convert},", parameter.rust)
            })
            .collect();
        return format!("{name}::new({name}Required {{{}\n}})", fields.concat());
    }
    let arguments: Vec<String> = needed.iter().map(|parameter| argument(parameter, value_of(parameter))).collect();
    format!("{name}::new({})", arguments.join(", "))
}

fn setters(parameter: &Parameter, given: &Tree) -> Vec<String> {
    let name = &parameter.rust;
    match &parameter.shape {
        Shape::Filter(filter) => {
            given.elements().into_iter().map(|element| format!(".{name}({})", filter_value(filter, element))).collect()
        }
        _ => vec![format!(".{name}({})", argument(parameter, given))],
    }
}

fn argument(parameter: &Parameter, given: &Tree) -> String {
    match &parameter.shape {
        Shape::Value(value) => scalar(value, given.text()),
        Shape::Values(value, _) => scalars(value, given),
        Shape::Objects { rust, fields, .. } => {
            let needed: Vec<&Parameter> = fields.iter().filter(|field| field.is_needed()).collect();
            let elements = given.elements();
            let elements = elements.iter().map(|element| record(rust, fields, &needed, element, "\n        "));
            format!("[{}]", elements.collect::<Vec<_>>().join(", "))
        }
        Shape::Filter(filter) => {
            let elements = given.elements();
            let elements = elements.iter().map(|element| filter_value(filter, element));
            format!("vec![{}]", elements.collect::<Vec<_>>().join(", "))
        }
    }
}

fn filter_value(filter: &Filter, given: &Tree) -> String {
    let empty = Tree::default();
    let key = given.below.get("Key").unwrap_or(&empty).text();
    let values = given.below.get("Value").unwrap_or(&empty);
    match filter.keys.iter().find(|known| known.wire == key) {
        Some(known) => format!("{}::{}({})", filter.rust, known.rust, scalars(&known.value, values)),
        None => {
            let texts: Vec<String> = values.elements().iter().map(|value| format!("{:?}", value.text())).collect();
            format!("{}::other({key:?}, [{}])", filter.rust, texts.join(", "))
        }
    }
}

fn scalars(value: &Value, given: &Tree) -> String {
    let elements: Vec<String> = given.elements().iter().map(|element| scalar(value, element.text())).collect();
    format!("[{}]", elements.join(", "))
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
