//! Rules, idempotency and exceptions name parameters that exist.

use super::walk;
use crate::diagnostics::{Fault, Faults, Text, suggest};
use crate::spec::{Action, RuleKind, Shape, Spec};

pub(super) fn check(spec: &Spec, faults: &mut Faults) {
    for action in &spec.actions {
        for name in action.idempotency.iter() {
            check_parameter(name, action, faults);
        }
        for name in walk::parameters(action).iter().filter_map(|parameter| parameter.unless.as_ref()) {
            check_parameter(name, action, faults);
        }
        for rule in &action.rules {
            let RuleKind::RangeBy { parameter, by, ranges } = &rule.kind;
            check_parameter(parameter, action, faults);
            check_parameter(by, action, faults);
            if ranges.is_empty() {
                faults.add(
                    Fault::new(by.spot, "a `range_by` without ranges")
                        .hint("add `ranges: { VALUE: [least, most] }`"),
                );
            }
        }
    }
}

fn check_parameter(name: &Text, action: &Action, faults: &mut Faults) {
    let known = action.parameters.iter().filter(|parameter| matches!(parameter.shape, Shape::Value(_)));
    let mut names = known.map(|parameter| parameter.name.as_str());
    if !names.clone().any(|known| known == name.as_str()) {
        let fault =
            Fault::new(name.spot, format!("`{}` has no parameter `{}`", action.name.value, name.value));
        faults.add(fault.hint(suggest(name.as_str(), &mut names)));
    }
}
