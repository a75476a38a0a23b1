//! The long form of a code: a section of `diagnostics.md`.

use super::{Code, suggest};

const PAGE: &str = include_str!("../../diagnostics.md");

/// The section of a code, which may be written `E012`, `e12` or `12`.
///
/// # Errors
/// When there is no such code: what is near to it.
pub fn explain(written: &str) -> Result<&'static str, String> {
    let digits = written.trim().trim_start_matches(['e', 'E']);
    let code = digits.parse::<usize>().ok().and_then(|number| Code::ALL.get(number.checked_sub(1)?));
    let section = code.and_then(|code| sections().find(|section| section.starts_with(&code.to_string())));
    section.ok_or_else(|| {
        let last = Code::ALL.last().map(Code::to_string).unwrap_or_default();
        let codes: Vec<String> = Code::ALL.iter().map(Code::to_string).collect();
        let hint = suggest(written, codes.iter().map(String::as_str));
        format!("there is no code `{written}`: they go from E001 to {last}; {hint}")
    })
}

/// Each code with its title, a line each.
pub fn titles() -> impl Iterator<Item = &'static str> {
    sections().filter_map(|section| section.lines().next())
}

fn sections() -> impl Iterator<Item = &'static str> {
    PAGE.split("\n## ").skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_section_with_two_examples() {
        let codes: Vec<&str> = titles().filter_map(|title| title.split(' ').next()).collect();
        assert_eq!(codes, Code::ALL.iter().map(Code::to_string).collect::<Vec<_>>());
        for section in sections() {
            let (text, examples) = section.split_once("\nWrong:\n").unwrap();
            assert!(text.lines().filter(|line| !line.is_empty()).count() >= 2, "{section}");
            assert_eq!(examples.matches("```yaml\n").count(), 2, "{section}");
            assert!(examples.contains("\nRight:\n"), "{section}");
            assert!(text.lines().next().unwrap().chars().count() < 70, "{section}");
        }
    }

    #[test]
    fn a_code_may_be_written_in_short() {
        for written in ["E012", "e012", "e12", "12", " E12 "] {
            assert!(explain(written).unwrap().starts_with("E012 "), "{written}");
        }
        for written in ["", "E", "E000", "0", "E999", "-1", "label", "99999999999999999999"] {
            assert!(explain(written).unwrap_err().contains("E001 to E"), "{written}");
        }
    }
}
