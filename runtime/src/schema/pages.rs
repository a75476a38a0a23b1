//! How an action that lists things hands them out in pages.

/// The pages of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// How one page leads to the next.
    pub style: PageStyle,
    /// The parameter that says how many entries a page may have.
    pub size: Option<&'static str>,
    /// The field of the answer that holds the entries.
    pub items: &'static str,
}

/// How one page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// Pages are numbered from 1.
    Number {
        /// The parameter that takes the number.
        parameter: &'static str,
        /// The field of the answer that says how many entries all pages have together.
        total: Option<&'static str>,
    },
    /// Each answer but the last holds the token of the next page.
    Token {
        /// The parameter that takes it; the field of the answer has the same name.
        parameter: &'static str,
    },
}
