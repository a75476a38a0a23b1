//! actions/GROUP/ACTION.yaml

use super::parts::{
    common, constraints, definition, flag, joined, list, map, object, pair, some_texts, text, texts, with,
    word,
};
use super::types::class;
use serde_json::{Value, json};

pub(super) fn file() -> Value {
    let definitions = json!({ "parameter": parameter(), "field": field() });
    with(action(), &[("$defs", definitions)])
}

pub(super) fn action() -> Value {
    let properties = json!({
        "summary": text("What the action does, in a sentence of our own."),
        "notes": texts("Sentences for the documents: preconditions, consequences."),
        "limits": list("Quotas: they depend on the account's state, so that nothing can check them here.", &quota()),
        "reference": reference(),
        "source": text("Where it is known from, if not from the reference: a name from `sources` in service.yaml."),
        "effect": word("What a successful call changes.", &["read", "create", "update", "delete"]),
        "idempotency": text("The parameter that makes a repetition safe."),
        "dry_run": text("The parameter that has the service only check the request."),
        "pages": pages(),
        "parameters": map("Parameters by their names on the wire, without `.N`, in the reference's order.", &definition("parameter")),
        "rules": list("What holds between parameters.", &rule()),
        "response": {
            "description": "The fields of the answer, in the reference's order; `raw` if they are not known.",
            "anyOf": [{ "const": "raw" }, { "type": "object", "additionalProperties": definition("field") }],
        },
        "errors": list("The errors that the reference lists for the action.", &error_row()),
        "examples": list("Calls that the reference documents; they become tests.", &example()),
    });
    let action = object("An action.", &["effect"], properties);
    with(action, &[("anyOf", json!([{ "required": ["reference"] }, { "required": ["source"] }]))])
}

pub(super) fn quota() -> Value {
    object(
        "A quota.",
        &["summary"],
        json!({
            "summary": text("What is limited, and to how many."),
            "refused_as": text("The code with which the service refuses more."),
        }),
    )
}

pub(super) fn reference() -> Value {
    object(
        "Where the reference describes the action.",
        &["section"],
        json!({
            "section": text("Section, as `\"6.1\"`."),
            "document": text("Number of the document, where it is known."),
        }),
    )
}

pub(super) fn pages() -> Value {
    let pages = object(
        "How the action hands out a list in pages.",
        &["items"],
        json!({
            "number": text("The parameter that takes the number of a page, counted from 1."),
            "token": text("The parameter that takes the token of a page; the field of the answer with the same name gives it."),
            "size": text("The parameter that says how many entries a page may have."),
            "total": text("The field that says how many entries all pages have together."),
            "items": text("The field that holds the entries of a page, a list."),
        }),
    );
    with(pages, &[("oneOf", json!([{ "required": ["number"] }, { "required": ["token"] }]))])
}

pub(super) fn parameter() -> Value {
    let own = json!({
        "type": text("Type of a single value: a name from types/, or String, Integer, Long, Boolean."),
        "list": text("Type of the elements of a list; with `fields`, the name of their structure."),
        "filter": text("Rust name of a filter: a list of keys, each with values."),
        "fields": map("The fields of a structure that this list declares.", &definition("parameter")),
        "encoding": word("`json`: the list is sent as a JSON array in one text.", &["json"]),
        "keys": map("The keys of a filter, with the type of their values.", &definition("parameter")),
        "values": pair("Fewest and most values of a key of a filter."),
        "items": pair("Fewest and most elements of a list."),
        "required": flag("The reference's word."),
        "relaxed": text("The erratum, as E07, that tells why a required parameter may be left out after all."),
        "unless": text("Another parameter with which this required one may be left out."),
        "default": text("What the service takes when it is left out."),
        "unit": text("Unit of a number: Mbps."),
        "wire": text("The reference's type, where it is not the type's own."),
        "refused_as": text("The code with which the service refuses a value that breaks the constraints."),
    });
    let shapes = json!([{ "required": ["type"] }, { "required": ["list"] }, { "required": ["filter"] }]);
    with(object("A parameter.", &[], joined([own, common(), constraints()])), &[("oneOf", shapes)])
}

