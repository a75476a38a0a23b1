//! Reads JSON in one pass, without a tree.

use super::{
    Decode, DecodeError, LIST, List, OBJECT, Object, Raw, SINGLE, Slot, knows, last, not_a_list, put,
};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::mem;

/// Reads a text that starts with `{`.
pub(super) fn read(text: &str, into: &mut dyn Object) -> Result<(), DecodeError> {
    let mut fault = DecodeError::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let root = Value { target: Target::Slot(Slot::Object(into)), fault: &mut fault };
    root.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| explained(fault, &error))
}

/// Reads any JSON.
pub(super) fn any(text: &str) -> Result<serde_json::Value, DecodeError> {
    serde_json::from_str(text).map_err(|error| explained(DecodeError::default(), &error))
}

/// The fault if a value was of the wrong kind; what the parser says if the text is no JSON. The parser's own
/// position stands for both.
fn explained(fault: DecodeError, error: &serde_json::Error) -> DecodeError {
    let (line, column) = (error.line(), error.column());
    let fault = fault.placed(line, column);
    if !fault.message().is_empty() {
        return fault;
    }
    let text = error.to_string();
    fault.with_message(text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text))
}

/// A key: borrowed, unless it has escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// A value on its way to its place.
struct Value<'a> {
    target: Target<'a>,
    /// Where the path of an error is put together on the way out; a good answer pays nothing for it.
    fault: &'a mut DecodeError,
}

