//! How an action hands out a list in pages.

use crate::diagnostics::{Fault, Spot, Text};
use crate::yaml::Fields;

/// The pages of an action.
#[derive(Debug)]
pub struct Pages {
    /// How one page leads to the next.
    pub style: PageStyle,
    /// The parameter that says how many entries a page may have.
    pub size: Option<Text>,
    /// The field of the answer that holds the entries.
    pub items: Text,
    /// Its place.
    pub spot: Spot,
}

/// How one page leads to the next.
#[derive(Debug)]
pub enum PageStyle {
    /// Pages are numbered from 1.
    Number {
        /// The parameter that takes the number.
        parameter: Text,
        /// The field of the answer that says how many entries there are on all pages together.
        total: Option<Text>,
    },
    /// Each answer but the last holds the token of the next page, in a field that has the name of the parameter.
    Token(Text),
}

/// The value of `pages`.
pub(super) fn read(action: &mut Fields<'_, '_>) -> Option<Pages> {
    let node = action.take("pages")?;
    let spot = action.key_spot("pages");
    let mut fields = Fields::of(node, "`pages`", action.faults)?;
    let style = read_style(&mut fields, spot);
    let (size, items) = (fields.text("size"), fields.need_text("items"));
    fields.refuse("total", "only pages with a `number` need it; a token tells the end by itself");
    fields.finish();
    Some(Pages { style: style?, size, items, spot })
}

fn read_style(fields: &mut Fields<'_, '_>, spot: Spot) -> Option<PageStyle> {
    match (fields.text("number"), fields.text("token")) {
        (Some(parameter), None) => Some(PageStyle::Number { parameter, total: fields.text("total") }),
        (None, Some(parameter)) => Some(PageStyle::Token(parameter)),
        _ => {
            let fault = Fault::new(spot, "pages need one of `number` and `token`");
            fields
                .faults
                .add(fault.hint("write the parameter that leads to the next page: `number: PageNumber`"));
            None
        }
    }
}
