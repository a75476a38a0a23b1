//! errors.md: every error code.

use super::links::Links;
use super::markdown::{anchor, bullets, code, plain, table};
use crate::model::{Action, ErrorCode, ErrorRow, Model};
use crate::spec::Class;
use std::collections::BTreeMap;

const ANYWHERE: &str = "Codes that any action can answer with";

/// Where the codes are that the reference lists for no action.
pub(super) fn anywhere_target() -> String {
    format!("errors.md#{}", anchor(ANYWHERE))
}

pub(super) fn page(model: &Model, links: &Links<'_>) -> String {
    let rows = rows(model);
    let anywhere: Vec<String> = model
        .errors
        .iter()
        .filter(|error| !rows.contains_key(error.code.as_str()))
        .map(|error| format!("{}: {}", links.error_code(&error.code), links.prose(&error.cause)))
        .collect();
    let codes: String = model.errors.iter().map(|error| section(model, error, &rows, links)).collect();
    format!(
        "# Error codes\n\n\
         A refusal by the service carries one of these codes. Their spelling is the service's own, mistakes included.\n\n\
         ## {ANYWHERE}\n\nThe reference lists these for no action.\n{}\
         \n## All codes\n{codes}",
        bullets(&anywhere)
    )
}

/// The rows of all actions, by code.
type Rows<'a> = BTreeMap<&'a str, Vec<(&'a Action, &'a ErrorRow)>>;

fn rows(model: &Model) -> Rows<'_> {
    let mut rows = Rows::new();
    for action in model.actions() {
        for row in &action.errors {
            rows.entry(&row.code).or_default().push((action, row));
        }
    }
    rows
}

/// Whether sending the same request again can help.
fn trying_again(class: Class) -> &'static str {
    match class {
        Class::Retry => "can help, a little later",
        Class::Settle => "can help, once a resource has changed its state",
        Class::Never => "does not help; put the cause right first",
    }
}

fn section(model: &Model, error: &ErrorCode, rows: &Rows<'_>, links: &Links<'_>) -> String {
    let source = error.source.as_ref().map(|source| {
        let meaning = model.sources.iter().find(|(name, _)| name == source).map_or(source, |(_, text)| text);
        format!("Source: {}, not the reference", plain(meaning))
    });
    let mut facts = vec![
        format!("Cause: {}", links.prose(&error.cause)),
        format!("What to do: {}", links.prose(&error.remedy)),
        format!("Trying again: {}", trying_again(error.class)),
        format!("Rust: {}", code(&format!("ErrorCode::{}", error.rust))),
    ];
    facts.extend(source);
    format!("\n### {}\n{}{}", error.code, bullets(&facts), actions(rows.get(error.code.as_str()), links))
}

fn actions(rows: Option<&Vec<(&Action, &ErrorRow)>>, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .flatten()
        .map(|(action, row)| {
            let class = row.class.map(|class| format!("Trying again {}.", trying_again(class)));
            let special: Vec<String> = [&row.cause, &row.remedy, &class]
                .into_iter()
                .flatten()
                .map(|text| links.prose(text))
                .collect();
            let message = plain(&row.message) + &links.source(row.source.as_ref());
            vec![links.action(&action.name), row.http.to_string(), message, special.join(" ")]
        })
        .collect();
    table(&["Action", "HTTP", "Message", "Cause and remedy here"], &rows)
}
