//! Example answers: JSON and XML that can be read, and hold nothing that the response does not declare.

use super::walk;
use crate::diagnostics::{Fault, Faults, Text};
use crate::model::{Resolver, Value, rejection};
use crate::spec::{Action, Constraints, Field, FieldShape, ListShape, Spec};
use quick_xml::events::Event;
use serde_json::Value as Json;

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        for example in &action.examples {
            if let Some(text) = &example.json {
                Answer { text, action, spec, resolver, faults }.check_json();
            }
            if let Some(text) = &example.xml {
                Answer { text, action, spec, resolver, faults }.check_xml();
            }
        }
    }
}

/// One example answer under examination.
struct Answer<'a> {
    text: &'a Text,
    action: &'a Action,
    spec: &'a Spec,
    resolver: &'a Resolver<'a>,
    faults: &'a mut Faults,
}

impl Answer<'_> {
    fn check_json(&mut self) {
        match serde_json::from_str(self.text.as_str()) {
            Ok(json) => self.check_root(&json),
            Err(error) => self.unreadable("JSON", &error.to_string()),
        }
    }

    fn check_xml(&mut self) {
        match xml_tree(self.text.as_str()) {
            Ok((root, json)) if root == format!("{}Response", self.action.name.value) => {
                self.check_root(&json)
            }
            Ok((root, _)) => {
                let fault =
                    Fault::new(self.text.spot, format!("the root of the answer is `{root}`")).at_word(root);
                self.faults.add(fault.hint(format!("write `{}Response`", self.action.name.value)));
            }
            Err(error) => self.unreadable("XML", &error),
        }
    }

    fn unreadable(&mut self, what: &str, error: &str) {
        let fault = Fault::new(self.text.spot.head(), format!("the answer is no {what}: {error}"));
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
                    let fault = Fault::new(self.text.spot, format!("the response does not declare `{path}`"))
                        .at_word(key.as_str());
                    let known = fields.iter().map(|field| field.name.as_str());
                    self.faults.add(fault.hint(crate::diagnostics::suggest(key, known)));
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
            FieldShape::Object(..) => self.check_object(json, walk::members(field, self.spec), path),
            FieldShape::List(list) => {
                for (index, element) in elements(json, list).into_iter().enumerate() {
                    self.check_element(element, field, list, &format!("{path}[{index}]"));
                }
            }
        }
    }

    fn check_element(&mut self, json: &Json, field: &Field, list: &ListShape, path: &str) {
        match walk::members(field, self.spec) {
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
        let name = path.rsplit('.').next().unwrap_or(path).split('[').next().unwrap_or(path).to_owned();
        let fault =
            Fault::new(self.text.spot, format!("`{path}` in the answer should be {expected}")).at_word(name);
        self.faults.add(fault.hint("mend the example, with a note in errata.md if the reference has it so"));
    }
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

/// An XML document in the shape of JSON: elements of one name become an array. Gives the name of the root, too.
fn xml_tree(text: &str) -> Result<(String, Json), String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open: Vec<(String, serde_json::Map<String, Json>, String)> = Vec::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
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
                    return Err("an end without a start".to_owned());
                };
                let value = if children.is_empty() { Json::String(text) } else { Json::Object(children) };
                match open.last_mut() {
                    Some((_, siblings, _)) => add(siblings, name, value),
                    None => return Ok((name, value)),
                }
            }
            Event::Eof => return Err("the document ends early".to_owned()),
            _ => {}
        }
    }
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
