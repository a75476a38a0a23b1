//! The parameters of an action.

use super::links::Links;
use super::markdown::{bullets, code, listed, table};
use super::{constraints, named_parameters, parameter_of, rules, single_value};
use crate::model::{Action, Check, Filter, Model, Parameter, Row, Shape, Value, Wire};

/// Tables of the parameters, of the filters' keys and of objects in JSON.
pub(super) fn section(model: &Model, action: &Action, links: &Links<'_>) -> String {
    let parameters = named_parameters(action);
    let rows: Vec<Vec<String>> = action
        .rows()
        .iter()
        .map(|row| {
            let value = parameter_of(&parameters, row).and_then(single_value);
            let filled_in = model.is_filled_in(action, &row.name);
            let name = row.name.split('.').next();
            let mut limited = action.rules.iter().flat_map(|rule| rules::limited(&rule.kind));
            let ruled = limited.any(|limited| Some(limited.as_str()) == name);
            let mut cells = cells(row, value, filled_in, links);
            if let Some(values) = cells.get_mut(4).filter(|_| ruled) {
                *values += " See the rules below.";
            }
            cells
        })
        .collect();
    let mut text = table(&["Parameter", "Type", "Required", "Meaning", "Values", "Example"], &rows);
    text += &remarks(model, action);
    let lists: Vec<String> =
        parameters.iter().filter_map(|(name, parameter)| list(name, parameter, links)).collect();
    text += &bullets(&lists);
    for parameter in &action.parameters {
        match &parameter.shape {
            Shape::Filter(filter) => text += &filter_keys(parameter, filter, links),
            Shape::Objects { fields, json: true, .. } => {
                text += &format!("\n### Members of {}\n{}", parameter.wire, members(fields, links));
            }
            Shape::Objects { .. } | Shape::Value(_) | Shape::Values(..) => {}
        }
    }
    text
}

fn cells(row: &Row, value: Option<&Value>, filled_in: bool, links: &Links<'_>) -> Vec<String> {
    let wire = row.wire.map_or("String, a JSON array", Wire::name);
    vec![
        code(&row.name),
        value.map_or_else(|| wire.to_owned(), |value| links.types(wire, &value.scalar)),
        required(row, filled_in, links),
        links.meaning(&row.summary, row.unit.as_ref(), row.sensitive) + &links.source(row.source.as_ref()),
        values(&row.checks, row.default.as_ref(), links),
        code_if_any(row.example.as_ref()),
    ]
}

fn code_if_any(text: Option<&String>) -> String {
    text.map(|text| code(text)).unwrap_or_default()
}

fn required(row: &Row, filled_in: bool, links: &Links<'_>) -> String {
    let mut text = if row.required { "yes" } else { "no" }.to_owned();
    if row.required && row.in_optional_list {
        text += " in each element";
    }
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

fn values(checks: &[Check], default: Option<&String>, links: &Links<'_>) -> String {
    let default = default.map(|default| format!(" Default: {}.", code(default))).unwrap_or_default();
    constraints::sentences(checks, links) + &default
}

/// What the words in the column `Required` mean, as far as they occur.
fn remarks(model: &Model, action: &Action) -> String {
    let rows = action.rows();
    let filled_in: Vec<String> =
        rows.iter().filter(|row| model.is_filled_in(action, &row.name)).map(|row| code(&row.name)).collect();
    let mut remarks = Vec::new();
    if !filled_in.is_empty() {
        let names = listed(&filled_in, "and");
        remarks.push(format!("The client sets {names} where the request does not."));
    }
    if rows.iter().any(|row| row.relaxed.is_some()) {
        remarks.push(
            "Where the table says \"yes, but\", the reference calls the parameter required, and a request without it is sent all the \
             same; the erratum tells why."
                .to_owned(),
        );
    }
    format!("\n{}\n", remarks.join("\n\n"))
}

/// What is to be said about a list as a whole.
fn list(name: &str, parameter: &Parameter, links: &Links<'_>) -> Option<String> {
    let (limits, rust) = match &parameter.shape {
        Shape::Value(_) => return None,
        Shape::Values(_, items) => (constraints::items(items, "element", links), None),
        Shape::Objects { rust, items, .. } => (constraints::items(items, "element", links), Some(rust)),
        Shape::Filter(filter) => (filter_limits(filter, links), Some(&filter.rust)),
    };
    let mut text = vec![format!("{}:", code(name)), links.prose(&parameter.summary), limits];
    if !matches!(parameter.shape, Shape::Objects { json: true, .. }) {
        text.push("`N` counts from 1.".to_owned());
    }
    text.extend(rust.map(|rust| format!("In Rust each is a {}.", code(rust.as_str()))));
    text.retain(|part| !part.is_empty());
    Some(text.join(" "))
}

fn filter_limits(filter: &Filter, links: &Links<'_>) -> String {
    let mut text = constraints::items(&filter.items, "filter", links);
    let values = constraints::items(&filter.values, "value", links);
    if !values.is_empty() {
        text += &format!(" In each: {values}");
    }
    if let Some(code) = &filter.refused_as {
        text += &format!(" Another key than those below: {}.", links.error_code(code));
    }
    text
}

fn filter_keys(parameter: &Parameter, filter: &Filter, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = filter
        .keys
        .iter()
        .map(|key| {
            vec![
                code(&key.wire),
                code(&format!("{}::{}", filter.rust, key.rust)),
                links.types(key.value.wire.name(), &key.value.scalar),
                links.prose(&key.summary),
                constraints::sentences(&key.value.checks, links),
            ]
        })
        .collect();
    let keys = table(&["Key", "In Rust", "Type of the values", "Meaning", "Values"], &rows);
    format!("\n### Keys of {}\n{keys}", parameter.wire)
}

/// Members of objects that have no rows of their own.
pub(super) fn members(fields: &[Parameter], links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = fields
        .iter()
        .map(|field| {
            let value = single_value(field);
            let checks = value.map(|value| value.checks.as_slice()).unwrap_or_default();
            vec![
                code(&field.wire),
                value.map_or("Array".to_owned(), |value| links.types(value.wire.name(), &value.scalar)),
                if field.required { "yes" } else { "no" }.to_owned(),
                links.meaning(&field.summary, field.unit.as_ref(), field.sensitive),
                values(checks, field.default.as_ref(), links),
                code_if_any(field.example.as_ref()),
            ]
        })
        .collect();
    table(&["Member", "Type", "Required", "Meaning", "Values", "Example"], &rows)
}
