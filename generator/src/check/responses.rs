//! Example answers: JSON and XML that can be read, and hold nothing that the response does not declare.

use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
use crate::model::{Resolver, Value, rejection};
use crate::spec::{Action, Constraints, Field, FieldShape, ListShape, Spec};
use quick_xml::events::Event;
use serde_json::Value as Json;

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        for example in &action.examples {
            if let Some(text) = &example.json {
                Answer { text, action, resolver, faults }.check_json();
            }
            if let Some(text) = &example.xml {
                Answer { text, action, resolver, faults }.check_xml();
            }
        }
    }
}

/// One example answer under examination.
struct Answer<'a> {
    text: &'a Text,
    action: &'a Action,
    resolver: &'a Resolver<'a>,
    faults: &'a mut Faults,
}

impl Answer<'_> {
    fn check_json(&mut self) {
        match serde_json::from_str(self.text.as_str()) {
            Ok(json) => self.check_root(&json),
            Err(error) => {
                let (line, text) = (error.line(), error.to_string());
                let reason = text.split(" at line ").next().unwrap_or_default();
                self.unreadable(&format!("no JSON: {reason}"), |fault| fault.at_line(line));
            }
        }
    }

    fn check_xml(&mut self) {
        match xml_tree(self.text.as_str()) {
            Ok((root, json)) if root == format!("{}Response", self.action.name.value) => {
                self.check_root(&json)
            }
            Ok((root, _)) => {
                let fault = Fault::new(
                    Code::AnswerRoot,
                    self.text.spot,
                    format!("the root of the answer is `{root}`"),
                )
                .at_words([root]);
                self.faults.add(fault.hint(format!("write `{}Response`", self.action.name.value)));
            }
            Err(NoXml::Unclosed(open)) => {
                let last = open
                    .last()
                    .map_or("there is no element".to_owned(), |last| format!("`{last}` is not closed"));
                self.unreadable(&format!("no XML: {last}"), |fault| fault.at_words(open));
            }
            Err(NoXml::Malformed(line, reason)) => {
                self.unreadable(&format!("no XML: {reason}"), |fault| fault.at_line(line));
            }
        }
    }

    fn unreadable(&mut self, what: &str, place: impl FnOnce(Fault) -> Fault) {
        let fault =
            place(Fault::new(Code::UnreadableAnswer, self.text.spot, format!("the answer is {what}")));
        self.faults.add(fault.hint("mend the example, with a note in errata.md if the reference has it so"));
    }

    /// The answer itself, or `{"ActionResponse": {...}}`.
    fn check_root(&mut self, json: &Json) {
        let inner = json.get(format!("{}Response", self.action.name.value)).unwrap_or(json);
        let fields = &self.action.response;
        self.check_object(inner, fields, "");
    }

    fn check_object(&mut self, json: &Json, fields: &[Field], path: &str) {
        let Some(object) = json.as_object() else {
            self.wrong(path, "an object");
            return;
        };
        for (key, value) in object {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match fields.iter().find(|field| field.name.value == *key) {
                Some(field) => self.check_field(value, field, &path),
                None => {
                    let fault = Fault::new(
                        Code::UndeclaredField,
                        self.text.spot,
                        format!("the response does not declare `{path}`"),
                    );
                    let known = fields.iter().map(|field| field.name.as_str());
                    self.faults.add(fault.at_words(names(&path)).hint(suggest(key, known)));
                }
            }
        }
    }

    fn check_field(&mut self, json: &Json, field: &Field, path: &str) {
        match &field.shape {
            FieldShape::Value(name) => {
                let value = self.resolver.value(name, &Constraints::default(), field.wire.as_ref(), None);
                self.check_value(json, value, path);
            }
            FieldShape::Object(..) => self.check_object(json, walk::members(field, self.resolver), path),
            FieldShape::List(list) => {
                for (index, element) in elements(json, list).into_iter().enumerate() {
                    self.check_element(element, field, list, &format!("{path}[{index}]"));
                }
            }
        }
    }

    fn check_element(&mut self, json: &Json, field: &Field, list: &ListShape, path: &str) {
        match walk::members(field, self.resolver) {
            [] => {
                let value = self.resolver.value(&list.element, &Constraints::default(), None, None);
                self.check_value(json, value, path);
            }
            members => self.check_object(json, members, path),
        }
    }

    /// Answers may hold more than the documented values, but not values of another type.
    fn check_value(&mut self, json: &Json, value: Value, path: &str) {
        let text = match json {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            Json::Bool(flag) => flag.to_string(),
            Json::Null => return,
            Json::Array(_) | Json::Object(_) => return self.wrong(path, "a single value"),
        };
        if let Some(expected) = rejection(&Value { checks: Vec::new(), ..value }, &text) {
            self.wrong(path, &expected);
        }
    }

    fn wrong(&mut self, path: &str, expected: &str) {
        let fault = Fault::new(
            Code::FieldOfOtherType,
            self.text.spot,
            format!("`{path}` in the answer should be {expected}"),
        );
        self.faults.add(
            fault
                .at_words(names(path))
                .hint("mend the example, with a note in errata.md if the reference has it so"),
        );
    }
}

