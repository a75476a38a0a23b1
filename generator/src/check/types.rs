//! Names of types that nothing declares, and words that mean nothing.

use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
use crate::model::{BUILT_IN, Resolver, Wire};
use crate::spec::{Field, FieldShape, Presence, Shape, Spec, Type, TypeKind};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    check_declarations(spec, faults);
    check_depth(spec, resolver, faults);
    check_parameters(spec, resolver, faults);
    check_objects(spec, resolver, faults);
    check_fields(spec, resolver, faults);
    check_wires(spec, faults);
    check_sources(spec, faults);
    check_errata(spec, faults);
}

fn check_declarations(spec: &Spec, faults: &mut Faults) {
    let mut seen: BTreeMap<&str, &Text> = BTreeMap::new();
    let structures = spec.structures.iter().map(|structure| &structure.name);
    let objects = spec.objects.iter().map(|object| &object.name);
    for name in spec.types.iter().map(|found| &found.name).chain(structures).chain(objects) {
        if let Some(first) = seen.insert(name.as_str(), name) {
            let fault = Fault::new(
                Code::TypeDeclaredTwice,
                name.spot,
                format!("type `{}` is declared twice", name.value),
            );
            faults.add(fault.related(first.spot, "first declared here").hint("rename one of the two"));
        }
        if BUILT_IN.contains(&name.as_str()) {
            let fault = Fault::new(Code::BuiltInType, name.spot, format!("`{}` is built in", name.value));
            faults.add(fault.hint("choose another name"));
        }
    }
    for found in &spec.types {
        if matches!(&found.kind, TypeKind::Enum(values) if values.is_empty()) {
            faults.add(
                Fault::new(
                    Code::EnumWithoutValues,
                    found.name.spot,
                    format!("enum `{}` without values", found.name.value),
                )
                .hint("add `values:`"),
            );
        }
    }
}

/// A shared structure that holds itself has no end.
fn check_depth(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for structure in &spec.structures {
        if held(structure, resolver).contains(structure.name.as_str()) {
            let fault = Fault::new(
                Code::StructureInItself,
                structure.name.spot,
                format!("structure `{}` holds itself", structure.name.value),
            );
            faults.add(fault.hint("break the circle"));
        }
    }
}

/// Names of the shared structures that a structure holds, directly or in others.
fn held<'a>(structure: &'a Field, resolver: &Resolver<'a>) -> BTreeSet<&'a str> {
    let mut held = BTreeSet::new();
    let mut open: Vec<&Field> = walk::declared(structure).iter().collect();
    while let Some(field) = open.pop() {
        open.extend(walk::declared(field));
        if let Some(shared) = walk::shared(field, resolver)
            && held.insert(shared.name.as_str())
        {
            open.extend(walk::declared(shared));
        }
    }
    held
}

fn check_parameters(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for parameter in walk::all_parameters(spec) {
        match &parameter.shape {
            Shape::Value(name) => check_name(name, resolver.names(), resolver, faults),
            // A shared object inside another one is a fault of its own.
            Shape::Values(name) if resolver.is_object(name.as_str()) => {}
            Shape::Values(name) => {
                let objects = spec.objects.iter().map(|object| object.name.as_str());
                check_name(name, resolver.names().chain(objects), resolver, faults);
            }
            Shape::Objects { .. } | Shape::Filter(_) => {}
        }
        if let Shape::Filter(filter) = &parameter.shape {
            for key in filter.keys.iter().filter(|key| !matches!(key.shape, Shape::Value(_))) {
                faults.add(
                    Fault::new(
                        Code::FilterKeyOfLists,
                        key.name.spot,
                        "a key of a filter selects by single values",
                    )
                    .hint("write `type: X`"),
                );
            }
            if filter.keys.is_empty() {
                faults.add(
                    Fault::new(Code::FilterWithoutKeys, filter.name.spot, "a filter without keys")
                        .hint("add `keys:`"),
                );
            }
        }
    }
}

/// Shared objects are flat: none of them needs more.
fn check_objects(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for field in spec.objects.iter().flat_map(walk::members_of) {
        let holds_objects = match &field.shape {
            Shape::Value(_) => false,
            Shape::Values(name) => resolver.is_object(name.as_str()),
            Shape::Objects { .. } | Shape::Filter(_) => true,
        };
        if holds_objects {
            let fault = Fault::new(
                Code::ObjectInSharedObject,
                field.name.spot,
                "a shared object holds no other objects",
            );
            faults.add(fault.hint("write `type: X`, or declare the whole where it is used"));
        }
    }
}

