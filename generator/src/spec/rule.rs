//! Rules between parameters.

use crate::diagnostics::{Code, Fault, Faults, Located, Text};
use crate::yaml::{Content, Fields, Node};

/// A rule between parameters.
#[derive(Debug)]
pub struct Rule {
    /// The rule.
    pub kind: RuleKind,
    /// What it says, for readers.
    pub summary: Text,
    /// The code with which the service answers when it does not hold.
    pub refused_as: Option<Text>,
    /// Whether it was concluded, not stated.
    pub inferred: bool,
    /// Line of the reference on which it stands, or from which it was concluded.
    pub line: Option<u32>,
    /// Where the fact comes from, if not from the reference.
    pub source: Option<Text>,
}

/// Kinds of rule.
#[derive(Debug)]
pub enum RuleKind {
    /// The range of a number depends on another parameter's value.
    RangeBy {
        /// The number.
        parameter: Text,
        /// What decides.
        by: Text,
        /// Value and range.
        ranges: Vec<(Text, Located<(i64, i64)>)>,
    },
    /// Parameters must be given under a condition.
    RequiredIf {
        /// The parameters.
        parameters: Vec<Text>,
        /// The condition.
        when: When,
    },
    /// Parameters must not be given but under a condition.
    AllowedIf {
        /// The parameters.
        parameters: Vec<Text>,
        /// The condition.
        when: When,
    },
    /// A parameter has one of these values under a condition.
    ValueIf {
        /// The parameter.
        parameter: Text,
        /// The values.
        one_of: Vec<Text>,
        /// The condition.
        when: When,
    },
    /// One of these sets of parameters must be given in full.
    AtLeastOne(Vec<Vec<Text>>),
    /// Parameters of two of these sets must not be given together.
    AtMostOne(Vec<Vec<Text>>),
    /// Addresses lie in one subnet.
    SameSubnet {
        /// The addresses.
        addresses: Vec<Text>,
        /// The parameter that holds the mask.
        mask: Text,
    },
}

/// A condition: what one parameter must be.
#[derive(Debug)]
pub struct When {
    /// The parameter.
    pub parameter: Text,
    /// With which values the condition holds.
    pub values: Values,
}

/// The values with which a condition holds.
#[derive(Debug)]
pub enum Values {
    /// Any, as long as the parameter is given.
    Given,
    /// One of these.
    OneOf(Vec<Text>),
}

/// A key, how messages name it, and how to read what it holds.
type Kind = (&'static str, &'static str, fn(&mut Fields<'_, '_>) -> Option<RuleKind>);

const KINDS: [Kind; 7] = [
    ("range_by", "`range_by`", read_range_by),
    ("required_if", "`required_if`", read_required_if),
    ("allowed_if", "`allowed_if`", read_allowed_if),
    ("value_if", "`value_if`", read_value_if),
    ("at_least_one", "`at_least_one`", read_at_least_one),
    ("at_most_one", "`at_most_one`", read_at_most_one),
    ("same_subnet", "`same_subnet`", read_same_subnet),
];

impl Rule {
    pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, "a rule", faults)?;
        let kind = read_kind(node, &mut fields);
        let (summary, refused_as) = (fields.need_text("summary"), fields.text("refused_as"));
        let (inferred, source) = (fields.flag("inferred"), fields.text("source"));
        let line = read_line(&mut fields);
        fields.finish();
        Some(Self { kind: kind?, summary, refused_as, inferred, line, source })
    }
}

fn read_line(fields: &mut Fields<'_, '_>) -> Option<u32> {
    let text = fields.text("line")?;
    let line = text.as_str().parse().ok().filter(|line| *line > 0);
    if line.is_none() {
        let fault = Fault::new(Code::NotALineOfTheReference, text.spot, "no line of the reference");
        fields.faults.add(fault.hint("write its number, counted from 1"));
    }
    line
}

fn read_kind(node: &Node, fields: &mut Fields<'_, '_>) -> Option<RuleKind> {
    let found = KINDS.map(|kind| fields.take(kind.0).map(|body| (kind, body)));
    let [((_, what, read), body)] = found.into_iter().flatten().collect::<Vec<_>>()[..] else {
        let names = KINDS.map(|kind| kind.0).join(", ");
        let fault = Fault::new(Code::RuleKind, node.spot.head(), "a rule is of one kind");
        fields.faults.add(fault.hint(format!("write one of: {names}")));
        return None;
    };
    let mut rule = Fields::of(body, what, fields.faults)?;
    let kind = read(&mut rule);
    rule.finish();
    kind
}

fn read_range_by(rule: &mut Fields<'_, '_>) -> Option<RuleKind> {
    let ranges = rule.pairs("ranges");
    Some(RuleKind::RangeBy { parameter: rule.need_text("parameter"), by: rule.need_text("by"), ranges })
}

fn read_required_if(rule: &mut Fields<'_, '_>) -> Option<RuleKind> {
    let (parameters, when) = (rule.need_texts("parameters"), read_when(rule));
    Some(RuleKind::RequiredIf { parameters, when: when? })
}

fn read_allowed_if(rule: &mut Fields<'_, '_>) -> Option<RuleKind> {
    let (parameters, when) = (rule.need_texts("parameters"), read_when(rule));
    Some(RuleKind::AllowedIf { parameters, when: when? })
}

fn read_value_if(rule: &mut Fields<'_, '_>) -> Option<RuleKind> {
    let (parameter, one_of, when) = (rule.need_text("parameter"), rule.need_texts("one_of"), read_when(rule));
    Some(RuleKind::ValueIf { parameter, one_of, when: when? })
}

fn read_at_least_one(rule: &mut Fields<'_, '_>) -> Option<RuleKind> {
    Some(RuleKind::AtLeastOne(read_sets(rule)?))
}

