//! actions/GROUP/ACTION.yaml

use super::{Class, Field, Pages, Parameter, Rule, errors, pages, parameter, response};
use crate::diagnostics::{Code, Fault, Faults, Located, Spot, Text, suggest};
use crate::yaml::{Content, Entry, Fields, Node};

/// One action.
#[derive(Debug)]
pub struct Action {
    /// Its name: that of the file.
    pub name: Text,
    /// Its group: that of the folder.
    pub group: Text,
    /// What it does.
    pub summary: Option<Text>,
    /// Sentences for the documents.
    pub notes: Vec<Text>,
    /// Quotas that depend on the account's state.
    pub limits: Vec<Quota>,
    /// Section of the reference; none if the action is not in it.
    pub section: Option<Text>,
    /// Number of the provider's document, if it is known.
    pub document: Option<Text>,
    /// What a successful call changes.
    pub effect: Effect,
    /// The parameter that makes a repetition safe.
    pub idempotency: Option<Text>,
    /// The parameter that has the service only check the request.
    pub dry_run: Option<Text>,
    /// How it hands out a list in pages.
    pub pages: Option<Pages>,
    /// Parameters, in the reference's order.
    pub parameters: Vec<Parameter>,
    /// Rules between parameters.
    pub rules: Vec<Rule>,
    /// Fields of the answer.
    pub response: Vec<Field>,
    /// Whether the fields of the answer are not known: `response: raw`.
    pub raw: bool,
    /// Documented errors.
    pub errors: Vec<ErrorRow>,
    /// Documented examples.
    pub examples: Vec<Example>,
    /// Where the fact comes from, if not from the reference.
    pub source: Option<Text>,
}

/// What a successful call changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Read,
    /// A resource comes into being.
    Create,
    /// A resource changes.
    Update,
    /// A resource goes away.
    Delete,
}

/// A quota.
#[derive(Debug)]
pub struct Quota {
    /// What is limited.
    pub summary: Text,
    /// The code with which the service refuses to go beyond it.
    pub refused_as: Option<Text>,
}

/// One documented error.
#[derive(Debug)]
pub struct ErrorRow {
    /// HTTP status.
    pub http: Located<u16>,
    /// Code.
    pub code: Text,
    /// Message, to the letter.
    pub message: Text,
    /// Cause, where it is another here.
    pub cause: Option<Text>,
    /// Remedy, where it is another here.
    pub remedy: Option<Text>,
    /// Whether trying again can help, where that is different here.
    pub class: Option<Located<Class>>,
    /// Place of the mark of a row that the reference copied from elsewhere and that nothing here can provoke.
    pub copied: Option<Spot>,
    /// Where the fact comes from, if not from the reference.
    pub source: Option<Text>,
}

/// One documented example.
#[derive(Debug)]
pub struct Example {
    /// Parameters as sent.
    pub request: Vec<(Text, Text)>,
    /// Place of the example.
    pub spot: Spot,
    /// Answer in JSON.
    pub json: Option<Text>,
    /// Answer in XML.
    pub xml: Option<Text>,
}

impl Action {
    pub(super) fn read(name: Text, group: Text, node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "an action", faults)?;
        let source = fields.text("source");
        let (section, document) = read_reference(source.is_some(), &mut fields);
        let raw = is_raw(&mut fields);
        let action = Self {
            name,
            group,
            summary: fields.text("summary"),
            notes: fields.texts("notes"),
            limits: read_each("limits", &mut fields, Quota::read),
            section,
            document,
            effect: read_effect(&mut fields),
            idempotency: fields.text("idempotency"),
            dry_run: fields.text("dry_run"),
            pages: pages::read(&mut fields),
            parameters: parameter::read_all("parameters", "`parameters`", &mut fields),
            rules: read_each("rules", &mut fields, Rule::read),
            response: if raw {
                Vec::new()
            } else {
                response::read_all("response", "`response`", &mut fields)
            },
            raw,
            errors: read_each("errors", &mut fields, ErrorRow::read),
            examples: read_each("examples", &mut fields, Example::read),
            source,
        };
        fields.finish();
        Some(action)
    }
}

fn read_each<T>(
    key: &'static str,
    fields: &mut Fields<'_, '_>,
    read: impl Fn(&Node, &mut Faults) -> Option<T>,
) -> Vec<T> {
    let elements = fields.list(key).unwrap_or_default();
    elements.iter().filter_map(|element| read(element, fields.faults)).collect()
}

/// What is from elsewhere may be missing in the reference.
fn read_reference(is_from_elsewhere: bool, fields: &mut Fields<'_, '_>) -> (Option<Text>, Option<Text>) {
    let node = if is_from_elsewhere { fields.take("reference") } else { fields.need("reference") };
    let Some(node) = node else { return (None, None) };
    let Some(mut reference) = Fields::of(node, "`reference`", fields.faults) else {
        return (None, None);
    };
    let found = (Some(reference.need_text("section")), reference.text("document"));
    reference.finish();
    found
}

/// Whether the answer is left as it is: `response: raw`.
fn is_raw(fields: &mut Fields<'_, '_>) -> bool {
    let word = |node: &Node| matches!(&node.content, Content::Scalar { text, .. } if text == "raw");
    fields.take("response").is_some_and(word)
}

fn read_effect(fields: &mut Fields<'_, '_>) -> Effect {
    let word = fields.need_text("effect");
    match word.as_str() {
        "read" | "" => Effect::Read,
        "create" => Effect::Create,
        "update" => Effect::Update,
        "delete" => Effect::Delete,
        other => {
            let fault = Fault::new(Code::UnknownWord, word.spot, format!("unknown effect `{other}`"));
            fields.faults.add(fault.hint(suggest(other, ["read", "create", "update", "delete"])));
            Effect::Read
        }
    }
}

impl Quota {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "a limit", faults)?;
        let quota = Self { summary: fields.need_text("summary"), refused_as: fields.text("refused_as") };
        fields.finish();
        Some(quota)
    }
}

impl ErrorRow {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "an error", faults)?;
        let http = fields.need_text("http");
        let status = http.as_str().parse().ok().filter(|status| (300..=599).contains(status));
        if status.is_none() && !http.as_str().is_empty() {
            fields.faults.add(
                Fault::new(Code::NotAnErrorStatus, http.spot, "no HTTP status of an error")
                    .hint("write a number from 300 to 599"),
            );
        }
        let row = Self {
            http: Located { value: status.unwrap_or(400), spot: http.spot },
            code: fields.need_text("code"),
            // The reference leaves one message empty.
            message: fields.need_text_or_empty("message"),
            cause: fields.text("cause"),
            remedy: fields.text("remedy"),
            class: errors::read_optional_class(&mut fields),
            copied: fields.flag("copied").then(|| fields.key_spot("copied")),
            source: fields.text("source"),
        };
        fields.finish();
        (!row.code.value.is_empty()).then_some(row)
    }
}

impl Example {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "an example", faults)?;
        let entries: &[Entry] = fields.map("request", "`request`");
        let request =
            entries.iter().filter_map(|entry| Some((entry.key.clone(), fields.value_of(entry)?))).collect();
        let spot = fields.key_spot("request");
        let example = Self { request, spot, json: fields.text("json"), xml: fields.text("xml") };
        fields.finish();
        Some(example)
    }
}
