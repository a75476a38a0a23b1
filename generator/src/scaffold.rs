//! The file of a new action, made of that of another.

use crate::yaml::layout::{Block, blocks, entries_of};
use crate::yaml::{Content, Entry, Node};

/// What belongs to one action alone: its words, its place in the reference, its examples.
const OWN: [&str; 6] = ["summary", "notes", "limits", "reference", "source", "examples"];

/// The file of an action with what that of another says of effect, parameters, rules, answer and errors. The author writes
/// the rest, which `check` tells. Objects that the other action declares get the name of the new one in front, as two
/// actions cannot declare the same.
///
/// # Errors
/// When the text is no file of an action.
pub fn like(other: &str, text: &str, action: &str, source: Option<&str>) -> Result<String, String> {
    let entries = entries_of(text)?;
    let renamed = renamed(text, &entries, action);
    let entries = entries_of(&renamed)?;
    let (_, all) = blocks(&renamed, &entries);
    let kept: String =
        all.iter().filter(|block| !OWN.contains(&block.key)).map(|Block { text, .. }| *text).collect();
    let source = source.map(|source| format!("source: {source}\n")).unwrap_or_default();
    Ok(format!(
        "# Made like {other}: go through every line, then remove this one.\n{source}{}\n",
        kept.trim_end()
    ))
}

/// The text with the names of the objects that it declares prefixed.
fn renamed(text: &str, entries: &[Entry], prefix: &str) -> String {
    let mut places = Vec::new();
    for entry in entries.iter().filter(|entry| ["parameters", "response"].contains(&entry.key.as_str())) {
        declared(&entry.value, &mut places);
    }
    places.sort_unstable();
    let mut text = text.to_owned();
    for place in places.into_iter().rev() {
        text.insert_str(place, prefix);
    }
    text
}

/// Where the names of objects begin that are declared somewhere in a value.
fn declared(node: &Node, places: &mut Vec<usize>) {
    let entries = match &node.content {
        Content::Map(entries) => entries,
        Content::List(elements) => return elements.iter().for_each(|element| declared(element, places)),
        Content::Scalar { .. } => return,
    };
    let has_members = entries.iter().any(|entry| ["fields", "keys"].contains(&entry.key.as_str()));
    for Entry { key, value } in entries {
        if has_members && ["list", "object", "filter"].contains(&key.as_str()) {
            places.push(value.spot.range().start);
        }
        declared(value, places);
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn what_belongs_to_the_other_action_is_left_out() {
        let text = "# About a lamp.\n\nsummary: Hang up a lamp.\nreference: { section: \"1.1\" }\n# It makes one.\neffect: create\n\
                    parameters:\n  Name: { type: LampName } # short\n  Lines: { list: Line, fields: { Id: { type: LampId } } }\n\
                    response:\n  Lamps:\n    list: Lamp\n    fields:\n      Plug: { object: Plug }\nexamples:\n  - request: {}\n";
        assert_eq!(
            like("CreateLamp", text, "CreateTorch", Some("beta")).unwrap(),
            "# Made like CreateLamp: go through every line, then remove this one.\nsource: beta\n# It makes one.\neffect: create\n\
             parameters:\n  Name: { type: LampName } # short\n  Lines: { list: CreateTorchLine, fields: { Id: { type: LampId } } }\n\
             response:\n  Lamps:\n    list: CreateTorchLamp\n    fields:\n      Plug: { object: Plug }\n"
        );
        assert!(like("CreateLamp", "- 1", "CreateTorch", None).is_err());
    }
}
