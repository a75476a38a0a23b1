//! The report in three forms.

mod json;
mod markdown;
mod page;

pub use json::LAYOUT_VERSION;

use super::{Class, Report, Subject, raised};

/// Forms of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a person at a terminal, with colours or without.
    Page {
        /// Whether it has colours.
        styled: bool,
    },
    /// For a changelog or a review.
    Markdown,
    /// For other programs.
    Json,
}

impl Report {
    /// The report as text, with a newline at its end.
    #[must_use]
    pub fn render(&self, form: Form) -> String {
        match form {
            Form::Page { styled } => page::render(self, styled),
            Form::Markdown => markdown::render(self),
            Form::Json => format!("{:#}\n", json::render(self)),
        }
    }

    /// `2 breaking, 1 addition`
    fn counts(&self) -> String {
        let counted = |class: &Class| {
            let count = self.count(*class);
            let word = match (class, count) {
                (_, 0) => return None,
                (Class::Breaking, _) => "breaking",
                (Class::Addition, 1) => "addition",
                (Class::Addition, _) => "additions",
                (Class::Fix, 1) => "fix",
                (Class::Fix, _) => "fixes",
                (Class::Documents, _) => "of documents only",
            };
            Some(format!("{count} {word}"))
        };
        Class::ALL.iter().filter_map(counted).collect::<Vec<_>>().join(", ")
    }

    /// Which number of the version to raise.
    fn verdict(class: Class) -> String {
        match (raised(class, false), raised(class, true)) {
            (after, before) if after == before => format!("raise the {after} number"),
            (after, before) => format!("raise the {after} number, before 1.0 the {before} one"),
        }
    }
}

/// `action CreateLamp`
fn title(subject: &Subject, code: &str) -> String {
    match subject.parts() {
        (kind, Some(name)) => format!("{kind} {code}{name}{code}"),
        (kind, None) => format!("the {kind}"),
    }
}
