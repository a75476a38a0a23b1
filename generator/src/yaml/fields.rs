//! Reads the entries of a mapping by name. What is never asked for is unknown.

use super::tree::{Content, Entry, Node};
use crate::diagnostics::{Code, Fault, Faults, Located, Spot, Text, suggest};

/// The entries of one mapping, while they are being read.
pub struct Fields<'a, 'f> {
    entries: &'a [Entry],
    node: &'a Node,
    what: &'static str,
    asked: Vec<&'static str>,
    /// Where faults go.
    pub faults: &'f mut Faults,
}

impl<'a, 'f> Fields<'a, 'f> {
    /// Starts to read a mapping; `what` names it in messages: "an action".
    pub fn of(node: &'a Node, what: &'static str, faults: &'f mut Faults) -> Option<Self> {
        let entries = entries(node, what, faults)?;
        Some(Self { entries, node, what, asked: Vec::new(), faults })
    }

    /// The value of a key.
    pub fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// The value of a key that must be there.
    pub fn need(&mut self, key: &'static str) -> Option<&'a Node> {
        let found = self.take(key);
        if found.is_none() {
            let fault =
                Fault::new(Code::MissingKey, self.node.spot.head(), format!("{} without `{key}`", self.what));
            self.faults.add(fault.hint(format!("add `{key}: ...`")));
        }
        found
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<Text> {
        let node = self.take(key)?;
        text(node, self.faults)
    }

    /// A text that must be there, but may be empty: `""`.
    pub fn need_text_or_empty(&mut self, key: &'static str) -> Text {
        let found = self.need(key).and_then(|node| text(node, self.faults));
        found.unwrap_or(Located { value: String::new(), spot: self.node.spot })
    }

    /// A text that must be there; an empty one if it is not, after a fault.
    pub fn need_text(&mut self, key: &'static str) -> Text {
        let found = self.need(key).and_then(|node| text(node, self.faults));
        if let Some(empty) = found.as_ref().filter(|found| found.value.is_empty()) {
            self.faults.add(
                Fault::new(Code::EmptyValue, empty.spot, format!("`{key}` is empty")).hint("write the value"),
            );
        }
        found.unwrap_or(Located { value: String::new(), spot: self.node.spot })
    }

    /// A boolean; `false` if it is not there.
    pub fn flag(&mut self, key: &'static str) -> bool {
        self.optional_flag(key).unwrap_or(false)
    }

    /// A boolean that may be missing.
    pub fn optional_flag(&mut self, key: &'static str) -> Option<bool> {
        let word = self.text(key)?;
        match word.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.faults.add(
                    Fault::new(Code::NotABoolean, word.spot, "neither `true` nor `false`")
                        .hint("write `true` or `false`"),
                );
                None
            }
        }
    }

    /// A pair of whole numbers, the first not above the second.
    pub fn pair(&mut self, key: &'static str) -> Option<Located<(i64, i64)>> {
        let node = self.take(key)?;
        pair(node, self.faults)
    }

    /// The fewest and the most of something that is counted.
    pub fn counts(&mut self, key: &'static str) -> Option<Located<(i64, i64)>> {
        let counts = self.pair(key)?;
        if counts.value.0 < 0 {
            self.faults.add(
                Fault::new(Code::NotACount, counts.spot, format!("`{key}` below zero")).hint("count from 0"),
            );
            return None;
        }
        Some(counts)
    }

    /// A list of texts; empty if it is not there.
    pub fn texts(&mut self, key: &'static str) -> Vec<Text> {
        self.optional_texts(key).unwrap_or_default()
    }

    /// A list of texts that may be missing.
    pub fn optional_texts(&mut self, key: &'static str) -> Option<Vec<Text>> {
        let elements = self.list(key)?;
        Some(elements.iter().filter_map(|element| text(element, self.faults)).collect())
    }

    /// A list of texts that must be there, with one at least; empty if it is not, after a fault.
    pub fn need_texts(&mut self, key: &'static str) -> Vec<Text> {
        self.need(key).and_then(|node| self.texts_of(node)).unwrap_or_default()
    }

    /// The texts of a list somewhere inside, one at least.
    pub fn texts_of(&mut self, node: &Node) -> Option<Vec<Text>> {
        let elements = list(node, "this", self.faults)?;
        if elements.is_empty() {
            self.faults
                .add(Fault::new(Code::EmptyList, node.spot, "an empty list").hint("name one at least"));
        }
        Some(elements.iter().filter_map(|element| text(element, self.faults)).collect())
    }

