//! What holds for all actions: servers, signatures, parameters that each call has.

use super::schema::{Schema, schema, sentence, set_filled};
use crate::model::{Action, Model, Scalar, Shape};
use crate::spec::Signature;
use serde_json::{Value, json};

const V1: &str = "signature-1.0";
const ACS3: &str = "ACS3-HMAC-SHA256";

/// How to read the document; the words about calls come first.
const ABOUT: &str = "\
## Calls

All actions share the path `/`; the parameter `Action` tells them apart. A document cannot have one path several times, so each action is the path \
`/?Action=NAME` here. A call by `POST` sends its parameters as a form, or in the query; a call that only reads can also be a `GET`, with all of them in the \
query. `Version` and what the signature needs are parameters like the others. `Action` may stand in the form instead of the path, but only once.

## Lists

Lists are numbered, from 1: `Filter.1.Key`, `Filter.1.Value.1`, `Filter.1.Value.2`. Their names are patterns (`patternProperties`), with the \
reference's spelling (`Filter.N.Key`) as title. `x-lists` says how many elements a list has. A text that holds JSON has a `contentSchema`.

## What is certain, and what may have changed

Keywords of JSON Schema are rules of form: a request that breaks one is refused. What the provider may have widened since the reference was written (ranges, \
lengths, lists of values, beginnings of ids, numbers of elements) stands under `x-strict`, in the same keywords, and in the description: to hold to the \
reference by the letter, merge `x-strict` into the schema around it. `Otherwise` names the code by which the service refuses a value.

Enums are open: an answer can have values that are not listed. `x-values` tells all that are known, with other spellings (`also`).

## Answers

Numbers and booleans can be quoted, texts that look like them unquoted, and a list can stand in the element that wraps it, alone if it has one element, or without it; the reference's type comes first. \
A response of a documented status has an example for each documented code: `summary` is the cause, `description` the remedy, and `x-class` tells whether trying again can help: \
`retry`, a little later; `settle`, once a resource has changed its state; `never`. `x-copied` marks a row that the reference took over from another action.

## Further extensions

`x-source` names where a fact comes from if not from the reference (`x-sources` in `info`), `x-sensitive` marks what no log should show, `x-unit` is the unit of a \
number, `x-type` the schema of a type that has another form here, `x-effect` what a call changes (read, create, update, delete), \
`x-idempotency` the parameter that makes a repetition safe, `x-dry-run` the one that has the service only check the request.";

pub(super) fn info(model: &Model) -> Value {
    let mut made = schema(json!({
        "title": model.title,
        "version": model.version,
        "summary": model.summary,
        "description": format!("{}\n\nMade from: {}.\n\n{ABOUT}", sentence(&model.summary), model.reference),
        "x-product": model.product,
    }));
    let sources: Schema =
        model.sources.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect();
    set_filled(&mut made, "x-sources", sources.into());
    made.into()
}

pub(super) fn servers(model: &Model) -> Value {
    let endpoints = &model.endpoints;
    let region = region(model);
    let of_region = |host: &str, from: &str| {
        json!({
            "url": format!("https://{host}"),
            "description": format!("Of one region, {from}; the regions that have another host are listed below."),
            "variables": { "region": { "default": region, "description": "Id of the region." } },
        })
    };
    let mut servers = Vec::new();
    if !endpoints.regional.is_empty() {
        servers.push(of_region(&endpoints.regional, "from the internet"));
    }
    if !endpoints.vpc.is_empty() {
        servers.push(of_region(&endpoints.vpc, "from inside its virtual private clouds"));
    }
    let exceptions = exceptions(model);
    let central = |host: &str| host == endpoints.central;
    for (host, regions) in &exceptions {
        let also = if central(host) { " Also of calls without a region." } else { "" };
        servers.push(json!({
            "url": format!("https://{host}"),
            "description": format!("Of these regions: {}.{also}", regions.join(", ")),
            "x-regions": regions,
        }));
    }
    if !exceptions.iter().any(|(host, _)| central(host)) {
        servers.push(json!({
            "url": format!("https://{}", endpoints.central),
            "description": "Of calls without a region.",
        }));
    }
    servers.into()
}

/// Hosts that are exceptions, each with its regions.
fn exceptions(model: &Model) -> Vec<(&str, Vec<&str>)> {
    let mut hosts: Vec<(&str, Vec<&str>)> = Vec::new();
    for (region, host) in &model.endpoints.exceptions {
        match hosts.iter_mut().find(|(known, _)| known == host) {
            Some((_, regions)) => regions.push(region),
            None => hosts.push((host, vec![region])),
        }
    }
    hosts
}

