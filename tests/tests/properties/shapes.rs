//! An answer in each shape in which the service may write it.

use crate::tree::Tree;
use aliyun_rpc::schema::{Action, Content, Field};
use serde_json::Value;
use std::collections::BTreeMap;

/// A way of writing an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Lists stand in their wrapper element, where they have one.
    wrapped: bool,
    /// The only element of a list stands for the list.
    single: bool,
    /// Numbers and booleans are quoted.
    quoted: bool,
    /// The whole stands inside `{"<Action>Response": ...}`.
    enclosed: bool,
}

/// Every way of writing an answer in JSON.
pub(crate) fn json_shapes() -> impl Iterator<Item = Shape> {
    (0..16).map(|bits| Shape {
        wrapped: bits & 1 != 0,
        single: bits & 2 != 0,
        quoted: bits & 4 != 0,
        enclosed: bits & 8 != 0,
    })
}

fn json(tree: &Tree, content: &Content, shape: Shape) -> Value {
    match (tree, content) {
        (Tree::Object(values), Content::Object(fields)) => json_object(values, fields, shape),
        (Tree::List(items), Content::Objects { wrapper, fields }) => {
            let content = Content::Object(fields);
            json_list(items.iter().map(|item| json(item, &content, shape)).collect(), *wrapper, shape)
        }
        (Tree::List(items), Content::Values { wrapper, wire }) => {
            let content = Content::Value(*wire);
            json_list(items.iter().map(|item| json(item, &content, shape)).collect(), *wrapper, shape)
        }
        (Tree::Text(text), _) if shape.quoted => Value::from(text.as_str()),
        (Tree::Text(text), _) => unquoted(text),
        (Tree::Number(number), _) if shape.quoted => Value::from(number.to_string()),
        (Tree::Number(number), _) => Value::from(*number),
        (Tree::Flag(flag), _) if shape.quoted => Value::from(flag.to_string()),
        (Tree::Flag(flag), _) => Value::from(*flag),
        (Tree::Object(_) | Tree::List(_), _) => unreachable!("the tree is of the schema"),
    }
}

/// The service writes texts as numbers or booleans, where they look so.
fn unquoted(text: &str) -> Value {
    match (text.parse::<i64>(), text.parse::<bool>()) {
        (Ok(number), _) if number.to_string() == text => Value::from(number),
        (_, Ok(flag)) => Value::from(flag),
        _ => Value::from(text),
    }
}

fn json_object(values: &BTreeMap<&'static str, Tree>, fields: &[Field], shape: Shape) -> Value {
    let present = fields.iter().filter_map(|field| Some((field, values.get(field.name)?)));
    present.map(|(field, tree)| (field.name.to_owned(), json(tree, &field.content, shape))).collect()
}

fn json_list(mut items: Vec<Value>, wrapper: Option<&str>, shape: Shape) -> Value {
    let list = match items.pop() {
        Some(only) if shape.single && items.is_empty() => only,
        last => Value::Array(items.into_iter().chain(last).collect()),
    };
    match wrapper.filter(|_| shape.wrapped) {
        Some(wrapper) => Value::from_iter([(wrapper, list)]),
        None => list,
    }
}

/// An answer in JSON, written like this.
pub(crate) fn json_answer(tree: &Tree, action: &'static Action, shape: Shape) -> String {
    let body = json(tree, &Content::Object(action.response), shape);
    if shape.enclosed {
        return Value::from_iter([(format!("{}Response", action.name), body)]).to_string();
    }
    body.to_string()
}

/// An answer in XML, with lists in their wrapper elements or without.
pub(crate) fn xml_answer(tree: &Tree, action: &'static Action, wrapped: bool) -> String {
    element(&format!("{}Response", action.name), &xml(tree, &Content::Object(action.response), wrapped))
}

/// What stands inside the element of a value.
fn xml(tree: &Tree, content: &Content, wrapped: bool) -> String {
    match (tree, content) {
        (Tree::Object(values), Content::Object(fields)) => {
            let present = fields.iter().filter_map(|field| Some((field, values.get(field.name)?)));
            present.map(|(field, tree)| xml_field(field, tree, wrapped)).collect()
        }
        (Tree::Text(text), _) => escaped(text),
        (Tree::Number(number), _) => number.to_string(),
        (Tree::Flag(flag), _) => flag.to_string(),
        (Tree::Object(_) | Tree::List(_), _) => unreachable!("the tree is of the schema"),
    }
}

fn xml_field(field: &Field, tree: &Tree, wrapped: bool) -> String {
    let (wrapper, content) = match field.content {
        Content::Objects { wrapper, fields } => (wrapper, Content::Object(fields)),
        Content::Values { wrapper, wire } => (wrapper, Content::Value(wire)),
        Content::Value(_) | Content::Object(_) => {
            return element(field.name, &xml(tree, &field.content, wrapped));
        }
    };
    let Tree::List(items) = tree else { unreachable!("the tree is of the schema") };
    let items = items.iter().map(|item| xml(item, &content, wrapped));
    match wrapper.filter(|_| wrapped) {
        Some(wrapper) => element(field.name, &items.map(|item| element(wrapper, &item)).collect::<String>()),
        None => items.map(|item| element(field.name, &item)).collect(),
    }
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}

fn escaped(text: &str) -> String {
    // A carriage return as it is would read as a line feed.
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}
