//! types/*.yaml and errors.yaml.

use super::action;
use super::parts::{
    common, constraints, definition, joined, map, object, text, texts as list_of_texts, with, word,
};
use serde_json::{Value, json};

pub(super) fn ids() -> Value {
    map("Texts that name a resource; each becomes a Rust type of its own.", &value())
}

pub(super) fn texts() -> Value {
    map("Texts with a form: names, descriptions, addresses, times.", &value())
}

pub(super) fn integers() -> Value {
    map("Numbers with a meaning.", &value())
}

/// An id, a text or a number.
pub(super) fn value() -> Value {
    object("A type.", &[], joined([common(), constraints(), wire()]))
}

pub(super) fn enums() -> Value {
    map("Named values.", &an_enum())
}

pub(super) fn an_enum() -> Value {
    let values = json!({ "values": map("The values, by their spelling on the wire.", &enum_value()) });
    object("An enum.", &["values"], joined([values, common(), constraints(), wire()]))
}

pub(super) fn enum_value() -> Value {
    let also = json!({ "also": list_of_texts("Other spellings of the same value.") });
    object("A value of an enum.", &[], joined([also, common()]))
}

fn wire() -> Value {
    json!({ "wire": text("The reference's type, where it is not what the type has by itself.") })
}

pub(super) fn structures() -> Value {
    with(
        map("Objects in answers that two actions share.", &structure()),
        &[("$defs", json!({ "field": action::field() }))],
    )
}

pub(super) fn structure() -> Value {
    let fields = json!({ "fields": map("Its fields, by their names on the wire.", &definition("field")) });
    object("A structure.", &["fields"], joined([fields, common()]))
}

pub(super) fn parameters() -> Value {
    with(
        map("Objects in lists of parameters that two actions share.", &shared_object()),
        &[("$defs", json!({ "parameter": action::parameter() }))],
    )
}

pub(super) fn shared_object() -> Value {
    let fields =
        json!({ "fields": map("Its fields, by their names on the wire.", &definition("parameter")) });
    object("An object.", &["fields"], joined([fields, common()]))
}

pub(super) fn errors() -> Value {
    map("Every error code.", &error_code())
}

pub(super) fn error_code() -> Value {
    let own = json!({
        "class": class("Whether trying again can help."),
        "condition": word(
            "What a program does about it, where that is more than the class says.",
            &["throttled", "not_found", "clock", "replayed", "signature"],
        ),
        "cause": text("Why the service answers so, in our own words."),
        "remedy": text("What to do about it."),
    });
    object("An error code.", &["class", "cause", "remedy"], joined([own, common()]))
}

/// Whether trying again can help.
pub(super) fn class(description: &str) -> Value {
    let meaning =
        "`retry`: throttled or transient; `settle`: once a resource has left a middle state; `never`.";
    word(&format!("{description} {meaning}"), &["retry", "settle", "never"])
}
