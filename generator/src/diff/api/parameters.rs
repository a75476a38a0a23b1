//! Parameters of an action, and fields of the objects among them.

use super::constraints::{self, Place};
use super::named;
use crate::diff::change::{Class, Kind, Scope};
use crate::diff::pairs::pairs;
use crate::model::{Filter, FilterKey, Model, Parameter, Rust, Scalar, Shape, Value, Wire};

/// A struct of parameters that both models have: a request, or an object in one.
pub(super) struct Record<'a> {
    pub(super) models: (&'a Model, &'a Model),
    /// Its paths in the crate: one, or two if it has another name now.
    pub(super) paths: Vec<String>,
    /// What stands before the names of its parameters on the wire: `Contacts.N.`
    pub(super) before: String,
    /// What `new` asks for, before and after.
    pub(super) needed: (Vec<String>, Vec<String>),
    /// Whether the client gives a value to a parameter of both models that a request leaves out.
    pub(super) is_filled_in: &'a dyn Fn(&str) -> bool,
    /// Whether it does so for a parameter of the new one.
    pub(super) is_added_by_client: &'a dyn Fn(&str) -> bool,
}

impl Record<'_> {
    fn what(&self, parameter: &Parameter) -> String {
        format!("parameter `{}{}`", self.before, parameter.wire)
    }

    /// What follows the declaration of a parameter.
    fn claims(&self, parameters: &[&Parameter]) -> Vec<String> {
        let mut claims = Vec::new();
        for path in &self.paths {
            for Parameter { rust, wire, .. } in parameters {
                claims.extend([
                    format!("{path}.{rust}"),
                    format!("{path}::{rust}"),
                    format!("{path}Required.{rust}"),
                ]);
                if self.needed.0.contains(wire) || self.needed.1.contains(wire) {
                    claims.extend(self.constructor());
                }
            }
        }
        claims
    }

    /// What follows the list of parameters that are required.
    fn constructor(&self) -> Vec<String> {
        self.paths.iter().flat_map(|path| constructor(path)).collect()
    }
}

/// What follows the list of parameters that a struct requires.
pub(super) fn constructor(path: &str) -> [String; 3] {
    [format!("{path}::new"), format!("{path}Required"), format!("{path}: Default")]
}

pub(super) fn compare(record: &Record<'_>, old: &[Parameter], new: &[Parameter], scope: &mut Scope<'_>) {
    let is_renamed = |old: &Parameter, new: &Parameter| {
        old.summary == new.summary && holds(&old.shape) == holds(&new.shape)
    };
    let tests: [fn(&Parameter, &Parameter) -> bool; 3] =
        [|old, new| old.wire == new.wire, |old, new| old.rust == new.rust, is_renamed];
    let found = pairs(old, new, &tests);
    for parameter in &found.removed {
        let mut claims = record.claims(&[parameter]);
        claims.extend(types(record, &parameter.shape));
        let text = format!("{} is gone", record.what(parameter));
        let reason = "what sets it does not compile";
        scope.add(Kind::ParameterRemoved, Class::Breaking, text, reason).claims(claims);
    }
    for parameter in &found.added {
        add(record, parameter, scope);
    }
    for (old, new) in &found.both {
        compare_one(record, old, new, scope);
    }
    if found.is_reordered(old, |parameter| parameter.wire.clone()) {
        let text = match record.before.as_str() {
            "" => "other order of the parameters".to_owned(),
            before => format!("other order of the parameters `{before}*`"),
        };
        let reason = "the documents list them in this order; nothing else depends on it";
        scope.add(Kind::ParameterOrder, Class::Documents, text, reason).claims(record.constructor());
    }
}

fn add(record: &Record<'_>, parameter: &Parameter, scope: &mut Scope<'_>) {
    let is_added = (record.is_added_by_client)(&parameter.wire);
    let (class, reason) = match Presence::of(parameter) {
        _ if is_added => (Class::Addition, "the client gives it a value where a request does not"),
        Presence::Required => (Class::Breaking, "`new` asks for it, and a call without it is refused"),
        Presence::Unless(_) => {
            (Class::Breaking, "a call without it, and without what replaces it, is refused before it is sent")
        }
        Presence::Relaxed => (Class::Addition, "a new setter; a call without it is reported, and sent"),
        Presence::Optional => {
            (Class::Addition, "a new setter, and a field of a struct that no literal makes")
        }
    };
    let text = format!(
        "{} is new{}",
        record.what(parameter),
        if parameter.required { ", and required" } else { "" }
    );
    let mut claims = record.claims(&[parameter]);
    claims.extend(types(record, &parameter.shape));
    scope.add(Kind::ParameterAdded, class, text, reason).claims(claims);
}

