//! Rust names.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use std::fmt;

/// A Rust identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rust(String);

/// Words that cannot be identifiers, of every edition.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

impl Rust {
    /// The name as written in the spec.
    #[must_use]
    pub fn given(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The name of a field, a setter or a module.
    #[must_use]
    pub fn snake(wire: &str) -> Self {
        Self::safe(wire.to_snake_case())
    }

    /// The name of a type or a variant.
    #[must_use]
    pub fn camel(wire: &str) -> Self {
        Self::safe(wire.to_upper_camel_case())
    }

    /// The name of a static.
    #[must_use]
    pub fn shouting(wire: &str) -> Self {
        Self::safe(wire.to_shouty_snake_case())
    }

    fn safe(name: String) -> Self {
        if KEYWORDS.contains(&name.as_str()) {
            Self(format!("{name}_"))
        } else if name.starts_with(|c: char| c.is_ascii_digit()) {
            Self(format!("_{name}"))
        } else {
            Self(name)
        }
    }

    /// Whether it can stand in Rust code.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let start = self.0.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let rest = self.0.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        start && rest && self.0 != "_" && !KEYWORDS.contains(&self.0.as_str())
    }

    /// The name with something behind it.
    #[must_use]
    pub fn with(&self, suffix: &str) -> Self {
        Self(format!("{}{suffix}", self.0))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as a token.
    #[must_use]
    pub fn ident(&self) -> Ident {
        Ident::new(&self.0, Span::call_site())
    }
}

impl fmt::Display for Rust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl quote::ToTokens for Rust {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.ident().to_tokens(tokens);
    }
}
