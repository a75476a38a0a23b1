//! Any answer reads the same in each shape in which the service may write it.

use crate::shapes::{json_answer, json_shapes, xml_answer};
use crate::support::cases;
use crate::tree::{Tree, read};
use aliyun_rpc::schema::{Action, Content, Field, Wire};
use express_connect::AnswerFields;
use express_connect::schema::SERVICE;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A text that both formats can hold.
pub(crate) fn text() -> impl Strategy<Value = String> {
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

/// Whether the text has a value at each path of the tree, and no value that the spec does not know.
fn all_is_known(tree: &Tree, action: &'static Action, text: &str) -> Result<(), TestCaseError> {
    let fields = AnswerFields::read(Some(action), text).unwrap();
    prop_assert_eq!(fields.unknown().next(), None, "{}", text);
    for path in paths(tree, "") {
        prop_assert!(fields.get(&path).is_some(), "{} in {}", path, text);
    }
    Ok(())
}

/// The paths of all single values.
fn paths(tree: &Tree, path: &str) -> Vec<String> {
    match tree {
        Tree::Object(fields) => {
            let dot = if path.is_empty() { "" } else { "." };
            fields.iter().flat_map(|(name, tree)| paths(tree, &format!("{path}{dot}{name}"))).collect()
        }
        Tree::List(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(index, item)| paths(item, &format!("{path}[{index}]"))).collect()
        }
        Tree::Text(_) | Tree::Number(_) | Tree::Flag(_) => vec![path.to_owned()],
    }
}

#[test]
fn an_answer_reads_the_same_in_each_shape() {
    for action in SERVICE.actions {
        proptest!(cases(8), |(tree in object(action.response))| {
            let expected = Ok(tree.clone().compact());
            for shape in json_shapes() {
                let text = json_answer(&tree, action, shape);
                prop_assert_eq!(read(&text, action), expected.clone(), "{:?} {}", shape, text);
                all_is_known(&tree, action, &text)?;
            }
            for wrapped in [true, false] {
                let text = xml_answer(&tree, action, wrapped);
                prop_assert_eq!(read(&text, action), expected.clone(), "{}", text);
                all_is_known(&tree, action, &text)?;
            }
        });
    }
}
