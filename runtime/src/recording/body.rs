//! Bodies of answers, without secrets.

use super::asked::HIDDEN;
use crate::decode::tree::{self, Node};
use crate::error::Secrets;
use quick_xml::escape::escape;
use serde_json::Value;

/// The body of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    Json(Value),
    Xml(String),
    /// It is neither: why it is left out.
    LeftOut(String),
}

/// What may not be shown.
pub(super) struct Hidden<'a> {
    pub(super) names: &'a [&'a str],
    pub(super) secrets: &'a Secrets,
}

impl Body {
    pub(super) fn of(bytes: &[u8], hidden: &Hidden<'_>) -> Self {
        match tree::parse(bytes) {
            Ok(tree::Parsed::Json(mut value)) => {
                hidden.in_json(&mut value);
                Body::Json(value)
            }
            Ok(tree::Parsed::Xml(mut node)) => {
                hidden.in_xml(&mut node);
                let mut text = String::new();
                write_xml(&node, &mut text);
                Body::Xml(text)
            }
            // Where a secret begins and ends in it cannot be told.
            Err(error) => {
                Body::LeftOut(format!("{} bytes that are neither JSON nor XML: {error}", bytes.len()))
            }
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        match self {
            Body::Json(value) => value.to_string().into_bytes(),
            Body::Xml(text) => text.clone().into_bytes(),
            Body::LeftOut(_) => Vec::new(),
        }
    }
}

impl Hidden<'_> {
    fn in_json(&self, value: &mut Value) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    if self.names.contains(&key.as_str()) { hide_all(value) } else { self.in_json(value) }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.in_json(value)),
            Value::String(text) => *text = self.secrets.hide(text),
            Value::Number(_) | Value::Bool(_) | Value::Null => {}
        }
    }

    fn in_xml(&self, node: &mut Node) {
        match node {
            Node::Object(entries) => {
                for (key, node) in entries {
                    match self.names.contains(&key.as_str()) {
                        true => *node = Node::Single(HIDDEN.to_owned()),
                        false => self.in_xml(node),
                    }
                }
            }
            Node::List(nodes) => nodes.iter_mut().for_each(|node| self.in_xml(node)),
            Node::Single(text) => *text = self.secrets.hide(text),
            Node::Null => {}
        }
    }
}

/// Hides whatever stands under a sensitive key, and keeps its type, so that it can be decoded.
fn hide_all(value: &mut Value) {
    match value {
        Value::Object(entries) => entries.iter_mut().for_each(|(_, value)| hide_all(value)),
        Value::Array(values) => values.iter_mut().for_each(hide_all),
        Value::String(text) => HIDDEN.clone_into(text),
        Value::Number(number) => *number = 0.into(),
        Value::Bool(flag) => *flag = false,
        Value::Null => {}
    }
}

fn write_xml(node: &Node, text: &mut String) {
    match node {
        Node::Object(entries) => entries.iter().for_each(|(name, node)| write_elements(name, node, text)),
        Node::Single(content) => *text += &escape(content.as_str()),
        Node::List(_) | Node::Null => {}
    }
}

/// One element, or all of one name.
fn write_elements(name: &str, node: &Node, text: &mut String) {
    let nodes = if let Node::List(nodes) = node { nodes.as_slice() } else { std::slice::from_ref(node) };
    for node in nodes {
        *text += &format!("<{name}>");
        write_xml(node, text);
        *text += &format!("</{name}>");
    }
}
