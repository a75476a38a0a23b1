//! Links from one page to another.

use super::errata::{self, Errata};
use super::markdown::{anchor, anchors, code, plain};
use crate::model::{Action, Model, Scalar, Wire};
use heck::ToKebabCase;
use std::collections::BTreeMap;

/// Makes links from pages in one folder.
pub(super) struct Links<'a> {
    model: &'a Model,
    errata: Errata<'a>,
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
        Self {
            model,
            root,
            errata: Errata::new(&model.errata),
            codes: codes().zip(anchors(codes())).collect(),
        }
    }

    pub(super) fn to(&self, text: &str, target: &str) -> String {
        format!("[{text}]({}{target})", self.root)
    }

    pub(super) fn action(&self, name: &str) -> String {
        match self.model.action(name) {
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

    /// The reference's type of a value, and the Rust type where it says more.
    pub(super) fn types(&self, reference: &str, scalar: &Scalar) -> String {
        let rust = match scalar {
            Scalar::Id(name) | Scalar::Enum(name) => self.named_type(name.as_str()),
            Scalar::Runtime(name) => code(name),
            Scalar::Integer if reference == Wire::String.name() => code("i64"),
            Scalar::Boolean if reference == Wire::String.name() => code("bool"),
            Scalar::String | Scalar::Integer | Scalar::Boolean => return reference.to_owned(),
        };
        format!("{reference}, {rust}")
    }

    pub(super) fn named_type(&self, name: &str) -> String {
        self.to(&code(name), &format!("types.md#{}", anchor(name)))
    }

    pub(super) fn resource(&self, name: &str) -> String {
        self.to(name, &format!("lifecycles.md#{}", anchor(name)))
    }

    pub(super) fn erratum(&self, id: &str) -> String {
        self.errata.of(id).map_or_else(|| id.to_owned(), |heading| self.to_erratum(heading))
    }

    fn to_erratum(&self, heading: &str) -> String {
        self.to(errata::id(heading), &format!("errata.md#{}", anchor(heading)))
    }

    /// The errata that speak of an action or of its section.
    pub(super) fn errata_about(&self, action: &Action) -> Vec<String> {
        let about = self.errata.about(&[&action.name, &action.section]);
        about.into_iter().map(|heading| self.to_erratum(heading)).collect()
    }

    /// Where a fact comes from, as a sentence.
    pub(super) fn source(&self, source: Option<&String>) -> String {
        source
            .map(|name| format!(" Source: {}.", self.to(&code(name), "README.md#sources")))
            .unwrap_or_default()
    }

    /// What a value is, its unit, and whether it is kept out of texts.
    pub(super) fn meaning(&self, summary: &str, unit: Option<&String>, sensitive: bool) -> String {
        let unit = unit.map(|unit| format!(" In {}.", plain(unit))).unwrap_or_default();
        let sensitive = if sensitive { " Sensitive: no log or error text shows it." } else { "" };
        format!("{}{unit}{sensitive}", self.prose(summary))
    }

    /// A sentence of the spec, in which backticks mark code: names of actions and error codes become links.
    pub(super) fn prose(&self, text: &str) -> String {
        let pieces: Vec<&str> = text.split('`').collect();
        if pieces.len().is_multiple_of(2) {
            // A backtick without another one marks nothing.
            return plain(text);
        }
        let is_code = [false, true].into_iter().cycle();
        pieces
            .iter()
            .zip(is_code)
            .map(|(piece, is_code)| if is_code { self.error_code(piece) } else { self.words(piece) })
            .collect()
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

#[cfg(test)]
mod tests {
    use super::Links;
    use crate::model::{Endpoints, ErrorCode, Model, Rust};
    use crate::spec::{Class, Signature};

    fn model() -> Model {
        let text = String::new;
        let code = |code: &str| ErrorCode {
            code: code.to_owned(),
            rust: Rust::camel(code),
            class: Class::Never,
            condition: None,
            cause: text(),
            remedy: text(),
            source: None,
        };
        Model {
            service: text(),
            krate: text(),
            title: text(),
            summary: text(),
            product: text(),
            version: text(),
            reference: text(),
            endpoints: Endpoints::default(),
            signature: Signature::V1,
            region_parameter: text(),
            dry_run_code: None,
            sources: Vec::new(),
            groups: Vec::new(),
            ids: Vec::new(),
            enums: Vec::new(),
            structures: Vec::new(),
            objects: Vec::new(),
            errors: vec![code("InvalidIP.Malformed"), code("InvalidIp.Malformed")],
            resources: Vec::new(),
            errata: "# Errata\n\n## E01 Some `thing`\nSee 4.12.\n\n## E02 Other\nText.\n".to_owned(),
            index: Default::default(),
        }
    }

    #[test]
    fn codes_in_prose_become_links_and_nothing_else_is_markup() {
        let model = model();
        let links = Links::new(&model, "../");
        let linked = "[`InvalidIp.Malformed`](../errors.md#invalidipmalformed-1)";
        assert_eq!(
            links.prose("A <b> is `x|y`: `InvalidIp.Malformed`."),
            format!("A &lt;b> is `x|y`: {linked}.")
        );
        assert_eq!(links.prose("A stray ` here"), "A stray \\` here");
    }

    #[test]
    fn an_erratum_is_linked_by_its_heading() {
        let model = model();
        assert_eq!(Links::new(&model, "").erratum("E01"), "[E01](errata.md#e01-some-thing)");
        assert_eq!(Links::new(&model, "").erratum("E09"), "E09");
    }
}