/// Types that the crate has for the sake of a parameter.
fn types(record: &Record<'_>, shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Objects { rust, fields, .. } => {
            let mut found = siblings(record, rust);
            found.extend(siblings(record, &rust.with("Required")));
            found.extend(fields.iter().flat_map(|field| types(record, &field.shape)));
            found
        }
        Shape::Filter(filter) => siblings(record, &filter.rust),
        Shape::Value(_) | Shape::Values(..) => Vec::new(),
    }
}

/// Paths of a type that stands where the record does.
fn siblings(record: &Record<'_>, name: &Rust) -> Vec<String> {
    let module =
        |path: &String| path.rsplit_once("::").map_or_else(String::new, |(module, _)| module.to_owned());
    record.paths.iter().map(|path| format!("{}::{name}", module(path))).collect()
}

fn compare_one(record: &Record<'_>, old: &Parameter, new: &Parameter, scope: &mut Scope<'_>) {
    // `required`, `relaxed` and `unless` are looked at together.
    let Parameter {
        wire,
        rust,
        summary,
        example,
        required: _,
        relaxed,
        unless: _,
        default,
        unit,
        sensitive,
        source,
        shape,
    } = old;
    let (what, claims) = (record.what(new), record.claims(&[old, new]));
    if *wire != new.wire {
        let text = format!("{what} was spelt `{}{wire}`", record.before);
        let reason = "the same setter sends it under another name";
        let follows = if *rust == new.rust { Vec::new() } else { claims.clone() };
        scope.add(Kind::ParameterSpelling, Class::Fix, text, reason).claims(follows);
    } else if *rust != new.rust {
        let text = format!("{what}: `{}` in Rust, was `{rust}`", new.rust);
        let reason = "what sets it or reads it does not compile";
        scope.add(Kind::ParameterRustName, Class::Breaking, text, reason).claims(claims.clone());
    }
    compare_presence(record, old, new, scope);
    if *sensitive != new.sensitive {
        let (text, reason) = if new.sensitive {
            ("is sensitive", "no text shows its value any more")
        } else {
            ("is no longer sensitive", "texts show its value")
        };
        scope.add(Kind::Sensitive, Class::Fix, format!("{what} {text}"), reason).claims(claims.clone());
    }
    compare_shape(record, &what, (shape, &new.shape), claims, scope);
    scope.words(
        &what,
        &[
            (*summary != new.summary, "summary"),
            (*example != new.example, "example"),
            (*default != new.default, "default"),
            (*unit != new.unit, "unit"),
            (*source != new.source, "source"),
            (*relaxed != new.relaxed && relaxed.is_some() && new.relaxed.is_some(), "erratum"),
        ],
    );
}

/// What becomes of a call without a parameter, the mildest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Presence {
    Optional,
    Relaxed,
    Unless(String),
    Required,
}

impl Presence {
    fn of(parameter: &Parameter) -> Self {
        match (parameter.required, &parameter.relaxed, &parameter.unless) {
            (false, ..) => Presence::Optional,
            (true, Some(_), _) => Presence::Relaxed,
            (true, None, Some(other)) => Presence::Unless(other.clone()),
            (true, None, None) => Presence::Required,
        }
    }

    fn words(&self) -> String {
        match self {
            Presence::Optional => "optional".to_owned(),
            Presence::Relaxed => "required by the reference alone".to_owned(),
            Presence::Unless(other) => format!("required unless `{other}` is given"),
            Presence::Required => "required".to_owned(),
        }
    }

    /// Whether a call without it is refused before it is sent.
    const fn refuses(&self) -> bool {
        matches!(self, Presence::Unless(_) | Presence::Required)
    }
}

