//! Reads XML in one pass, without a tree.

use super::tree::{Children, Node};
use super::{
    Decode, DecodeError, List, OBJECT, Object, Raw, SINGLE, Slot, is_blank, knows, last, not_a_list, put,
};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// How deep elements may stand inside each other; the JSON parser has the same bound.
const DEEPEST: usize = 128;

/// Reads a document and says the name of its root.
pub(super) fn read(text: &str, into: &mut dyn Object) -> Result<String, DecodeError> {
    let mut document = Document::new(text);
    let root = document.root()?;
    document.fields(into.open())?;
    document.end()?;
    Ok(root)
}

/// Reads any document, of which the root is the only key.
pub(super) fn any(text: &str) -> Result<Node, DecodeError> {
    let mut document = Document::new(text);
    let root = document.root()?;
    let node = document.node()?;
    document.end()?;
    Ok(Node::Object(vec![(root, node)]))
}

#[derive(Clone)]
struct Document<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    depth: usize,
}

/// What a document consists of, once comments, declarations and references are dealt with.
enum Token<'a> {
    Open(BytesStart<'a>),
    Close,
    Text(Cow<'a, str>),
    End,
}

impl<'a> Document<'a> {
    fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, depth: 0 }
    }

    fn root(&mut self) -> Result<String, DecodeError> {
        loop {
            match self.token()? {
                Token::Open(tag) => return Ok(tag.local_name().into_inner().to_owned()),
                Token::Text(text) if is_blank(&text) => {}
                _ => return Err(self.failed(DecodeError::new("expected a root element"))),
            }
        }
    }

    fn end(&mut self) -> Result<(), DecodeError> {
        loop {
            match self.token()? {
                Token::End => return Ok(()),
                Token::Text(text) if is_blank(&text) => {}
                _ => return Err(self.failed(DecodeError::new("expected nothing after the root element"))),
            }
        }
    }

    /// Reads the element whose tag has just been read. Says whether it holds more than an empty text.
    fn element(&mut self, slot: Slot<'_>) -> Result<bool, DecodeError> {
        match slot {
            Slot::Scalar(_) => {
                let text = self.content()?;
                put(slot, Raw::Text(&text)).map_err(|error| self.failed(error))?;
                return Ok(!is_blank(&text));
            }
            Slot::Object(object) => self.fields(object.open())?,
            Slot::List(list, wrapper) => self.list(list, wrapper)?,
        }
        Ok(true)
    }

    /// The text of an element without others inside.
    fn content(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let mut content = Cow::Borrowed("");
        loop {
            match self.token()? {
                Token::Text(text) => content += text,
                Token::Close | Token::End => return Ok(content),
                Token::Open(_) => return Err(self.failed(DecodeError::mismatch(SINGLE, OBJECT))),
            }
        }
    }

    /// Fills an object.
    fn fields(&mut self, object: &mut dyn Decode) -> Result<(), DecodeError> {
        loop {
            match self.token()? {
                Token::Open(tag) => self.field(object, tag.local_name().into_inner())?,
                Token::Close | Token::End => return Ok(()),
                Token::Text(text) if is_blank(&text) => {}
                Token::Text(_) => return Err(self.failed(DecodeError::mismatch(OBJECT, "a text"))),
            }
        }
    }

    fn field(&mut self, object: &mut dyn Decode, key: &str) -> Result<(), DecodeError> {
        match object.slot(key) {
            Some(slot) => self.element(slot).map(drop).map_err(|error| error.inside(key)),
            None => self.skip(),
        }
    }

    /// Fills a list: from elements inside a wrapper, or with the only element that this is.
    fn list(&mut self, list: &mut dyn List, wrapper: &str) -> Result<(), DecodeError> {
        let flat = wrapper.is_empty();
        let mut wrapper = Cow::Borrowed(wrapper);
        let (mut wrapped, mut others) = (false, false);
        let mut content = Cow::Borrowed("");
        loop {
            match self.token()? {
                Token::Open(tag) => {
                    let key = tag.local_name().into_inner();
                    if key == wrapper {
                        wrapped = true;
                        self.list_element(list)?;
                    } else if !wrapped && knows(list, key) {
                        return self.only_element(list, key);
                    } else if flat && !wrapped && !others && self.wraps_elements(list) {
                        wrapper = Cow::Owned(key.to_owned());
                        wrapped = true;
                        self.list_element(list)?;
                    } else {
                        others = true;
                        self.skip()?;
                    }
                }
                Token::Text(text) => content += text,
                Token::Close | Token::End => break,
            }
        }
        // A wrapper that was guessed must be the only name.
        if (others && (flat || !wrapped)) || (wrapped && !is_blank(&content)) {
            return Err(self.failed(not_a_list(if flat { "" } else { &wrapper })));
        }
        put(Slot::List(list, ""), Raw::Text(&content)).map_err(|error| self.failed(error))
    }

    /// Whether the element whose tag has just been read can only be a wrapper: of single values, or of objects with
    /// a field that it starts with.
    fn wraps_elements(&self, list: &mut dyn List) -> bool {
        let single = matches!(list.push(), Slot::Scalar(_));
        list.pop();
        let mut ahead = self.clone();
        single
            || loop {
                match ahead.token() {
                    Ok(Token::Open(tag)) => break knows(list, tag.local_name().into_inner()),
                    Ok(Token::Text(text)) if is_blank(&text) => {}
                    _ => break false,
                }
            }
    }

    fn list_element(&mut self, list: &mut dyn List) -> Result<(), DecodeError> {
        if !self.element(list.push()).map_err(|error| error.at(last(list)))? {
            list.pop();
        }
        Ok(())
    }

    /// Reads the rest of a list that is its only element itself, of which the first tag has been read.
    fn only_element(&mut self, list: &mut dyn List, first: &str) -> Result<(), DecodeError> {
        let done = match list.push() {
            Slot::Object(object) => {
                let object = object.open();
                self.field(object, first).and_then(|()| self.fields(object))
            }
            Slot::Scalar(_) | Slot::List(..) => Ok(()),
        };
        done.map_err(|error| error.at(last(list)))
    }

    /// Whatever stands in the element whose tag has just been read. Of a text beside elements nothing is kept.
    fn node(&mut self) -> Result<Node, DecodeError> {
        let mut content = String::new();
        let mut children = Children::default();
        loop {
            match self.token()? {
                Token::Open(tag) => {
                    let name = tag.local_name().into_inner().to_owned();
                    children.add(name, self.node()?);
                }
                Token::Text(text) => content += &text,
                Token::Close | Token::End => break,
            }
        }
        Ok(children.into_node().unwrap_or(Node::Single(content)))
    }

    /// Passes over the element whose tag has just been read.
    fn skip(&mut self) -> Result<(), DecodeError> {
        let depth = self.depth;
        while self.depth >= depth {
            self.token()?;
        }
        Ok(())
    }

    /// The next token; an end is one only outside all elements.
    fn token(&mut self) -> Result<Token<'a>, DecodeError> {
        loop {
            let event = self.reader.read_event().map_err(|error| self.malformed(&error))?;
            return Ok(match event {
                Event::Start(tag) if tag.name().into_inner().is_empty() => {
                    return Err(self.failed(DecodeError::new("a tag without a name")));
                }
                Event::Start(tag) if self.depth < DEEPEST => {
                    self.depth += 1;
                    Token::Open(tag)
                }
                Event::Start(_) => {
                    return Err(self.failed(DecodeError::new("elements stand too deep inside each other")));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::Close
                }
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Token::Text(self.resolve(&reference)?),
                Event::Eof if self.depth == 0 => Token::End,
                Event::Eof => return Err(self.failed(DecodeError::new("the document breaks off"))),
                // Never met: empty elements are expanded.
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                    continue;
                }
            });
        }
    }

    /// What a reference stands for: a character or one of the five entities of XML. Others, which a document could
    /// declare, are refused.
    fn resolve(&self, reference: &BytesRef<'_>) -> Result<Cow<'a, str>, DecodeError> {
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            return Ok(Cow::Owned(character.to_string()));
        }
        resolve_xml_entity(&reference.borrow().into_inner())
            .map(Cow::Borrowed)
            .ok_or_else(|| self.failed(DecodeError::new("a reference to an unknown entity")))
    }

    fn malformed(&self, error: &quick_xml::Error) -> DecodeError {
        let message = match error {
            quick_xml::Error::Syntax(error) => error.to_string(),
            _ => "tags do not match".to_owned(),
        };
        self.placed(DecodeError::new(message), self.reader.error_position())
    }

    fn failed(&self, error: DecodeError) -> DecodeError {
        self.placed(error, self.reader.buffer_position())
    }

    fn placed(&self, error: DecodeError, position: u64) -> DecodeError {
        error.placed_after(self.text.as_bytes(), usize::try_from(position).unwrap_or(usize::MAX))
    }
}
