//! The parameters of an action.

use super::links::Links;
use super::markdown::{bullets, code, listed, plain, table};
use super::{by_name, constraints};
use crate::model::{Action, Filter, Model, Parameter, Row, Shape, Value};

/// Tables of the parameters, of the filters' keys and of objects in JSON.
pub(super) fn section(model: &Model, action: &Action, links: &Links<'_>) -> String {
    let by_name = by_name(action);
    let rows: Vec<Vec<String>> = action
        .rows()
        .iter()
        .map(|row| {
            let parameter = by_name.get(&row.name.replace(".N", "")).copied();
            let value = parameter.and_then(single_value);
            let filled_in = row.name == model.region_parameter || action.idempotency.as_ref() == Some(&row.name);
            cells(row, value, filled_in, links)
        })
        .collect();
    let mut text = table(&["Parameter", "Type", "Required", "Meaning", "Values", "Example"], &rows);
    text += &remarks(model, action);
    let lists: Vec<String> = by_name.iter().filter_map(|(name, parameter)| list(name, parameter, links)).collect();
    text += &bullets(&lists);
    for parameter in &action.parameters {
        match &parameter.shape {
            Shape::Filter(filter) => text += &filter_keys(parameter, filter, links),
            Shape::Objects { fields, json: true, .. } => text += &members(parameter, fields, links),
            Shape::Objects { .. } | Shape::Value(_) | Shape::Values(..) => {}
        }
    }
    text
}

fn single_value(parameter: &Parameter) -> Option<&Value> {
    match &parameter.shape {
        Shape::Value(value) | Shape::Values(value, _) => Some(value),
        Shape::Objects { .. } | Shape::Filter(_) => None,
    }
}

fn cells(row: &Row, value: Option<&Value>, filled_in: bool, links: &Links<'_>) -> Vec<String> {
    let wire = row.wire.map_or("String, a JSON array", |wire| wire.name());
    let example = row.example.as_ref().map(|example| code(example)).unwrap_or_default();
    vec![
        code(&row.name),
        type_cell(wire, value, links),
        required(row, filled_in, links),
        meaning(row, links),
        values(row, links),
        example,
    ]
}

/// The type on the wire, and the named type if there is one.
fn type_cell(wire: &str, value: Option<&Value>, links: &Links<'_>) -> String {
    let named = value.and_then(|value| links.scalar(&value.scalar));
    named.map_or_else(|| wire.to_owned(), |named| format!("{wire}, {named}"))
}

fn required(row: &Row, filled_in: bool, links: &Links<'_>) -> String {
    let mut text = if row.required { "yes" } else { "no" }.to_owned();
    if let Some(other) = &row.unless {
        text += &format!(", unless {} is given", code(other));
    }
    if let Some(erratum) = &row.relaxed {
        text += &format!(", but see {}", links.erratum(erratum));
    }
    if filled_in {
        text += "; set by the client";
    }
    text
}

fn meaning(row: &Row, links: &Links<'_>) -> String {
    let mut text = links.prose(&row.summary);
    if let Some(unit) = &row.unit {
        text += &format!(" In {}.", plain(unit));
    }
    if row.sensitive {
        text += " Sensitive: the client never shows it.";
    }
    text + &links.source(row.source.as_ref())
}

fn values(row: &Row, links: &Links<'_>) -> String {
    let mut text = constraints::sentences(&row.checks, links);
    if let Some(default) = &row.default {
        text += &format!(" Default: {}.", code(default));
    }
    text
}

/// What the words in the column `Required` mean, as far as they occur.
fn remarks(model: &Model, action: &Action) -> String {
    let rows = action.rows();
    let is_there = |name: &str| rows.iter().any(|row| row.name == name);
    let filled_in: Vec<String> = [Some(&model.region_parameter), action.idempotency.as_ref()]
        .into_iter()
        .flatten()
        .filter(|name| is_there(name))
        .map(|name| code(name))
        .collect();
    let mut remarks = Vec::new();
    if !filled_in.is_empty() {
        let names = listed(&filled_in, "and");
        remarks.push(format!("The client sets {names} where the request does not."));
    }
    if rows.iter().any(|row| row.relaxed.is_some()) {
        remarks.push(
            "`yes, but`: the reference calls the parameter required, but a request without it is sent; the erratum tells why."
                .to_owned(),
        );
    }
    format!("\n{}\n", remarks.join("\n\n"))
}

/// What is to be said about a list as a whole.
fn list(name: &str, parameter: &Parameter, links: &Links<'_>) -> Option<String> {
    let (count, held, code_of) = match &parameter.shape {
        Shape::Value(_) => return None,
        Shape::Values(_, items) => (constraints::items(items, "element"), None, items.refused_as.as_ref()),
        Shape::Objects { rust, items, .. } => (constraints::items(items, "element"), Some(rust), items.refused_as.as_ref()),
        Shape::Filter(filter) => {
            let filters = constraints::items(&filter.items, "filter");
            let values = constraints::items(&filter.values, "value");
            let both = match (filters, values) {
                (Some(filters), Some(values)) => Some(format!("{filters}, each with {values}")),
                (filters, values) => filters.or(values),
            };
            (both, Some(&filter.rust), filter.refused_as.as_ref())
        }
    };
    let mut text = format!("{}: {}", code(name), links.prose(&parameter.summary));
    if let Some(count) = count {
        text += &format!(" {count}; `N` counts from 1.");
    }
    if let Some(rust) = held {
        text += &format!(" In Rust each is a {}.", code(rust.as_str()));
    }
    Some(format!("{text} {}", constraints::otherwise(code_of, links)))
}

fn filter_keys(parameter: &Parameter, filter: &Filter, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = filter
        .keys
        .iter()
        .map(|key| {
            vec![
                code(&key.wire),
                format!("{}::{}", filter.rust, key.rust),
                type_cell(key.value.wire.name(), Some(&key.value), links),
                links.prose(&key.summary),
                constraints::sentences(&key.value.checks, links),
            ]
        })
        .map(|mut cells| {
            if let Some(rust) = cells.get_mut(1) {
                *rust = code(rust);
            }
            cells
        })
        .collect();
    let keys = table(&["Key", "In Rust", "Type of the values", "Meaning", "Values"], &rows);
    format!("\n### Keys of {}\n{keys}", parameter.wire)
}

/// Members of the objects in a JSON text, which have no rows of their own.
fn members(parameter: &Parameter, fields: &[Parameter], links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = fields
        .iter()
        .map(|field| {
            let value = single_value(field);
            vec![
                code(&field.wire),
                value.map_or_else(|| "Array".to_owned(), |found| type_cell(found.wire.name(), value, links)),
                if field.required { "yes" } else { "no" }.to_owned(),
                links.prose(&field.summary),
                value.map(|value| constraints::sentences(&value.checks, links)).unwrap_or_default(),
                field.example.as_ref().map(|example| code(example)).unwrap_or_default(),
            ]
        })
        .collect();
    let members = table(&["Member", "Type", "Required", "Meaning", "Values", "Example"], &rows);
    format!("\n### Members of {}\n{members}", parameter.wire)
}