fn compare_presence(record: &Record<'_>, old: &Parameter, new: &Parameter, scope: &mut Scope<'_>) {
    let (before, after) = (Presence::of(old), Presence::of(new));
    if before == after {
        return;
    }
    let is_tighter =
        after > before || matches!((&before, &after), (Presence::Unless(_), Presence::Unless(_)));
    let (class, reason) = if (record.is_filled_in)(&new.wire) {
        (Class::Fix, "the client gives it a value where a request does not")
    } else if is_tighter && after.refuses() {
        (Class::Breaking, "a call without it is refused before it is sent")
    } else if before.refuses() && !after.refuses() {
        (Class::Addition, "a call without it is sent")
    } else if is_tighter {
        (Class::Fix, "a call without it is reported, and sent")
    } else {
        (Class::Fix, "less is reported, or refused")
    };
    let text = format!("{}: {}, was {}", record.what(new), after.words(), before.words());
    scope.add(Kind::ParameterPresence, class, text, reason).claims(record.claims(&[old, new]));
}

fn compare_shape(
    record: &Record<'_>,
    what: &str,
    (old, new): (&Shape, &Shape),
    claims: Vec<String>,
    scope: &mut Scope<'_>,
) {
    if holds(old) != holds(new) {
        let text = format!("{what}: {}, was {}", holds(new), holds(old));
        let reason = "the values are of another type";
        let claims = [claims, types(record, old), types(record, new)].concat();
        scope.add(Kind::ParameterType, Class::Fix, text, reason).claims(claims);
    }
    let place = Place { what, models: record.models };
    match (old, new) {
        (Shape::Value(old), Shape::Value(new)) => compare_value(&place, old, new, scope),
        (Shape::Values(old, items), Shape::Values(new, new_items)) => {
            compare_value(&place, old, new, scope);
            constraints::compare_items(&format!("{what}: elements"), items, new_items, scope);
        }
        (
            // Whether others share the type only decides where it is declared; its path tells.
            Shape::Objects { rust, fields, json, items, shared: _ },
            Shape::Objects {
                rust: new_rust,
                fields: new_fields,
                json: new_json,
                items: new_items,
                shared: _,
            },
        ) => {
            if json != new_json {
                let words = if *new_json { "one text that holds JSON" } else { "a name for each element" };
                let reason = "the same calls are written otherwise on the wire";
                scope.add(Kind::ParameterEncoding, Class::Fix, format!("{what}: sent as {words}"), reason);
            }
            constraints::compare_items(&format!("{what}: elements"), items, new_items, scope);
            compare(&inner(record, what, (rust, fields), (new_rust, new_fields)), fields, new_fields, scope);
        }
        (Shape::Filter(old), Shape::Filter(new)) => compare_filter(record, what, old, new, scope),
        // Told above.
        (Shape::Value(_) | Shape::Values(..) | Shape::Objects { .. } | Shape::Filter(_), _) => {}
    }
}

fn inner<'a>(
    record: &Record<'a>,
    what: &str,
    (old, old_fields): (&Rust, &[Parameter]),
    (new, new_fields): (&Rust, &[Parameter]),
) -> Record<'a> {
    let needed = |fields: &[Parameter]| {
        fields.iter().filter(|field| field.is_needed()).map(|field| field.wire.clone()).collect()
    };
    let mut paths = [siblings(record, old), siblings(record, new)].concat();
    paths.dedup();
    let name = what.trim_start_matches("parameter `").trim_end_matches('`');
    Record {
        models: record.models,
        paths,
        before: format!("{name}.N."),
        needed: (needed(old_fields), needed(new_fields)),
        is_filled_in: &|_| false,
        is_added_by_client: &|_| false,
    }
}

/// What a parameter holds, in words: another text is another type.
fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Value(value) => format!("`{}`", scalar(&value.scalar)),
        Shape::Values(value, _) => format!("a list of `{}`", scalar(&value.scalar)),
        Shape::Objects { rust, .. } => format!("a list of objects `{rust}`"),
        Shape::Filter(filter) => format!("a filter `{}`", filter.rust),
    }
}

/// The Rust type of a single value.
pub(super) fn scalar(scalar: &Scalar) -> &str {
    match scalar {
        Scalar::String => "String",
        Scalar::Integer => "i64",
        Scalar::Boolean => "bool",
        Scalar::Runtime(name) => name,
        Scalar::Id(name) | Scalar::Enum(name) => name.as_str(),
    }
}

