//! For a changelog or a review.

use super::title;
use crate::diff::{Change, Class, Report};

pub(super) fn render(report: &Report) -> String {
    let (old, new) = &report.names;
    let mut text = format!("## {}: from {} to {}\n\n", report.krate, escaped(old), escaped(new));
    let Some(class) = report.class() else { return text + "No difference.\n" };
    text += &format!("**{}**: {}.\n", report.counts(), Report::verdict(class));
    for class in Class::ALL.into_iter().filter(|class| report.count(*class) > 0) {
        text += &format!("\n### {}\n\n", heading(class));
        for (change, subjects) in folded(report, class) {
            let said = escaped(change.text.trim_end_matches('.'));
            text += &format!("- **{}**: {said}.", subjects.join(", "));
            if class > Class::Documents {
                text += &format!(" *{}.*", escaped(&capitalised(&change.reason)));
            }
            text.push('\n');
        }
    }
    text
}

/// The changes of a class; what happens to several subjects alike is told once.
fn folded(report: &Report, class: Class) -> Vec<(&Change, Vec<String>)> {
    let mut found: Vec<(&Change, Vec<String>)> = Vec::new();
    for change in report.changes.iter().filter(|change| change.class == class) {
        let subject = title(&change.subject, "`");
        let said = |other: &Change| (&other.text, &other.reason) == (&change.text, &change.reason);
        match found.iter_mut().find(|(other, _)| said(other)) {
            Some((_, subjects)) => subjects.push(subject),
            None => found.push((change, vec![subject])),
        }
    }
    found
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

const fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking",
        Class::Addition => "Added",
        Class::Fix => "Fixed",
        Class::Documents => "Documents",
    }
}

/// A text on one line in which nothing but code is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut is_code = false;
    for character in text.chars() {
        match character {
            '`' => is_code = !is_code,
            '\n' | '\r' => {
                escaped.push(' ');
                continue;
            }
            '*' | '_' | '<' | '[' | '\\' if !is_code => escaped.push('\\'),
            _ => {}
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn only_code_is_markup() {
        assert_eq!(escaped("a `b_<c>*` _d_ <e>\n[f]"), "a `b_<c>*` \\_d\\_ \\<e> \\[f]");
    }
}
