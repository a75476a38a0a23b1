//! Any answer reads the same in each shape in which the service may write it.

use crate::support::cases;
use crate::tree::{Tree, read};
use aliyun_rpc::schema::{Action, Content, Field, Wire};
use express_connect::schema::SERVICE;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// A way of writing an answer.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Lists stand in their wrapper element, where they have one.
    wrapped: bool,
    /// The only element of a list stands for the list.
    single: bool,
    /// Numbers and booleans are quoted.
    quoted: bool,
    /// The whole stands inside `{"<Action>Response": ...}`.
    enclosed: bool,
}

fn json_shapes() -> impl Iterator<Item = Shape> {
    (0..16).map(|bits| Shape {
        wrapped: bits & 1 != 0,
        single: bits & 2 != 0,
        quoted: bits & 4 != 0,
        enclosed: bits & 8 != 0,
    })
}

/// A text that both formats can hold.
fn text() -> impl Strategy<Value = String> {
    let is_xml = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let any_text = prop::collection::vec(any::<char>().prop_filter("not in XML", is_xml), 0..8);
    prop_oneof![
        3 => any_text.prop_map(String::from_iter),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<bool>().prop_map(|flag| flag.to_string()),
        1 => prop::sample::select(vec!["", " ", "\r\n", "]]>", "<a>&amp;", "{}", "中文"]).prop_map(str::to_owned),
    ]
}

fn single(wire: Wire) -> BoxedStrategy<Tree> {
    match wire {
        Wire::String | Wire::Json => text().prop_map(Tree::Text).boxed(),
        Wire::Integer => any::<i32>().prop_map(|number| Tree::Number(number.into())).boxed(),
        Wire::Long => any::<i64>().prop_map(Tree::Number).boxed(),
        Wire::Boolean => any::<bool>().prop_map(Tree::Flag).boxed(),
    }
}

fn content(content: &'static Content) -> BoxedStrategy<Tree> {
    match content {
        Content::Value(wire) => single(*wire),
        Content::Object(fields) => object(fields),
        Content::Objects { fields, .. } => {
            // Flat XML cannot tell an object without fields from an empty list.
            let item = object(fields).prop_filter("no fields", |item| *item != Tree::Object(BTreeMap::new()));
            prop::collection::vec(item, 0..4).prop_map(Tree::List).boxed()
        }
        Content::Values { wire, .. } => {
            // An empty element is none.
            let is_blank = |item: &Tree| matches!(item, Tree::Text(text) if text.trim_ascii().is_empty());
            let item = single(*wire).prop_filter("blank", move |item| !is_blank(item));
            prop::collection::vec(item, 0..4).prop_map(Tree::List).boxed()
        }
    }
}

fn object(fields: &'static [Field]) -> BoxedStrategy<Tree> {
    let fields: Vec<_> = fields
        .iter()
        .map(|field| prop::option::weighted(0.8, content(&field.content).prop_map(|tree| (field.name, tree))))
        .collect();
    fields.prop_map(|fields| Tree::Object(fields.into_iter().flatten().collect())).boxed()
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

fn json_answer(tree: &Tree, action: &'static Action, shape: Shape) -> String {
    let body = json(tree, &Content::Object(action.response), shape);
    if shape.enclosed {
        return Value::from_iter([(format!("{}Response", action.name), body)]).to_string();
    }
    body.to_string()
}

fn xml_answer(tree: &Tree, action: &'static Action, wrapped: bool) -> String {
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

#[test]
fn an_answer_reads_the_same_in_each_shape() {
    for action in SERVICE.actions {
        proptest!(cases(8), |(tree in object(action.response))| {
            let expected = Ok(tree.clone().compact());
            for shape in json_shapes() {
                let text = json_answer(&tree, action, shape);
                prop_assert_eq!(read(&text, action), expected.clone(), "{:?} {}", shape, text);
            }
            for wrapped in [true, false] {
                let text = xml_answer(&tree, action, wrapped);
                prop_assert_eq!(read(&text, action), expected.clone(), "{}", text);
            }
        });
    }
}
