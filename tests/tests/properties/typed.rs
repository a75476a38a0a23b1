//! Any answer reaches the fields of its type with the values that its text holds, in each shape of the text.

use crate::answers::text;
use crate::apart::{ANSWERS, Leaves};
use crate::shapes::{json_answer, json_shapes, xml_answer};
use crate::support::cases;
use crate::tree::Tree;
use aliyun_rpc_generator::model::{Action, Field, FieldShape, Item, Scalar, Structure, Wire};
use express_connect::schema::SERVICE;
use express_connect_tests::model;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;

fn single(scalar: &Scalar, wire: Wire) -> BoxedStrategy<Tree> {
    match (scalar, wire) {
        (Scalar::Boolean, _) => any::<bool>().prop_map(Tree::Flag).boxed(),
        (Scalar::Integer, Wire::Integer) => {
            any::<i32>().prop_map(|number| Tree::Number(number.into())).boxed()
        }
        (Scalar::Integer, _) => any::<i64>().prop_map(Tree::Number).boxed(),
        // An account id is a number on the wire, in places, and a text in Rust.
        (_, Wire::Integer | Wire::Long) => {
            any::<u64>().prop_map(|number| Tree::Text(number.to_string())).boxed()
        }
        (Scalar::Enum(_), _) => {
            prop_oneof![prop::sample::select(spellings(scalar)), given_text()].prop_map(Tree::Text).boxed()
        }
        (Scalar::String, _) => text().prop_map(Tree::Text).boxed(),
        (Scalar::Id(_) | Scalar::Runtime(_), _) => given_text().prop_map(Tree::Text).boxed(),
    }
}

/// An empty text stands for an absent id, enum or time.
fn given_text() -> impl Strategy<Value = String> {
    text().prop_filter("empty", |text| !text.is_empty())
}

fn values(scalar: &Scalar) -> impl Iterator<Item = (&'static str, &'static str)> {
    let Scalar::Enum(name) = scalar else { panic!("{scalar:?} is no enum") };
    let known = model().enums.iter().find(|known| known.rust.as_str() == name.as_str()).unwrap();
    known.values.iter().flat_map(|value| {
        let spellings = std::iter::once(&value.wire).chain(&value.also);
        spellings.map(|spelling| (spelling.as_str(), value.wire.as_str()))
    })
}

fn spellings(scalar: &Scalar) -> Vec<String> {
    values(scalar).map(|(spelling, _)| spelling.to_owned()).collect()
}

/// The values of an answer's fields, by their names in the schema.
fn object(fields: &'static [Field]) -> BoxedStrategy<Tree> {
    let fields: Vec<_> = fields
        .iter()
        .map(|field| {
            let value = content(field).prop_map(|tree| Some((field.wire.as_str(), tree)));
            if field.always { value.boxed() } else { prop_oneof![1 => Just(None), 4 => value].boxed() }
        })
        .collect();
    fields.prop_map(|fields| Tree::Object(fields.into_iter().flatten().collect())).boxed()
}

fn content(field: &'static Field) -> BoxedStrategy<Tree> {
    let list = |item| prop::collection::vec(item, 0..4).prop_map(Tree::List).boxed();
    match &field.shape {
        FieldShape::Value(scalar, wire) => single(scalar, *wire),
        FieldShape::Object(structure) => object(&structure.fields),
        FieldShape::List { item: Item::Structure(structure), .. } => {
            // Flat XML cannot tell an object without fields from an empty list.
            list(object(&structure.fields).prop_filter("no fields", |item| !is_blank(item)).boxed())
        }
        FieldShape::List { item: Item::Value(scalar, wire), .. } => {
            // An empty element is none.
            list(single(scalar, *wire).prop_filter("blank", |item| !is_blank(item)).boxed())
        }
    }
}

fn is_blank(tree: &Tree) -> bool {
    match tree {
        Tree::Text(text) => text.trim_ascii().is_empty(),
        Tree::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// The paths and texts that a tree holds.
fn leaves(tree: &Tree, fields: &[Field], at: &str, found: &mut Leaves) {
    let Tree::Object(values) = tree else { panic!("{tree:?} is no object") };
    for field in fields {
        let path = format!("{at}{}", field.wire);
        match (values.get(field.wire.as_str()), &field.shape) {
            (None, _) => {}
            (Some(tree), FieldShape::Value(scalar, _)) => leaf(tree, scalar, path, found),
            (Some(tree), FieldShape::Object(structure)) => below(tree, structure, &path, found),
            (Some(Tree::List(items)), FieldShape::List { item, .. }) => {
                for (index, tree) in items.iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    match item {
                        Item::Value(scalar, _) => leaf(tree, scalar, path, found),
                        Item::Structure(structure) => below(tree, structure, &path, found),
                    }
                }
            }
            (Some(tree), FieldShape::List { .. }) => panic!("{tree:?} is no list"),
        }
    }
}

fn below(tree: &Tree, structure: &Structure, path: &str, found: &mut Leaves) {
    let at = format!("{path}.");
    leaves(tree, &structure.fields, &at, found);
    found.insert(at, String::new());
}

fn leaf(tree: &Tree, scalar: &Scalar, path: String, found: &mut Leaves) {
    let text = match tree {
        Tree::Text(text) if matches!(scalar, Scalar::Enum(_)) => {
            // Another spelling of a value is written in the usual one.
            let known = values(scalar).find(|(spelling, _)| spelling == text);
            known.map_or_else(|| text.clone(), |(_, usual)| usual.to_owned())
        }
        Tree::Text(text) => text.clone(),
        Tree::Number(number) => number.to_string(),
        Tree::Flag(flag) => flag.to_string(),
        Tree::Object(_) | Tree::List(_) => panic!("{path} holds no single value"),
    };
    found.insert(path, text);
}

/// The row of the reference to which a path belongs: `Set[2].Status` to `Set[].Status`.
fn row(path: &str) -> String {
    let mut parts = path.trim_end_matches('.').split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |row, part| row + "[" + part.trim_start_matches(|digit: char| digit.is_ascii_digit()))
}

fn rows(action: &Action) -> BTreeSet<String> {
    let mut rows = Vec::new();
    Field::rows(&action.response, "", &mut rows);
    rows.into_iter().map(|row| row.path).collect()
}

#[test]
fn a_typed_answer_holds_what_the_text_holds() {
    assert_eq!(ANSWERS.len(), model().actions().count());
    for (action, (name, take_apart)) in model().actions().zip(ANSWERS) {
        assert_eq!(action.name, *name);
        let schema = SERVICE.action(name).unwrap();
        let seen = RefCell::new(BTreeSet::new());
        proptest!(cases(16), |(tree in object(&action.response))| {
            let mut expected = Leaves::new();
            leaves(&tree, &action.response, "", &mut expected);
            for shape in json_shapes() {
                let text = json_answer(&tree, schema, shape);
                prop_assert_eq!(take_apart(&text), Ok(expected.clone()), "{:?} {}", shape, text);
            }
            for wrapped in [true, false] {
                let text = xml_answer(&tree, schema, wrapped);
                prop_assert_eq!(take_apart(&text), Ok(expected.clone()), "{}", text);
            }
            seen.borrow_mut().extend(expected.keys().map(|path| row(path)));
        });
        assert_eq!(seen.take(), rows(action), "rows of {name} that ever had a value");
    }
}
