//! For a person at a terminal.

use super::title;
use crate::diff::{Class, Report, Subject};

pub(super) fn render(report: &Report, styled: bool) -> String {
    let style = Style(styled);
    let (old, new) = &report.names;
    let Some(class) = report.class() else {
        return format!("{}: no difference between {old} and {new}\n", report.krate);
    };
    let mut text = style.bold(&format!("{}: {old} -> {new}", report.krate)) + "\n";
    let mut last: Option<&Subject> = None;
    for change in &report.changes {
        if last != Some(&change.subject) {
            text += &format!("\n{}\n", style.bold(&title(&change.subject, "")));
            last = Some(&change.subject);
        }
        // Padded before it is coloured: colours have no width.
        let word = style.of(change.class, &format!("{:<9}", change.class.name()));
        text += &format!("  {word}  {}\n", change.text);
        if change.class > Class::Documents {
            text += &format!("             {}\n", style.dim(&change.reason));
        }
    }
    text += &format!("\n{}: {}\n", report.counts(), Report::verdict(class));
    text
}

/// Colours, or none.
struct Style(bool);

impl Style {
    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.with("2", text)
    }

    fn of(&self, class: Class, text: &str) -> String {
        let colour = match class {
            Class::Breaking => "1;31",
            Class::Addition => "32",
            Class::Fix => "33",
            Class::Documents => "2",
        };
        self.with(colour, text)
    }

    fn with(&self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
