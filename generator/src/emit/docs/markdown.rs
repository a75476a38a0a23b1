//! Pieces of Markdown.

use std::collections::BTreeMap;

/// A table; nothing if it has no rows.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let rule = "|---".repeat(heads.len());
    let mut text = format!("\n{}\n{rule}|\n", row(heads));
    for cells in rows {
        text += &row(cells);
        text += "\n";
    }
    text + "\n"
}

/// A bar ends a cell even inside code, and so does the end of a line.
fn row(cells: &[impl AsRef<str>]) -> String {
    let cells = cells.iter().map(|cell| cell.as_ref().trim().replace('|', "\\|").replace(['\n', '\r'], " "));
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// A list; nothing if it has no points.
pub(super) fn bullets(points: &[String]) -> String {
    if points.is_empty() {
        return String::new();
    }
    let points = points.iter().map(|point| format!("- {}\n", point.trim().replace('\n', " ")));
    format!("\n{}\n", points.collect::<String>())
}

/// A text in which nothing is markup.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '<' => escaped += "&lt;",
            '&' => escaped += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A text as code. Backticks inside need more of them around it, and a blank beside those that it begins or ends with.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// A block of code.
pub(super) fn block(language: &str, text: &str) -> String {
    format!("\n```{language}\n{}\n```\n\n", text.trim_end())
}

/// `a, b or c`
pub(super) fn listed(words: &[String], conjunction: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} {conjunction} {last}", before.join(", ")),
    }
}

/// The anchor that GitHub and mdBook give to a heading: lower case, hyphens for blanks, no punctuation.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter_map(|character| match character {
        ' ' => Some('-'),
        '-' | '_' => Some(character),
        _ => character.is_alphanumeric().then_some(character),
    });
    kept.collect::<String>().to_lowercase()
}

/// Anchors of the headings of one page: where two are the same, the later one is numbered.
pub(super) fn anchors<'a>(headings: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let unique = headings.map(|heading| {
        let anchor = anchor(heading);
        let count = seen.entry(anchor.clone()).or_default();
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
    });
    unique.collect()
}

#[cfg(test)]
mod tests {
    use super::{anchor, anchors, block, bullets, code, listed, plain, table};

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_cell_holds_neither_bars_nor_ends_of_lines() {
        let rows = [texts(&["`a|b`", "one\ntwo"]), texts(&["", "c"])];
        assert_eq!(table(&["x", "y"], &rows), "\n| x | y |\n|---|---|\n| `a\\|b` | one two |\n|  | c |\n\n");
    }

    #[test]
    fn nothing_makes_no_table_and_no_list() {
        assert_eq!(table(&["x"], &[]), "");
        assert_eq!(bullets(&[]), "");
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(plain("<b> & [%s] *x* a_b `c` \\"), "&lt;b> &amp; \\[%s\\] \\*x\\* a\\_b \\`c\\` \\\\");
        assert_eq!(plain("1G及以下"), "1G及以下");
    }

    #[test]
    fn code_survives_backticks() {
        assert_eq!(code("a<b"), "`a<b`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``a"), "``` ``a ```");
    }

    #[test]
    fn a_block_ends_with_one_newline() {
        assert_eq!(block("json", "{}\n\n"), "\n```json\n{}\n```\n\n");
    }

    #[test]
    fn words_are_listed() {
        assert_eq!(listed(&texts(&["a"]), "or"), "a");
        assert_eq!(listed(&texts(&["a", "b", "c"]), "or"), "a, b or c");
        assert_eq!(listed(&[], "or"), "");
    }

    #[test]
    fn anchors_are_those_of_github_and_mdbook() {
        assert_eq!(
            anchor("E03 PMInfo of ApplyPhysicalConnectionLOA"),
            "e03-pminfo-of-applyphysicalconnectionloa"
        );
        assert_eq!(anchor("Forbidden.NotAllowedInState"), "forbiddennotallowedinstate");
        assert_eq!(anchor("`a_b`: c/d - e"), "a_b-cd---e");
    }

    #[test]
    fn anchors_that_coincide_are_numbered() {
        let found =
            anchors(["InvalidIp.Malformed", "InvalidIP.Malformed", "B", "invalidip.malformed"].into_iter());
        assert_eq!(found, ["invalidipmalformed", "invalidipmalformed-1", "b", "invalidipmalformed-2"]);
    }
}
