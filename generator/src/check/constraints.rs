//! Constraints that fit the type; defaults and examples that keep them.

use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Spot, Text, suggest};
use crate::model::{Limit, Resolver, Scalar, Value, rejection};
use crate::spec::{Constraints, Field, FieldShape, Parameter, Shape, Spec, TypeKind};
use aliyun_rpc::schema;

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for found in &spec.types {
        let value = resolver.value(&found.name, &Constraints::default(), None, None);
        if !check_fit(&found.constraints, &value.scalar, faults) {
            continue;
        }
        check_networks(&found.constraints, &value, faults);
        if let Some(example) = &found.common.example {
            check_value(example, &value, "example", faults);
        }
    }
    for parameter in walk::all_parameters(spec) {
        check_parameter(parameter, resolver, faults);
    }
    for field in walk::all_fields(spec) {
        check_field(field, resolver, faults);
    }
}

fn check_parameter(parameter: &Parameter, resolver: &Resolver<'_>, faults: &mut Faults) {
    if parameter.items.is_some() && matches!(parameter.shape, Shape::Value(_)) {
        let fault =
            Fault::new(Code::ItemsWithoutList, parameter.spot(), "`items` on a parameter that is no list");
        faults.add(fault.hint("write `list: X` instead of `type: X`, or remove `items`"));
    }
    let (Shape::Value(name) | Shape::Values(name)) = &parameter.shape else { return };
    let value = resolver.value(name, &parameter.constraints, parameter.wire.as_ref(), None);
    if !check_fit(&parameter.constraints, &value.scalar, faults) {
        return;
    }
    check_networks(&parameter.constraints, &value, faults);
    check_allowed(parameter.constraints.one_of.as_deref(), name, &value, resolver, faults);
    check_allowed(parameter.constraints.none_of.as_deref(), name, &value, resolver, faults);
    for (text, what) in [(&parameter.default, "default"), (&parameter.common.example, "example")] {
        if let Some(text) = text {
            check_value(text, &value, what, faults);
        }
    }
}

fn check_field(field: &Field, resolver: &Resolver<'_>, faults: &mut Faults) {
    let FieldShape::Value(name) = &field.shape else { return };
    let value = resolver.value(name, &Constraints::default(), field.wire.as_ref(), None);
    check_allowed(field.one_of.as_deref(), name, &value, resolver, faults);
    if let Some(example) = &field.common.example {
        // Answers may hold more than requests: only the type of the example is looked at.
        check_value(example, &unbounded(&value), "example", faults);
    }
}

/// Allowed values are values of the type; those of an enum are among its own.
fn check_allowed(
    one_of: Option<&[Text]>,
    name: &Text,
    value: &Value,
    resolver: &Resolver<'_>,
    faults: &mut Faults,
) {
    let one_of = one_of.unwrap_or_default();
    let Some(TypeKind::Enum(values)) = resolver.named(name.as_str()).map(|found| &found.kind) else {
        one_of.iter().for_each(|word| check_value(word, &unbounded(value), "allowed value", faults));
        return;
    };
    let known = || values.iter().map(|value| value.wire.as_str());
    for word in one_of {
        if !known().any(|value| value == word.as_str()) {
            let fault = Fault::new(
                Code::NoValueOfEnum,
                word.spot,
                format!("`{}` is no value of `{}`", word.value, name.value),
            );
            faults.add(fault.hint(suggest(word.as_str(), known())));
        }
    }
}

fn unbounded(value: &Value) -> Value {
    Value { checks: Vec::new(), ..value.clone() }
}

/// Whether the constraints can apply to values of a type; those that cannot are faults.
fn check_fit(constraints: &Constraints, scalar: &Scalar, faults: &mut Faults) -> bool {
    let before = faults.len();
    let is_number = matches!(scalar, Scalar::Integer);
    let is_flag = matches!(scalar, Scalar::Boolean);
    let of_text: [Option<Spot>; 6] = [
        constraints.length.as_ref().map(|length| length.spot),
        constraints.first.as_ref().and_then(|classes| classes.first()).map(|class| class.spot),
        constraints.only.as_ref().and_then(|classes| classes.first()).map(|class| class.spot),
        constraints.not_prefix.as_ref().and_then(|words| words.first()).map(|word| word.spot),
        constraints.prefix.as_ref().map(|prefix| prefix.spot),
        constraints.format.as_ref().map(|format| format.spot),
    ];
    if is_number || is_flag {
        for spot in of_text.into_iter().flatten() {
            faults.add(
                Fault::new(
                    Code::ConstraintOfOtherType,
                    spot,
                    "a constraint of texts on a value that is no text",
                )
                .hint("remove it, or change the type"),
            );
        }
    }
    if let Some(range) = constraints.range.as_ref().filter(|_| !is_number) {
        faults.add(
            Fault::new(Code::ConstraintOfOtherType, range.spot, "a range on a value that is no number")
                .hint("write `length: [least, most]` for a text, or change the type"),
        );
    }
    faults.len() == before
}

/// Constraints of addresses, networks and masks stand on such values, and name networks.
fn check_networks(constraints: &Constraints, value: &Value, faults: &mut Faults) {
    let format = value.checks.iter().find_map(|check| match &check.limit {
        Limit::Format(name) => Some(name.as_str()),
        _ => None,
    });
    if let Some(first) = constraints.outside.as_ref().and_then(|networks| networks.first())
        && !matches!(format, Some("ipv4" | "ipv6" | "ip" | "cidr"))
    {
        let fault = Fault::new(
            Code::ConstraintOfOtherType,
            first.spot,
            "`outside` on a value that is no address and no network",
        );
        faults.add(fault.hint("use a type with the format `cidr`, `ip`, `ipv4` or `ipv6`"));
    }
    for network in constraints.outside.iter().flatten() {
        if !schema::Limit::Format(schema::Format::Cidr).allows(network.as_str()) {
            let fault =
                Fault::new(Code::NotANetwork, network.spot, format!("`{}` is no network", network.value));
            faults.add(fault.hint("write it as `100.64.0.0/10`"));
        }
    }
    if let Some(bits) = constraints.prefix_length.as_ref().filter(|_| format != Some("ipv4-mask")) {
        let fault =
            Fault::new(Code::ConstraintOfOtherType, bits.spot, "`prefix_length` on a value that is no mask");
        faults.add(fault.hint("use a type with the format `ipv4-mask`"));
    }
}

/// Adds a fault if a documented value is not what the spec says that it must be.
pub(super) fn check_value(text: &Text, value: &Value, what: &str, faults: &mut Faults) {
    if let Some(expected) = rejection(value, text.as_str()) {
        let fault = Fault::new(
            Code::ValueOfOtherForm,
            text.spot,
            format!("the {what} `{}` should be {expected}", text.value),
        );
        faults.add(fault.hint("change the value, or the constraint if the reference says otherwise"));
    }
}
