//! The model for other programs. README.md of the generator documents the layout.

use super::{Action, Endpoints, Field, Limit, Model, Pages, ResponseRow, Row, Rule, RuleKind, Values, When};
use crate::spec::{Class, Condition, Effect};
use serde_json::{Value, json};

/// Version of the layout; a change that a reader could stumble over raises it.
pub const LAYOUT_VERSION: u32 = 1;

/// The model as JSON; facts from elsewhere are left out if only the reference is asked for.
#[must_use]
pub fn to_json(model: &Model, only_reference: bool) -> Value {
    let wanted = |source: &Option<String>| !only_reference || source.is_none();
    let actions: Vec<Value> = model
        .actions()
        .filter(|action| wanted(&action.source))
        .map(|action| action_json(action, only_reference))
        .collect();
    let errors: Vec<Value> = model
        .errors
        .iter()
        .filter(|error| wanted(&error.source))
        .map(|error| {
            json!({
                "code": error.code,
                "class": class_name(error.class),
                "condition": error.condition.map(Condition::name),
                "cause": error.cause,
                "remedy": error.remedy,
                "source": error.source,
            })
        })
        .collect();
    json!({
        "layout_version": LAYOUT_VERSION,
        "service": model.service,
        "product": model.product,
        "version": model.version,
        "reference": model.reference,
        "endpoints": endpoints_json(&model.endpoints, only_reference),
        "signature": model.signature.as_str(),
        "actions": actions,
        "error_codes": errors,
    })
}

fn endpoints_json(endpoints: &Endpoints, only_reference: bool) -> Value {
    let mut hosts = json!({ "central": endpoints.central });
    if !only_reference || endpoints.source.is_none() {
        let exceptions: serde_json::Map<String, Value> = endpoints
            .exceptions
            .iter()
            .map(|(region, host)| (region.clone(), host.as_str().into()))
            .collect();
        hosts["regional"] = endpoints.regional.as_str().into();
        hosts["vpc"] = endpoints.vpc.as_str().into();
        hosts["exceptions"] = exceptions.into();
        hosts["source"] = endpoints.source.clone().into();
    }
    hosts
}

fn action_json(action: &Action, only_reference: bool) -> Value {
    let wanted = |source: &Option<String>| !only_reference || source.is_none();
    let mut response = Vec::new();
    Field::rows(&action.response, "", &mut response);
    json!({
        "name": action.name,
        "group": action.group,
        "section": (!action.section.is_empty()).then_some(&action.section),
        "document": action.document,
        "summary": action.summary,
        "effect": effect_name(action.effect),
        "idempotency": action.idempotency,
        "pages": action.pages.as_ref().map(pages_json),
        "parameters": action.rows().iter().filter(|row| wanted(&row.source)).map(row_json).collect::<Vec<_>>(),
        "rules": action.rules.iter().filter(|rule| wanted(&rule.source)).map(rule_json).collect::<Vec<_>>(),
        "response": response.iter().filter(|row| wanted(&row.field.source)).map(response_json).collect::<Vec<_>>(),
        "errors": action.errors.iter().filter(|row| wanted(&row.source)).map(|row| {
            json!({
                "http": row.http,
                "code": row.code,
                "message": row.message,
                "source": row.source,
                "copied": row.copied,
                "class": row.class.map(class_name),
            })
        }).collect::<Vec<_>>(),
        "raw_response": action.raw,
        "examples": action.examples.iter().map(|example| {
            let request: serde_json::Map<String, Value> =
                example.request.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
            json!({ "request": request, "json": example.json, "xml": example.xml })
        }).collect::<Vec<_>>(),
        "source": action.source,
    })
}

fn row_json(row: &Row) -> Value {
    json!({
        "name": row.name,
        "type": row.wire.map_or("String", super::Wire::name),
        "required": row.required,
        "relaxed": row.relaxed,
        "unless": row.unless,
        "sensitive": row.sensitive,
        "default": row.default,
        "unit": row.unit,
        "example": row.example,
        "constraints": row.checks.iter().map(|check| limit_json(&check.limit, check.refused_as.as_deref())).collect::<Vec<_>>(),
        "summary": row.summary,
        "source": row.source,
    })
}

