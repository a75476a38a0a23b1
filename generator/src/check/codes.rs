//! Error codes: every one that is named is declared, and every one that is declared is named.

use super::walk;
use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
use crate::spec::{Action, ErrorRow, Spec};
use std::collections::BTreeSet;

pub(super) fn check(spec: &Spec, faults: &mut Faults) {
    check_rows(spec, faults);
    check_unused(spec, faults);
    for action in &spec.actions {
        check_refusals(action, faults);
    }
    check_transitions(spec, faults);
}

fn check_rows(spec: &Spec, faults: &mut Faults) {
    let known: BTreeSet<&str> = spec.errors.iter().map(|error| error.code.as_str()).collect();
    for row in spec.actions.iter().flat_map(|action| &action.errors) {
        if !known.contains(row.code.as_str()) {
            let fault = Fault::new(
                Code::UnknownErrorCode,
                row.code.spot,
                format!("unknown error code `{}`", row.code.value),
            );
            faults.add(fault.hint(format!(
                "add it to errors.yaml; {}",
                suggest(row.code.as_str(), known.iter().copied())
            )));
        }
    }
    for row in spec.actions.iter().flat_map(|action| &action.errors) {
        check_copied(row, faults);
    }
    for action in &spec.actions {
        for (index, row) in action.errors.iter().enumerate() {
            let twin = action.errors.iter().take(index).find(|other| {
                other.http.value == row.http.value
                    && other.code.value == row.code.value
                    && other.message.value == row.message.value
            });
            if let Some(twin) = twin {
                let fault = Fault::new(
                    Code::ErrorListedTwice,
                    row.code.spot,
                    format!("the error `{}` is listed twice", row.code.value),
                );
                faults.add(fault.related(twin.code.spot, "first listed here").hint("remove one of the two"));
            }
        }
    }
}

/// Nothing provokes a copied row, so there is nothing to say about it either.
fn check_copied(row: &ErrorRow, faults: &mut Faults) {
    let Some(mark) = row.copied else { return };
    let class = row.class.as_ref().map(|class| ("class", class.spot));
    let texts = [("cause", &row.cause), ("remedy", &row.remedy)];
    let texts = texts.into_iter().filter_map(|(key, text)| text.as_ref().map(|text| (key, text.spot)));
    for (key, spot) in texts.chain(class) {
        let fault =
            Fault::new(Code::CopiedRowWithOwnText, spot, format!("a copied row with a `{key}` of its own"));
        faults.add(fault.related(mark, "nothing provokes it").hint(format!("remove `{key}`, or the mark")));
    }
}

fn check_unused(spec: &Spec, faults: &mut Faults) {
    let used: BTreeSet<&str> =
        spec.actions.iter().flat_map(|action| &action.errors).map(|row| row.code.as_str()).collect();
    for error in &spec.errors {
        match (used.contains(error.code.as_str()), &error.common.source) {
            (false, None) => {
                let fault = Fault::new(
                    Code::UnlistedErrorCode,
                    error.code.spot,
                    format!("no action lists `{}`", error.code.value),
                );
                faults.add(fault.hint("remove it, or say where it comes from with `source: ...`"));
            }
            (true, Some(source)) => {
                let fault = Fault::new(
                    Code::SourceOfListedCode,
                    source.spot,
                    format!("an action lists `{}`, so the reference has it", error.code.value),
                );
                faults.add(fault.hint("remove `source`"));
            }
            (true, None) | (false, Some(_)) => {}
        }
    }
}

/// A constraint pre-empts a code only where the action's own table lists it, and not as a copy from elsewhere.
fn check_refusals(action: &Action, faults: &mut Faults) {
    let parameters = walk::parameters(action);
    let of_parameters = parameters.iter().filter_map(|parameter| parameter.refused_as.as_ref());
    let of_rules = action.rules.iter().filter_map(|rule| rule.refused_as.as_ref());
    let of_limits = action.limits.iter().filter_map(|limit| limit.refused_as.as_ref());
    for code in of_parameters.chain(of_rules).chain(of_limits) {
        check_listed(code, action, faults);
    }
}

fn check_listed(code: &Text, action: &Action, faults: &mut Faults) {
    let listed = || action.errors.iter().filter(|row| row.copied.is_none()).map(|row| row.code.as_str());
    if !listed().any(|known| known == code.as_str()) {
        let fault = Fault::new(
            Code::CodeNotInTable,
            code.spot,
            format!("`{}` does not list the error `{}`", action.name.value, code.value),
        );
        let copy = action.errors.iter().find(|row| row.code.value == code.value).and_then(|row| row.copied);
        faults.add(match copy {
            Some(mark) => {
                fault.related(mark, "only as a copy").hint("what provokes it is here: remove the mark")
            }
            None => fault.hint(suggest(code.as_str(), listed())),
        });
    }
}

fn check_transitions(spec: &Spec, faults: &mut Faults) {
    let known: BTreeSet<&str> = spec.errors.iter().map(|error| error.code.as_str()).collect();
    for transition in spec.resources.iter().flat_map(|resource| &resource.transitions) {
        if let Some(code) = transition.refused_as.as_ref().filter(|code| !known.contains(code.as_str())) {
            let fault =
                Fault::new(Code::UnknownErrorCode, code.spot, format!("unknown error code `{}`", code.value));
            faults.add(fault.hint(suggest(code.as_str(), known.iter().copied())));
        }
    }
}
