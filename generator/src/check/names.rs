//! Rust names: valid, and each but once where it stands. Names on the wire cannot repeat, as keys of YAML cannot; what
//! can repeat is what two spellings become in Rust.

use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Spot, Text};
use crate::model::Rust;
use crate::spec::{Action, Common, Field, FieldShape, Parameter, Shape, Spec, TypeKind};
use std::collections::BTreeMap;

pub(super) fn check(spec: &Spec, faults: &mut Faults) {
    check_crate(spec, faults);
    check_enums(spec, faults);
    check_error_codes(spec, faults);
    for action in &spec.actions {
        check_parameters(action, faults);
        check_fields(&action.response, faults);
    }
    check_fields(&spec.structures, faults);
    spec.objects.iter().for_each(|object| check_object(walk::members_of(object), faults));
    check_types(spec, faults);
}

/// Names that stand in one place.
struct Scope<'f> {
    seen: BTreeMap<Rust, Spot>,
    /// Names that stand around them, and so count as well.
    around: Option<&'f BTreeMap<Rust, Spot>>,
    /// Names that the generated code has for itself there.
    reserved: &'static [&'static str],
    /// What to do about a name that cannot stand.
    hint: &'static str,
    faults: &'f mut Faults,
}

/// For what can have a `rust` beside it.
const GIVE_ANOTHER: &str = "give another with `rust: NAME`";
/// For what has but the one name.
const CHOOSE_ANOTHER: &str = "choose another name";

