//! The OpenAPI document holds all that the model does: every action, and every row of its tables.

use crate::support::{fixtures, mini, model};
use aliyun_rpc_generator::emit::openapi_document;
use aliyun_rpc_generator::model::{Action, Field, Model};
use serde_json::Value;
use std::path::PathBuf;

fn real() -> PathBuf {
    fixtures().join("../../spec")
}

/// A model and its document.
fn documents() -> Vec<(Model, Value)> {
    [mini(), real()]
        .iter()
        .map(|folder| model(folder))
        .map(|model| (model.clone(), openapi_document(&model)))
        .collect()
}

fn actions(model: &Model) -> Vec<&Action> {
    let actions: Vec<&Action> = model.actions().collect();
    assert!(!actions.is_empty());
    actions
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

#[test]
fn every_action_is_a_path() {
    for (model, document) in documents() {
        let expected: Vec<String> =
            actions(&model).iter().map(|action| format!("/?Action={}", action.name)).collect();
        assert_eq!(keys(&document["paths"]), expected);
        for action in model.actions() {
            let item = &document["paths"][format!("/?Action={}", action.name)];
            assert_eq!(item["post"]["operationId"], action.name.as_str());
            assert_eq!(item["post"]["summary"], action.summary.as_str());
            assert_eq!(item.get("get").is_some(), item["post"]["x-effect"] == "read", "{}", action.name);
        }
    }
}

#[test]
fn every_row_of_parameters_is_a_property() {
    for (model, document) in documents() {
        let mut count = 0;
        for action in actions(&model) {
            let schema = &document["components"]["schemas"][action.rust.as_str()];
            let patterns = schema["patternProperties"].as_object().into_iter().flatten();
            let titles = patterns.map(|(_, one)| one["title"].as_str().unwrap());
            let mut found: Vec<&str> = keys(&schema["properties"]).into_iter().chain(titles).collect();
            let rows = action.rows();
            let mut expected: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
            count += rows.len();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{}", action.name);
        }
        assert!(count > 20);
    }
}

#[test]
fn every_row_of_the_answer_is_a_property() {
    for (model, document) in documents() {
        let schemas = &document["components"]["schemas"];
        for action in actions(&model) {
            let mut rows = Vec::new();
            Field::rows(&action.response, "", &mut rows);
            let expected: Vec<String> = rows.into_iter().map(|row| row.path).collect();
            let mut found = Vec::new();
            add_paths(schemas, &schemas[format!("{}Response", action.rust.as_str())], "", &mut found);
            assert_eq!(found, expected, "{}", action.name);
        }
    }
}

/// The paths of all fields of a schema, written as those of the model.
fn add_paths(schemas: &Value, schema: &Value, before: &str, paths: &mut Vec<String>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        // A list that can stand in a wrapper can also stand alone.
        let field = field.get("anyOf").map_or(field, |either| &either[1]);
        let list = field["type"] == "array";
        let path = format!("{before}{name}{}", if list { "[]" } else { "" });
        let below = resolved(schemas, if list { &field["items"] } else { field });
        paths.push(path.clone());
        add_paths(schemas, below, &format!("{path}."), paths);
    }
}

fn resolved<'a>(schemas: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(target) => {
            let found = &schemas[target.strip_prefix("#/components/schemas/").unwrap()];
            assert!(found.is_object(), "{target} is not there");
            found
        }
        None => schema,
    }
}

#[test]
fn every_row_of_errors_is_an_example() {
    for (model, document) in documents() {
        for action in actions(&model) {
            let mut found = Vec::new();
            for (status, response) in
                document["paths"][format!("/?Action={}", action.name)]["post"]["responses"]
                    .as_object()
                    .unwrap()
            {
                let name =
                    response["$ref"].as_str().unwrap().strip_prefix("#/components/responses/").unwrap();
                let response = &document["components"]["responses"][name];
                assert!(response.is_object(), "{name} is not there");
                let Ok(http) = status.parse::<u16>() else { continue };
                let examples = &response["content"]["application/json"]["examples"];
                let examples = examples.as_object().into_iter().flatten().filter(|_| http != 200);
                found.extend(examples.map(|(_, example)| {
                    assert!(example["summary"].is_string() && example["description"].is_string());
                    let text = |name: &str| example["value"][name].as_str().unwrap().to_owned();
                    (http, text("Code"), text("Message"))
                }));
            }
            let mut expected: Vec<(u16, String, String)> =
                action.errors.iter().map(|row| (row.http, row.code.clone(), row.message.clone())).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{}", action.name);
        }
    }
}

#[test]
fn every_example_is_there() {
    for (model, document) in documents() {
        for action in actions(&model) {
            let count = |examples: &Value| examples.as_object().map_or(0, serde_json::Map::len);
            let form =
                &document["paths"][format!("/?Action={}", action.name)]["post"]["requestBody"]["content"];
            let answer = &document["components"]["responses"][&action.name]["content"];
            let found = [
                count(&form["application/x-www-form-urlencoded"]["examples"]),
                count(&answer["application/json"]["examples"]),
                count(&answer["text/xml"]["examples"]),
            ];
            let json = action.examples.iter().filter(|example| example.json.is_some()).count();
            let xml = action.examples.iter().filter(|example| example.xml.is_some()).count();
            assert_eq!(found, [action.examples.len(), json, xml], "{}", action.name);
        }
    }
}
