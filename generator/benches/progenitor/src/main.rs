//! Reads the OpenAPI document that the generator emits, and has progenitor make a client of it: what
//! `cargo bench -p aliyun-rpc-generator --bench scale` measures beside the generator itself.
//!
//! progenitor reads OpenAPI 3.0 alone, one successful answer an operation, and a part of JSON Schema. What it has no way to
//! express is taken out of the document before, and with it the work that it would make.
#![allow(missing_docs)]

use serde_json::{Value, json};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(document), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: progenitor DOCUMENT OUTPUT".into());
    };
    let document: Value = yaml_serde::from_str(&std::fs::read_to_string(document)?)?;
    let document = serde_json::from_value(reduced(document))?;
    let tokens = progenitor_impl::Generator::default().generate_tokens(&document)?;
    let text = prettyplease::unparse(&syn::parse2(tokens)?);
    std::fs::write(output, text)?;
    Ok(())
}

/// The document as progenitor can read it.
fn reduced(mut document: Value) -> Value {
    document["openapi"] = json!("3.0.3");
    resolve_responses(&mut document);
    if let Value::Object(paths) = &mut document["paths"] {
        paths.values_mut().for_each(operations);
    }
    if let Value::Object(components) = &mut document["components"] {
        components.retain(|name, _| name == "schemas");
    }
    if let Value::Object(info) = &mut document["info"] {
        info.remove("summary");
    }
    strip(&mut document);
    document
}

/// Puts the shared answers in the place of their names.
fn resolve_responses(document: &mut Value) {
    let shared = document["components"]["responses"].clone();
    let Value::Object(paths) = &mut document["paths"] else { return };
    for response in paths.values_mut().filter_map(|path| path["post"]["responses"].as_object_mut()) {
        for answer in response.values_mut() {
            let name = answer["$ref"].as_str().and_then(|name| name.rsplit('/').next());
            if let Some(found) = name.map(|name| shared[name].clone()) {
                *answer = found;
            }
        }
    }
}

/// One operation of a path, its form, and its one successful answer in JSON.
fn operations(path: &mut Value) {
    if let Value::Object(path) = path {
        path.retain(|name, _| name == "post");
    }
    let post = &mut path["post"];
    if let Value::Object(post) = post {
        post.retain(|name, _| {
            ["operationId", "summary", "description", "requestBody", "responses"].contains(&name.as_str())
        });
    }
    let Value::Object(responses) = &mut post["responses"] else { return };
    responses.retain(|status, _| status == "200");
    for response in responses.values_mut() {
        let schema = response["content"]["application/json"]["schema"].clone();
        *response =
            json!({ "description": "An answer.", "content": { "application/json": { "schema": schema } } });
    }
}

/// Takes away what is not of OpenAPI 3.0, or no type can be made of.
fn strip(value: &mut Value) {
    const GONE: [&str; 16] = [
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "const",
        "contentMediaType",
        "contentSchema",
        "dependentRequired",
        "dependentSchemas",
        "examples",
        "patternProperties",
        "propertyNames",
        "unevaluatedProperties",
    ];
    match value {
        Value::Object(entries) => {
            entries.retain(|name, _| !name.starts_with("x-") && !GONE.contains(&name.as_str()));
            // Of several types the first, which is the reference's.
            if let Some(Value::Array(types)) = entries.get("type") {
                let first = types.first().cloned().unwrap_or_default();
                entries.insert("type".to_owned(), first);
            }
            if entries.get("type").is_some_and(|kind| kind != "string") {
                entries.remove("pattern");
            }
            for (name, inner) in entries {
                match inner {
                    Value::Object(named) if name == "properties" || name == "schemas" => {
                        named.values_mut().for_each(strip);
                    }
                    inner => strip(inner),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(strip),
        _ => {}
    }
}
