//! The metadata beside the spec: what either has that the other lacks, and what differs.

use super::metadata;
use crate::model::{Resolver, Wire};
use crate::spec::{self, Presence, Shape};

/// One difference between the spec and the metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The action.
    pub action: String,
    /// The parameter, with the list in which it lies: `Tags.Key`.
    pub parameter: String,
    /// Of what kind it is.
    pub kind: Kind,
    /// The difference in words.
    pub text: String,
}

/// Kinds of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The metadata has what the spec lacks.
    Lacking,
    /// The metadata has it, too, but does not tell how it is written into a request.
    Untold,
    /// The spec has what the metadata lacks.
    Extra,
    /// Both have it, with another type.
    Type,
    /// Both have it, but one requires it.
    Required,
}

impl Kind {
    /// The sign before a line of the report.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Kind::Lacking => '+',
            Kind::Untold => '?',
            Kind::Extra => '-',
            Kind::Type | Kind::Required => '~',
        }
    }
}

/// Compares an action with what the metadata says about it.
#[must_use]
pub fn compare(ours: &spec::Action, upstream: &metadata::Action, resolver: &Resolver<'_>) -> Vec<Difference> {
    let mut comparison = Comparison {
        action: ours.name.as_str(),
        idempotency: ours.idempotency.as_ref().map(|token| token.as_str()),
        resolver,
        found: Vec::new(),
    };
    comparison.parameters(&ours.parameters, &upstream.parameters, "");
    comparison.found
}

/// What the spec has of a parameter of the metadata.
pub(super) enum Same<'a> {
    /// The parameter.
    Parameter(&'a spec::Parameter),
    /// A list in which it lies: the metadata spells elements out here and there, as `Filter.1.Key`.
    Element,
    /// Nothing.
    None,
}

/// Looks up a parameter of the metadata.
pub(super) fn same<'a>(ours: &'a [spec::Parameter], theirs: &metadata::Parameter) -> Same<'a> {
    let name = theirs.name.as_str();
    if let Some(our) = ours.iter().find(|our| our.name.value == name) {
        return Same::Parameter(our);
    }
    let list = name.split('.').next().unwrap_or(name);
    let is_list = |our: &&spec::Parameter| our.name.value == list && !matches!(our.shape, Shape::Value(_));
    if ours.iter().any(|our| is_list(&our)) { Same::Element } else { Same::None }
}

struct Comparison<'a> {
    action: &'a str,
    idempotency: Option<&'a str>,
    resolver: &'a Resolver<'a>,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn parameters(&mut self, ours: &[spec::Parameter], upstream: &[metadata::Parameter], before: &str) {
        for theirs in upstream {
            let path = format!("{before}{}", theirs.name.value);
            match (same(ours, theirs), &theirs.kind) {
                (Same::Parameter(our), _) => self.parameter(our, theirs, &path),
                (Same::Element, _) => {}
                (Same::None, metadata::Kind::Untold(name)) => self.add(&path, Kind::Untold, untold(name)),
                (Same::None, kind) => {
                    let required = if theirs.required { ", required" } else { "" };
                    self.add(&path, Kind::Lacking, format!("{}{required}", described(kind)));
                }
            }
        }
        for our in ours {
            if !upstream.iter().any(|theirs| theirs.name.value == our.name.value) {
                let text = format!("{}, not in the metadata", self.our_kind(our));
                self.add(&format!("{before}{}", our.name.value), Kind::Extra, text);
            }
        }
    }

    fn parameter(&mut self, our: &spec::Parameter, theirs: &metadata::Parameter, path: &str) {
        match (our.presence.is_required(), theirs.required) {
            (true, false) => {
                let known = self.why_relaxed(our);
                self.add(path, Kind::Required, format!("required here{known}, optional in the metadata"));
            }
            (false, true) => {
                self.add(path, Kind::Required, "optional here, required in the metadata".to_owned())
            }
            (true, true) | (false, false) => {}
        }
        match (&our.shape, &theirs.kind) {
            (Shape::Objects { fields, json: false, .. }, metadata::Kind::Objects(members)) => {
                self.parameters(fields, members, &format!("{path}."));
            }
            (Shape::Filter(_), metadata::Kind::Objects(members)) if is_filter(members) => {}
            (Shape::Values(_), metadata::Kind::Values) => {}
            (Shape::Objects { json: true, .. }, metadata::Kind::Value(Wire::String)) => {}
            // The spec tells more than the metadata.
            (_, metadata::Kind::Untold(_)) => {}
            (Shape::Value(_), metadata::Kind::Value(wire)) if self.wire(our) == Some(*wire) => {}
            (_, kind) => {
                let text = format!("{} here, {} in the metadata", self.our_kind(our), described(kind));
                self.add(path, Kind::Type, text);
            }
        }
    }

    /// Where the spec has dealt with it already.
    fn why_relaxed(&self, our: &spec::Parameter) -> String {
        match (&our.presence, &our.unless) {
            (Presence::Relaxed(erratum), _) => format!(" (relaxed by {})", erratum.value),
            (_, Some(other)) => format!(" (unless `{}` is given)", other.value),
            _ if self.idempotency == Some(our.name.as_str()) => " (made by the client)".to_owned(),
            _ => String::new(),
        }
    }

    fn wire(&self, our: &spec::Parameter) -> Option<Wire> {
        let Shape::Value(name) = &our.shape else { return None };
        Some(self.resolver.value(name, &our.constraints, our.wire.as_ref(), None).wire)
    }

    fn our_kind(&self, our: &spec::Parameter) -> String {
        match &our.shape {
            Shape::Value(_) => self.wire(our).map_or("", Wire::name).to_owned(),
            Shape::Values(_) => "list of values".to_owned(),
            Shape::Objects { json: true, .. } => "list in JSON".to_owned(),
            Shape::Objects { .. } => "list of objects".to_owned(),
            Shape::Filter(_) => "filter".to_owned(),
        }
    }

    fn add(&mut self, parameter: &str, kind: Kind, text: String) {
        let action = self.action.to_owned();
        self.found.push(Difference { action, parameter: parameter.to_owned(), kind, text });
    }
}

fn is_filter(members: &[metadata::Parameter]) -> bool {
    matches!(members, [key, value] if key.name.value == "Key" && value.name.value == "Value")
}

/// A kind of the metadata in words.
fn described(kind: &metadata::Kind) -> String {
    match kind {
        metadata::Kind::Value(wire) => wire.name().to_owned(),
        metadata::Kind::Values => "list of values".to_owned(),
        metadata::Kind::Objects(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|member| format!("{} {}", member.name.value, described(&member.kind)))
                .collect();
            format!("list of objects ({})", members.join(", "))
        }
        metadata::Kind::Untold(name) => name.clone(),
    }
}

/// Why a parameter is left to the author.
pub(super) fn untold(name: &str) -> String {
    format!("{name}: the metadata does not tell how it is sent; declare it by hand")
}