/// The names in a path: of `LampSet[0].Status`, `LampSet` and `Status`.
fn names(path: &str) -> Vec<&str> {
    path.split('.').filter_map(|part| part.split('[').next()).collect()
}

/// The elements of a list: in its wrapper or not, several or one.
fn elements<'a>(json: &'a Json, list: &ListShape) -> Vec<&'a Json> {
    let wrapped = list.wrapper.as_ref().and_then(|wrapper| json.get(wrapper.as_str()));
    match wrapped.unwrap_or(json) {
        Json::Array(elements) => elements.iter().collect(),
        Json::Null => Vec::new(),
        Json::String(text) if text.trim().is_empty() => Vec::new(),
        one => vec![one],
    }
}

/// How deep elements may lie in one another; serde_json has the same limit.
const DEEPEST: usize = 128;

/// Why a text is no XML document.
enum NoXml {
    /// It ends while these elements are open.
    Unclosed(Vec<String>),
    /// Something is wrong in this line.
    Malformed(usize, String),
}

/// An XML document in the shape of JSON: elements of one name become an array. Gives the name of the root, too.
fn xml_tree(text: &str) -> Result<(String, Json), NoXml> {
    let malformed = |at: usize, reason: String| {
        let before = text.get(..at).unwrap_or(text);
        NoXml::Malformed(before.matches('\n').count() + 1, reason)
    };
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open: Vec<(String, serde_json::Map<String, Json>, String)> = Vec::new();
    loop {
        let event =
            reader.read_event().map_err(|error| malformed(error_place(&reader), error.to_string()))?;
        match event {
            Event::Start(_) if open.len() == DEEPEST => {
                return Err(malformed(
                    error_place(&reader),
                    format!("elements nested more than {DEEPEST} deep"),
                ));
            }
            Event::Start(start) => {
                open.push((start.name().as_ref().to_owned(), serde_json::Map::new(), String::new()))
            }
            Event::Empty(empty) => {
                let name = empty.name().as_ref().to_owned();
                let Some((_, siblings, _)) = open.last_mut() else {
                    return Ok((name, Json::Object(serde_json::Map::new())));
                };
                add(siblings, name, Json::String(String::new()));
            }
            Event::Text(found) => {
                if let Some((_, _, text)) = open.last_mut() {
                    text.push_str(&found);
                }
            }
            Event::End(_) => {
                let Some((name, children, text)) = open.pop() else {
                    return Err(malformed(error_place(&reader), "an end without a start".to_owned()));
                };
                let value = if children.is_empty() { Json::String(text) } else { Json::Object(children) };
                match open.last_mut() {
                    Some((_, siblings, _)) => add(siblings, name, value),
                    None => return Ok((name, value)),
                }
            }
            Event::Eof => return Err(NoXml::Unclosed(open.into_iter().map(|(name, ..)| name).collect())),
            _ => {}
        }
    }
}

fn error_place(reader: &quick_xml::Reader<&[u8]>) -> usize {
    usize::try_from(reader.error_position().max(reader.buffer_position())).unwrap_or(usize::MAX)
}

fn add(siblings: &mut serde_json::Map<String, Json>, name: String, value: Json) {
    match siblings.get_mut(&name) {
        Some(Json::Array(several)) => several.push(value),
        Some(one) => *one = Json::Array(vec![one.take(), value]),
        None => {
            siblings.insert(name, value);
        }
    }
}