fn read_at_most_one(rule: &mut Fields<'_, '_>) -> Option<RuleKind> {
    Some(RuleKind::AtMostOne(read_sets(rule)?))
}

fn read_same_subnet(rule: &mut Fields<'_, '_>) -> Option<RuleKind> {
    Some(RuleKind::SameSubnet { addresses: rule.need_texts("addresses"), mask: rule.need_text("mask") })
}

/// `{ PARAMETER: given }` or `{ PARAMETER: [VALUE, ...] }`
fn read_when(rule: &mut Fields<'_, '_>) -> Option<When> {
    let node = rule.need("when")?;
    let Content::Map(entries) = &node.content else { return not_a_condition(node, rule) };
    let [entry] = entries.as_slice() else { return not_a_condition(node, rule) };
    let values = match &entry.value.content {
        Content::Scalar { text, .. } if text == "given" => Values::Given,
        Content::List(_) => Values::OneOf(rule.texts_of(&entry.value)?),
        _ => return not_a_condition(&entry.value, rule),
    };
    Some(When { parameter: entry.key.clone(), values })
}

fn not_a_condition(node: &Node, rule: &mut Fields<'_, '_>) -> Option<When> {
    let fault = Fault::new(Code::RuleCondition, node.spot.head(), "not a condition on one parameter");
    rule.faults.add(fault.hint("write `{ PARAMETER: given }` or `{ PARAMETER: [VALUE, ...] }`"));
    None
}

/// `[[PARAMETER], [PARAMETER, PARAMETER]]`
fn read_sets(rule: &mut Fields<'_, '_>) -> Option<Vec<Vec<Text>>> {
    rule.need("of")?;
    let sets = rule.list("of")?;
    sets.iter().map(|set| rule.texts_of(set)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rule, RuleKind, Values};
    use crate::diagnostics::{Faults, Sources};
    use crate::yaml::parse;

    /// The rule, and the messages of the faults.
    fn read(text: &str) -> (Option<Rule>, String) {
        let (mut sources, mut faults) = (Sources::default(), Faults::default());
        let file = sources.add("rules.yaml".to_owned(), text.to_owned());
        let rule = parse(file, text, &mut faults).and_then(|node| Rule::read(&node, &mut faults));
        (rule, faults.render(&sources, false))
    }

    fn good(kind: &str) -> RuleKind {
        let (rule, faults) = read(&format!("{{ {kind}, summary: Text. }}"));
        assert_eq!(faults, "", "{kind}");
        rule.expect(kind).kind
    }

    #[test]
    fn every_kind_is_read() {
        let range = good("range_by: { parameter: A, by: B, ranges: { Month: [1, 9] } }");
        assert!(matches!(range, RuleKind::RangeBy { ranges, .. } if ranges.len() == 1));
        let RuleKind::RequiredIf { parameters, when } =
            good("required_if: { parameters: [A, B], when: { C: [x, true] } }")
        else {
            panic!("another kind")
        };
        assert_eq!((parameters.len(), when.parameter.as_str()), (2, "C"));
        assert!(matches!(when.values, Values::OneOf(values) if values[1].as_str() == "true"));
        let allowed = good("allowed_if: { parameters: [A], when: { C: given } }");
        assert!(matches!(allowed, RuleKind::AllowedIf { when, .. } if matches!(when.values, Values::Given)));
        let value = good("value_if: { parameter: A, one_of: [x], when: { C: [given] } }");
        assert!(matches!(value, RuleKind::ValueIf { when, .. } if matches!(when.values, Values::OneOf(_))));
        let least = good("at_least_one: { of: [[A], [B, C]] }");
        assert!(matches!(least, RuleKind::AtLeastOne(sets) if sets[1].len() == 2));
        assert!(
            matches!(good("at_most_one: { of: [[A], [B]] }"), RuleKind::AtMostOne(sets) if sets.len() == 2)
        );
        let subnet = good("same_subnet: { addresses: [A, B], mask: C }");
        assert!(matches!(subnet, RuleKind::SameSubnet { addresses, .. } if addresses.len() == 2));
    }

    #[test]
    fn what_is_no_rule_is_a_fault() {
        for (kind, message) in [
            ("inferred: true", "a rule is of one kind"),
            ("at_least_one: { of: [[A], [B]] }, at_most_one: { of: [[A], [B]] }", "a rule is of one kind"),
            ("required_iff: { parameters: [A], when: { B: given } }", "did you mean `required_if`?"),
            ("required_if: { parameters: [A] }", "`required_if` without `when`"),
            ("required_if: { parameters: [], when: { B: given } }", "an empty list"),
            ("required_if: { parameters: A, when: { B: given } }", "this is no list"),
            ("allowed_if: { parameters: [A], when: { B: x } }", "not a condition on one parameter"),
            ("allowed_if: { parameters: [A], when: { B: [] } }", "an empty list"),
            (
                "allowed_if: { parameters: [A], when: { B: given, C: given } }",
                "not a condition on one parameter",
            ),
            ("allowed_if: { parameters: [A], when: given }", "not a condition on one parameter"),
            ("value_if: { parameter: A, when: { B: given } }", "`value_if` without `one_of`"),
            ("at_most_one: { of: [A, B] }", "this is no list"),
            ("at_most_one: { of: [[]] }", "an empty list"),
            ("same_subnet: { addresses: [A, B] }", "`same_subnet` without `mask`"),
            ("same_subnet: { addresses: [A, B], mask: C, when: { D: given } }", "unknown key `when`"),
        ] {
            let (_, faults) = read(&format!("{{ {kind}, summary: Text. }}"));
            assert!(faults.contains(message), "{kind}:\n{faults}");
        }
    }
}
