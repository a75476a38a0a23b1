//! docs/: pages in Markdown, for readers on the web and as an mdBook.

mod action;
mod constraints;
mod errors;
mod index;
mod lifecycles;
mod limits;
mod links;
mod markdown;
mod pages;
mod parameters;
mod response;
mod retries;
mod rules;
mod types;

pub(super) use constraints::sentence;
pub(crate) use rules::{limited as limited_parameters, sentences as rule_sentences};

use crate::model::{Action, Model, Parameter, Row, Shape, Value};
use crate::write::{Files, MARK};
use links::Links;

/// Adds every page.
pub(super) fn emit(model: &Model, files: &mut Files) {
    let links = Links::new(model, "");
    let pages = [
        ("README", index::readme(model, &links)),
        ("SUMMARY", index::summary(model)),
        ("types", types::page(model, &links)),
        ("errors", errors::page(model, &links)),
        ("lifecycles", lifecycles::page(model, &links)),
        ("retries", retries::page(model, &links)),
        ("limits", limits::page(model, &links)),
        ("errata", model.errata.clone()),
    ];
    for (name, text) in pages {
        files.insert(format!("docs/{name}.md"), marked(&text));
    }
    let links = Links::new(model, "../");
    for one in model.actions() {
        files.insert(
            format!("docs/{}", links::action_file(&one.name)),
            marked(&action::page(model, one, &links)),
        );
    }
}

/// A page that says where it comes from, without blank lines at its end or several in a row.
fn marked(text: &str) -> String {
    let mut page = format!("<!-- {MARK}; do not edit. -->\n\n");
    let mut in_fence = false;
    for line in text.trim().lines() {
        in_fence ^= line.starts_with("```");
        if in_fence || !line.is_empty() || !page.ends_with("\n\n") {
            page += line;
            page += "\n";
        }
    }
    page
}

/// Parameters and those of objects in them, by the names of their rows without `.N`: `PMInfo.PMName`.
pub(super) fn named_parameters(action: &Action) -> Vec<(String, &Parameter)> {
    let mut found = Vec::new();
    add_named(&action.parameters, "", &mut found);
    found
}

fn add_named<'a>(parameters: &'a [Parameter], before: &str, found: &mut Vec<(String, &'a Parameter)>) {
    for parameter in parameters {
        let name = format!("{before}{}", parameter.wire);
        found.push((name.clone(), parameter));
        if let Shape::Objects { fields, .. } = &parameter.shape {
            add_named(fields, &format!("{name}."), found);
        }
    }
}

/// The single value of a parameter, or of a list's element.
pub(super) fn single_value(parameter: &Parameter) -> Option<&Value> {
    match &parameter.shape {
        Shape::Value(value) | Shape::Values(value, _) => Some(value),
        Shape::Objects { .. } | Shape::Filter(_) => None,
    }
}

/// The parameter that a row of the reference's table is about, unless it is a part of a filter.
pub(super) fn parameter_of<'a>(parameters: &[(String, &'a Parameter)], row: &Row) -> Option<&'a Parameter> {
    let name = row.name.replace(".N", "");
    parameters.iter().find(|(known, _)| *known == name).map(|(_, parameter)| *parameter)
}
