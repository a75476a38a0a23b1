//! The sections of the errata, and which of them speak of an action.

use std::collections::{BTreeSet, HashMap};

/// The headings, and where each word stands.
pub(super) struct Errata<'a> {
    headings: Vec<&'a str>,
    by_id: HashMap<&'a str, usize>,
    by_word: HashMap<&'a str, BTreeSet<usize>>,
}

/// The id of a section: the first word of its heading.
pub(super) fn id(heading: &str) -> &str {
    heading.split_whitespace().next().unwrap_or_default()
}

impl<'a> Errata<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut errata = Self { headings: Vec::new(), by_id: HashMap::new(), by_word: HashMap::new() };
        for (number, section) in text.split("\n## ").skip(1).enumerate() {
            let heading = section.lines().next().unwrap_or_default();
            errata.headings.push(heading);
            errata.by_id.entry(id(heading)).or_insert(number);
            for word in section.split(|one: char| !one.is_alphanumeric() && one != '.') {
                errata.by_word.entry(word.trim_matches('.')).or_default().insert(number);
            }
        }
        errata
    }

    /// The heading of the section with this id.
    pub(super) fn of(&self, id: &str) -> Option<&'a str> {
        self.headings.get(*self.by_id.get(id)?).copied()
    }

    /// The headings of the sections in which one of these words stands, in their order.
    pub(super) fn about(&self, words: &[&str]) -> Vec<&'a str> {
        let told = words.iter().filter(|word| !word.is_empty());
        let numbers: BTreeSet<usize> =
            told.filter_map(|word| self.by_word.get(word)).flatten().copied().collect();
        numbers.into_iter().filter_map(|number| self.headings.get(number).copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Errata;

    #[test]
    fn a_section_speaks_of_whole_words() {
        let errata =
            Errata::new("# Errata\n\n## E01 One\nSection 4.12. And DescribeThings.\n\n## E02 Two\n4.13\n");
        assert_eq!(errata.about(&["4.12"]), ["E01 One"]);
        assert_eq!(errata.about(&["4.13", "DescribeThings"]), ["E01 One", "E02 Two"]);
        assert!(errata.about(&["4.1", "Describe", ""]).is_empty());
    }

    #[test]
    fn a_section_is_found_by_its_id() {
        let errata = Errata::new("# Errata\n\n## E01 One\n\n## E02 Two\n");
        assert_eq!(errata.of("E02"), Some("E02 Two"));
        assert_eq!(errata.of("E03"), None);
    }
}
