//! Pages, resolved.

use super::response::own_text;
use super::{Field, FieldShape, Item};
use crate::diagnostics::Text;
use crate::spec;

/// How an action hands out a list in pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// What leads from one page to the next.
    pub style: PageStyle,
    /// The parameter that takes it.
    pub parameter: String,
    /// The parameter that says how many entries a page may have.
    pub size: Option<String>,
    /// The field of the answer that says how many entries all pages have together.
    pub total: Option<Field>,
    /// The field of the answer that holds the entries.
    pub items: Field,
    /// An entry.
    pub item: Item,
}

/// What leads from one page to the next.
#[derive(Clone, Debug)]
pub enum PageStyle {
    /// Its number, counted from 1.
    Number,
    /// A token, in this field of each answer but the last.
    Token(Field),
}

impl Pages {
    /// Resolves pages; `response` holds the fields of the answer.
    pub(super) fn build(written: &spec::Pages, response: &[Field]) -> Option<Self> {
        let field = |name: &Text| response.iter().find(|field| field.wire == name.value).cloned();
        let style = match written.style {
            spec::PageStyle::Number => PageStyle::Number,
            spec::PageStyle::Token => PageStyle::Token(field(&written.parameter)?),
        };
        let items = field(&written.items)?;
        let FieldShape::List { item, .. } = &items.shape else { return None };
        Some(Self {
            style,
            parameter: written.parameter.value.clone(),
            size: own_text(written.size.as_ref()),
            total: written.total.as_ref().and_then(field),
            item: item.clone(),
            items,
        })
    }

    /// The spec's word for what leads on.
    #[must_use]
    pub fn lead(&self) -> &'static str {
        match self.style {
            PageStyle::Number => "number",
            PageStyle::Token(_) => "token",
        }
    }
}
