//! From the text of an answer to typed values, in JSON and in XML.
//!
//! There is one decoder for all answers. A generated structure only says which of its fields belongs to a key
//! ([`Decode::slot`]); what the text holds there is read leniently: numbers and booleans may be quoted, lists may
//! stand in their wrapper element or not, a list of one may be the element itself, and the whole may be wrapped in
//! `{"<Action>Response": ...}`.

mod error;
mod fields;
mod json;
mod refusal;
mod scalar;
pub(crate) mod tree;
mod xml;

#[cfg(test)]
mod tests;

pub use error::DecodeError;
pub use fields::AnswerFields;
pub use refusal::{RefusalBody, refusal, request_id};
pub use scalar::read_text;

use std::str::Utf8Error;

/// A structure that can be read from an answer.
pub trait Decode {
    /// Where the value of this key belongs; none if the structure has no such field. Asking changes nothing.
    fn slot(&mut self, key: &str) -> Option<Slot<'_>>;

    /// Takes the whole text of an answer once it has been read, for what keeps it.
    fn keep(&mut self, text: &str) {
        let _ = text;
    }
}

/// Where a value goes.
pub enum Slot<'a> {
    /// A single value.
    Scalar(&'a mut dyn Scalar),
    /// An object.
    Object(&'a mut dyn Object),
    /// A list, and the element that wraps it (empty if none does).
    List(&'a mut dyn List, &'static str),
}

/// A single value as the text has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raw<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A whole number above the range of `i64`.
    Uint(u64),
    /// A number with a fraction or an exponent, or too large to be held exactly.
    Float(f64),
    /// A boolean.
    Bool(bool),
}

impl Raw<'_> {
    /// What it is, without saying its value, which may be secret.
    const fn kind(&self) -> &'static str {
        match self {
            Raw::Text(_) => "a text",
            Raw::Int(_) => "a whole number",
            Raw::Uint(_) => "a whole number of more than 63 bits",
            Raw::Float(_) => "a number with a fraction, an exponent or too many digits",
            Raw::Bool(_) => "a boolean",
        }
    }

    /// Whether it is an empty text, or one of blanks alone.
    fn is_blank(&self) -> bool {
        matches!(self, Raw::Text(text) if is_blank(text))
    }
}

fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}

/// What a value should have been, when it is something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch(pub &'static str);

/// A type of single values.
pub trait Read: Sized {
    /// Reads a value; `None` when it stands for an absent one, as an empty text does for a number.
    ///
    /// # Errors
    /// When the value is of another kind.
    fn read(raw: Raw<'_>) -> Result<Option<Self>, Mismatch>;
}

/// A place for a single value.
pub trait Scalar {
    /// Puts a value there.
    ///
    /// # Errors
    /// When the value is of another kind.
    fn set(&mut self, raw: Raw<'_>) -> Result<(), Mismatch>;
}

impl<T: Read> Scalar for T {
    fn set(&mut self, raw: Raw<'_>) -> Result<(), Mismatch> {
        if let Some(value) = T::read(raw)? {
            *self = value;
        }
        Ok(())
    }
}

impl<T: Read> Scalar for Option<T> {
    fn set(&mut self, raw: Raw<'_>) -> Result<(), Mismatch> {
        *self = T::read(raw)?;
        Ok(())
    }
}

/// A place for an object.
pub trait Object {
    /// Makes the object if it is not there yet.
    fn open(&mut self) -> &mut dyn Decode;
}

impl<T: Decode> Object for T {
    fn open(&mut self) -> &mut dyn Decode {
        self
    }
}

impl<T: Decode + Default> Object for Option<T> {
    fn open(&mut self) -> &mut dyn Decode {
        self.get_or_insert_default()
    }
}

/// A place for a list.
pub trait List {
    /// Adds an element and says where its value belongs.
    fn push(&mut self) -> Slot<'_>;

    /// Takes the last element away again.
    fn pop(&mut self);

    /// How many elements there are.
    fn count(&self) -> usize;
}

/// A type of which an answer holds lists.
pub trait Item: Default {
    /// Where the value of the element belongs.
    fn slot(&mut self) -> Slot<'_>;
}

impl<T: Decode + Default> Item for T {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }
}

impl Item for String {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Scalar(self)
    }
}

impl Item for i64 {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Scalar(self)
    }
}

impl Item for bool {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Scalar(self)
    }
}

impl<T: Read + Default> Item for crate::Sensitive<T> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Scalar(self)
    }
}

