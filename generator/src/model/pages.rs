//! Pages, resolved.

use super::response::own_text;
use super::{Field, FieldShape, Item, Limit, Parameter, Shape};
use crate::diagnostics::Text;
use crate::spec;
use crate::spec::PageStyle;

/// How an action hands out a list in pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The parameter that leads to the next page.
    pub parameter: String,
    /// The field of the answer that gives its value, a token; none if it takes the number of a page.
    pub token: Option<Field>,
    /// The parameter that says how many entries a page may have.
    pub size: Option<String>,
    /// The field of the answer that says how many entries all pages have together.
    pub total: Option<Field>,
    /// The field of the answer that holds the entries.
    pub items: Field,
    /// An entry.
    pub item: Item,
}

impl Pages {
    /// Resolves pages; `response` holds the fields of the answer.
    pub(super) fn build(written: &spec::Pages, response: &[Field]) -> Option<Self> {
        let field = |name: &Text| response.iter().find(|field| field.wire == name.value).cloned();
        let items = field(&written.items)?;
        let FieldShape::List { item, .. } = &items.shape else { return None };
        Some(Self {
            parameter: written.parameter.value.clone(),
            token: match written.style {
                PageStyle::Number => None,
                PageStyle::Token => Some(field(&written.parameter)?),
            },
            size: own_text(written.size.as_ref()),
            total: written.total.as_ref().and_then(field),
            item: item.clone(),
            items,
        })
    }

    /// The most entries that a page may have, where the spec says so; `parameters` are those of the action.
    #[must_use]
    pub fn largest(&self, parameters: &[Parameter]) -> Option<i64> {
        let size = parameters.iter().find(|parameter| Some(&parameter.wire) == self.size.as_ref())?;
        let Shape::Value(value) = &size.shape else { return None };
        value.checks.iter().find_map(|check| match check.limit {
            Limit::Range(_, most) => Some(most),
            _ => None,
        })
    }

    /// The spec's word for what leads to the next page.
    #[must_use]
    pub const fn style(&self) -> &'static str {
        if self.token.is_some() { "token" } else { "number" }
    }
}
