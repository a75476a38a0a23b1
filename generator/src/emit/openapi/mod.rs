//! openapi.yaml: the API for programs that read OpenAPI 3.1.

mod answers;
mod errors;
mod examples;
mod operations;
mod requests;
mod rules;
mod schema;
mod service;
mod types;
mod values;
mod yaml;

use super::work::Work;
use crate::model::Model;
use crate::write::MARK;
use serde_json::{Map, Value, json};

/// Adds the document.
pub(super) fn emit<'a>(model: &'a Model, work: &mut Work<'a>) {
    work.add("openapi.yaml", move || format!("# {MARK}; do not edit.\n{}", yaml::text(&document(model))));
}

/// The OpenAPI document as a tree, in the order in which it is written.
#[must_use]
pub fn document(model: &Model) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": service::info(model),
        "servers": service::servers(model),
        "security": service::security(model),
        "tags": service::tags(model),
        "paths": operations::paths(model),
        "components": {
            "securitySchemes": service::security_schemes(),
            "parameters": service::common_parameters(model),
            "responses": responses(model),
            "schemas": schemas(model),
        },
    })
}

fn responses(model: &Model) -> Value {
    let mut all = Map::new();
    for action in model.actions() {
        all.insert(action.name.clone(), answers::response(action));
        all.extend(errors::responses(model, action));
    }
    all.insert("Refusal".to_owned(), errors::any_refusal(model));
    all.into()
}

fn schemas(model: &Model) -> Value {
    let mut all = Map::new();
    for action in model.actions() {
        all.insert(action.rust.as_str().to_owned(), requests::schema_of(model, action));
        all.extend(answers::schemas(action));
    }
    all.extend(answers::shared(model));
    all.extend(types::ids(model));
    all.extend(types::enums(model));
    all.insert("Error".to_owned(), errors::schema_of_error());
    all.into()
}
