//! A tree as YAML that people like to read, and that readers of YAML 1.1 and 1.2 understand alike.

use serde_json::Value;

/// Lists of single values stand in one line up to this width.
const WIDTH: usize = 100;

/// Words that some readers of YAML take for something else than a text.
const NO_TEXTS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

pub(super) fn text(value: &Value) -> String {
    lines(value).into_iter().map(|line| line + "\n").collect()
}

fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) if !map.is_empty() => {
            map.iter().flat_map(|(key, value)| entry(&format!("{}:", scalar(key)), value)).collect()
        }
        Value::Array(list) if !list.is_empty() => list.iter().flat_map(element).collect(),
        other => vec![in_one_line(other).unwrap_or_default()],
    }
}

fn entry(key: &str, value: &Value) -> Vec<String> {
    if let Some(text) = in_one_line(value) {
        return vec![format!("{key} {text}")];
    }
    let (head, below) = match value {
        Value::String(text) => (format!("{key} |-"), text.lines().map(str::to_owned).collect()),
        other => (key.to_owned(), lines(other)),
    };
    std::iter::once(head).chain(below.iter().map(|line| indented(line))).collect()
}

fn element(value: &Value) -> Vec<String> {
    if value.is_string() || in_one_line(value).is_some() {
        return entry("-", value);
    }
    let mut below: Vec<String> = lines(value).iter().map(|line| indented(line)).collect();
    if let Some(first) = below.first_mut() {
        first.replace_range(..1, "-");
    }
    below
}

fn indented(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("  {line}") }
}

fn in_one_line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if is_block(text) => None,
        Value::String(text) => Some(scalar(text)),
        Value::Array(list) if list.iter().all(|one| !one.is_array() && !one.is_object()) => {
            let list: Vec<String> = list.iter().map(in_brackets).collect();
            let text = format!("[{}]", list.join(", "));
            (list.is_empty() || text.chars().count() <= WIDTH).then_some(text)
        }
        Value::Object(map) if map.is_empty() => Some("{}".to_owned()),
        Value::Array(_) | Value::Object(_) => None,
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
    }
}

fn in_brackets(value: &Value) -> String {
    match value.as_str() {
        Some(text) if text.contains([',', '[', ']', '{', '}', ':']) => quoted(text),
        Some(text) => scalar(text),
        None => value.to_string(),
    }
}

/// Whether a text of several lines can stand as it is.
fn is_block(text: &str) -> bool {
    let is_plain = |line: &str| {
        line.chars().all(|character| !is_odd(character)) && (line.is_empty() || !line.trim().is_empty())
    };
    text.contains('\n')
        && !text.ends_with('\n')
        && !text.starts_with([' ', '\n'])
        && text.split('\n').all(is_plain)
}

fn scalar(text: &str) -> String {
    if is_bare(text) { text.to_owned() } else { quoted(text) }
}

fn is_bare(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || matches!(first, '/' | '$'))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.chars().any(is_odd)
        && !NO_TEXTS.contains(&text.to_ascii_lowercase().as_str())
}

/// JSON's quotes are YAML's, but YAML breaks lines at more characters.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    json.chars()
        .map(|character| match character {
            odd if is_odd(odd) => format!("\\u{:04x}", u32::from(odd)),
            other => other.to_string(),
        })
        .collect()
}

fn is_odd(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn what_could_be_something_else_is_quoted() {
        let words =
            ["plain text", "no", "2016-04-28", "a: b", "#/x", "", " x", "1e3", "a\u{2028}b", "x #y", "台灯"];
        let expected = "- plain text\n- \"no\"\n- \"2016-04-28\"\n- \"a: b\"\n- \"#/x\"\n- \"\"\n- \" x\"\n- \"1e3\"\n\
                        - \"a\\u2028b\"\n- \"x #y\"\n- 台灯\n";
        let long = "z".repeat(100);
        let mut words: Vec<&str> = words.to_vec();
        words.push(&long);
        assert_eq!(text(&json!(words)), format!("{expected}- {long}\n"));
    }

    #[test]
    fn blocks_and_lists() {
        let tree = json!({
            "200": { "empty": {}, "none": [], "flow": ["a", 1, true, null, "b,c"] },
            "list": [{ "a": 1, "b": { "c": "d" } }, "e\nf", [["g"]]],
            "text": "one\n\ntwo",
            "odd": " one\ntwo",
        });
        let expected = "\"200\":\n  empty: {}\n  none: []\n  flow: [a, 1, true, null, \"b,c\"]\n\
                        list:\n  - a: 1\n    b:\n      c: d\n  - |-\n    e\n    f\n  - - [g]\n\
                        text: |-\n  one\n\n  two\n\
                        odd: \" one\\ntwo\"\n";
        assert_eq!(text(&tree), expected);
    }
}
