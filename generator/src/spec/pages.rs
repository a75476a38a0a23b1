//! How an action hands out a list in pages.

use crate::diagnostics::{Code, Fault, Spot, Text};
use crate::yaml::Fields;

/// The pages of an action.
#[derive(Debug)]
pub struct Pages {
    /// What leads from one page to the next.
    pub style: PageStyle,
    /// The parameter that takes it; with a token, the field of the answer that gives it has the same name.
    pub parameter: Text,
    /// The parameter that says how many entries a page may have.
    pub size: Option<Text>,
    /// The field of the answer that says how many entries all pages have together.
    pub total: Option<Text>,
    /// The field of the answer that holds the entries.
    pub items: Text,
    /// Its place.
    pub spot: Spot,
}

/// What leads from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// Its number, counted from 1.
    Number,
    /// A token, which each answer but the last holds.
    Token,
}

/// The value of `pages`.
pub(super) fn read(action: &mut Fields<'_, '_>) -> Option<Pages> {
    let node = action.take("pages")?;
    let spot = action.key_spot("pages");
    let mut fields = Fields::of(node, "`pages`", action.faults)?;
    let lead = read_lead(&mut fields, spot);
    let (size, total, items) = (fields.text("size"), fields.text("total"), fields.need_text("items"));
    fields.finish();
    let (style, parameter) = lead?;
    (!items.value.is_empty()).then_some(Pages { style, parameter, size, total, items, spot })
}

fn read_lead(fields: &mut Fields<'_, '_>, spot: Spot) -> Option<(PageStyle, Text)> {
    match (fields.text("number"), fields.text("token")) {
        (Some(parameter), None) => Some((PageStyle::Number, parameter)),
        (None, Some(parameter)) => Some((PageStyle::Token, parameter)),
        _ => {
            let fault = Fault::new(Code::PageStyle, spot, "`pages` needs one of `number` and `token`");
            let hint = "name the parameter that leads to the next page: `number: PageNumber`";
            fields.faults.add(fault.hint(hint));
            None
        }
    }
}