fn check_fields(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    let structures = || spec.structures.iter().map(|structure| structure.name.as_str());
    let is_known = |name: &Text| resolver.structure(name.as_str()).is_some();
    for field in walk::all_fields(spec) {
        match &field.shape {
            FieldShape::Value(name) => check_name(name, resolver.names(), resolver, faults),
            FieldShape::Object(name, None) if !is_known(name) => {
                unknown(name, structures(), faults);
            }
            FieldShape::List(list) if list.fields.is_none() && !is_known(&list.element) => {
                let known = resolver.names().chain(structures());
                check_name(&list.element, known, resolver, faults);
            }
            FieldShape::Object(..) | FieldShape::List(_) => {}
        }
    }
}

fn check_name<'a>(
    name: &Text,
    known: impl Iterator<Item = &'a str>,
    resolver: &Resolver<'_>,
    faults: &mut Faults,
) {
    if !resolver.knows(name.as_str()) {
        unknown(name, known, faults);
    }
}

fn unknown<'a>(name: &Text, known: impl Iterator<Item = &'a str>, faults: &mut Faults) {
    faults.add(
        Fault::new(Code::UnknownType, name.spot, format!("unknown type `{}`", name.value))
            .hint(suggest(name.as_str(), known)),
    );
}

fn check_wires(spec: &Spec, faults: &mut Faults) {
    let of_types = spec.types.iter().filter_map(|found: &Type| found.wire.as_ref());
    let parameters = walk::all_parameters(spec);
    let of_parameters = parameters.iter().filter_map(|parameter| parameter.wire.as_ref());
    let fields = walk::all_fields(spec);
    let of_fields = fields
        .iter()
        .filter(|field| matches!(field.shape, FieldShape::Value(_)))
        .filter_map(|field| field.wire.as_ref());
    for wire in of_types.chain(of_parameters).chain(of_fields) {
        if Wire::named(wire.as_str()).is_none() {
            let fault = Fault::new(
                Code::UnknownWireType,
                wire.spot,
                format!("unknown type on the wire `{}`", wire.value),
            );
            faults.add(fault.hint(suggest(wire.as_str(), BUILT_IN)));
        }
    }
}

fn check_sources(spec: &Spec, faults: &mut Faults) {
    let known: Vec<&str> = spec.service.sources.iter().map(|(name, _)| name.as_str()).collect();
    for source in sources(spec).into_iter().filter(|source| !known.contains(&source.as_str())) {
        let fault =
            Fault::new(Code::UnknownSource, source.spot, format!("unknown source `{}`", source.value));
        faults.add(fault.hint(format!(
            "declare it in service.yaml; {}",
            suggest(source.as_str(), known.iter().copied())
        )));
    }
}

fn sources(spec: &Spec) -> Vec<&Text> {
    let mut found: Vec<Option<&Text>> = vec![spec.service.endpoints.source.as_ref()];
    found.extend(spec.types.iter().map(|one| one.common.source.as_ref()));
    found.extend(spec.errors.iter().map(|one| one.common.source.as_ref()));
    found.extend(walk::all_fields(spec).into_iter().map(|one| one.common.source.as_ref()));
    found.extend(spec.resources.iter().flat_map(|one| &one.transitions).map(|one| one.source.as_ref()));
    found.extend(spec.objects.iter().map(|one| one.common.source.as_ref()));
    found.extend(walk::all_parameters(spec).into_iter().map(|one| one.common.source.as_ref()));
    for action in &spec.actions {
        found.push(action.source.as_ref());
        found.extend(action.errors.iter().map(|one| one.source.as_ref()));
        found.extend(action.rules.iter().map(|one| one.source.as_ref()));
    }
    found.into_iter().flatten().collect()
}

fn check_errata(spec: &Spec, faults: &mut Faults) {
    for parameter in walk::all_parameters(spec) {
        if let Presence::Relaxed(erratum) = &parameter.presence
            && !spec.errata.contains(&erratum.value)
        {
            let fault = Fault::new(
                Code::UnknownErratum,
                erratum.spot,
                format!("errata.md has no section `{}`", erratum.value),
            );
            faults.add(fault.hint(format!("add `## {} Title` to it", erratum.value)));
        }
    }
}
