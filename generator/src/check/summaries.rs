//! Everything that users see says what it is.

use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Text};
use crate::model::Resolver;
use crate::spec::{FieldShape, Shape, Spec, TypeKind};

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    let mut missing: Vec<(&Text, &str)> = Vec::new();
    for found in &spec.types {
        missing.extend(found.common.summary.is_none().then_some((&found.name, "type")));
        if let TypeKind::Enum(values) = &found.kind {
            missing.extend(
                values
                    .iter()
                    .filter(|value| value.common.summary.is_none())
                    .map(|value| (&value.wire, "value")),
            );
        }
    }
    let objects = spec.objects.iter().filter(|object| object.common.summary.is_none());
    missing.extend(objects.map(|object| (&object.name, "object")));
    // What a type would say that is not declared, nobody knows; that fault is another.
    let inherits = |name: &Text| resolver.summary(name.as_str()).is_some() || !resolver.knows(name.as_str());
    for parameter in walk::all_parameters(spec) {
        let inherited = match &parameter.shape {
            Shape::Value(name) | Shape::Values(name) => inherits(name),
            // A shared object that says nothing is a fault of its own.
            Shape::Objects { shared, .. } => *shared,
            Shape::Filter(_) => true,
        };
        if parameter.common.summary.is_none() && !inherited {
            missing.push((&parameter.name, "parameter"));
        }
    }
    for field in walk::all_fields(spec) {
        let inherited = matches!(&field.shape, FieldShape::Value(name) if inherits(name));
        if field.common.summary.is_none() && !inherited {
            missing.push((&field.name, "field"));
        }
    }
    for action in spec.actions.iter().filter(|action| action.summary.is_none()) {
        let fault = Fault::new(Code::MissingSummary, action.name.spot, "an action without `summary`");
        faults.add(fault.hint("add `summary: ...`, in our own words"));
    }
    for (name, what) in missing {
        faults.add(
            Fault::new(Code::MissingSummary, name.spot, format!("{what} `{}` without a summary", name.value))
                .hint("add `summary: ...`, in our own words"),
        );
    }
}