/// A region of a documented request that has the usual host; a variable cannot be without a default.
fn region(model: &Model) -> &str {
    let requests = model.actions().flat_map(|action| &action.examples).flat_map(|example| &example.request);
    let regions = requests.filter(|(name, _)| *name == model.region_parameter).map(|(_, region)| region);
    let is_usual = |region: &&String| model.endpoints.exceptions.iter().all(|(other, _)| other != *region);
    let mut usual = regions.filter(is_usual);
    usual.next().map_or("region", String::as_str)
}

pub(super) fn tags(model: &Model) -> Value {
    let tag = |group: &crate::model::Group| json!({ "name": group.name, "x-displayName": group.title, "description": sentence(&group.summary) });
    model.groups.iter().map(tag).collect()
}

/// Either signature, the usual one first.
pub(super) fn security(model: &Model) -> Value {
    let (first, second) = match model.signature {
        Signature::V1 => (V1, ACS3),
        Signature::Acs3 => (ACS3, V1),
    };
    json!([{ first: [] }, { second: [] }])
}

pub(super) fn security_schemes() -> Value {
    json!({
        V1: {
            "type": "apiKey",
            "in": "query",
            "name": "Signature",
            "description":
                "Signature version 1.0: HMAC-SHA1 over all parameters, with the secret of the access key and `&` as key, in Base64. It stands in \
                 the query or in the form. Beside it: AccessKeyId, SignatureMethod, SignatureVersion, SignatureNonce, Timestamp and, with temporary \
                 credentials, SecurityToken.",
        },
        ACS3: {
            "type": "http",
            "scheme": ACS3,
            "description":
                "`Authorization: ACS3-HMAC-SHA256 Credential=...,SignedHeaders=...,Signature=...`, over the request and the headers host and x-acs-*: \
                 x-acs-action, x-acs-version, x-acs-date, x-acs-signature-nonce, x-acs-content-sha256 and, with temporary credentials, \
                 x-acs-security-token. None of the parameters of version 1.0 is sent then.",
        },
    })
}

/// The parameters of every call.
pub(super) fn common_parameters(model: &Model) -> Value {
    let signature = "Of signature version 1.0.";
    let text = || json!({ "type": "string" });
    let mut all = schema(json!({
        "Version": parameter("Version", "Version of the API. Required with signature version 1.0; otherwise it stands in x-acs-version.", json!({ "const": model.version })),
        "Format": parameter(
            "Format",
            "Whether the answer is JSON or XML.",
            json!({ "type": "string", "enum": ["JSON", "XML"], "default": "XML" }),
        ),
        "AccessKeyId": parameter("AccessKeyId", &format!("Id of the access key. {signature}"), text()),
        "SignatureMethod":
            parameter("SignatureMethod", signature, json!({ "const": "HMAC-SHA1" })),
        "SignatureVersion": parameter("SignatureVersion", signature, json!({ "const": "1.0" })),
        "SignatureNonce": parameter("SignatureNonce", &format!("Another value for each call. {signature}"), text()),
        "Timestamp": parameter(
            "Timestamp",
            &format!("The time in UTC. {signature}"),
            json!({ "type": "string", "format": "date-time", "examples": ["2022-02-28T16:00:00Z"] }),
        ),
        "SecurityToken": parameter("SecurityToken", &format!("Of temporary credentials. {signature}"), text()),
    }));
    if model.actions().any(|action| !has_region(model, action)) {
        all.insert(
            model.region_parameter.clone(),
            parameter(
                &model.region_parameter,
                "Region of the call; it decides the host.",
                region_schema(model),
            ),
        );
    }
    all.into()
}

fn parameter(name: &str, description: &str, schema: Value) -> Value {
    json!({
        "name": name,
        "in": "query",
        "description": description,
        "schema": schema,
    })
}

/// The type that actions give the region, if they do.
fn region_schema(model: &Model) -> Value {
    let regions = model.actions().flat_map(|action| &action.parameters);
    let mut regions = regions.filter(|parameter| parameter.wire == model.region_parameter);
    match regions.next().map(|parameter| &parameter.shape) {
        Some(Shape::Value(value)) => match &value.scalar {
            Scalar::Id(name) => super::schema::reference(name.as_str()).into(),
            _ => json!({ "type": "string" }),
        },
        _ => json!({ "type": "string" }),
    }
}

fn has_region(model: &Model, action: &Action) -> bool {
    action.parameters.iter().any(|parameter| parameter.wire == model.region_parameter)
}

pub(super) fn common_references(model: &Model, action: &Action) -> Value {
    let names = [
        "Version",
        "Format",
        "AccessKeyId",
        "SignatureMethod",
        "SignatureVersion",
        "SignatureNonce",
        "Timestamp",
        "SecurityToken",
    ];
    let region = (!has_region(model, action)).then_some(model.region_parameter.as_str());
    let all = names.into_iter().chain(region);
    all.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect()
}
