//! How an action that lists things hands them out in pages.

/// The pages of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// What leads from one page to the next.
    pub style: PageStyle,
    /// The parameter that takes it; with a token, the field of the answer that gives it has the same name.
    pub parameter: &'static str,
    /// The parameter that says how many entries a page may have.
    pub size: Option<&'static str>,
    /// The field of the answer that says how many entries all pages have together.
    pub total: Option<&'static str>,
    /// The field of the answer that holds the entries.
    pub items: &'static str,
}

/// What leads from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// Its number, counted from 1.
    Number,
    /// A token, which each answer but the last holds.
    Token,
}
