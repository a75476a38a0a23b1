//! service.yaml

use super::parts::{map, object, text, word};
use serde_json::{Value, json};

pub(super) fn file() -> Value {
    object(
        "The service as a whole.",
        &[
            "service",
            "crate",
            "title",
            "summary",
            "product",
            "version",
            "reference",
            "endpoints",
            "signature",
            "region_parameter",
        ],
        json!({
            "service": text("Name of the service: `express-connect`."),
            "crate": text("Name of the generated crate."),
            "title": text("Title of the documents."),
            "summary": text("What the service is for, in a sentence."),
            "product": text("The provider's name of the product: `Vpc`."),
            "version": text("Version of the API: `\"2016-04-28\"`."),
            "reference": text("What the spec was made from."),
            "endpoints": endpoints(),
            "signature": word("How calls are signed unless the user says otherwise.", &["1.0", "ACS3"]),
            "region_parameter": text("The parameter that names the region."),
            "dry_run_code": text("The code with which some dry runs succeed; it looks like a refusal."),
            "groups": map("Groups of actions, by the names of their folders; each is a feature of the crate.", &group()),
            "sources": map("Where facts come from that the reference does not have.", &text("What the source is.")),
        }),
    )
}

pub(super) fn endpoints() -> Value {
    object(
        "Hosts alone: no scheme, port or path; `{region}` stands for the id of a region.",
        &["central", "regional", "vpc"],
        json!({
            "central": text("The host of calls without a region."),
            "regional": text("The host of a region."),
            "vpc": text("The host of a region, from inside its virtual private clouds."),
            "exceptions": map("Regions that have another host.", &text("The host.")),
            "source": text("Where they come from, if not from the reference."),
        }),
    )
}

pub(super) fn group() -> Value {
    object(
        "A group of actions.",
        &["title", "chapter", "summary"],
        json!({
            "title": text("Its title."),
            "chapter": text("The chapter of the reference."),
            "summary": text("What its actions are for."),
        }),
    )
}
