//! Pages, resolved.

use super::response::own_text;
use super::{Field, FieldShape, Item};
use crate::spec;

/// How an action hands out a list in pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// How one page leads to the next.
    pub style: PageStyle,
    /// The parameter that says how many entries a page may have.
    pub size: Option<String>,
    /// The field of the answer that holds the entries.
    pub items: Field,
    /// An entry.
    pub item: Item,
}

/// How one page leads to the next.
#[derive(Clone, Debug)]
pub enum PageStyle {
    /// Pages are numbered from 1.
    Number {
        /// The parameter that takes the number.
        parameter: String,
        /// The field of the answer that says how many entries there are on all pages together.
        total: Option<Field>,
    },
    /// Each answer but the last holds the token of the next page.
    Token {
        /// The parameter that takes it.
        parameter: String,
        /// The field of the answer that holds it.
        field: Field,
    },
}

impl Pages {
    /// The parameter that leads to the next page.
    #[must_use]
    pub fn parameter(&self) -> &str {
        match &self.style {
            PageStyle::Number { parameter, .. } | PageStyle::Token { parameter, .. } => parameter,
        }
    }

    /// Resolves pages; `response` holds the fields of the answer.
    pub(super) fn build(written: &spec::Pages, response: &[Field]) -> Option<Self> {
        let field = |name: &str| response.iter().find(|field| field.wire == name).cloned();
        let style = match &written.style {
            spec::PageStyle::Number { parameter, total } => PageStyle::Number {
                parameter: parameter.value.clone(),
                total: total.as_ref().and_then(|total| field(total.as_str())),
            },
            spec::PageStyle::Token(parameter) => {
                PageStyle::Token { parameter: parameter.value.clone(), field: field(parameter.as_str())? }
            }
        };
        let items = field(written.items.as_str())?;
        let FieldShape::List { item, .. } = &items.shape else { return None };
        let (size, item) = (own_text(written.size.as_ref()), item.clone());
        Some(Self { style, size, items, item })
    }
}
