//! The checks, one after the other.

use super::given::{Elements, Given, Known};
use super::limits::{self, one_of};
use super::{Severity, ViolatedRule, Violation, Violations};
use crate::parameters::Parameters;
use crate::schema::{Action, Breach, Check, Filter, ListLimit, Presence, Rule, RuleKind};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Checks what the user sets. What the client adds when it sends (the region, the idempotency token) is not missed.
pub(crate) fn request(action: &'static Action, parameters: &Parameters) -> Violations {
    let region = action.service.region_parameter;
    check(action, parameters, |name| name == region || Some(name) == action.idempotency)
}

/// Checks what is about to be sent.
#[cfg(any(feature = "client", test))]
pub(crate) fn complete(action: &'static Action, parameters: &Parameters) -> Violations {
    check(action, parameters, |_| false)
}

fn check(action: &'static Action, parameters: &Parameters, is_added: impl Fn(&str) -> bool) -> Violations {
    let given = Given::new(action.parameters, parameters);
    let mut found = misused_names(parameters);
    check_presence(action, &given, is_added, &mut found);
    check_names(&given, &mut found);
    check_values(&given, &mut found);
    check_lists(action.lists, &given, &mut found);
    for filter in action.filters {
        check_filter(filter, &given, &mut found);
    }
    for rule in action.rules {
        check_rule(rule, &given, &mut found);
    }
    Violations(found)
}

/// What the client sets by itself, or signs with.
const RESERVED: [&str; 10] = [
    "AccessKeyId",
    "Action",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// Checks the names of parameters of an action that need not be known.
#[cfg(feature = "client")]
pub(crate) fn reserved(parameters: &Parameters) -> Violations {
    Violations(misused_names(parameters))
}

/// Names that no parameter of a request can have. The value of one may be a secret, so it is not shown.
fn misused_names(parameters: &Parameters) -> Vec<Violation> {
    let misused = parameters.iter().filter_map(|(name, _)| Some((name, misuse(name)?)));
    misused.map(|(name, why)| Violation { rule: ViolatedRule::Reserved, ..structure(name, why) }).collect()
}

/// Why no parameter of a request can have this name; none if one can.
pub(crate) fn misuse(name: &str) -> Option<&'static str> {
    Some(match name {
        "" => "a parameter needs a name, the one that it has on the wire",
        "Action" => "set by the client alone; leave it out, and use `call` for another action",
        "Format" => "set by the client alone; leave it out, and use Config::answer_format",
        "AccessKeyId" | "SecurityToken" => {
            "set by the client alone; leave it out, and use Config::credentials"
        }
        _ if RESERVED.contains(&name) => "set by the client alone; leave it out",
        _ => return None,
    })
}

/// What cannot be done without comes first. A row inside a list is missed in each element there is. Of a list that is
/// not there at all one row is missed, for all of them.
fn check_presence(
    action: &Action,
    given: &Given<'_>,
    is_added: impl Fn(&str) -> bool,
    found: &mut Vec<Violation>,
) {
    let mut missing_lists = BTreeSet::new();
    for severity in [Severity::Refused, Severity::Reported] {
        for row in action.parameters.iter().filter(|row| need(row.presence, given) == Some(severity)) {
            match row.name.split_once(".N") {
                Some((list, _)) if !given.has_list(list) && !missing_lists.insert(list) => continue,
                // Most rows that are needed are there.
                None if given.parameters.given(row.name).is_some() => continue,
                _ => {}
            }
            let missing = given
                .names(row.name)
                .into_iter()
                .filter(|name| given.parameters.given(name).is_none())
                .filter(|name| row.presence != Presence::InElement || is_in_element(name, given));
            for name in missing.filter(|name| given.parameters.contains(name) || !is_added(name)) {
                let value = given.parameters.get(&name).map(str::to_owned);
                let expected = match row.presence {
                    _ if name == action.service.region_parameter => Cow::Borrowed(
                        "a region: in the request, with Config::region, or in ALIBABA_CLOUD_REGION_ID",
                    ),
                    Presence::Unless(other) => Cow::Owned(format!("a value, or {other}")),
                    _ => Cow::Borrowed("a value"),
                };
                let rule = ViolatedRule::Missing;
                found.push(Violation { parameter: name, rule, value, expected, code: None, severity });
            }
        }
    }
}

/// Whether the list that a field like `Tag.1.Key` lies in has been given.
fn is_in_element(name: &str, given: &Given<'_>) -> bool {
    name.rsplitn(3, '.').nth(2).is_some_and(|list| given.has_list(list))
}

/// What becomes of a call without a parameter; none if it can do without.
fn need(presence: Presence, given: &Given<'_>) -> Option<Severity> {
    match presence {
        Presence::Required | Presence::InElement => Some(Severity::Refused),
        Presence::Unless(other) => (!given.parameters.is_given(other)).then_some(Severity::Refused),
        Presence::Relaxed => Some(Severity::Reported),
        Presence::Optional => None,
    }
}

/// Names that mean an element, and numbers of elements.
fn check_names(given: &Given<'_>, found: &mut Vec<Violation>) {
    for Known { row, name, .. } in &given.misnamed {
        let expected = format!("a name of the form {}, N being 1, 2, 3, ...", row.name);
        found.push(structure(*name, expected));
    }
    for Elements { name, indices, .. } in &given.lists {
        let gap = (1..).zip(indices).find(|(due, index)| due != *index);
        if let Some((due, index)) = gap {
            let expected = format!("an element {due}, as there is an element {index}");
            found.push(structure(*name, expected));
        }
    }
}

