//! From the text of a file to a tree of located values.

use crate::diagnostics::{Code, Fault, Faults, Located, Sources, Spot, Text};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value stands.
    pub spot: Spot,
    /// The value.
    pub content: Content,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A scalar as written; `plain` without quotes.
    Scalar {
        /// The text.
        text: String,
        /// Whether it is written without quotes.
        plain: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file, without a second entry of one key.
    Map(Vec<Entry>),
}

/// One entry of a mapping.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Text,
    /// The value.
    pub value: Node,
}

/// Reads one file. Faults are added to `faults`; nothing is returned if the text is no YAML at all or holds no value.
pub fn parse(file: usize, text: &str, faults: &mut Faults) -> Option<Node> {
    if text.starts_with('\u{feff}') {
        let fault = Fault::new(
            Code::ByteOrderMark,
            Sources::spot(file, 0, 3),
            "the file starts with a byte order mark",
        );
        faults.add(fault.hint("save it as UTF-8 without one"));
        return None;
    }
    let mut reader = Reader {
        file,
        depth: 0,
        text,
        offsets: character_offsets(text),
        parser: Parser::new_from_str(text),
        faults,
    };
    reader.document()
}

/// Byte offset of each character, and of the end: the parser counts characters.
fn character_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// How deep values may lie in one another: far beyond what a spec needs, far below what the stack holds.
const DEEPEST: usize = 64;

struct Reader<'a> {
    file: usize,
    depth: usize,
    text: &'a str,
    offsets: Vec<usize>,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    faults: &'a mut Faults,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Option<Node> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd | Event::DocumentEnd, _) => return None,
                (event, span) => {
                    let node = self.node(event, span)?;
                    return self.only_document().then_some(node);
                }
            }
        }
    }

    fn only_document(&mut self) -> bool {
        while let Some((event, span)) = self.next() {
            match event {
                Event::DocumentStart(_) => {
                    let fault =
                        Fault::new(Code::SecondDocument, self.spot(span), "a second document in one file");
                    self.faults.add(fault.hint("write one document a file"));
                    return false;
                }
                Event::StreamEnd => return true,
                _ => {}
            }
        }
        false
    }

    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        match self.parser.next_event()? {
            Ok(event) => Some(event),
            Err(error) => {
                let at = self.offset(error.marker().index());
                let end = self
                    .text
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(at, |c| at + c.len_utf8());
                let fault = Fault::new(
                    Code::InvalidYaml,
                    Sources::spot(self.file, at, end),
                    format!("no valid YAML: {}", error.info()),
                );
                self.faults.add(fault.hint("mind the indentation; quote a scalar that holds `: ` or ` #` or starts with one of * & ! % @ ` { [ ' \""));
                None
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Option<Node> {
        let spot = self.spot(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(spot, anchor, tag.is_some());
                let plain = style == ScalarStyle::Plain;
                let spot = self.without_trailing_blanks(spot);
                Some(Node { spot, content: Content::Scalar { text: text.into_owned(), plain } })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(spot, anchor, tag.is_some());
                self.nested(spot, Self::list)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(spot, anchor, tag.is_some());
                self.nested(spot, Self::map)
            }
            Event::Alias(_) => {
                let fault = Fault::new(Code::YamlFeature, spot, "an alias");
                self.faults.add(fault.hint("write the value out, or give it a name in types/"));
                Some(Node { spot, content: Content::Scalar { text: String::new(), plain: true } })
            }
            _ => None,
        }
    }

    fn nested(&mut self, start: Spot, read: fn(&mut Self, Spot) -> Option<Node>) -> Option<Node> {
        if self.depth == DEEPEST {
            let fault =
                Fault::new(Code::TooDeep, start.head(), format!("values nested more than {DEEPEST} deep"));
            self.faults.add(fault.hint("write it flatter"));
            return None;
        }
        self.depth += 1;
        let node = read(self, start);
        self.depth -= 1;
        node
    }

    fn list(&mut self, start: Spot) -> Option<Node> {
        let mut elements = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => {
                    let spot = self.up_to(start, span);
                    return Some(Node { spot, content: Content::List(elements) });
                }
                (event, span) => elements.push(self.node(event, span)?),
            }
        }
    }

    fn map(&mut self, start: Spot) -> Option<Node> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, span) => {
                    let spot = self.up_to(start, span);
                    self.remove_duplicates(&mut entries);
                    return Some(Node { spot, content: Content::Map(entries) });
                }
                (event, span) => {
                    let key = self.node(event, span)?;
                    let (event, span) = self.next()?;
                    let value = self.node(event, span)?;
                    self.add_entry(&mut entries, key, value);
                }
            }
        }
    }

    fn add_entry(&mut self, entries: &mut Vec<Entry>, key: Node, value: Node) {
        let Content::Scalar { text, plain } = key.content else {
            self.faults.add(
                Fault::new(Code::KeyIsNoText, key.spot, "a key that is no text")
                    .hint("write a word as the key"),
            );
            return;
        };
        if plain && text == "<<" {
            self.faults
                .add(Fault::new(Code::YamlFeature, key.spot, "a merge key").hint("write the entries out"));
            return;
        }
        entries.push(Entry { key: Located { value: text, spot: key.spot }, value });
    }

    /// Leaves the first entry of each key. Sorted, since a file of error codes can have thousands.
    fn remove_duplicates(&mut self, entries: &mut Vec<Entry>) {
        let mut sorted: Vec<&Text> = entries.iter().map(|entry| &entry.key).collect();
        sorted.sort_by_key(|key| key.as_str());
        let mut doubled = Vec::new();
        for same in sorted.chunk_by(|a, b| a.value == b.value) {
            let [first, others @ ..] = same else { continue };
            for key in others {
                let fault =
                    Fault::new(Code::DuplicateKey, key.spot, format!("duplicate key `{}`", key.value));
                self.faults.add(fault.related(first.spot, "first given here").hint("remove one of the two"));
                doubled.push(key.spot);
            }
        }
        entries.retain(|entry| !doubled.contains(&entry.key.spot));
    }

    fn refuse_extras(&mut self, spot: Spot, anchor: usize, tagged: bool) {
        if anchor > 0 {
            self.faults.add(
                Fault::new(Code::YamlFeature, spot, "an anchor").hint("write the value out where it is used"),
            );
        }
        if tagged {
            self.faults
                .add(Fault::new(Code::YamlFeature, spot, "a tag").hint("remove it; the key tells the type"));
        }
    }

    fn spot(&self, span: Span) -> Spot {
        Sources::spot(self.file, self.offset(span.start.index()), self.offset(span.end.index()))
    }

    fn up_to(&self, start: Spot, end: Span) -> Spot {
        let whole = start.to(self.spot(end));
        self.without_trailing_blanks(whole)
    }

    /// The parser counts the blanks and line ends behind a value as part of it.
    fn without_trailing_blanks(&self, spot: Spot) -> Spot {
        spot.trimmed(self.text)
    }

    fn offset(&self, character: usize) -> usize {
        self.offsets.get(character).copied().unwrap_or(self.text.len())
    }
}
