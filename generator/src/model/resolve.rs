//! Looks up the types that parameters and fields name.

use super::{Check, Limit, Rust, Scalar, Value, Wire};
use crate::diagnostics::Text;
use crate::spec::{Constraints, EnumValue, Field, Spec, Type, TypeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Types that need no declaration.
pub const BUILT_IN: [&str; 4] = ["String", "Integer", "Long", "Boolean"];

/// Finds types by name.
#[derive(Debug)]
pub struct Resolver<'a> {
    types: BTreeMap<&'a str, &'a Type>,
    structures: BTreeMap<&'a str, &'a Field>,
    objects: BTreeSet<&'a str>,
}

impl<'a> Resolver<'a> {
    /// Finds the types of a spec.
    #[must_use]
    pub fn new(spec: &'a Spec) -> Self {
        Self {
            types: spec.types.iter().map(|found| (found.name.as_str(), found)).collect(),
            structures: spec.structures.iter().rev().map(|found| (found.name.as_str(), found)).collect(),
            objects: spec.objects.iter().map(|object| object.name.as_str()).collect(),
        }
    }

    /// The structure of types/structures.yaml of this name.
    #[must_use]
    pub fn structure(&self, name: &str) -> Option<&'a Field> {
        self.structures.get(name).copied()
    }

    /// The declared type of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'a Type> {
        self.types.get(name).copied()
    }

    /// Whether a type of this name is declared or built in.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        BUILT_IN.contains(&name) || self.types.contains_key(name)
    }

    /// Whether types/parameters.yaml declares an object of this name.
    #[must_use]
    pub fn is_object(&self, name: &str) -> bool {
        self.objects.contains(name)
    }

    /// Names of all types, built-in ones included.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.types.keys().copied().chain(BUILT_IN)
    }

    /// Resolves a value: its type's constraints, and its own over them.
    #[must_use]
    pub fn value(
        &self,
        name: &Text,
        own: &Constraints,
        wire: Option<&Text>,
        refused_as: Option<&Text>,
    ) -> Value {
        let found = self.named(name.as_str());
        let constraints = found.map_or_else(|| own.clone(), |found| own.over(&found.constraints));
        let wire =
            wire.or(found.and_then(|found| found.wire.as_ref())).and_then(|wire| Wire::named(wire.as_str()));
        Value {
            scalar: self.scalar(name.as_str()),
            wire: wire.unwrap_or_else(|| self.usual_wire(name.as_str())),
            checks: checks(&constraints, found, refused_as),
            variants: found.map(variants).unwrap_or_default(),
        }
    }

    fn usual_wire(&self, name: &str) -> Wire {
        match self.named(name).map(|found| &found.kind) {
            Some(TypeKind::Integer) => Wire::Integer,
            Some(_) => Wire::String,
            None => Wire::named(name).unwrap_or(Wire::String),
        }
    }

    /// The Rust type of a value.
    #[must_use]
    pub fn scalar(&self, name: &str) -> Scalar {
        match self.named(name) {
            Some(found) => match &found.kind {
                TypeKind::Id => Scalar::Id(Rust::given(name)),
                TypeKind::Enum(_) => Scalar::Enum(Rust::given(name)),
                TypeKind::Integer => Scalar::Integer,
                TypeKind::Text => text_scalar(found),
            },
            None => match name {
                "Integer" | "Long" => Scalar::Integer,
                "Boolean" => Scalar::Boolean,
                _ => Scalar::String,
            },
        }
    }

    /// What a value is, if the place that uses it does not say.
    #[must_use]
    pub fn summary(&self, name: &str) -> Option<&'a str> {
        self.named(name).and_then(|found| found.common.summary.as_ref()).map(Text::as_str)
    }

    /// Whether texts must not show values of a type.
    #[must_use]
    pub fn is_sensitive(&self, name: &str) -> bool {
        self.named(name).and_then(|found| found.common.sensitive).unwrap_or(false)
    }

    /// An example of a type.
    #[must_use]
    pub fn example(&self, name: &str) -> Option<&'a str> {
        self.named(name).and_then(|found| found.common.example.as_ref()).map(Text::as_str)
    }
}

fn variants(found: &Type) -> Vec<(String, Rust)> {
    let TypeKind::Enum(values) = &found.kind else { return Vec::new() };
    values.iter().map(|value| (value.wire.value.clone(), variant_name(value))).collect()
}

/// The Rust name of a value of an enum.
#[must_use]
pub(super) fn variant_name(value: &EnumValue) -> Rust {
    super::response::rust_name(value.common.rust.as_ref(), || Rust::camel(value.wire.as_str()))
}

fn text_scalar(found: &Type) -> Scalar {
    match found.constraints.format.as_ref().map(Text::as_str) {
        Some("timestamp") => Scalar::Runtime("Timestamp"),
        Some("ipv4") => Scalar::Runtime("Ipv4Address"),
        Some("ipv6") => Scalar::Runtime("Ipv6Address"),
        _ => Scalar::String,
    }
}

fn checks(constraints: &Constraints, found: Option<&Type>, refused_as: Option<&Text>) -> Vec<Check> {
    let texts = |words: &Vec<Text>| words.iter().map(|word| word.value.clone()).collect::<Vec<_>>();
    let prefix = constraints.prefix.as_ref().map(Text::as_str).filter(|prefix| !prefix.is_empty());
    let one_of = constraints.one_of.as_ref().map(texts).or_else(|| found.and_then(enum_values));
    let limits = [
        constraints.range.as_ref().map(|range| Limit::Range(range.value.0, range.value.1)),
        constraints.length.as_ref().map(|length| Limit::Length(length.value.0, length.value.1)),
        constraints.format.as_ref().map(|format| Limit::Format(format.value.clone())),
        constraints.outside.as_ref().map(|networks| Limit::Outside(texts(networks))),
        constraints.prefix_length.as_ref().map(|bits| Limit::PrefixLength(bits.value.0, bits.value.1)),
        prefix.map(|prefix| Limit::Prefix(prefix.to_owned())),
        constraints.first.as_ref().map(|classes| Limit::FirstIn(texts(classes))),
        constraints.only.as_ref().map(|classes| Limit::Only(texts(classes))),
        constraints.not_prefix.as_ref().map(|words| Limit::NotPrefix(texts(words))),
        one_of.map(Limit::OneOf),
        constraints.none_of.as_ref().map(|values| Limit::NoneOf(texts(values))),
    ];
    let refused_as = refused_as.map(|code| code.value.clone());
    limits.into_iter().flatten().map(|limit| Check { limit, refused_as: refused_as.clone() }).collect()
}

fn enum_values(found: &Type) -> Option<Vec<String>> {
    let TypeKind::Enum(values) = &found.kind else { return None };
    let spellings = |value: &EnumValue| value.wire.value.clone();
    Some(values.iter().map(spellings).collect())
}