impl<'f> Scope<'f> {
    fn new(reserved: &'static [&'static str], hint: &'static str, faults: &'f mut Faults) -> Self {
        Self { seen: BTreeMap::new(), around: None, reserved, hint, faults }
    }

    fn first(&self, name: &Rust) -> Option<Spot> {
        self.seen.get(name).or_else(|| self.around?.get(name)).copied()
    }

    fn add(&mut self, name: Rust, spot: Spot) {
        if !name.is_valid() {
            self.faults.add(
                Fault::new(Code::NotARustName, spot, format!("`{name}` is no Rust name")).hint(self.hint),
            );
        }
        if self.reserved.contains(&name.as_str()) {
            let fault = Fault::new(
                Code::ReservedName,
                spot,
                format!("the name `{name}` is reserved for the generated code"),
            );
            self.faults.add(fault.hint(self.hint));
        }
        if let Some(first) = self.first(&name) {
            let fault = Fault::new(Code::RustNameTaken, spot, format!("the Rust name `{name}` is taken"));
            self.faults.add(fault.related(first, "by this one").hint(self.hint));
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

/// The crate, and its modules and features for groups.
fn check_crate(spec: &Spec, faults: &mut Faults) {
    const MODULES_AND_FEATURES: [&str; 11] = [
        "blocking",
        "caller",
        "client",
        "default",
        "error",
        "error_code",
        "pages",
        "schema",
        "tracing",
        "types",
        "waiters",
    ];
    let krate = &spec.service.krate;
    if !krate.value.is_empty() {
        Scope::new(&[], CHOOSE_ANOTHER, faults).add(Rust::snake(krate.as_str()), krate.spot);
    }
    let mut scope = Scope::new(&MODULES_AND_FEATURES, CHOOSE_ANOTHER, faults);
    for group in &spec.service.groups {
        scope.add(Rust::snake(group.name.as_str()), group.name.spot);
    }
}

fn check_enums(spec: &Spec, faults: &mut Faults) {
    for found in &spec.types {
        let TypeKind::Enum(values) = &found.kind else { continue };
        let mut scope = Scope::new(&["Unknown"], GIVE_ANOTHER, faults);
        for value in values {
            scope.add_member(&value.wire, &value.common, Rust::camel);
        }
        let mut spellings: BTreeMap<&str, Spot> = BTreeMap::new();
        for spelling in values.iter().flat_map(|value| std::iter::once(&value.wire).chain(&value.also)) {
            if let Some(first) = spellings.insert(spelling.as_str(), spelling.spot) {
                let fault = Fault::new(
                    Code::SpellingTwice,
                    spelling.spot,
                    format!("the spelling `{}` is given twice", spelling.value),
                );
                scope.faults.add(fault.related(first, "first given here").hint("remove one of the two"));
            }
        }
    }
}

fn check_error_codes(spec: &Spec, faults: &mut Faults) {
    let mut scope = Scope::new(&["Unknown"], GIVE_ANOTHER, faults);
    for error in &spec.errors {
        scope.add_member(&error.code, &error.common, Rust::camel);
    }
}

fn check_parameters(action: &Action, faults: &mut Faults) {
    /// Methods that a request has beside its setters.
    const METHODS: [&str; 11] = [
        "check",
        "extra",
        "items",
        "new",
        "pages",
        "parameter",
        "parameters",
        "send",
        "send_and_wait",
        "validate",
        "dry_run",
    ];
    let others = METHODS.len() - usize::from(action.dry_run.is_none());
    check_members(&action.parameters, METHODS.get(..others).unwrap_or(&METHODS), faults);
    if let Some(parameter) = action.parameters.iter().find(|parameter| parameter.name.value == "Action") {
        let fault = Fault::new(Code::ActionAsParameter, parameter.name.spot, "`Action` is never listed");
        faults.add(fault.hint("remove it: its value is the name of the file"));
    }
}

fn check_members(parameters: &[Parameter], methods: &'static [&'static str], faults: &mut Faults) {
    let mut scope = Scope::new(methods, GIVE_ANOTHER, faults);
    for parameter in parameters {
        scope.add_member(&parameter.name, &parameter.common, Rust::snake);
    }
    for parameter in parameters {
        match &parameter.shape {
            Shape::Objects { fields, shared: false, .. } => check_object(fields, faults),
            Shape::Filter(filter) => check_members(&filter.keys, &["key", "other", "values"], faults),
            Shape::Objects { .. } | Shape::Value(_) | Shape::Values(_) => {}
        }
    }
}

/// Fields of an object among the parameters.
fn check_object(fields: &[Parameter], faults: &mut Faults) {
    check_members(fields, &["new"], faults);
}

fn check_fields(fields: &[Field], faults: &mut Faults) {
    let mut scope = Scope::new(&[], GIVE_ANOTHER, faults);
    for field in fields {
        scope.add_member(&field.name, &field.common, Rust::snake);
    }
    for field in fields {
        check_fields(walk::declared(field), faults);
    }
}

/// Types that generated files bring into scope, or take to be in scope; and what a keyword would be turned into, which is
/// no good name of a type.
const FOREIGN_TYPES: [&str; 21] = [
    "Action",
    "Client",
    "Decode",
    "Encode",
    "Error",
    "Filter",
    "Into",
    "IntoIterator",
    "Ipv4Address",
    "Ipv6Address",
    "Option",
    "Parameters",
    "RawAnswer",
    "Request",
    "Self_",
    "Sensitive",
    "Slot",
    "String",
    "Timestamp",
    "Vec",
    "Writer",
];

/// Whether generated files have another use for a type's name.
pub(crate) fn is_reserved_type(name: &str) -> bool {
    FOREIGN_TYPES.contains(&name)
}

/// Types of a group, and the shared ones that it re-exports, share one module.
fn check_types(spec: &Spec, faults: &mut Faults) {
    let shared = check_shared_types(spec, faults);
    check_modules(spec, faults);
    let actions = spec.actions_by_group();
    for group in &spec.service.groups {
        let mut scope = Scope { around: Some(&shared), ..Scope::new(&FOREIGN_TYPES, CHOOSE_ANOTHER, faults) };
        for action in actions.get(group.name.as_str()).into_iter().flatten() {
            add_types(action, &mut scope);
        }
    }
}

fn check_shared_types(spec: &Spec, faults: &mut Faults) -> BTreeMap<Rust, Spot> {
    let mut scope = Scope::new(&[], CHOOSE_ANOTHER, faults);
    let types = spec
        .types
        .iter()
        .map(|found| (&found.name, !matches!(found.kind, TypeKind::Text | TypeKind::Integer)));
    let structures = spec.structures.iter().map(|structure| (&structure.name, true));
    for (name, is_emitted) in types.chain(structures) {
        scope.reserved = if is_emitted { &FOREIGN_TYPES } else { &[] };
        let rust = Rust::given(name.as_str());
        // Declared twice is said elsewhere.
        if !scope.seen.contains_key(&rust) {
            scope.add(rust, name.spot);
        }
    }
    scope.reserved = &FOREIGN_TYPES;
    spec.structures.iter().for_each(|structure| add_structures(walk::declared(structure), &mut scope));
    for object in &spec.objects {
        // Declared twice is said elsewhere.
        if !scope.seen.contains_key(&Rust::given(object.name.as_str())) {
            add_object(&object.name, &mut scope);
        }
    }
    scope.seen
}

/// Each enum, each shared structure and each action has a module of its own.
fn check_modules(spec: &Spec, faults: &mut Faults) {
    let enums =
        spec.types.iter().filter(|found| matches!(found.kind, TypeKind::Enum(_))).map(|found| &found.name);
    let mut scope = Scope::new(&["ids"], CHOOSE_ANOTHER, faults);
    let structures = spec.structures.iter().map(|structure| &structure.name);
    let objects = spec.objects.iter().map(|object| &object.name);
    for name in enums.chain(structures).chain(objects) {
        scope.add(Rust::snake(name.as_str()), name.spot);
    }
    let mut scope = Scope::new(&["errors", "lifecycles", "service"], CHOOSE_ANOTHER, faults);
    for action in &spec.actions {
        scope.add(Rust::snake(action.name.as_str()), action.name.spot);
    }
}

fn add_types(action: &Action, scope: &mut Scope<'_>) {
    let request = Rust::camel(action.name.as_str());
    if scope.first(&request).is_some() && scope.first(&request.with("Response")).is_some() {
        return; // Another action of this name: said elsewhere.
    }
    scope.add(request.with("Response"), action.name.spot);
    scope.add(request.with("Required"), action.name.spot);
    scope.add(request, action.name.spot);
    for parameter in walk::parameters(action) {
        match &parameter.shape {
            Shape::Objects { name, shared: false, .. } => add_object(name, scope),
            Shape::Filter(filter) => scope.add(Rust::given(filter.name.as_str()), filter.name.spot),
            Shape::Objects { .. } | Shape::Value(_) | Shape::Values(_) => {}
        }
    }
    add_structures(&action.response, scope);
}

fn add_object(name: &Text, scope: &mut Scope<'_>) {
    scope.add(Rust::given(name.as_str()), name.spot);
    scope.add(Rust::given(name.as_str()).with("Required"), name.spot);
}

fn add_structures(fields: &[Field], scope: &mut Scope<'_>) {
    for field in fields {
        match &field.shape {
            FieldShape::Object(name, Some(_)) => scope.add(Rust::given(name.as_str()), name.spot),
            FieldShape::List(list) if list.fields.is_some() => {
                scope.add(Rust::given(list.element.as_str()), list.element.spot);
            }
            FieldShape::Value(_) | FieldShape::Object(..) | FieldShape::List(_) => {}
        }
        add_structures(walk::declared(field), scope);
    }
}
