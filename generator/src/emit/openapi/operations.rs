//! Paths: one for each action, since all share the path `/` and the parameter `Action` tells them apart.

use super::schema::{joined, reference, schema, sentence, set};
use super::{errors, examples, service};
use crate::model::{Action, Model, effect_name};
use crate::spec::Effect;
use serde_json::{Map, Value, json};

pub(super) fn paths(model: &Model) -> Value {
    let paths = model.actions().map(|action| (path(action), path_item(model, action)));
    paths.collect::<Map<String, Value>>().into()
}

pub(super) fn path(action: &Action) -> String {
    format!("/?Action={}", action.name)
}

fn path_item(model: &Model, action: &Action) -> Value {
    let mut item = schema(json!({ "parameters": service::common_references(model, action) }));
    let mut post = operation(action, &action.name);
    post.insert("requestBody".to_owned(), form(action));
    post.insert("responses".to_owned(), responses(action));
    item.insert("post".to_owned(), post.into());
    if action.effect == Effect::Read {
        let mut get = operation(action, &format!("{}ByGet", action.name));
        get.insert("parameters".to_owned(), query(action));
        get.insert("responses".to_owned(), responses(action));
        item.insert("get".to_owned(), get.into());
    }
    item.into()
}

fn operation(action: &Action, id: &str) -> Map<String, Value> {
    let mut made = schema(json!({
        "operationId": id,
        "tags": [&action.group],
        "summary": action.summary,
        "description": description(action),
        "x-effect": effect_name(action.effect),
    }));
    set(&mut made, "x-idempotency", action.idempotency.as_deref());
    set(&mut made, "x-dry-run", action.dry_run.as_deref());
    set(&mut made, "x-source", action.source.as_deref());
    made
}

fn description(action: &Action) -> String {
    let limits = action.limits.iter().map(|(summary, code)| {
        let otherwise = code.as_ref().map(|code| format!("Otherwise `{code}`.")).unwrap_or_default();
        joined([format!("Limit: {}", sentence(summary)), otherwise])
    });
    let points = action.notes.iter().map(|note| sentence(note)).chain(limits).chain(pages(action));
    let points: Vec<String> = points.chain([reference_section(action)]).collect();
    points.iter().map(|point| format!("- {point}")).collect::<Vec<_>>().join("\n")
}

fn pages(action: &Action) -> Option<String> {
    let pages = action.pages.as_ref()?;
    let how = if pages.token.is_some() {
        format!("`{0}` takes the `{0}` of the page before", pages.parameter)
    } else {
        format!("`{}` counts from 1", pages.parameter)
    };
    let size = pages.size.as_ref().map(|size| format!(", `{size}` is the size of one")).unwrap_or_default();
    Some(format!("Answers in pages of `{}`: {how}{size}.", pages.items.wire))
}

fn reference_section(action: &Action) -> String {
    match (action.section.as_str(), &action.document) {
        ("", _) => "The reference does not know this action.".to_owned(),
        (section, Some(document)) => format!("Section {section} of the reference, document {document}."),
        (section, None) => format!("Section {section} of the reference."),
    }
}

fn form(action: &Action) -> Value {
    let mut content = schema(json!({ "schema": reference(action.rust.as_str()) }));
    let named: Map<String, Value> = examples::requests(action)
        .into_iter()
        .enumerate()
        .map(|(index, value)| (format!("documented-{}", index + 1), json!({ "value": value })))
        .collect();
    super::schema::set_filled(&mut content, "examples", named.into());
    json!({ "required": true, "content": { "application/x-www-form-urlencoded": content } })
}

/// One object, each property of which is a parameter of the query.
fn query(action: &Action) -> Value {
    json!([{
        "name": "parameters",
        "in": "query",
        "required": true,
        "description": "The same parameters as those of the form; each stands in the query by its own name.",
        "style": "form",
        "explode": true,
        "schema": reference(action.rust.as_str()),
    }])
}

fn responses(action: &Action) -> Value {
    let to = |name: &str| json!({ "$ref": format!("#/components/responses/{name}") });
    let mut made = schema(json!({ "200": to(&action.name) }));
    for http in errors::by_status(action).into_keys() {
        made.insert(http.to_string(), to(&errors::response_name(action, http)));
    }
    made.insert("default".to_owned(), to("Refusal"));
    made.into()
}
