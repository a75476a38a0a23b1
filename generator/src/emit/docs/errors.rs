//! errors.md: every error code.

use super::links::Links;
use super::markdown::{anchor, bullets, code, plain, table};
use crate::model::{Action, ErrorCode, ErrorRow, Model};
use crate::spec::Class;

const ANYWHERE: &str = "Codes that any action can answer with";

/// Where the codes are that the reference lists for no action.
pub(super) fn anywhere_target() -> String {
    format!("errors.md#{}", anchor(ANYWHERE))
}

pub(super) fn page(model: &Model, links: &Links<'_>) -> String {
    let anywhere: Vec<String> = model
        .errors
        .iter()
        .filter(|error| is_anywhere(model, error))
        .map(|error| format!("{}: {}", links.error_code(&error.code), links.prose(&error.cause)))
        .collect();
    let codes: String = model.errors.iter().map(|error| section(model, error, links)).collect();
    format!(
        "# Error codes\n\n\
         A refusal by the service carries one of these codes. Their spelling is the service's own, mistakes included.\n\n\
         ## {ANYWHERE}\n\nThe reference lists these for no action.\n{}\
         \n## All codes\n{codes}",
        bullets(&anywhere)
    )
}

fn is_anywhere(model: &Model, error: &ErrorCode) -> bool {
    rows(model, error).next().is_none()
}

/// The rows of all actions that list a code.
fn rows<'a>(model: &'a Model, error: &'a ErrorCode) -> impl Iterator<Item = (&'a Action, &'a ErrorRow)> {
    let rows = model.actions().flat_map(|action| action.errors.iter().map(move |row| (action, row)));
    rows.filter(|(_, row)| row.code == error.code)
}

/// Whether sending the same request again can help.
fn trying_again(class: Class) -> &'static str {
    match class {
        Class::Retry => "can help, a little later",
        Class::Settle => "can help, once a resource has changed its state",
        Class::Never => "does not help; put the cause right first",
    }
}

fn section(model: &Model, error: &ErrorCode, links: &Links<'_>) -> String {
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
    format!("\n### {}\n{}{}", error.code, bullets(&facts), actions(model, error, links))
}

fn actions(model: &Model, error: &ErrorCode, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = rows(model, error)
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
