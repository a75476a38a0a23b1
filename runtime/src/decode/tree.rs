//! Answers as trees, for what is no part of a typed answer.

use super::{DecodeError, json, text, xml};
use serde_json::Value;
use std::collections::HashMap;

/// What stands under a key, or in an element.
#[derive(Debug, PartialEq)]
pub(crate) enum Node {
    Single(String),
    Object(Vec<(String, Node)>),
    /// An array, or elements of one name.
    List(Vec<Node>),
    Null,
}

/// An answer of any shape.
pub(crate) enum Parsed {
    Json(Value),
    /// With the root as the only key.
    Xml(Node),
}

/// Reads an answer of any shape, in JSON or in XML.
pub(crate) fn parse(body: &[u8]) -> Result<Parsed, DecodeError> {
    let text = text(body)?;
    if text.trim_ascii_start().starts_with('<') {
        return xml::any(text).map(Parsed::Xml);
    }
    json::any(text).map(Parsed::Json)
}

/// The tree of an answer, without the root that only XML has.
pub(super) fn read(body: &[u8]) -> Result<Node, DecodeError> {
    Ok(match parse(body)? {
        Parsed::Json(value) => Node::from(value),
        Parsed::Xml(Node::Object(mut entries)) => entries.pop().map_or(Node::Null, |(_, node)| node),
        Parsed::Xml(node) => node,
    })
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Node::Null,
            Value::Bool(flag) => Node::Single(flag.to_string()),
            Value::Number(number) => Node::Single(number.to_string()),
            Value::String(text) => Node::Single(text),
            Value::Array(values) => Node::List(values.into_iter().map(Node::from).collect()),
            Value::Object(entries) => {
                Node::Object(entries.into_iter().map(|(key, value)| (key, Node::from(value))).collect())
            }
        }
    }
}

/// The elements in an element, those of one name together.
#[derive(Default)]
pub(super) struct Children {
    nodes: Vec<(String, Vec<Node>)>,
    places: HashMap<String, usize>,
}

impl Children {
    pub(super) fn add(&mut self, name: String, node: Node) {
        match self.places.get(&name).and_then(|place| self.nodes.get_mut(*place)) {
            Some((_, nodes)) => nodes.push(node),
            None => {
                self.places.insert(name.clone(), self.nodes.len());
                self.nodes.push((name, vec![node]));
            }
        }
    }

    /// None if there are no children.
    pub(super) fn into_node(self) -> Option<Node> {
        let one = |(name, mut nodes): (String, Vec<Node>)| match (nodes.pop(), nodes.is_empty()) {
            (Some(only), true) => (name, only),
            (last, _) => {
                nodes.extend(last);
                (name, Node::List(nodes))
            }
        };
        (!self.nodes.is_empty()).then(|| Node::Object(self.nodes.into_iter().map(one).collect()))
    }
}
