//! How the page of an action tells of the pages of its list.

use super::markdown::{block, code};
use crate::emit::example;
use crate::model::{Action, Model};

/// The style of the pages, in a line.
pub(super) fn fact(action: &Action) -> Option<String> {
    let pages = action.pages.as_ref()?;
    let of = |what: Option<String>, text: &str| {
        what.map(|what| text.replace("{}", &code(&what))).unwrap_or_default()
    };
    let size = of(pages.size.clone(), " of at most {} entries");
    let total = of(pages.total.as_ref().map(|total| total.wire.clone()), "; {} counts those of all pages");
    let parameter = code(&pages.parameter);
    let lead = if pages.token.is_some() {
        format!("each but the last with a {parameter} that leads to the next")
    } else {
        format!("numbered by {parameter}")
    };
    Some(format!("Pages{size}, {lead}{total}"))
}

/// The loop over all pages.
pub(super) fn section(model: &Model, action: &Action) -> String {
    let (Some(pages), Some(listing)) = (&action.pages, example::listing(model, action)) else {
        return String::new();
    };
    let text = format!(
        "What is in {} on all pages, as a stream; with a {}, {} gives an iterator, and {} the answers themselves.",
        code(&pages.items.wire),
        code("blocking::Client"),
        code("items"),
        code("pages"),
    );
    format!("\n### All pages\n\n{text}\n{}", block("rust", &listing))
}
