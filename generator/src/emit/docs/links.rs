//! Links from one page to another.

use super::markdown::{anchor, anchors, code, plain};
use crate::model::{Action, Model, Scalar};
use heck::ToKebabCase;
use std::collections::BTreeMap;

/// Makes links from pages in one folder.
pub(super) struct Links<'a> {
    model: &'a Model,
    /// From that folder to the folder of all documents.
    root: &'static str,
    /// Anchors of the error codes.
    codes: BTreeMap<&'a str, String>,
}

/// Where the page of an action is, seen from the folder of all documents.
pub(super) fn action_file(name: &str) -> String {
    format!("actions/{}.md", name.to_kebab_case())
}

impl<'a> Links<'a> {
    pub(super) fn new(model: &'a Model, root: &'static str) -> Self {
        let codes = || model.errors.iter().map(|error| error.code.as_str());
        Self { model, root, codes: codes().zip(anchors(codes())).collect() }
    }

    pub(super) fn to(&self, text: &str, target: &str) -> String {
        format!("[{text}]({}{target})", self.root)
    }

    pub(super) fn action(&self, name: &str) -> String {
        match self.model.actions().find(|action| action.name == name) {
            Some(_) => self.to(name, &action_file(name)),
            None => name.to_owned(),
        }
    }

    pub(super) fn error_code(&self, word: &str) -> String {
        match self.codes.get(word) {
            Some(anchor) => self.to(&code(word), &format!("errors.md#{anchor}")),
            None => code(word),
        }
    }

    /// The named type of a value, if it has one.
    pub(super) fn scalar(&self, scalar: &Scalar) -> Option<String> {
        match scalar {
            Scalar::Id(name) | Scalar::Enum(name) => Some(self.named_type(name.as_str())),
            Scalar::String | Scalar::Integer | Scalar::Boolean | Scalar::Runtime(_) => None,
        }
    }

    pub(super) fn named_type(&self, name: &str) -> String {
        self.to(&code(name), &format!("types.md#{}", anchor(name)))
    }

    pub(super) fn resource(&self, name: &str) -> String {
        self.to(name, &format!("lifecycles.md#{}", anchor(name)))
    }

    pub(super) fn erratum(&self, id: &str) -> String {
        let found = errata(self.model).into_iter().find(|erratum| erratum.id() == id);
        found.map_or_else(|| id.to_owned(), |erratum| self.to_erratum(&erratum))
    }

    fn to_erratum(&self, erratum: &Erratum<'_>) -> String {
        self.to(erratum.id(), &format!("errata.md#{}", anchor(erratum.heading)))
    }

    /// The errata that speak of an action or of its section.
    pub(super) fn errata_about(&self, action: &Action) -> Vec<String> {
        let about = errata(self.model).into_iter().filter(|erratum| erratum.speaks_of(&[&action.name, &action.section]));
        about.map(|erratum| self.to_erratum(&erratum)).collect()
    }

    /// Where a fact comes from, as a sentence.
    pub(super) fn source(&self, source: Option<&String>) -> String {
        source.map(|name| format!(" Source: {}.", self.to(&code(name), "README.md#sources"))).unwrap_or_default()
    }

    /// A sentence of the spec, in which backticks mark code: names of actions and error codes become links.
    pub(super) fn prose(&self, text: &str) -> String {
        let pieces: Vec<&str> = text.split('`').collect();
        if pieces.len() % 2 == 0 {
            // A backtick without another one marks nothing.
            return plain(text);
        }
        let is_code = [false, true].into_iter().cycle();
        pieces.iter().zip(is_code).map(|(piece, is_code)| if is_code { self.error_code(piece) } else { self.words(piece) }).collect()
    }

    fn words(&self, text: &str) -> String {
        let pieces = text.split_inclusive(|character: char| !character.is_alphanumeric());
        let linked = pieces.map(|piece| {
            let word = piece.trim_end_matches(|character: char| !character.is_alphanumeric());
            let rest = piece.get(word.len()..).unwrap_or_default();
            format!("{}{}", self.action(word), plain(rest))
        });
        linked.collect()
    }
}

/// One section of the errata.
struct Erratum<'a> {
    heading: &'a str,
    text: &'a str,
}

fn errata(model: &Model) -> Vec<Erratum<'_>> {
    let sections = model.errata.split("\n## ").skip(1);
    sections.map(|text| Erratum { heading: text.lines().next().unwrap_or_default(), text }).collect()
}

impl Erratum<'_> {
    fn id(&self) -> &str {
        self.heading.split_whitespace().next().unwrap_or_default()
    }

    fn speaks_of(&self, names: &[&str]) -> bool {
        let words = self.text.split(|character: char| !character.is_alphanumeric() && character != '.');
        words.map(|word| word.trim_matches('.')).any(|word| names.contains(&word))
    }
}