impl<T: Item> List for Vec<T> {
    fn push(&mut self) -> Slot<'_> {
        let at = self.len();
        self.push(T::default());
        self[at].slot()
    }

    fn pop(&mut self) {
        self.pop();
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// Reads the answer to an action, in JSON or in XML, as its first character tells, and gives the id of the request.
///
/// Keys that the structure does not know are skipped, and what is missing stays as it is.
///
/// # Errors
/// When the text is neither, breaks off, is not well-formed or not in UTF-8, when a value is of another kind than
/// its field, and when a list stands in a wrapper of an unknown name. Fields that were read before remain set.
pub fn answer(body: &[u8], action: &str, into: &mut dyn Decode) -> Result<Option<String>, DecodeError> {
    answer_in(text(body)?, action, into)
}

/// Reads an answer from its text.
///
/// # Errors
/// As for [`answer`].
pub(crate) fn answer_in(
    text: &str,
    action: &str,
    into: &mut dyn Decode,
) -> Result<Option<String>, DecodeError> {
    let text = without_mark(text);
    let mut answer = Root { action, body: into, request_id: None };
    let root = read(text, &mut answer)?;
    let Root { body: into, request_id, .. } = answer;
    if root.eq_ignore_ascii_case("Error") || root.eq_ignore_ascii_case("html") {
        return Err(DecodeError::new(format!("expected an answer, found <{root}>")).placed(1, 1));
    }
    if let (Some(id), Some(slot)) = (&request_id, into.slot(REQUEST_ID)) {
        put(slot, Raw::Text(id))?;
    }
    into.keep(text);
    Ok(request_id)
}

/// The text of a body, without the mark with which some servers begin.
fn text(body: &[u8]) -> Result<&str, DecodeError> {
    str::from_utf8(body).map(without_mark).map_err(|error| not_in_utf8(body, error))
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The error of a body that is no text.
pub(crate) fn not_in_utf8(body: &[u8], error: Utf8Error) -> DecodeError {
    DecodeError::new("not in UTF-8").placed_after(body, error.valid_up_to())
}

/// Reads an object and says the name of the root element, which JSON does not have.
fn read(text: &str, into: &mut dyn Object) -> Result<String, DecodeError> {
    match text.trim_ascii_start().bytes().next() {
        Some(b'<') => xml::read(text, into),
        Some(b'{') => json::read(text, into).map(|()| String::new()),
        Some(_) => Err(DecodeError::new("expected a JSON object or an XML document").placed(1, 1)),
        None => Err(DecodeError::new("the body is empty").placed(1, 1)),
    }
}

/// The whole of an answer, which may stand inside `{"<Action>Response": ...}`. The id of the request is wanted of every
/// answer, whether its structure has it or not.
struct Root<'a> {
    action: &'a str,
    body: &'a mut dyn Decode,
    request_id: Option<String>,
}

const REQUEST_ID: &str = "RequestId";

impl Decode for Root<'_> {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        if key == REQUEST_ID {
            Some(Slot::Scalar(&mut self.request_id))
        } else if self.body.slot(key).is_some() {
            self.body.slot(key)
        } else if key.strip_suffix("Response") == Some(self.action) {
            Some(Slot::Object(self))
        } else {
            None
        }
    }
}

/// Puts a single value where an answer has one; an empty text stands for an absent object or list.
fn put(slot: Slot<'_>, raw: Raw<'_>) -> Result<(), DecodeError> {
    match slot {
        Slot::Scalar(scalar) => {
            scalar.set(raw).map_err(|Mismatch(expected)| DecodeError::mismatch(expected, raw.kind()))
        }
        _ if raw.is_blank() => Ok(()),
        Slot::Object(_) => Err(DecodeError::mismatch(OBJECT, raw.kind())),
        Slot::List(list, _) => put(list.push(), raw).map_err(|error| error.at(last(list))),
    }
}

/// Whether the elements of a list are objects with this field.
fn knows(list: &mut dyn List, key: &str) -> bool {
    let known = match list.push() {
        Slot::Object(object) => object.open().slot(key).is_some(),
        Slot::Scalar(_) | Slot::List(..) => false,
    };
    list.pop();
    known
}

/// Index of the last element.
fn last(list: &dyn List) -> usize {
    list.count().saturating_sub(1)
}

/// The error of a list that stands as an object with other keys than it may have: had they been skipped, elements
/// would be lost without a word.
fn not_a_list(wrapper: &str) -> DecodeError {
    match wrapper {
        "" => DecodeError::mismatch("a list", "an object with other keys"),
        _ => DecodeError::mismatch(&format!("a list inside {wrapper}"), "an object with other keys"),
    }
}

const SINGLE: &str = "a single value";
const OBJECT: &str = "an object";
const LIST: &str = "a list";