fn limit_json(limit: &Limit, refused_as: Option<&str>) -> Value {
    let (kind, value) = match limit {
        Limit::Range(least, most) => ("range", json!([least, most])),
        Limit::Length(least, most) => ("length", json!([least, most])),
        Limit::OneOf(values) => ("one_of", json!(values)),
        Limit::Prefix(prefix) => ("prefix", json!(prefix)),
        Limit::FirstIn(classes) => ("first", json!(classes)),
        Limit::Only(classes) => ("only", json!(classes)),
        Limit::NotPrefix(prefixes) => ("not_prefix", json!(prefixes)),
        Limit::NoneOf(values) => ("none_of", json!(values)),
        Limit::Outside(networks) => ("outside", json!(networks)),
        Limit::PrefixLength(least, most) => ("prefix_length", json!([least, most])),
        Limit::Format(format) => ("format", json!(format)),
    };
    json!({ "kind": kind, "value": value, "refused_as": refused_as })
}

fn rule_json(rule: &Rule) -> Value {
    let mut json = kind_json(&rule.kind);
    json["summary"] = json!(rule.summary);
    json["refused_as"] = json!(rule.refused_as);
    json["inferred"] = json!(rule.inferred);
    json["line"] = json!(rule.line);
    json["source"] = json!(rule.source);
    json
}

fn kind_json(kind: &RuleKind) -> Value {
    match kind {
        RuleKind::RangeBy { parameter, by, default, ranges } => json!({
            "kind": "range_by", "parameter": parameter, "by": by, "default": default, "ranges": ranges,
        }),
        RuleKind::RequiredIf { parameters, when } => {
            json!({ "kind": "required_if", "parameters": parameters, "when": when_json(when) })
        }
        RuleKind::AllowedIf { parameters, when } => {
            json!({ "kind": "allowed_if", "parameters": parameters, "when": when_json(when) })
        }
        RuleKind::ValueIf { parameter, one_of, when } => json!({
            "kind": "value_if", "parameter": parameter, "one_of": one_of, "when": when_json(when),
        }),
        RuleKind::AtLeastOne(sets) => json!({ "kind": "at_least_one", "of": sets }),
        RuleKind::AtMostOne(sets) => json!({ "kind": "at_most_one", "of": sets }),
        RuleKind::SameSubnet { addresses, mask } => {
            json!({ "kind": "same_subnet", "addresses": addresses, "mask": mask })
        }
    }
}

fn when_json(when: &When) -> Value {
    let values = match &when.values {
        Values::Given => Value::Null,
        Values::OneOf(values) => json!(values),
    };
    json!({ "parameter": when.parameter, "values": values, "default": when.default })
}

fn pages_json(pages: &Pages) -> Value {
    json!({
        "style": pages.style(),
        "parameter": pages.parameter,
        "size": pages.size,
        "total": pages.total.as_ref().map(|total| &total.wire),
        "items": pages.items.wire,
    })
}

fn response_json(row: &ResponseRow<'_>) -> Value {
    json!({
        "path": row.path,
        "type": row.field.reference_type,
        "wrapper": row.field.wrapper(),
        "always": row.field.always,
        "sensitive": row.field.sensitive,
        "unit": row.field.unit,
        "summary": row.field.summary,
        "source": row.field.source,
    })
}

/// The spec's word for an effect.
pub(crate) fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::Create => "create",
        Effect::Update => "update",
        Effect::Delete => "delete",
    }
}

/// The spec's word for a class of errors.
pub(crate) fn class_name(class: Class) -> &'static str {
    match class {
        Class::Retry => "retry",
        Class::Settle => "settle",
        Class::Never => "never",
    }
}
