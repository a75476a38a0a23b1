//! Rules between parameters in words.

use super::constraints::{codes, range};
use super::markdown::{code, listed};
use crate::model::{RuleKind, Values, When};

/// The parameters that a rule limits.
pub(crate) fn limited(kind: &RuleKind) -> Vec<&String> {
    match kind {
        RuleKind::RangeBy { parameter, .. } | RuleKind::ValueIf { parameter, .. } => vec![parameter],
        RuleKind::RequiredIf { parameters, .. } | RuleKind::AllowedIf { parameters, .. } => {
            parameters.iter().collect()
        }
        RuleKind::AtLeastOne(sets) | RuleKind::AtMostOne(sets) => sets.iter().flatten().collect(),
        RuleKind::SameSubnet { addresses, .. } => addresses.iter().collect(),
    }
}

/// A rule between parameters as sentences.
pub(crate) fn sentences(kind: &RuleKind) -> String {
    match kind {
        RuleKind::RangeBy { parameter, by, default, ranges } => {
            let by = code(by);
            let ranges = ranges
                .iter()
                .map(|(value, least, most)| format!("{} if {by} is {}", range(*least, *most), code(value)));
            let ranges = listed(&ranges.collect::<Vec<_>>(), "and");
            format!("{} is {ranges}.{}", code(parameter), left_out(&by, default.as_ref()))
        }
        RuleKind::RequiredIf { parameters, when } => {
            let are = if parameters.len() == 1 { "is" } else { "are" };
            format!("{} {are} required if {}", listed(&codes(parameters), "and"), condition(when))
        }
        RuleKind::AllowedIf { parameters, when } => {
            let are = if parameters.len() == 1 { "is" } else { "are" };
            format!("{} {are} allowed only if {}", listed(&codes(parameters), "and"), condition(when))
        }
        RuleKind::ValueIf { parameter, one_of, when } => {
            format!("{} can only be {} if {}", code(parameter), listed(&codes(one_of), "or"), condition(when))
        }
        RuleKind::AtLeastOne(sets) => format!("At least one of these is given in full: {}.", in_words(sets)),
        RuleKind::AtMostOne(sets) => format!("At most one of these is given: {}.", in_words(sets)),
        RuleKind::SameSubnet { addresses, mask } => {
            format!("{} lie in one subnet, by the mask {}.", listed(&codes(addresses), "and"), code(mask))
        }
    }
}

/// The condition, the full stop and what counts if nothing is given.
fn condition(when: &When) -> String {
    let name = code(&when.parameter);
    match &when.values {
        Values::Given => format!("{name} is given."),
        Values::OneOf(values) => {
            format!("{name} is {}.{}", listed(&codes(values), "or"), left_out(&name, when.default.as_ref()))
        }
    }
}

fn left_out(name: &str, default: Option<&String>) -> String {
    let sentence = |value: &String| format!(" Where {name} is left out, it counts as {}.", code(value));
    default.map(sentence).unwrap_or_default()
}

fn in_words(sets: &[Vec<String>]) -> String {
    sets.iter().map(|set| listed(&codes(set), "with")).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::{limited, sentences};
    use crate::model::{RuleKind, Values, When};

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn when(values: Values, default: Option<&str>) -> When {
        When { parameter: "Kind".to_owned(), values, default: default.map(str::to_owned) }
    }

    #[test]
    fn every_rule_is_a_sentence() {
        let one_of = |words: &[&str]| Values::OneOf(texts(words));
        let sets = || vec![texts(&["List"]), texts(&["Type", "Id"])];
        let cases = [
            (
                RuleKind::RangeBy {
                    parameter: "Period".to_owned(),
                    by: "Unit".to_owned(),
                    default: Some("Month".to_owned()),
                    ranges: vec![("Month".to_owned(), 1, 9), ("Year".to_owned(), 1, 5)],
                },
                "`Period` is from 1 to 9 if `Unit` is `Month` and from 1 to 5 if `Unit` is `Year`. \
                 Where `Unit` is left out, it counts as `Month`.",
            ),
            (
                RuleKind::RequiredIf {
                    parameters: texts(&["A", "B"]),
                    when: when(one_of(&["x", "y"]), Some("x")),
                },
                "`A` and `B` are required if `Kind` is `x` or `y`. Where `Kind` is left out, it counts as `x`.",
            ),
            (
                RuleKind::AllowedIf { parameters: texts(&["A"]), when: when(Values::Given, None) },
                "`A` is allowed only if `Kind` is given.",
            ),
            (
                RuleKind::ValueIf {
                    parameter: "A".to_owned(),
                    one_of: texts(&["1"]),
                    when: when(one_of(&["x"]), None),
                },
                "`A` can only be `1` if `Kind` is `x`.",
            ),
            (
                RuleKind::AtLeastOne(sets()),
                "At least one of these is given in full: `List`; `Type` with `Id`.",
            ),
            (RuleKind::AtMostOne(sets()), "At most one of these is given: `List`; `Type` with `Id`."),
            (
                RuleKind::SameSubnet { addresses: texts(&["A", "B"]), mask: "Mask".to_owned() },
                "`A` and `B` lie in one subnet, by the mask `Mask`.",
            ),
        ];
        for (kind, expected) in cases {
            assert_eq!(sentences(&kind), expected);
        }
        assert_eq!(limited(&RuleKind::AtMostOne(sets())), ["List", "Type", "Id"]);
    }
}
