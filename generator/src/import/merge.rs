//! Adds parameters to an action's file without touching any other byte of it.

use crate::yaml::layout::{end, entries_of, is_flow, line_end, same_entries};
use crate::yaml::{Content, Entry, Node};

/// Adds parameters at the end of the block `parameters`; `lines` writes them, indented as asked.
///
/// # Errors
/// When the file is not laid out as the spec writes it; the text says how to mend it.
pub fn add_parameters(text: &str, names: &[&str], lines: impl Fn(usize) -> String) -> Result<String, String> {
    let old = entries_of(text)?;
    let (at, added) = match old.iter().find(|entry| entry.key.value == "parameters") {
        Some(block) => {
            let last = last_of(block, text)?;
            (line_end(text, end(&last.value, text)), lines(column(text, last)))
        }
        None => (line_end(text, before_parameters(&old, text)?), format!("parameters:\n{}", lines(2))),
    };
    let new = inserted(text, at, &added);
    let read_again = entries_of(&new).is_ok_and(|new| is_grown(&old, &new, names));
    if read_again {
        Ok(new)
    } else {
        Err("the lines behind the block `parameters` are laid out in an unusual way; add the parameters by hand"
            .to_owned())
    }
}

/// The last parameter of a block that has one parameter a line or more.
fn last_of<'a>(block: &'a Entry, text: &str) -> Result<&'a Entry, String> {
    let last = match &block.value.content {
        Content::Map(entries) if !is_flow(&block.value, text) => entries.last(),
        _ => None,
    };
    last.ok_or_else(|| "`parameters` is written in braces; write one parameter a line".to_owned())
}

/// Where the entries end behind which parameters belong.
fn before_parameters(entries: &[Entry], text: &str) -> Result<usize, String> {
    const BEFORE: [&str; 7] = ["summary", "notes", "limits", "reference", "source", "effect", "idempotency"];
    let before = entries.iter().filter(|entry| BEFORE.contains(&entry.key.as_str()));
    let ends = before.map(|entry| end(&entry.value, text));
    ends.max().ok_or_else(|| "the file has no `effect`; run `cargo gen check`".to_owned())
}

fn column(text: &str, entry: &Entry) -> usize {
    let before = text.get(..entry.key.spot.range().start).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |at| at + 1)
}

/// Lines put into a text, ended as its own.
fn inserted(text: &str, at: usize, lines: &str) -> String {
    let line_feed = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let missing = if before.ends_with('\n') { "" } else { line_feed };
    format!("{before}{missing}{}{after}", lines.replace('\n', line_feed))
}

/// Whether nothing has changed but that these parameters have been added behind the others.
fn is_grown(old: &[Entry], new: &[Entry], names: &[&str]) -> bool {
    let others = |entries: &[Entry]| -> Vec<Entry> {
        entries.iter().filter(|entry| entry.key.value != "parameters").cloned().collect()
    };
    let parameters = |entries: &[Entry]| match entries.iter().find(|entry| entry.key.value == "parameters") {
        Some(Entry { value: Node { content: Content::Map(entries), .. }, .. }) => entries.clone(),
        _ => Vec::new(),
    };
    let (before, after) = (parameters(old), parameters(new));
    let (kept, added) = after.split_at_checked(before.len()).unwrap_or_default();
    same_entries(&others(old), &others(new))
        && same_entries(&before, kept)
        && added.iter().map(|entry| entry.key.as_str()).eq(names.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::add_parameters;

    /// Adds `New` to a file; what is added is marked with `>` in what is expected.
    fn grow(text: &str) -> Result<String, String> {
        add_parameters(text, &["New"], |indent| format!("{:indent$}New: {{ type: X }}\n", ""))
    }

    #[test]
    fn lines_are_added_behind_the_last_parameter() {
        for expected in [
            "effect: read\nparameters:\n  A: { type: B }\n>  New: { type: X }\nresponse: {}\n",
            "effect: read\nparameters:\n  A: { type: B }\n>  New: { type: X }\n",
            "effect: read\nparameters:\n  A: { type: B } # of the first kind\n>  New: { type: X }\n\n# An answer.\nresponse: {}\n",
            "effect: read\nparameters:\n    # Wide.\n    A: { type: B }\n>    New: { type: X }\n    # An end.\nresponse: {}\n",
            "parameters:\n  A:\n    list: B\n    fields:\n      C: { type: D }\n>  New: { type: X }\neffect: read\n",
            "parameters:\n  A:\n    one_of:\n      - B\n      - C\n>  New: { type: X }\n\n\neffect: read\n",
            "parameters:\n  A:\n    summary: >-\n      One line,\n      # no comment.\n>  New: { type: X }\n# A comment.\neffect: read\n",
            "parameters:\n  A:\n    summary: \"One line,\n      another one.\"   \n>  New: { type: X }\neffect: read\n",
            "parameters:\n  A: { type: B,\n    summary: '\u{4e00}}' }\n>  New: { type: X }\neffect: read\n",
            "summary: A.\neffect: read\n>parameters:\n>  New: { type: X }\n# An answer.\nresponse: raw\n",
            "summary: A.\nreference: { section: \"1\" }\neffect: read\n>parameters:\n>  New: { type: X }\n",
        ] {
            for line_feed in ["\n", "\r\n"] {
                let lines = || expected.split_inclusive('\n');
                let before: String = lines().filter(|line| !line.starts_with('>')).collect();
                let after: String = lines().map(|line| line.strip_prefix('>').unwrap_or(line)).collect();
                let found = grow(&before.replace('\n', line_feed));
                assert_eq!(found, Ok(after.replace('\n', line_feed)));
            }
        }
    }

    #[test]
    fn a_last_line_without_an_end_gets_one() {
        let found = grow("effect: read\nparameters:\n  A: { type: B }");
        assert_eq!(found.as_deref(), Ok("effect: read\nparameters:\n  A: { type: B }\n  New: { type: X }\n"));
    }

    #[test]
    fn what_is_laid_out_otherwise_is_refused() {
        for (text, expected) in [
            ("parameters: {}\n", "in braces"),
            ("parameters: { A: { type: B } }\n", "in braces"),
            ("parameters:\n  A: { type: B }\n  New: { type: B }\n", "in an unusual way"),
            ("{ effect: read, parameters: { A: { type: B } } }\n", "in braces"),
            ("{ effect: read }\n", "in an unusual way"),
            ("response: raw\n", "no `effect`"),
            ("- 1\n", "no mapping"),
            ("", "no mapping"),
        ] {
            let refused = grow(text).expect_err(text);
            assert!(refused.contains(expected), "{text:?}: {refused}");
        }
    }
}