pub(super) fn field() -> Value {
    let own = json!({
        "type": text("Type of a single value: a name from types/, or String, Integer, Long, Boolean."),
        "list": text("Type of the elements of a list: a value's, or the Rust name of a structure."),
        "object": text("Rust name of a structure."),
        "fields": map("The fields of a structure that is declared here.", &definition("field")),
        "wrapper": text("The element around the elements of a list."),
        "element": text("The reference's name of the element, where it is neither the wrapper's nor the structure's; empty if it has none."),
        "always": flag("It is in every successful answer but that of a dry run."),
        "unit": text("Unit of a number: Mbps."),
        "wire": text("The reference's type, where it is not the type's own."),
        "one_of": texts("The values of an enum that can stand here."),
    });
    let shapes = json!([{ "required": ["type"] }, { "required": ["list"] }, { "required": ["object"] }]);
    with(object("A field of an answer.", &[], joined([own, common()])), &[("oneOf", shapes)])
}

pub(super) fn rule() -> Value {
    let own = json!({
        "summary": text("The rule in a sentence of our own."),
        "refused_as": text("The code with which the service refuses what breaks it."),
        "inferred": flag("It was concluded and not stated: it warns, and never refuses."),
        "line": { "description": "The line of the reference on which it stands.", "type": "integer", "minimum": 1 },
        "source": text("Where it comes from, if not from the reference."),
    });
    let kinds: Vec<(&str, Value)> = kinds().into();
    let only: Vec<Value> = kinds.iter().map(|(name, _)| json!({ "required": [name] })).collect();
    let kinds = Value::Object(kinds.into_iter().map(|(name, body)| (name.to_owned(), body)).collect());
    with(object("A rule between parameters.", &["summary"], joined([kinds, own])), &[("oneOf", json!(only))])
}

/// The kinds of rules, each with its body.
pub(super) fn kinds() -> [(&'static str, Value); 7] {
    let parameter = || text("The parameter.");
    let conditional = |description| {
        let parameters = some_texts("The parameters.");
        object(description, &["parameters", "when"], json!({ "parameters": parameters, "when": when() }))
    };
    let sets = |description| {
        let of = list("Sets of parameters.", &some_texts("A set."));
        object(description, &["of"], json!({ "of": of }))
    };
    [
        (
            "range_by",
            object(
                "The range of a number depends on another value.",
                &["parameter", "by", "ranges"],
                json!({
                    "parameter": parameter(),
                    "by": text("The parameter whose value decides."),
                    "ranges": map("The range for each value.", &pair("Least and greatest number.")),
                }),
            ),
        ),
        ("required_if", conditional("Must be given if the condition holds.")),
        ("allowed_if", conditional("Must not be given unless the condition holds.")),
        (
            "value_if",
            object(
                "Has one of these values, if given, when the condition holds.",
                &["parameter", "one_of", "when"],
                json!({ "parameter": parameter(), "one_of": some_texts("The values."), "when": when() }),
            ),
        ),
        ("at_least_one", sets("One of these sets must be given in full.")),
        ("at_most_one", sets("Parameters of two sets must not be given together.")),
        (
            "same_subnet",
            object(
                "The addresses lie in one subnet; checked when all are given.",
                &["addresses", "mask"],
                json!({ "addresses": some_texts("Parameters, two at least."), "mask": text("The parameter with the mask.") }),
            ),
        ),
    ]
}

fn when() -> Value {
    json!({
        "description": "`{ PARAMETER: given }` or `{ PARAMETER: [VALUE, ...] }`; left out, it counts as its default.",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": { "anyOf": [{ "const": "given" }, some_texts("The values.")] },
    })
}

pub(super) fn error_row() -> Value {
    object(
        "A row of the action's error table.",
        &["http", "code", "message"],
        json!({
            "http": { "description": "HTTP status.", "type": "integer", "minimum": 300, "maximum": 599 },
            "code": text("The code, which errors.yaml explains."),
            "message": text("The message to the letter; `%s` stands for what the service fills in."),
            "cause": text("Why, where it is another than the code has in general."),
            "remedy": text("What to do, where it is another than the code has in general."),
            "class": class("Whether trying again can help, where that is different here."),
            "copied": flag("The reference copied the row from elsewhere: nothing here can provoke it."),
            "source": text("Where the row comes from, if not from the reference."),
        }),
    )
}

pub(super) fn example() -> Value {
    object(
        "A documented call.",
        &[],
        json!({
            "request": map("Parameters as sent, `Filter.1.Key` among them.", &text("The value.")),
            "json": text("The answer in JSON."),
            "xml": text("The answer in XML, with the same values."),
        }),
    )
}
