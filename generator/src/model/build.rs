//! From the spec as written to the model. The spec has been checked: what a name stands for is there.

use super::index::Index;
use super::resolve::variant_name;
use super::response::{fields, own_text, rust_name, shared_structure, summary};
use super::{
    Action, Endpoints, Enum, EnumValue, ErrorCode, ErrorRow, Example, Filter, FilterKey, Group, Id, Items,
    Model, Pages, Parameter, Resolver, Resource, Rule, Rust, Shape, State, Transition,
};
use crate::diagnostics::{Located, Text};
use crate::spec::{self, Presence, Spec, Trigger, TypeKind};

/// The runtime's type for answers whose fields are not known.
const RAW_ANSWER: &str = "RawAnswer";

/// Resolves a checked spec.
#[must_use]
pub fn build(spec: &Spec) -> Model {
    let resolver = Resolver::new(spec);
    let service = &spec.service;
    let groups = groups(spec, &resolver);
    let resources =
        sorted(spec.resources.iter().map(|written| resource(written, &resolver)).collect(), |resource| {
            resource.name.clone()
        });
    Model {
        index: Index::new(&groups, &resources),
        service: service.name.value.clone(),
        krate: service.krate.value.clone(),
        title: service.title.value.clone(),
        summary: service.summary.value.clone(),
        product: service.product.value.clone(),
        version: service.version.value.clone(),
        reference: service.reference.value.clone(),
        endpoints: endpoints(&service.endpoints),
        signature: service.signature,
        region_parameter: service.region_parameter.value.clone(),
        dry_run_code: own_text(service.dry_run_code.as_ref()),
        sources: pairs(&service.sources),
        groups,
        ids: sorted(spec.types.iter().filter_map(id).collect(), |id| id.rust.as_str().to_owned()),
        enums: sorted(spec.types.iter().filter_map(enumeration).collect(), |found| {
            found.rust.as_str().to_owned()
        }),
        structures: sorted(
            spec.structures.iter().map(|one| shared_structure(Some(one), &resolver)).collect(),
            |structure| structure.rust.as_str().to_owned(),
        ),
        objects: sorted(spec.objects.iter().map(|one| parameter(one, &resolver)).collect(), |object| {
            object.wire.clone()
        }),
        errors: sorted(spec.errors.iter().map(error_code).collect(), |error| error.code.clone()),
        resources,
        errata: spec.errata_text.clone(),
    }
}

fn sorted<T, K: Ord>(mut elements: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    elements.sort_by_key(key);
    elements
}

fn endpoints(written: &spec::Endpoints) -> Endpoints {
    Endpoints {
        central: written.central.value.clone(),
        regional: written.regional.value.clone(),
        vpc: written.vpc.value.clone(),
        exceptions: sorted(pairs(&written.exceptions), |(region, _)| region.clone()),
        source: written.source.as_ref().map(|source| source.value.clone()),
    }
}

fn pairs(written: &[(Text, Text)]) -> Vec<(String, String)> {
    written.iter().map(|(name, text)| (name.value.clone(), text.value.clone())).collect()
}

fn groups(spec: &Spec, resolver: &Resolver<'_>) -> Vec<Group> {
    let actions = spec.actions_by_group();
    let of = |group: &spec::Group| actions.get(group.name.as_str()).map_or(&[][..], Vec::as_slice);
    spec.service.groups.iter().map(|written| group(written, of(written), resolver)).collect()
}

fn group(written: &spec::Group, actions: &[&spec::Action], resolver: &Resolver<'_>) -> Group {
    Group {
        name: written.name.value.clone(),
        module: Rust::snake(written.name.as_str()),
        title: written.title.value.clone(),
        summary: written.summary.value.clone(),
        actions: sorted(
            actions.iter().map(|written| action(written, resolver)).collect(),
            |action: &Action| (section_numbers(&action.section), action.name.clone()),
        ),
    }
}

