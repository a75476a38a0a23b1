//! How the values of a file lie in its text, for what changes a text and leaves the rest of it alone.

use super::{Content, Entry, Node, parse};
use crate::diagnostics::{Faults, Sources};

/// The entries of a text that is one mapping without a fault.
///
/// # Errors
/// When it is none.
pub(crate) fn entries_of(text: &str) -> Result<Vec<Entry>, String> {
    let mut faults = Faults::default();
    let node = parse(Sources::default().add(String::new(), String::new()), text, &mut faults);
    match node.map(|node| node.content) {
        Some(Content::Map(entries)) if faults.is_empty() => Ok(entries),
        _ => Err("the file is no mapping; run `cargo gen check`".to_owned()),
    }
}

/// Where a value ends. The parser lets a block, and a collection in braces or brackets, end where the next value begins,
/// behind blank lines and comments.
pub(crate) fn end(node: &Node, text: &str) -> usize {
    let last = match &node.content {
        Content::Map(entries) => entries.last().map(|entry| &entry.value),
        Content::List(elements) => elements.last(),
        Content::Scalar { .. } => None,
    };
    let range = node.spot.range();
    if is_flow(node, text) {
        // Behind the last element there is nothing but blanks, a comma and the bracket.
        let from = last.map_or(range.start + 1, |last| end(last, text));
        let bracket = text.get(from..).and_then(|rest| rest.find(['}', ']']));
        return bracket.map_or(range.end, |at| from + at + 1);
    }
    last.map_or(range.end, |last| end(last, text))
}

/// Whether a collection is written in braces or brackets.
pub(crate) fn is_flow(node: &Node, text: &str) -> bool {
    let is_collection = !matches!(node.content, Content::Scalar { .. });
    is_collection && text.get(node.spot.range()).is_some_and(|value| value.starts_with(['{', '[']))
}

/// Behind the line in which a byte lies.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |length| at + length + 1)
}

pub(crate) fn same_entries(one: &[Entry], other: &[Entry]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.key.value == other.key.value && same(&one.value, &other.value))
}

pub(crate) fn same(one: &Node, other: &Node) -> bool {
    match (&one.content, &other.content) {
        (Content::Scalar { text, plain }, Content::Scalar { text: other, plain: other_plain }) => {
            text == other && plain == other_plain
        }
        (Content::List(one), Content::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Content::Map(one), Content::Map(other)) => same_entries(one, other),
        _ => false,
    }
}

/// A top-level entry, with the comment that stands directly above it and all up to the next one.
pub(crate) struct Block<'a> {
    pub(crate) key: &'a str,
    pub(crate) text: &'a str,
}

/// What stands before the first entry, and the entries.
pub(crate) fn blocks<'a>(text: &'a str, entries: &'a [Entry]) -> (&'a str, Vec<Block<'a>>) {
    let mut starts = Vec::new();
    let mut from = 0;
    for entry in entries {
        starts.push(comment_above(text, from, entry.key.spot.range().start));
        from = line_end(text, end(&entry.value, text));
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let head = text.get(..starts.first().copied().unwrap_or(text.len())).unwrap_or_default();
    let blocks = entries.iter().zip(starts.iter().zip(ends)).map(|(entry, (start, end))| Block {
        key: entry.key.as_str(),
        text: text.get(*start..end).unwrap_or_default(),
    });
    (head, blocks.collect())
}

/// Where the lines of a comment begin that end above the line of a key; not above `from`.
fn comment_above(text: &str, from: usize, key: usize) -> usize {
    let mut start = key;
    let between = text.get(from..key).unwrap_or_default();
    for line in between.split_inclusive('\n').rev() {
        if !line.starts_with('#') {
            break;
        }
        start -= line.len();
    }
    start
}