enum Target<'a> {
    Slot(Slot<'a>),
    /// What stands inside the wrapper of a list: its elements, or the only one.
    Elements(&'a mut dyn List),
    /// One element of an array.
    Element(&'a mut dyn List),
    /// What stands under the first, unknown key of a list without wrapper: elements if it is an array, which is
    /// noted.
    Guess(&'a mut dyn List, &'a mut bool),
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<(), E> {
        self.single(Raw::Bool(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.single(Raw::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.single(i64::try_from(number).map_or(Raw::Uint(number), Raw::Int))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.single(Raw::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.single(Raw::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        let fault = self.fault;
        match self.target {
            Target::Slot(Slot::List(list, _)) | Target::Elements(list) => array(list, elements, fault),
            Target::Slot(Slot::Object(object)) => only_object(object, elements, fault),
            Target::Slot(Slot::Scalar(_)) => Err(failed(fault, DecodeError::mismatch(SINGLE, LIST))),
            Target::Element(list) => match list.push() {
                Slot::List(inner, _) => array(inner, elements, fault),
                Slot::Scalar(_) => Err(failed(fault, DecodeError::mismatch(SINGLE, LIST))),
                Slot::Object(_) => Err(failed(fault, DecodeError::mismatch(OBJECT, LIST))),
            },
            Target::Guess(list, is_array) => {
                *is_array = true;
                array(list, elements, fault)
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<(), A::Error> {
        let fault = self.fault;
        match self.target {
            Target::Slot(Slot::Scalar(_)) => Err(failed(fault, DecodeError::mismatch(SINGLE, OBJECT))),
            Target::Slot(Slot::Object(object)) => all_fields(object.open(), fields, fault),
            Target::Slot(Slot::List(list, wrapper)) => list_as_object(list, wrapper, fields, fault),
            Target::Element(list) => Value { target: Target::Slot(list.push()), fault }.visit_map(fields),
            Target::Elements(list) => Value { target: Target::Slot(list.push()), fault: &mut *fault }
                .visit_map(fields)
                .inspect_err(|_| amend(fault, |fault| fault.at(last(list)))),
            Target::Guess(..) => IgnoredAny.visit_map(fields).map(drop),
        }
    }
}

impl Value<'_> {
    fn single<E: Error>(self, raw: Raw<'_>) -> Result<(), E> {
        let done = match self.target {
            Target::Slot(slot) => put(slot, raw),
            Target::Elements(list) => put(Slot::List(list, ""), raw),
            Target::Element(_) if raw.is_blank() => Ok(()),
            Target::Element(list) => put(list.push(), raw),
            Target::Guess(..) => Ok(()),
        };
        done.map_err(|error| failed(self.fault, error))
    }
}

/// Fills an object.
fn all_fields<'de, A: MapAccess<'de>>(
    object: &mut dyn Decode,
    mut fields: A,
    fault: &mut DecodeError,
) -> Result<(), A::Error> {
    while let Some(key) = fields.next_key_seed(Key)? {
        field(object, &key, &mut fields, fault)?;
    }
    Ok(())
}

fn field<'de, A: MapAccess<'de>>(
    object: &mut dyn Decode,
    key: &str,
    fields: &mut A,
    fault: &mut DecodeError,
) -> Result<(), A::Error> {
    match object.slot(key) {
        Some(slot) => fields
            .next_value_seed(Value { target: Target::Slot(slot), fault: &mut *fault })
            .inspect_err(|_| amend(fault, |fault| fault.inside(key))),
        None => fields.next_value::<IgnoredAny>().map(drop),
    }
}

/// Fills a list.
fn array<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut elements: A,
    fault: &mut DecodeError,
) -> Result<(), A::Error> {
    let mut index = 0;
    loop {
        let element = Value { target: Target::Element(&mut *list), fault: &mut *fault };
        match elements.next_element_seed(element) {
            Ok(Some(())) => index += 1,
            Ok(None) => return Ok(()),
            Err(error) => {
                amend(fault, |fault| fault.at(index));
                return Err(error);
            }
        }
    }
}

/// Reads an object that stands in an array of its own.
fn only_object<'de, A: SeqAccess<'de>>(
    object: &mut dyn Object,
    mut elements: A,
    fault: &mut DecodeError,
) -> Result<(), A::Error> {
    let slot = Target::Slot(Slot::Object(object));
    elements.next_element_seed(Value { target: slot, fault: &mut *fault })?;
    match elements.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(failed(fault, DecodeError::mismatch(OBJECT, LIST))),
    }
}

/// Reads a list that stands as an object: its wrapper around the elements, or its only element itself.
fn list_as_object<'de, A: MapAccess<'de>>(
    list: &mut dyn List,
    wrapper: &str,
    mut fields: A,
    fault: &mut DecodeError,
) -> Result<(), A::Error> {
    let flat = wrapper.is_empty();
    let (mut wrapped, mut others) = (false, false);
    while let Some(key) = fields.next_key_seed(Key)? {
        if !flat && key == wrapper {
            wrapped = true;
            fields.next_value_seed(Value { target: Target::Elements(&mut *list), fault: &mut *fault })?;
        } else if !wrapped && knows(list, &key) {
            return only_element(list, &key, fields, fault);
        } else if flat && !wrapped && !others {
            let guess = Target::Guess(&mut *list, &mut wrapped);
            fields.next_value_seed(Value { target: guess, fault: &mut *fault })?;
            others = !wrapped;
        } else {
            others = true;
            fields.next_value::<IgnoredAny>()?;
        }
    }
    // A wrapper that was guessed must be the only key.
    if others && (flat || !wrapped) { Err(failed(fault, not_a_list(wrapper))) } else { Ok(()) }
}

/// Reads the rest of a list that is its only element itself, of which the first key has been read.
fn only_element<'de, A: MapAccess<'de>>(
    list: &mut dyn List,
    first: &str,
    mut fields: A,
    fault: &mut DecodeError,
) -> Result<(), A::Error> {
    let done = match list.push() {
        Slot::Object(object) => {
            let object = object.open();
            field(object, first, &mut fields, fault).and_then(|()| all_fields(object, fields, fault))
        }
        Slot::Scalar(_) | Slot::List(..) => Ok(()),
    };
    done.inspect_err(|_| amend(fault, |fault| fault.at(last(list))))
}

fn failed<E: Error>(fault: &mut DecodeError, error: DecodeError) -> E {
    *fault = error;
    // The parser adds the position; the message is in the fault.
    E::custom("")
}

fn amend(fault: &mut DecodeError, change: impl FnOnce(DecodeError) -> DecodeError) {
    *fault = change(mem::take(fault));
}
