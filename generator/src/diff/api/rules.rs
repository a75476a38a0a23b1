//! Rules between parameters.

use super::named;
use crate::diff::change::{Class, Kind, Scope};
use crate::diff::pairs::pairs;
use crate::emit::{limited_parameters, rule_sentences};
use crate::model::{Parameter, Rule, RuleKind, Values, When};
use std::mem::discriminant;

/// `known` are the parameters before.
pub(super) fn compare(known: &[Parameter], old: &[Rule], new: &[Rule], scope: &mut Scope<'_>) {
    let found = pairs(
        old,
        new,
        &[
            |old, new| old.kind == new.kind,
            |old, new| {
                discriminant(&old.kind) == discriminant(&new.kind)
                    && limited_parameters(&old.kind) == limited_parameters(&new.kind)
            },
            |old, new| discriminant(&old.kind) == discriminant(&new.kind) && old.summary == new.summary,
        ],
    );
    for rule in &found.removed {
        let (class, reason) = match refuses(rule) {
            true => (Class::Addition, "a call that was refused before it was sent is sent"),
            false => (Class::Fix, MILD),
        };
        scope.add(
            Kind::RuleRemoved,
            class,
            format!("no longer a rule: {}", rule_sentences(&rule.kind)),
            reason,
        );
    }
    for rule in &found.added {
        let (class, reason) = match (refuses(rule), binds_known(&rule.kind, known)) {
            (true, true) => (Class::Breaking, "a call that was sent is refused before it is sent"),
            (true, false) => (Class::Fix, "only calls with a parameter that is new can break it"),
            (false, _) => (Class::Fix, MILD),
        };
        scope.add(Kind::RuleAdded, class, format!("a new rule: {}", rule_sentences(&rule.kind)), reason);
    }
    for (old, new) in &found.both {
        compare_rule(old, new, scope);
    }
}

/// Why a rule that is inferred, or that the provider may widen, is in nobody's way.
const MILD: &str =
    "a rule of this kind is reported; a call that breaks it is sent, but under strict validation";

/// Whether a call that breaks the rule is not sent.
fn refuses(rule: &Rule) -> bool {
    rule.kind.is_form() && !rule.inferred
}

fn compare_rule(old: &Rule, new: &Rule, scope: &mut Scope<'_>) {
    let Rule { kind, summary, refused_as, inferred, line, source } = old;
    let is_other = *kind != new.kind;
    if is_other || *inferred != new.inferred {
        let is_looser = allows_all_of(&new.kind, kind);
        let (class, reason) = match (refuses(old), refuses(new)) {
            (was, true) if !was || !is_looser => {
                (Class::Breaking, "a call that was sent is refused before it is sent")
            }
            (true, _) => (Class::Addition, "a call that was refused before it was sent is sent"),
            (false, _) => (Class::Fix, MILD),
        };
        let mut text = format!("rule: {}", rule_sentences(&new.kind));
        if is_other {
            text += &format!(" It was: {}", rule_sentences(kind));
        }
        if *inferred != new.inferred {
            text += if new.inferred { " It only warns now." } else { " It no longer only warns." };
        }
        scope.add(Kind::RuleChanged, class, text, reason);
    }
    if *refused_as != new.refused_as {
        let (after, before) = (named(new.refused_as.as_ref()), named(refused_as.as_ref()));
        let text =
            format!("rule: the code of the refusal is {after}, was {before}: {}", rule_sentences(&new.kind));
        scope.add(Kind::ConstraintCode, Class::Fix, text, "violations name the code; what is refused stays");
    }
    scope.words(
        &format!(
            "rule on {}",
            super::listed(&limited_parameters(&new.kind).into_iter().cloned().collect::<Vec<_>>())
        ),
        &[
            (*summary != new.summary, "summary"),
            (*line != new.line, "line of the reference"),
            (*source != new.source, "source"),
        ],
    );
}

/// Whether a call with nothing but known parameters can break the rule.
fn binds_known(kind: &RuleKind, known: &[Parameter]) -> bool {
    let is_known = |name: &String| known.iter().any(|parameter| parameter.wire == *name);
    match kind {
        RuleKind::RequiredIf { when, .. } => is_known(&when.parameter) || holds_when_left_out(when),
        RuleKind::AllowedIf { parameters, .. } => parameters.iter().any(is_known),
        RuleKind::AtMostOne(sets) => sets.iter().filter(|set| set.iter().any(is_known)).count() > 1,
        RuleKind::SameSubnet { addresses, mask } => {
            is_known(mask) && addresses.iter().filter(|name| is_known(name)).count() > 1
        }
        RuleKind::AtLeastOne(_) => true,
        RuleKind::RangeBy { parameter, .. } | RuleKind::ValueIf { parameter, .. } => is_known(parameter),
    }
}