fn check_values(given: &Given<'_>, found: &mut Vec<Violation>) {
    for known in &given.known {
        match limits::wrong_type(known.row.wire, known.value) {
            // An empty text that is required was found to be missing.
            Some(_) if known.value.is_empty() && need(known.row.presence, given).is_some() => {}
            Some(expected) => found.push(Violation {
                parameter: known.name.to_owned(),
                rule: ViolatedRule::Type,
                value: shown(known),
                expected: Cow::Borrowed(expected),
                code: None,
                severity: Severity::Refused,
            }),
            None => check_limits(known, known.row.checks, found),
        }
    }
}

/// An empty text is sent as it is and limits do not hold for it: it is how a name or a description is taken away.
fn check_limits(known: &Known<'_>, checks: &[Check], found: &mut Vec<Violation>) {
    for check in checks.iter().filter(|_| !known.value.is_empty()) {
        if let Some((rule, expected)) = limits::violated(&check.limit, known.value) {
            found.push(Violation {
                parameter: known.name.to_owned(),
                rule,
                value: shown(known),
                expected,
                code: check.refused_as,
                severity: severity(check.limit.is_form()),
            });
        }
    }
}

fn check_lists(lists: &[ListLimit], given: &Given<'_>, found: &mut Vec<Violation>) {
    for Elements { name, list, indices } in &given.lists {
        let count = indices.len();
        let limits = lists.iter().filter(|limit| limit.name == *list);
        for limit in limits.filter(|limit| !(limit.min..=limit.max).contains(&count)) {
            found.push(Violation {
                parameter: (*name).to_owned(),
                rule: ViolatedRule::Items,
                value: Some(count.to_string()),
                expected: Cow::Owned(format!("a number of elements from {} to {}", limit.min, limit.max)),
                code: limit.refused_as,
                severity: Severity::Reported,
            });
        }
    }
}

fn check_filter(filter: &Filter, given: &Given<'_>, found: &mut Vec<Violation>) {
    if !given.has_list(filter.name) {
        return;
    }
    for index in given.indices(filter.name) {
        let is_field = |name, field| is_field_of(name, filter.name, *index, field);
        let key = given.known.iter().find(|known| is_field(known.name, "Key") && !known.value.is_empty());
        let values = given.lists.iter().find(|list| is_field(list.name, "Value"));
        match (key, values) {
            (None, _) => {
                found.push(structure(format!("{}.{index}.Key", filter.name), "a key for the values"))
            }
            (Some(_), None) => {
                found.push(structure(format!("{}.{index}.Value.1", filter.name), "a value for the key"))
            }
            (Some(key), Some(values)) => match filter.keys.iter().find(|known| known.key == key.value) {
                Some(known) => check_filter_values(values.name, known.checks, given, found),
                None => found.push(unknown_key(filter, key)),
            },
        }
    }
}

/// Whether a name is `LIST.INDEX.FIELD`.
fn is_field_of(name: &str, list: &str, index: usize, field: &str) -> bool {
    let rest = name.strip_suffix(field).and_then(|rest| rest.strip_prefix(list));
    let found = rest.and_then(|rest| rest.strip_prefix('.')?.strip_suffix('.'));
    found.is_some_and(|found| found.parse() == Ok(index))
}

fn check_filter_values(values: &str, checks: &[Check], given: &Given<'_>, found: &mut Vec<Violation>) {
    let is_value = |name: &str| name.strip_prefix(values).is_some_and(|rest| rest.starts_with('.'));
    for known in given.known.iter().filter(|known| is_value(known.name)) {
        check_limits(known, checks, found);
    }
}

fn unknown_key(filter: &Filter, key: &Known<'_>) -> Violation {
    Violation {
        parameter: key.name.to_owned(),
        rule: ViolatedRule::FilterKey,
        value: shown(key),
        expected: Cow::Owned(one_of(filter.keys.iter().map(|key| key.key))),
        code: filter.refused_as,
        severity: Severity::Reported,
    }
}

fn check_rule(rule: &Rule, given: &Given<'_>, found: &mut Vec<Violation>) {
    for Breach { parameter, expected } in rule.kind.breaches(given.parameters) {
        found.push(Violation {
            rule: violated(&rule.kind),
            value: given.known.iter().find(|known| known.name == parameter).and_then(shown),
            parameter,
            expected: Cow::Owned(expected),
            code: rule.refused_as,
            severity: if rule.inferred { Severity::Inferred } else { severity(rule.kind.is_form()) },
        });
    }
}

const fn violated(kind: &RuleKind<'_>) -> ViolatedRule {
    match kind {
        RuleKind::RangeBy { .. } => ViolatedRule::RangeBy,
        RuleKind::RequiredIf { .. } => ViolatedRule::RequiredIf,
        RuleKind::AllowedIf { .. } => ViolatedRule::AllowedIf,
        RuleKind::ValueIf { .. } => ViolatedRule::ValueIf,
        RuleKind::AtLeastOne(_) => ViolatedRule::AtLeastOne,
        RuleKind::AtMostOne(_) => ViolatedRule::AtMostOne,
        RuleKind::SameSubnet { .. } => ViolatedRule::SameSubnet,
    }
}

fn structure(parameter: impl Into<String>, expected: impl Into<Cow<'static, str>>) -> Violation {
    Violation {
        parameter: parameter.into(),
        rule: ViolatedRule::Structure,
        value: None,
        expected: expected.into(),
        code: None,
        severity: Severity::Refused,
    }
}

const fn severity(is_form: bool) -> Severity {
    if is_form { Severity::Refused } else { Severity::Reported }
}

fn shown(known: &Known<'_>) -> Option<String> {
    (!known.row.sensitive).then(|| known.value.to_owned())
}