fn compare_value(place: &Place<'_>, old: &Value, new: &Value, scope: &mut Scope<'_>) {
    // The spellings of an enum are compared where it is declared.
    let Value { scalar: _, wire, checks: _, variants: _ } = old;
    if *wire != new.wire {
        let (before, after) = (narrowness(old), narrowness(new));
        let (class, reason) = match after.cmp(&before) {
            std::cmp::Ordering::Greater => (Class::Breaking, "a value that was sent is refused for its type"),
            std::cmp::Ordering::Less => (Class::Addition, "a value that was refused for its type is sent"),
            std::cmp::Ordering::Equal => (Class::Fix, "every value that could be set can be set and is sent"),
        };
        let text = format!("{}: {} on the wire, was {}", place.what, new.wire.name(), wire.name());
        scope.add(Kind::ParameterWireType, class, text, reason);
    }
    constraints::compare(place, old, new, scope);
}

/// How many of the values that its Rust type can hold the type on the wire refuses.
const fn narrowness(value: &Value) -> u8 {
    match (&value.scalar, value.wire) {
        (_, Wire::String) | (Scalar::Integer, Wire::Long) | (Scalar::Boolean, Wire::Boolean) => 0,
        (Scalar::Integer, Wire::Integer) | (_, Wire::Long) => 1,
        (_, Wire::Integer) => 2,
        (_, Wire::Boolean) => 3,
    }
}

fn compare_filter(record: &Record<'_>, what: &str, old: &Filter, new: &Filter, scope: &mut Scope<'_>) {
    let Filter { rust, keys, items, values, refused_as } = old;
    constraints::compare_items(&format!("{what}: filters"), items, &new.items, scope);
    constraints::compare_items(&format!("{what}: values of a key"), values, &new.values, scope);
    if *refused_as != new.refused_as {
        let (after, before) = (named(new.refused_as.as_ref()), named(refused_as.as_ref()));
        let text = format!("{what}: the code of the refusal of an unknown key is {after}, was {before}");
        scope.add(Kind::ConstraintCode, Class::Fix, text, "violations name the code; what is refused stays");
    }
    let paths = [siblings(record, rust), siblings(record, &new.rust)].concat();
    let claims = |name: &Rust| paths.iter().map(|path| format!("{path}::{name}")).collect::<Vec<_>>();
    let found = pairs(keys, &new.keys, &[|old, new| old.wire == new.wire, |old, new| old.rust == new.rust]);
    for key in &found.removed {
        let (text, reason) = (format!("{what}: key `{}` is gone", key.wire), "its constructor is gone");
        scope.add(Kind::FilterKeyRemoved, Class::Breaking, text, reason).claims(claims(&key.rust));
    }
    for key in &found.added {
        let (text, reason) = (format!("{what}: key `{}` is new", key.wire), "a new constructor");
        scope.add(Kind::FilterKeyAdded, Class::Addition, text, reason).claims(claims(&key.rust));
    }
    for (old, new) in &found.both {
        let claims = [claims(&old.rust), claims(&new.rust)].concat();
        compare_key(record, &format!("{what}: key `{}`", new.wire), (old, new), claims, scope);
    }
    if found.is_reordered(keys, |key| key.wire.clone()) {
        let text = format!("{what}: other order of the keys");
        scope.add(Kind::ParameterOrder, Class::Documents, text, "the documents list them in this order");
    }
}

fn compare_key(
    record: &Record<'_>,
    what: &str,
    (old, new): (&FilterKey, &FilterKey),
    claims: Vec<String>,
    scope: &mut Scope<'_>,
) {
    let FilterKey { wire, rust, summary, value } = old;
    if *wire != new.wire {
        let text = format!("{what} was spelt `{wire}`");
        let reason = "the same constructor sends it under another name";
        scope.add(Kind::ParameterSpelling, Class::Fix, text, reason);
    } else if *rust != new.rust {
        let text = format!("{what}: `{}` in Rust, was `{rust}`", new.rust);
        let reason = "what calls the constructor does not compile";
        scope.add(Kind::FilterKeyRustName, Class::Breaking, text, reason).claims(claims.clone());
    }
    if value.scalar != new.value.scalar {
        let text = format!("{what}: `{}`, was `{}`", scalar(&new.value.scalar), scalar(&value.scalar));
        let reason = "the values are of another type";
        scope.add(Kind::FilterKeyType, Class::Fix, text, reason).claims(claims);
    }
    constraints::compare(&Place { what, models: record.models }, value, &new.value, scope);
    scope.words(what, &[(*summary != new.summary, "summary")]);
}
