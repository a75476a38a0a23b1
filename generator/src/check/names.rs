//! Rust names: valid, and each but once where it stands. Names on the wire cannot repeat, as keys of YAML cannot; what
//! can repeat is what two spellings become in Rust.

use super::walk;
use crate::diagnostics::{Fault, Faults, Spot, Text};
use crate::model::{Resolver, Rust};
use crate::spec::{Action, Common, Field, FieldShape, Parameter, Shape, Spec, TypeKind};
use std::collections::BTreeMap;

pub(super) fn check(spec: &Spec, _: &Resolver<'_>, faults: &mut Faults) {
    check_enums(spec, faults);
    check_error_codes(spec, faults);
    check_actions(spec, faults);
    check_type_names(spec, faults);
}

/// Names that stand in one place.
struct Scope<'f> {
    seen: BTreeMap<Rust, Spot>,
    faults: &'f mut Faults,
}

impl<'f> Scope<'f> {
    fn new(faults: &'f mut Faults) -> Self {
        Self { seen: BTreeMap::new(), faults }
    }

    fn add(&mut self, name: Rust, spot: Spot) {
        if !name.is_valid() {
            let fault = Fault::new(spot, format!("`{name}` is no Rust name"));
            self.faults.add(fault.hint("give one with `rust: NAME`"));
        }
        if let Some(first) = self.seen.get(&name) {
            let fault = Fault::new(spot, format!("the Rust name `{name}` is taken"));
            self.faults.add(fault.related(*first, "by this one").hint("give another with `rust: NAME`"));
            return;
        }
        self.seen.insert(name, spot);
    }

    fn add_member(&mut self, wire: &Text, common: &Common, rule: fn(&str) -> Rust) {
        let name =
            common.rust.as_ref().map_or_else(|| rule(wire.as_str()), |given| Rust::given(given.as_str()));
        self.add(name, common.rust.as_ref().map_or(wire.spot, |given| given.spot));
    }
}

fn check_enums(spec: &Spec, faults: &mut Faults) {
    for found in &spec.types {
        let TypeKind::Enum(values) = &found.kind else { continue };
        let mut scope = Scope::new(faults);
        scope.seen.insert(Rust::given("Unknown"), found.name.spot);
        for value in values {
            scope.add_member(&value.wire, &value.common, Rust::camel);
        }
        let mut spellings: BTreeMap<&str, Spot> = BTreeMap::new();
        for spelling in values.iter().flat_map(|value| std::iter::once(&value.wire).chain(&value.also)) {
            if let Some(first) = spellings.insert(spelling.as_str(), spelling.spot) {
                let fault = Fault::new(
                    spelling.spot,
                    format!("the spelling `{}` stands for two values", spelling.value),
                );
                scope.faults.add(fault.related(first, "first given here").hint("remove one of the two"));
            }
        }
    }
}

fn check_error_codes(spec: &Spec, faults: &mut Faults) {
    let mut scope = Scope::new(faults);
    for error in &spec.errors {
        scope.add_member(&error.code, &error.common, Rust::camel);
    }
}

fn check_actions(spec: &Spec, faults: &mut Faults) {
    for action in &spec.actions {
        check_members(&action.parameters, faults);
        check_fields(&action.response, faults);
        if let Some(parameter) = action.parameters.iter().find(|parameter| parameter.name.value == "Action") {
            faults.add(
                Fault::new(parameter.name.spot, "`Action` is never listed")
                    .hint("remove it: its value is the name of the file"),
            );
        }
    }
    check_fields(&spec.structures, faults);
}

/// Methods that a request has beside its setters.
const METHODS: [&str; 7] = ["new", "send", "validate", "check", "parameter", "parameters", "extra"];

fn check_members(parameters: &[Parameter], faults: &mut Faults) {
    let mut scope = Scope::new(faults);
    for parameter in parameters {
        scope.add_member(&parameter.name, &parameter.common, Rust::snake);
        let rust = parameter
            .common
            .rust
            .as_ref()
            .map_or_else(|| Rust::snake(parameter.name.as_str()), |given| Rust::given(given.as_str()));
        if METHODS.contains(&rust.as_str()) {
            let fault = Fault::new(parameter.name.spot, format!("every request has a method `{rust}`"));
            scope.faults.add(fault.hint("give another name with `rust: NAME`"));
        }
    }
    for parameter in parameters {
        match &parameter.shape {
            Shape::Objects { fields, .. } => check_members(fields, faults),
            Shape::Filter(filter) => check_members(&filter.keys, faults),
            Shape::Value(_) | Shape::Values(_) => {}
        }
    }
}

fn check_fields(fields: &[Field], faults: &mut Faults) {
    let mut scope = Scope::new(faults);
    for field in fields {
        scope.add_member(&field.name, &field.common, Rust::snake);
    }
    for field in fields {
        check_fields(walk::declared(field), faults);
    }
}

/// Types of a group, and the shared ones that it re-exports, share one module.
fn check_type_names(spec: &Spec, faults: &mut Faults) {
    let mut shared = Scope::new(faults);
    for name in spec.types.iter().map(|found| &found.name).chain(spec.structures.iter().map(|one| &one.name))
    {
        if shared.seen.contains_key(&Rust::given(name.as_str())) {
            continue; // declared twice: said elsewhere
        }
        shared.add(Rust::given(name.as_str()), name.spot);
    }
    let shared = shared.seen;
    for group in &spec.service.groups {
        let mut scope = Scope { seen: shared.clone(), faults };
        for action in spec.actions.iter().filter(|action| action.group.value == group.name.value) {
            add_types(action, &mut scope);
        }
    }
}

fn add_types(action: &Action, scope: &mut Scope<'_>) {
    let request = Rust::camel(action.name.as_str());
    scope.add(request.with("Response"), action.name.spot);
    scope.add(request.with("Required"), action.name.spot);
    scope.add(request, action.name.spot);
    for parameter in walk::parameters(action) {
        match &parameter.shape {
            Shape::Objects { name, .. } => {
                scope.add(Rust::given(name.as_str()), name.spot);
                scope.add(Rust::given(name.as_str()).with("Required"), name.spot);
            }
            Shape::Filter(filter) => scope.add(Rust::given(filter.name.as_str()), filter.name.spot),
            Shape::Value(_) | Shape::Values(_) => {}
        }
    }
    add_structures(&action.response, scope);
}

fn add_structures(fields: &[Field], scope: &mut Scope<'_>) {
    for field in fields {
        match &field.shape {
            FieldShape::Object(name, Some(_)) => scope.add(Rust::given(name.as_str()), name.spot),
            FieldShape::List(list) if list.fields.is_some() => {
                scope.add(Rust::given(list.element.as_str()), list.element.spot)
            }
            FieldShape::Value(_) | FieldShape::Object(..) | FieldShape::List(_) => {}
        }
        add_structures(walk::declared(field), scope);
    }
}
