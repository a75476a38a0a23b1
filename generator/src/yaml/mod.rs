//! YAML with places: a tree in which every value knows where it stands, and readers that find every fault.
//!
//! The tree is read from parser events rather than through a deserialiser, because a deserialiser stops at the first
//! fault of a file and keeps the last of two equal keys without a word.

#[cfg(test)]
pub(crate) mod asked;
mod fields;
pub(crate) mod layout;
mod tree;

pub use fields::Fields;
pub use tree::{Content, Entry, Node, parse};