/// `4.10` comes after `4.9`.
fn section_numbers(section: &str) -> Vec<u32> {
    section.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

fn id(found: &spec::Type) -> Option<Id> {
    matches!(found.kind, TypeKind::Id).then(|| Id {
        rust: Rust::given(found.name.as_str()),
        summary: summary(found.common.summary.as_ref()),
        prefix: own_text(found.constraints.prefix.as_ref()),
        example: own_text(found.common.example.as_ref()),
    })
}

fn enumeration(found: &spec::Type) -> Option<Enum> {
    let TypeKind::Enum(values) = &found.kind else { return None };
    Some(Enum {
        rust: Rust::given(found.name.as_str()),
        summary: summary(found.common.summary.as_ref()),
        values: values.iter().map(enum_value).collect(),
    })
}

fn enum_value(value: &spec::EnumValue) -> EnumValue {
    EnumValue {
        wire: value.wire.value.clone(),
        also: values(&value.also),
        rust: variant_name(value),
        summary: summary(value.common.summary.as_ref()),
    }
}

fn action(written: &spec::Action, resolver: &Resolver<'_>) -> Action {
    let name = written.name.as_str();
    let rust = Rust::camel(name);
    let response = fields(&written.response, resolver);
    Action {
        name: name.to_owned(),
        module: Rust::snake(name),
        response_type: if written.raw { Rust::given(RAW_ANSWER) } else { rust.with("Response") },
        raw: written.raw,
        schema: Rust::shouting(name),
        rust,
        group: written.group.value.clone(),
        summary: summary(written.summary.as_ref()),
        notes: values(&written.notes),
        limits: written
            .limits
            .iter()
            .map(|quota| (quota.summary.value.clone(), own_text(quota.refused_as.as_ref())))
            .collect(),
        section: own_text(written.section.as_ref()).unwrap_or_default(),
        document: own_text(written.document.as_ref()),
        effect: written.effect,
        idempotency: own_text(written.idempotency.as_ref()),
        dry_run: own_text(written.dry_run.as_ref()),
        pages: written.pages.as_ref().and_then(|pages| Pages::build(pages, &response)),
        rules: written.rules.iter().map(|one| Rule::build(one, &written.parameters)).collect(),
        parameters: written.parameters.iter().map(|one| parameter(one, resolver)).collect(),
        response,
        errors: written.errors.iter().map(error_row).collect(),
        examples: written.examples.iter().map(example).collect(),
        source: own_text(written.source.as_ref()),
    }
}

fn parameter(written: &spec::Parameter, resolver: &Resolver<'_>) -> Parameter {
    let type_name = match &written.shape {
        spec::Shape::Value(name) | spec::Shape::Values(name) => Some(name.as_str()),
        spec::Shape::Objects { .. } | spec::Shape::Filter(_) => None,
    };
    let (relaxed, required) = match &written.presence {
        Presence::Required => (None, true),
        Presence::Relaxed(erratum) => (Some(erratum.value.clone()), true),
        Presence::Optional => (None, false),
    };
    Parameter {
        wire: written.name.value.clone(),
        rust: rust_name(written.common.rust.as_ref(), || Rust::snake(written.name.as_str())),
        summary: own_text(written.common.summary.as_ref())
            .or_else(|| type_name.and_then(|name| resolver.summary(name)).map(str::to_owned))
            .unwrap_or_else(|| summary(None)),
        example: own_text(written.common.example.as_ref())
            .or_else(|| type_name.and_then(|name| resolver.example(name)).map(str::to_owned)),
        required,
        relaxed,
        unless: own_text(written.unless.as_ref()),
        default: own_text(written.default.as_ref()),
        unit: own_text(written.unit.as_ref()),
        sensitive: written
            .common
            .sensitive
            .unwrap_or_else(|| type_name.is_some_and(|name| resolver.is_sensitive(name))),
        source: own_text(written.common.source.as_ref()),
        shape: shape(written, resolver),
    }
}

fn shape(written: &spec::Parameter, resolver: &Resolver<'_>) -> Shape {
    let code = written.refused_as.as_ref();
    let value = |name: &Text| resolver.value(name, &written.constraints, written.wire.as_ref(), code);
    let items = || items(written.items.as_ref(), code);
    match &written.shape {
        spec::Shape::Value(name) => Shape::Value(value(name)),
        spec::Shape::Values(name) => Shape::Values(value(name), items()),
        spec::Shape::Objects { name, fields, json, shared } => Shape::Objects {
            rust: Rust::given(name.as_str()),
            fields: fields.iter().map(|one| parameter(one, resolver)).collect(),
            json: *json,
            items: items(),
            shared: *shared,
        },
        spec::Shape::Filter(filter) => Shape::Filter(Filter {
            rust: Rust::given(filter.name.as_str()),
            keys: filter.keys.iter().map(|key| filter_key(key, resolver)).collect(),
            items: self::items(written.items.as_ref(), None),
            values: self::items(filter.values.as_ref(), None),
            refused_as: own_text(code),
        }),
    }
}

fn items(bounds: Option<&Located<(i64, i64)>>, refused_as: Option<&Text>) -> Items {
    Items { bounds: bounds.map(|bounds| bounds.value), refused_as: own_text(refused_as) }
}

fn filter_key(written: &spec::Parameter, resolver: &Resolver<'_>) -> FilterKey {
    let key = parameter(written, resolver);
    let spec::Shape::Value(name) = &written.shape else {
        // `check` allows single values only.
        return FilterKey {
            value: resolver.value(&written.name, &written.constraints, None, None),
            wire: key.wire,
            rust: key.rust,
            summary: key.summary,
        };
    };
    FilterKey {
        value: resolver.value(name, &written.constraints, written.wire.as_ref(), written.refused_as.as_ref()),
        wire: key.wire,
        rust: key.rust,
        summary: key.summary,
    }
}

/// What is true of every copied row.
const COPIED_CAUSE: &str = "Listed by the reference, but nothing in this action is known to provoke it.";
const COPIED_REMEDY: &str = "Report the request id to the provider.";

fn error_row(row: &spec::ErrorRow) -> ErrorRow {
    let copied = |text: &str| row.copied.map(|_| text.to_owned());
    ErrorRow {
        http: row.http.value,
        code: row.code.value.clone(),
        message: row.message.value.clone(),
        cause: copied(COPIED_CAUSE).or_else(|| own_text(row.cause.as_ref())),
        remedy: copied(COPIED_REMEDY).or_else(|| own_text(row.remedy.as_ref())),
        class: row.class.as_ref().map(|class| class.value),
        copied: row.copied.is_some(),
        source: own_text(row.source.as_ref()),
    }
}

fn example(written: &spec::Example) -> Example {
    Example {
        request: written
            .request
            .iter()
            .map(|(name, value)| (name.value.clone(), value.value.clone()))
            .collect(),
        json: own_text(written.json.as_ref()),
        xml: own_text(written.xml.as_ref()),
    }
}

fn error_code(written: &spec::ErrorCode) -> ErrorCode {
    ErrorCode {
        code: written.code.value.clone(),
        rust: rust_name(written.common.rust.as_ref(), || Rust::camel(written.code.as_str())),
        class: written.class,
        condition: written.condition,
        cause: written.cause.value.clone(),
        remedy: written.remedy.value.clone(),
        source: own_text(written.common.source.as_ref()),
    }
}

fn resource(written: &spec::Resource, resolver: &Resolver<'_>) -> Resource {
    let known: &[spec::EnumValue] = match resolver.named(written.status.as_str()).map(|found| &found.kind) {
        Some(TypeKind::Enum(values)) => values,
        _ => &[],
    };
    Resource {
        name: written.name.value.clone(),
        summary: written.summary.value.clone(),
        status: Rust::given(written.status.as_str()),
        lookup_action: written.lookup_action.value.clone(),
        lookup_keys: values(&written.lookup_keys),
        lookup_select: values(&written.lookup_select),
        lookup_field: written.lookup_field.value.clone(),
        states: written.states.iter().map(|one| state(one, known)).collect(),
        transitions: written.transitions.iter().map(transition).collect(),
    }
}

fn state(written: &spec::State, known: &[spec::EnumValue]) -> State {
    let value = known.iter().find(|value| value.wire.value == written.name.value);
    State {
        name: written.name.value.clone(),
        also: value.map(|value| values(&value.also)).unwrap_or_default(),
        summary: value.and_then(|value| own_text(value.common.summary.as_ref())).unwrap_or_default(),
        transient: written.transient,
        gone: written.gone,
    }
}

fn transition(written: &spec::Transition) -> Transition {
    let (action, by) = match &written.trigger {
        Trigger::Action(action) => (Some(action.value.clone()), None),
        Trigger::Other(by) => (None, Some(by.value.clone())),
    };
    Transition {
        from: values(&written.from),
        action,
        by,
        to: own_text(written.to.as_ref()),
        refused_as: own_text(written.refused_as.as_ref()),
        needs: values(&written.needs),
        source: own_text(written.source.as_ref()),
    }
}

pub(super) fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}
