//! The one way in which the files of a spec are laid out, as far as that can be had without touching a value or a comment.

use crate::schema;
use crate::yaml::layout::{Block, blocks, end, entries_of, is_flow, same_entries};
use crate::yaml::{Content, Entry, Node};
use std::ops::Range;

/// A file of the spec as it should be, given its path below the folder of the spec: the line that names its schema, the keys
/// at the top in the order of the format, one blank between the marks of `{ a: [b, c] }`, no blanks at the ends of lines,
/// one empty line at most, and a line feed at the end of each line.
///
/// # Errors
/// When the text is no mapping without a fault, and when the layout could not be changed without changing what is said.
pub fn formatted(path: &str, text: &str) -> Result<String, String> {
    let text = text.replace("\r\n", "\n");
    let before = entries_of(&text)?;
    let ordered = ordered(path, &text, &before);
    let spaced = spaced(&ordered)?;
    let tidy = tidy(&spaced)?;
    let after = entries_of(&tidy)?;
    if same_entries(&sorted(&before), &sorted(&after)) {
        return Ok(tidy);
    }
    Err("it is laid out in a way that cannot be changed without changing what it says; write it plainer"
        .to_owned())
}

fn sorted(entries: &[Entry]) -> Vec<Entry> {
    let mut entries = entries.to_vec();
    entries.sort_by(|a, b| a.key.value.cmp(&b.key.value));
    entries
}

/// The first line, and the keys in their order.
fn ordered(path: &str, text: &str, entries: &[Entry]) -> String {
    let (head, mut blocks) = blocks(text, entries);
    // A comment that stands directly above the first key goes with it, but not the line that names the schema.
    let head = without_first_line(head);
    if let Some(first) = blocks.first_mut() {
        first.text = without_first_line(first.text);
    }
    let order = schema::order(path);
    let place = |block: &Block<'_>| order.iter().position(|key| key == block.key);
    blocks.sort_by_key(place);
    let texts = blocks.iter().map(|block| format!("{}\n", block.text.trim_end_matches('\n')));
    let gaps = blocks.iter().map(|block| if block.text.ends_with("\n\n") { "\n" } else { "" });
    let body: String = texts.zip(gaps).flat_map(|(text, gap)| [text, gap.to_owned()]).collect();
    let first_line = schema::first_line(path).unwrap_or_default();
    format!("{first_line}{}{body}", head.trim_start_matches('\n'))
}

fn without_first_line(text: &str) -> &str {
    match text.strip_prefix(schema::FIRST_LINE) {
        Some(rest) => rest.split_once('\n').map_or("", |(_, rest)| rest),
        None => text,
    }
}

/// Collections in braces and brackets that lie on one line, with blanks where they belong.
fn spaced(text: &str) -> Result<String, String> {
    let mut places = Vec::new();
    entries_of(text)?.iter().for_each(|entry| flows(&entry.value, text, &mut places));
    let mut spaced = text.to_owned();
    for (range, new) in places.into_iter().rev() {
        spaced.replace_range(range, &new);
    }
    Ok(spaced)
}

/// The outermost of them, and how each should be written.
fn flows(node: &Node, text: &str, places: &mut Vec<(Range<usize>, String)>) {
    match &node.content {
        _ if is_flow(node, text) => {
            let range = node.spot.range().start..end(node, text);
            if text.get(range.clone()).is_some_and(|written| !written.contains('\n')) {
                places.push((range, flow(node, text)));
            }
        }
        Content::Map(entries) => entries.iter().for_each(|entry| flows(&entry.value, text, places)),
        Content::List(elements) => elements.iter().for_each(|element| flows(element, text, places)),
        Content::Scalar { .. } => {}
    }
}

