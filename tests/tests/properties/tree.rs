//! An answer as a tree, read with the schema in hand.

use aliyun_rpc::decode::{Decode, List, Object, Slot, answer};
use aliyun_rpc::schema::{Action, Content, Field, Wire};
use std::collections::BTreeMap;

/// What an answer holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Text(String),
    Number(i64),
    Flag(bool),
    Object(BTreeMap<&'static str, Tree>),
    List(Vec<Tree>),
}

impl Tree {
    /// The same without empty lists: they read as absent ones do.
    pub(crate) fn compact(self) -> Self {
        match self {
            Tree::Object(fields) => {
                let fields = fields.into_iter().map(|(name, tree)| (name, tree.compact()));
                Tree::Object(fields.filter(|(_, tree)| *tree != Tree::List(Vec::new())).collect())
            }
            Tree::List(items) => Tree::List(items.into_iter().map(Tree::compact).collect()),
            single => single,
        }
    }
}

/// Reads the answer to an action.
pub(crate) fn read(text: &str, action: &'static Action) -> Result<Tree, String> {
    let mut node = Node::new(action.response);
    answer(text.as_bytes(), action.name, &mut node).map_err(|error| error.to_string())?;
    Ok(node.tree().compact())
}

struct Node(Vec<(&'static str, Place)>);

impl Node {
    fn new(fields: &'static [Field]) -> Self {
        Self(fields.iter().map(|field| (field.name, Place::of(&field.content))).collect())
    }

    fn tree(self) -> Tree {
        let fields = self.0.into_iter().filter_map(|(name, place)| Some((name, place.tree()?)));
        Tree::Object(fields.collect())
    }
}

impl Decode for Node {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        self.0.iter_mut().find(|(name, _)| *name == key).map(|(_, place)| place.slot())
    }
}

enum Place {
    Text(Option<String>),
    Number(Option<i64>),
    Flag(Option<bool>),
    Object(Child),
    List(Elements, &'static str),
}

impl Place {
    fn of(content: &'static Content) -> Self {
        match content {
            Content::Value(wire) => Self::single(*wire),
            Content::Object(fields) => Self::Object(Child { fields, node: None }),
            Content::Objects { wrapper, .. } | Content::Values { wrapper, .. } => {
                Self::List(Elements { content, items: Vec::new() }, wrapper.unwrap_or_default())
            }
        }
    }

    fn single(wire: Wire) -> Self {
        match wire {
            Wire::String | Wire::Json => Self::Text(None),
            Wire::Integer | Wire::Long => Self::Number(None),
            Wire::Boolean => Self::Flag(None),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        match self {
            Self::Text(text) => Slot::Scalar(text),
            Self::Number(number) => Slot::Scalar(number),
            Self::Flag(flag) => Slot::Scalar(flag),
            Self::Object(child) => Slot::Object(child),
            Self::List(elements, wrapper) => Slot::List(elements, wrapper),
        }
    }

    fn tree(self) -> Option<Tree> {
        match self {
            Self::Text(text) => text.map(Tree::Text),
            Self::Number(number) => number.map(Tree::Number),
            Self::Flag(flag) => flag.map(Tree::Flag),
            Self::Object(child) => child.node.map(Node::tree),
            Self::List(elements, _) => Some(elements.tree()),
        }
    }
}

struct Child {
    fields: &'static [Field],
    node: Option<Node>,
}

impl Object for Child {
    fn open(&mut self) -> &mut dyn Decode {
        self.node.get_or_insert_with(|| Node::new(self.fields))
    }
}

struct Elements {
    content: &'static Content,
    items: Vec<Place>,
}

impl Elements {
    fn item(&self) -> Place {
        match self.content {
            Content::Objects { fields, .. } => Place::Object(Child { fields, node: Some(Node::new(fields)) }),
            Content::Values { wire, .. } => Place::single(*wire),
            Content::Value(_) | Content::Object(_) => unreachable!("no list"),
        }
    }

    /// An element without a value is one that the answer does not have.
    fn tree(self) -> Tree {
        Tree::List(self.items.into_iter().map(|item| item.tree().expect("a value")).collect())
    }
}

impl List for Elements {
    fn push(&mut self) -> Slot<'_> {
        let item = self.item();
        self.items.push(item);
        self.items.last_mut().unwrap().slot()
    }

    fn pop(&mut self) {
        self.items.pop();
    }

    fn count(&self) -> usize {
        self.items.len()
    }
}
