//! How the page of an action tells of the pages of its list.

use super::markdown::{block, code};
use crate::emit::example;
use crate::model::{Action, Model, PageStyle};

/// The style of the pages, in a line.
pub(super) fn fact(action: &Action) -> Option<String> {
    let pages = action.pages.as_ref()?;
    let size =
        pages.size.as_ref().map(|size| format!(" of at most {} entries", code(size))).unwrap_or_default();
    Some(match &pages.style {
        PageStyle::Number { parameter, total } => {
            let total =
                total.as_ref().map(|total| format!("; {} counts those of all pages", code(&total.wire)));
            format!("Pages{size}, numbered by {}{}", code(parameter), total.unwrap_or_default())
        }
        PageStyle::Token { parameter, .. } => {
            format!(
                "Pages{size}; {} of an answer leads to the next one, and is empty on the last",
                code(parameter)
            )
        }
    })
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