fn flow(node: &Node, text: &str) -> String {
    let written = |range: Range<usize>| text.get(range).unwrap_or_default();
    match &node.content {
        Content::Scalar { .. } => written(node.spot.range()).to_owned(),
        Content::List(elements) => {
            let elements: Vec<String> = elements.iter().map(|element| flow(element, text)).collect();
            format!("[{}]", elements.join(", "))
        }
        Content::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Content::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", written(entry.key.spot.range()), flow(&entry.value, text)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// No blanks at the ends of lines and no two empty lines, but inside of texts of several lines.
fn tidy(text: &str) -> Result<String, String> {
    let mut texts = Vec::new();
    entries_of(text)?.iter().for_each(|entry| long_texts(&entry.value, text, &mut texts));
    let is_content =
        |line: Range<usize>| texts.iter().any(|text| text.start < line.end && line.start < text.end);
    let (mut tidy, mut at) = (String::with_capacity(text.len()), 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_content(start..at) {
            tidy += line;
            continue;
        }
        let line = line.trim_end();
        if !line.is_empty() || !(tidy.is_empty() || tidy.ends_with("\n\n")) {
            tidy += line;
            tidy.push('\n');
        }
    }
    tidy.truncate(tidy.trim_end_matches('\n').len());
    Ok(tidy + "\n")
}

/// Texts that stand on several lines.
fn long_texts(node: &Node, text: &str, ranges: &mut Vec<Range<usize>>) {
    match &node.content {
        Content::Scalar { .. } => {
            let range = node.spot.range();
            if text.get(range.clone()).is_some_and(|written| written.contains('\n')) {
                ranges.push(range);
            }
        }
        Content::Map(entries) => entries.iter().for_each(|entry| long_texts(&entry.value, text, ranges)),
        Content::List(elements) => elements.iter().for_each(|element| long_texts(element, text, ranges)),
    }
}

#[cfg(test)]
mod tests {
    use super::formatted;

    const LINE: &str = "# yaml-language-server: $schema=../../schema/action.json\n";

    fn action(text: &str) -> String {
        let new = formatted("actions/lamp/CreateLamp.yaml", text).unwrap();
        assert_eq!(formatted("actions/lamp/CreateLamp.yaml", &new).as_deref(), Ok(new.as_str()), "twice");
        new.strip_prefix(LINE).unwrap().to_owned()
    }

    #[test]
    fn keys_have_one_order_and_take_their_comments_along() {
        let text = "# About lamps.\n\n# What it changes.\neffect: create   # much\nerrors: []\n# In a sentence.\n# Or two.\nsummary: A lamp.\n\
                    parameters:\n  # The first.\n  B: { type: C }\n  A: { type: C }\n# The end.\n";
        let expected = "# About lamps.\n\n# In a sentence.\n# Or two.\nsummary: A lamp.\n# What it changes.\neffect: create   # much\n\
                        parameters:\n  # The first.\n  B: { type: C }\n  A: { type: C }\n# The end.\nerrors: []\n";
        assert_eq!(action(text), expected);
        assert_eq!(action(&format!("{LINE}{text}")), expected);
        assert_eq!(action(&format!("{}{text}", LINE.replace("../..", ".."))), expected);
        assert_eq!(action(&text.replace('\n', "\r\n")), expected);
        let types = "B: {}\nA: {}\n";
        let line = "# yaml-language-server: $schema=../schema/ids.json\n";
        assert_eq!(formatted("types/ids.yaml", types), Ok(format!("{line}{types}")));
    }

    #[test]
    fn collections_on_one_line_have_their_blanks() {
        for (written, expected) in [
            ("{type: C,  one_of: [ a,b ,\"c, d\" ]}", "{ type: C, one_of: [a, b, \"c, d\"] }"),
            ("{ }", "{}"),
            ("[ ]", "[]"),
            (
                "{ a: 'it''s: {x}',b: \u{4e2d}\u{6587} } # {a,b}",
                "{ a: 'it''s: {x}', b: \u{4e2d}\u{6587} } # {a,b}",
            ),
            ("{ \"a\" : 1 }", "{ \"a\": 1 }"),
        ] {
            let text = |value: &str| format!("effect: read\nparameters:\n  A: {value}\n");
            assert_eq!(action(&text(written)), text(expected));
        }
        let long = "effect: read\nparameters: { A: {type: C},\n  B: {type: D} }\n";
        assert_eq!(action(long), long);
    }

    #[test]
    fn blanks_go_but_not_those_of_texts() {
        let text = "\n\neffect: read  \n\n\n\nnotes:\t\n  - A.\n\n\n  - B. # c  \nexamples:\n  - request: {}\n    json: |\n      {  \n\n\n        \"a\":1   }\n    xml: >-\n      a  \n\n      b\n\n\n";
        let expected = "notes:\n  - A.\n\n  - B. # c\neffect: read\n\nexamples:\n  - request: {}\n    json: |\n      {  \n\n\n        \"a\":1   }\n    xml: >-\n      a  \n\n      b\n";
        assert_eq!(action(text), expected);
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in ["", "- a\n", "a: {\n", "a: 1\na: 2\n", "a: &b 1\n"] {
            assert!(formatted("errors.yaml", text).is_err(), "{text:?}");
        }
    }
}