    /// The elements of a list.
    pub fn list(&mut self, key: &'static str) -> Option<&'a [Node]> {
        let node = self.take(key)?;
        list(node, &format!("`{key}`"), self.faults)
    }

    /// The entries of a mapping with keys of the author's choice; empty if it is not there.
    pub fn map(&mut self, key: &'static str, what: &'static str) -> &'a [Entry] {
        match self.take(key) {
            Some(node) => entries(node, what, self.faults).unwrap_or_default(),
            None => &[],
        }
    }

    /// The text of an entry with a key of the author's choice.
    pub fn value_of(&mut self, entry: &Entry) -> Option<Text> {
        text(&entry.value, self.faults)
    }

    /// Pairs of whole numbers under keys of the author's choice.
    pub fn pairs(&mut self, key: &'static str) -> Vec<(Text, Located<(i64, i64)>)> {
        let entries = self.map(key, "a mapping of ranges");
        entries
            .iter()
            .filter_map(|entry| Some((entry.key.clone(), pair(&entry.value, self.faults)?)))
            .collect()
    }

    /// Where a key stands; the start of the mapping if it is not there.
    #[must_use]
    pub fn key_spot(&self, key: &str) -> Spot {
        let found = self.entries.iter().find(|entry| entry.key.value == key);
        found.map_or_else(|| self.node.spot.head(), |entry| entry.key.spot)
    }

    /// Refuses a key that only entries of another shape have.
    pub fn refuse(&mut self, key: &'static str, hint: &str) {
        if !self.asked.contains(&key) && self.take(key).is_some() {
            let fault = Fault::new(
                Code::KeyWithoutMeaning,
                self.key_spot(key),
                format!("`{key}` means nothing here"),
            );
            self.faults.add(fault.hint(hint));
        }
    }

    /// Ends the reading: entries that were never asked for are faults.
    pub fn finish(self) {
        #[cfg(test)]
        super::asked::note(self.what, &self.asked);
        for entry in self.entries {
            let key = entry.key.as_str();
            if !self.asked.contains(&key) {
                let fault = Fault::new(
                    Code::UnknownKey,
                    entry.key.spot,
                    format!("unknown key `{key}` in {}", self.what),
                );
                self.faults.add(fault.hint(suggest(key, self.asked.iter().copied())));
            }
        }
    }
}

/// The entries of a mapping.
fn entries<'a>(node: &'a Node, what: &'static str, faults: &mut Faults) -> Option<&'a [Entry]> {
    if let Content::Map(entries) = &node.content {
        return Some(entries);
    }
    faults.add(
        Fault::new(Code::NotAMapping, node.spot.head(), format!("{what} must be a mapping"))
            .hint("write `key: value` lines or `{ key: value }`"),
    );
    None
}

/// The elements of a list.
fn list<'a>(node: &'a Node, what: &str, faults: &mut Faults) -> Option<&'a [Node]> {
    if let Content::List(elements) = &node.content {
        return Some(elements);
    }
    let fault = Fault::new(Code::NotAList, node.spot.head(), format!("{what} is no list"));
    faults.add(fault.hint("write `[a, b]` or lines that start with `- `"));
    None
}

/// The text of a scalar.
fn text(node: &Node, faults: &mut Faults) -> Option<Text> {
    let Content::Scalar { text, plain } = &node.content else {
        faults.add(
            Fault::new(Code::NotASingleValue, node.spot.head(), "not a single value")
                .hint("write one text, number or boolean here"),
        );
        return None;
    };
    if *plain && (text.is_empty() || text == "~" || text == "null") {
        faults.add(
            Fault::new(Code::EmptyValue, node.spot, "an empty value")
                .hint("write the value, or remove the key; an empty text is `\"\"`"),
        );
        return None;
    }
    Some(Located { value: text.clone(), spot: node.spot })
}

fn pair(node: &Node, faults: &mut Faults) -> Option<Located<(i64, i64)>> {
    let numbers: Vec<Option<i64>> = match &node.content {
        Content::List(elements) => elements
            .iter()
            .map(|element| match &element.content {
                Content::Scalar { text, .. } => text.parse().ok(),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let [Some(least), Some(most)] = numbers[..] else {
        faults.add(
            Fault::new(Code::NotARange, node.spot, "not a pair of whole numbers")
                .hint("write `[least, most]`"),
        );
        return None;
    };
    if least > most {
        let fault = Fault::new(
            Code::RangeUpsideDown,
            node.spot,
            format!("range upside down: {least} is above {most}"),
        );
        faults.add(fault.hint(format!("write `[{most}, {least}]`")));
        return None;
    }
    Some(Located { value: (least, most), spot: node.spot })
}
