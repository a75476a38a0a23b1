//! docs/: pages in Markdown, for readers on the web and as an mdBook.

mod action;
mod constraints;
mod errata;
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
mod uses;

pub(super) use constraints::sentence;
pub(crate) use rules::{limited as limited_parameters, sentences as rule_sentences};

use crate::emit::work::Work;
use crate::model::{Action, Model, Parameter, Row, Shape, Value};
use crate::write::MARK;
use links::Links;
use std::sync::Arc;

/// Makes the text of a page that is not an action's.
type Page = fn(&Model, &Links<'_>) -> String;

const PAGES: [(&str, Page); 8] = [
    ("README", index::readme),
    ("SUMMARY", |model, _| index::summary(model)),
    ("types", types::page),
    ("errors", errors::page),
    ("lifecycles", lifecycles::page),
    ("retries", retries::page),
    ("limits", limits::page),
    ("errata", |model, _| model.errata.clone()),
];

/// Adds every page.
pub(super) fn emit<'a>(model: &'a Model, work: &mut Work<'a>) {
    let links = Arc::new(Links::new(model, ""));
    for (name, page) in PAGES {
        let links = Arc::clone(&links);
        work.add(format!("docs/{name}.md"), move || marked(&page(model, &links)));
    }
    let links = Arc::new(Links::new(model, "../"));
    for one in model.actions() {
        let links = Arc::clone(&links);
        let path = format!("docs/{}", links::action_file(&one.name));
        work.add(path, move || marked(&action::page(model, one, &links)));
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
