//! limits.md: every bound of a request, action by action.

use super::links::Links;
use super::markdown::{code, table};
use super::{constraints, named_parameters, parameter_of, rules, single_value};
use crate::model::{Action, Check, Filter, Items, Limit, Model, Rule, Scalar, Shape, list_limits};

pub(super) fn page(model: &Model, links: &Links<'_>) -> String {
    let actions: String = model.actions().map(|action| section(action, links)).collect();
    format!(
        "# Limits\n\n\
         Quotas, ranges, lengths, numbers of elements and lists of allowed values, as the {} states them. Actions without any \
         are left out. Values with names are among the {}, rules of form on the page of each action.\n\n\
         Quotas depend on what the account has already, so that only the service can check them. All other limits are checked \
         before a request is sent. The provider may have widened them since, so a request that breaks one is sent all the \
         same, unless the client was made with `Validation::Strict`; `validate()` lists what it breaks.\n{actions}",
        links.to("reference", "README.md#sources"),
        links.to("types", "types.md"),
    )
}

fn section(action: &Action, links: &Links<'_>) -> String {
    let rows = [
        quotas(action, links),
        values(action, links),
        filters(action, links),
        lists(action, links),
        ruled(action, links),
    ];
    let table = table(&["What", "Limit", "Otherwise"], &rows.concat());
    if table.is_empty() {
        return String::new();
    }
    let more = links.to("Its page", &super::links::action_file(&action.name));
    format!("\n## {}\n\n{} {more}.\n{table}", action.name, links.prose(&action.summary))
}

fn row(what: String, limit: String, code: Option<&String>, links: &Links<'_>) -> Vec<String> {
    vec![what, limit, code.map(|code| links.error_code(code)).unwrap_or_default()]
}

fn quotas(action: &Action, links: &Links<'_>) -> Vec<Vec<String>> {
    let quotas = action.limits.iter();
    quotas
        .map(|(summary, code)| row("quota".to_owned(), links.prose(summary), code.as_ref(), links))
        .collect()
}

fn values(action: &Action, links: &Links<'_>) -> Vec<Vec<String>> {
    let parameters = named_parameters(action);
    let mut rows = Vec::new();
    for parameter in action.rows() {
        let value = parameter_of(&parameters, &parameter).and_then(single_value);
        let unit = parameter.unit.as_ref().map(|unit| format!(" In {unit}.")).unwrap_or_default();
        for check in bounds(&parameter.checks, value.map(|value| &value.scalar)) {
            let limit = constraints::sentence(&check.limit) + &unit;
            rows.push(row(code(&parameter.name), limit, check.refused_as.as_ref(), links));
        }
    }
    rows
}

/// Constraints that are limits: not those of form, nor the values of an enum.
fn bounds<'a>(checks: &'a [Check], scalar: Option<&Scalar>) -> impl Iterator<Item = &'a Check> {
    let is_enum = matches!(scalar, Some(Scalar::Enum(_)));
    checks.iter().filter(move |check| match check.limit {
        Limit::Range(..) | Limit::Length(..) | Limit::PrefixLength(..) => true,
        Limit::OneOf(_) => !is_enum,
        Limit::Prefix(_)
        | Limit::FirstIn(_)
        | Limit::Only(_)
        | Limit::NotPrefix(_)
        | Limit::NoneOf(_)
        | Limit::Outside(_)
        | Limit::Format(_) => false,
    })
}

fn filters(action: &Action, links: &Links<'_>) -> Vec<Vec<String>> {
    let filters = action.parameters.iter().filter_map(|parameter| match &parameter.shape {
        Shape::Filter(filter) => Some((parameter.wire.as_str(), filter)),
        Shape::Value(_) | Shape::Values(..) | Shape::Objects { .. } => None,
    });
    filters.flat_map(|(name, filter)| filter_keys(name, filter, links)).collect()
}

fn filter_keys(name: &str, filter: &Filter, links: &Links<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for key in &filter.keys {
        for check in bounds(&key.value.checks, Some(&key.value.scalar)) {
            let what = format!("{} with the key {}", code(name), code(&key.wire));
            rows.push(row(what, constraints::sentence(&check.limit), check.refused_as.as_ref(), links));
        }
    }
    rows
}

fn lists(action: &Action, links: &Links<'_>) -> Vec<Vec<String>> {
    let limited = list_limits(&action.parameters);
    let list = |(name, items): (String, &Items)| {
        row(code(&name), constraints::items(items, "element", links), None, links)
    };
    limited.into_iter().map(list).collect()
}

/// Rules that are limits: not those of form.
fn ruled(action: &Action, links: &Links<'_>) -> Vec<Vec<String>> {
    let rule = |rule: &Rule| {
        let parameters: Vec<String> = rules::limited(&rule.kind).into_iter().map(|name| code(name)).collect();
        row(parameters.join(", "), rules::sentences(&rule.kind), rule.refused_as.as_ref(), links)
    };
    action.rules.iter().filter(|rule| !rule.kind.is_form()).map(rule).collect()
}
