//! resources/NAME.yaml

use super::parts::{flag, list, map, object, text, texts, with, word};
use serde_json::{Value, json};

pub(super) fn file() -> Value {
    object(
        "The lifecycle of a resource.",
        &["summary", "status", "lookup"],
        json!({
            "summary": text("What the resource is."),
            "id": text("Type of its id, if it has one."),
            "status": text("The enum whose values are its states."),
            "lookup": lookup(),
            "states": map("Every value of the enum.", &state()),
            "transitions": list("What leads from one state to another.", &transition()),
        }),
    )
}

pub(super) fn lookup() -> Value {
    object(
        "How its state is looked up.",
        &["action", "field"],
        json!({
            "action": text("The action that shows the state."),
            "keys": texts("Parameters that select the resource; `Filter.KEY` for a key of a filter."),
            "select": texts("Fields beside the state that tell it from others, where the parameters cannot."),
            "field": text("Path of the state in the answer: `Lamps[].Status`."),
        }),
    )
}

pub(super) fn state() -> Value {
    object(
        "A state.",
        &[],
        json!({
            "transient": flag("It passes by itself."),
            "gone": flag("The resource is gone, though it is still shown."),
        }),
    )
}

pub(super) fn transition() -> Value {
    let transition = object(
        "A way from one state to another.",
        &[],
        json!({
            "from": texts("States from which it starts; none for a creation."),
            "action": text("The action that starts it."),
            "by": word("What else starts it: the provider's staff, the service itself, another account.", &["operator", "service", "account"]),
            "to": text("The state in which it ends; none if the resource is gone then."),
            "refused_as": text("The code with which the service refuses the action in another state."),
            "needs": texts("What else must hold, in sentences."),
            "source": text("Where the fact comes from, if not from the reference."),
        }),
    );
    with(transition, &[("oneOf", json!([{ "required": ["action"] }, { "required": ["by"] }]))])
}
