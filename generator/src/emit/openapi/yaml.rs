//! A tree as YAML that people like to read, and that readers of YAML 1.1 and 1.2 understand alike.

use serde_json::Value;

/// Lists of single values stand in one line up to this width.
const WIDTH: usize = 100;

/// Words that some readers of YAML take for something else than a text.
const NO_TEXTS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

pub(super) fn text(value: &Value) -> String {
    let mut text = String::new();
    block(value, 0, &mut text);
    text
}

/// Writes an object or a list, an entry a line or more.
fn block(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                indent(depth, text);
                entry(&format!("{}:", scalar(key)), value, depth, text);
            }
        }
        Value::Array(list) if !list.is_empty() => list.iter().for_each(|value| element(value, depth, text)),
        other => {
            text.extend(in_one_line(other));
            text.push('\n');
        }
    }
}

fn entry(key: &str, value: &Value, depth: usize, text: &mut String) {
    text.push_str(key);
    if let Some(line) = in_one_line(value) {
        *text += &format!(" {line}\n");
        return;
    }
    let Value::String(content) = value else {
        text.push('\n');
        return block(value, depth + 1, text);
    };
    text.push_str(" |-\n");
    for line in content.lines() {
        if !line.is_empty() {
            indent(depth + 1, text);
            text.push_str(line);
        }
        text.push('\n');
    }
}

fn element(value: &Value, depth: usize, text: &mut String) {
    if value.is_string() || in_one_line(value).is_some() {
        indent(depth, text);
        return entry("-", value, depth, text);
    }
    let mark = text.len() + 2 * depth;
    block(value, depth + 1, text);
    text.replace_range(mark..=mark, "-");
}

fn indent(depth: usize, text: &mut String) {
    text.extend(std::iter::repeat_n("  ", depth));
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
    if !json.chars().any(is_odd) {
        return json;
    }
    let mut quoted = String::new();
    for character in json.chars() {
        if is_odd(character) {
            quoted += &format!("\\u{:04x}", u32::from(character));
        } else {
            quoted.push(character);
        }
    }
    quoted
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