fn holds_when_left_out(when: &When) -> bool {
    match (&when.values, &when.default) {
        (Values::OneOf(values), Some(default)) => values.contains(default),
        _ => false,
    }
}

/// Whether each call that keeps `old` keeps `new`, as far as that shows.
fn allows_all_of(new: &RuleKind, old: &RuleKind) -> bool {
    match (new, old) {
        (
            RuleKind::RequiredIf { parameters, when },
            RuleKind::RequiredIf { parameters: before, when: old_when },
        ) => within(parameters, before) && is_rarer(when, old_when),
        (
            RuleKind::AllowedIf { parameters, when },
            RuleKind::AllowedIf { parameters: before, when: old_when },
        ) => within(parameters, before) && is_rarer(old_when, when),
        (
            RuleKind::ValueIf { parameter, one_of, when },
            RuleKind::ValueIf { parameter: before, one_of: old_values, when: old_when },
        ) => parameter == before && within(old_values, one_of) && is_rarer(when, old_when),
        (RuleKind::AtLeastOne(sets), RuleKind::AtLeastOne(before)) => {
            before.iter().all(|old| sets.iter().any(|set| within(set, old)))
        }
        (RuleKind::AtMostOne(sets), RuleKind::AtMostOne(before)) => {
            sets.iter().all(|set| before.contains(set))
        }
        (
            RuleKind::SameSubnet { addresses, mask },
            RuleKind::SameSubnet { addresses: before, mask: old_mask },
        ) => mask == old_mask && within(addresses, before),
        // Ranges that depend on a value are only reported: which way they moved changes nothing.
        _ => new == old,
    }
}

fn within(some: &[String], all: &[String]) -> bool {
    some.iter().all(|word| all.contains(word))
}

/// Whether a condition holds only where another one does.
fn is_rarer(when: &When, other: &When) -> bool {
    when.parameter == other.parameter
        && match (&when.values, &other.values) {
            (Values::OneOf(some), Values::OneOf(all)) => when.default == other.default && within(some, all),
            (Values::OneOf(_), Values::Given) => !holds_when_left_out(when),
            (Values::Given, Values::Given) => true,
            (Values::Given, Values::OneOf(_)) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::allows_all_of;
    use crate::model::{RuleKind, Values, When};

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn when(values: &[&str]) -> When {
        let values = if values.is_empty() { Values::Given } else { Values::OneOf(texts(values)) };
        When { parameter: "Kind".to_owned(), values, default: None }
    }

    #[test]
    fn every_rule_of_form_knows_what_is_looser() {
        let required = |names: &[&str], values: &[&str]| RuleKind::RequiredIf {
            parameters: texts(names),
            when: when(values),
        };
        let allowed = |names: &[&str], values: &[&str]| RuleKind::AllowedIf {
            parameters: texts(names),
            when: when(values),
        };
        let sets = |sets: &[&[&str]]| sets.iter().map(|set| texts(set)).collect::<Vec<_>>();
        let subnet =
            |names: &[&str]| RuleKind::SameSubnet { addresses: texts(names), mask: "Mask".to_owned() };
        let cases = [
            (required(&["A", "B"], &["x"]), required(&["A"], &["x"])),
            (required(&["A"], &["x", "y"]), required(&["A"], &["x"])),
            (required(&["A"], &[]), required(&["A"], &["x"])),
            (allowed(&["A", "B"], &["x"]), allowed(&["A"], &["x"])),
            (allowed(&["A"], &["x"]), allowed(&["A"], &["x", "y"])),
            (allowed(&["A"], &["x"]), allowed(&["A"], &[])),
            (RuleKind::AtLeastOne(sets(&[&["A"]])), RuleKind::AtLeastOne(sets(&[&["A"], &["B"]]))),
            (RuleKind::AtLeastOne(sets(&[&["A", "B"]])), RuleKind::AtLeastOne(sets(&[&["A"]]))),
            (
                RuleKind::AtMostOne(sets(&[&["A"], &["B"], &["C"]])),
                RuleKind::AtMostOne(sets(&[&["A"], &["B"]])),
            ),
            (subnet(&["A", "B", "C"]), subnet(&["A", "B"])),
        ];
        for (tight, loose) in cases {
            assert!(allows_all_of(&loose, &tight), "{loose:?} is looser than {tight:?}");
            assert!(!allows_all_of(&tight, &loose), "{tight:?} is tighter than {loose:?}");
        }
    }
}
