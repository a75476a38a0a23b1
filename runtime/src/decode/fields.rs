//! Every value of an answer by its path, also those for which the typed answer has no field.

use super::tree::{self, Node};
use super::{DecodeError, is_blank};
use crate::schema::{Action, Content, Field};
use std::fmt;

/// The values of an answer by their paths, those among them that the spec does not know.
///
/// A path is that of a [`DecodeError`]: `PhysicalConnectionSet[3].Bandwidth`, elements being counted from 0, without the
/// element that wraps a list. What the spec does not know is named as it stands there. In XML a list of one element looks
/// like an object: its index is left out.
///
/// `Debug` shows the paths of unknown fields, and no value, which may be secret.
#[derive(Clone, Default)]
pub struct AnswerFields(Vec<Value>);

#[derive(Clone)]
struct Value {
    path: String,
    text: String,
    is_known: bool,
}

impl AnswerFields {
    /// Reads an answer, in JSON or in XML. Without an action all but the id of the request is unknown.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn read(action: Option<&'static Action>, body: &str) -> Result<Self, DecodeError> {
        let mut fields = Self::default();
        match tree::read(body.as_bytes())? {
            Node::Object(entries) => fields.root(action.map_or(&[], |action| action.response), entries),
            node @ Node::List(_) => fields.all(node, "", false),
            Node::Single(_) | Node::Null => {}
        }
        Ok(fields)
    }

    /// Paths and texts of the values that the spec does not know. They may be secret, for all that is known.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, &str)> {
        let unknown = self.0.iter().filter(|value| !value.is_known);
        unknown.map(|value| (value.path.as_str(), value.text.as_str()))
    }

    /// The value at a path as a text, known or not: `"VirtualBorderRouterSet[0].NewField"`. `[0]` can be left out. A
    /// sensitive value is shown as well.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        let value = self.0.iter().find(|value| is_same(&value.path, path))?;
        Some(&value.text)
    }

    /// The top of an answer, which may stand inside `{"<Action>Response": ...}`.
    fn root(&mut self, fields: &[Field], mut entries: Vec<(String, Node)>) {
        let wraps = |key: &str| key.ends_with("Response") && find(fields, key).is_none();
        match entries.pop() {
            Some((key, Node::Object(inner))) if entries.is_empty() && wraps(&key) => {
                self.object(fields, inner, "");
            }
            last => {
                entries.extend(last);
                self.object(fields, entries, "");
            }
        }
    }

    fn object(&mut self, fields: &[Field], entries: Vec<(String, Node)>, path: &str) {
        for (key, node) in entries {
            let inner = joined(path, &key);
            match find(fields, &key) {
                Some(field) => self.field(&field.content, node, &inner),
                None => self.all(node, &inner, inner == "RequestId"),
            }
        }
    }

    fn field(&mut self, content: &Content, node: Node, path: &str) {
        match (content, node) {
            (Content::Object(fields), Node::Object(entries)) => self.object(fields, entries, path),
            (Content::Object(_), Node::List(nodes)) => {
                nodes.into_iter().for_each(|node| self.field(content, node, path));
            }
            (Content::Objects { wrapper, fields }, node) => self.list(*wrapper, fields, node, path),
            (Content::Values { wrapper, .. }, node) => self.list(*wrapper, &[], node, path),
            (_, node) => self.all(node, path, true),
        }
    }

    /// A list in each form that the decoder takes: an array, elements inside their wrapper, or the only element itself.
    fn list(&mut self, wrapper: Option<&str>, fields: &[Field], node: Node, path: &str) {
        match node {
            Node::List(nodes) => self.elements(fields, nodes, path),
            Node::Object(entries) => {
                let is_wrapper = |key: &str| match wrapper {
                    Some(wrapper) => key == wrapper,
                    None => entries.len() == 1 && find(fields, key).is_none(),
                };
                let Some(at) = entries.iter().position(|(key, _)| is_wrapper(key)) else {
                    return self.elements(fields, vec![Node::Object(entries)], path);
                };
                for (index, (key, node)) in entries.into_iter().enumerate() {
                    match node {
                        Node::List(nodes) if index == at => self.elements(fields, nodes, path),
                        node if index == at => self.elements(fields, vec![node], path),
                        node => self.all(node, &joined(path, &key), false),
                    }
                }
            }
            Node::Single(text) if is_blank(&text) => {}
            node => self.elements(fields, vec![node], path),
        }
    }

    fn elements(&mut self, fields: &[Field], nodes: Vec<Node>, path: &str) {
        for (index, node) in nodes.into_iter().enumerate() {
            let path = format!("{path}[{index}]");
            match node {
                Node::Object(entries) => self.object(fields, entries, &path),
                node => self.all(node, &path, true),
            }
        }
    }

    /// Everything in a place of which nothing more is known.
    fn all(&mut self, node: Node, path: &str, is_known: bool) {
        match node {
            Node::Null => {}
            Node::Single(text) => self.0.push(Value { path: path.to_owned(), text, is_known }),
            Node::Object(entries) => {
                for (key, node) in entries {
                    self.all(node, &joined(path, &key), is_known);
                }
            }
            Node::List(nodes) => {
                for (index, node) in nodes.into_iter().enumerate() {
                    self.all(node, &format!("{path}[{index}]"), is_known);
                }
            }
        }
    }
}

fn find<'a>(fields: &'a [Field], key: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.name == key)
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Whether two paths are one, but for indices of first elements.
fn is_same(one: &str, other: &str) -> bool {
    one.split("[0]").flat_map(str::bytes).eq(other.split("[0]").flat_map(str::bytes))
}

impl fmt::Debug for AnswerFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unknown: Vec<&str> = self.unknown().map(|(path, _)| path).collect();
        f.debug_struct("AnswerFields").field("count", &self.0.len()).field("unknown", &unknown).finish()
    }
}
