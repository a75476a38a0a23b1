//! Rules between parameters: which parameters break one, and what they should be.

use super::limits::one_of;
use super::network::{Network, mask_length};
use crate::parameters::Parameters;
use crate::schema::{Breach, RuleKind, Values, When};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::net::IpAddr;

/// The parameters that break a rule.
pub(crate) fn breaches(kind: &RuleKind<'_>, parameters: &Parameters) -> Vec<Breach> {
    match *kind {
        RuleKind::RangeBy { parameter, by, default, ranges } => {
            range_by(parameter, by, decides(by, default, parameters), ranges, parameters)
        }
        RuleKind::RequiredIf { parameters: names, when } => required_if(names, when, parameters),
        RuleKind::AllowedIf { parameters: names, when } => allowed_if(names, when, parameters),
        RuleKind::ValueIf { parameter, one_of, when } => value_if(parameter, one_of, when, parameters),
        RuleKind::AtLeastOne(sets) => at_least_one(sets, parameters),
        RuleKind::AtMostOne(sets) => at_most_one(sets, parameters),
        RuleKind::SameSubnet { addresses, mask } => same_subnet(addresses, mask, parameters),
    }
}

fn breach(parameter: &str, expected: String) -> Breach {
    Breach { parameter: parameter.to_owned(), expected }
}

/// The value of a parameter; if it is left out, what it counts as then.
fn decides<'a>(name: &str, default: Option<&'a str>, parameters: &'a Parameters) -> Option<&'a str> {
    parameters.given(name).or(default)
}

fn range_by(
    parameter: &str,
    by: &str,
    decides: Option<&str>,
    ranges: &[(&str, i64, i64)],
    parameters: &Parameters,
) -> Vec<Breach> {
    let range = ranges.iter().find(|(value, ..)| decides.is_some_and(|found| is_same(found, value)));
    let Some((value, min, max)) = range else { return Vec::new() };
    // What is no number at all violates its type.
    let number = parameters.given(parameter).and_then(|value| value.parse::<i64>().ok());
    match number.filter(|number| !(*min..=*max).contains(number)) {
        Some(_) => vec![breach(parameter, format!("a number from {min} to {max}, with {by} {value}"))],
        None => Vec::new(),
    }
}

fn required_if(names: &[&str], when: When<'_>, parameters: &Parameters) -> Vec<Breach> {
    let Some(reason) = met(when, parameters) else { return Vec::new() };
    let missing = names.iter().filter(|name| !parameters.is_given(name));
    missing.map(|name| breach(name, format!("a value, with {reason}"))).collect()
}

fn allowed_if(names: &[&str], when: When<'_>, parameters: &Parameters) -> Vec<Breach> {
    if met(when, parameters).is_some() {
        return Vec::new();
    }
    let expected = match when.values {
        Values::Given => format!("no value without {}", when.parameter),
        Values::OneOf(values) => format!("no value unless {} is {}", when.parameter, any_of(values)),
    };
    let given = names.iter().filter(|name| parameters.is_given(name));
    given.map(|name| breach(name, expected.clone())).collect()
}

fn value_if(parameter: &str, values: &[&str], when: When<'_>, parameters: &Parameters) -> Vec<Breach> {
    let (Some(value), Some(reason)) = (parameters.given(parameter), met(when, parameters)) else {
        return Vec::new();
    };
    if values.iter().any(|allowed| is_same(value, allowed)) {
        return Vec::new();
    }
    vec![breach(parameter, format!("{}, with {reason}", any_of(values)))]
}

/// Why a condition holds, if it does: `InstanceChargeType PrePaid`.
fn met(when: When<'_>, parameters: &Parameters) -> Option<String> {
    let name = when.parameter;
    match when.values {
        Values::Given => parameters.is_given(name).then(|| name.to_owned()),
        Values::OneOf(values) => {
            let found = decides(name, when.default, parameters)?;
            let value = values.iter().find(|value| is_same(found, value))?;
            Some(format!("{name} {value}"))
        }
    }
}

/// Whether a value is one that a rule names. The service reads `True` as `true`.
fn is_same(value: &str, named: &str) -> bool {
    let is_flag = matches!(named, "true" | "false");
    value == named || is_flag && value.eq_ignore_ascii_case(named)
}

/// Of the sets, the one that most was given of is taken to be meant.
fn at_least_one(sets: &[&[&str]], parameters: &Parameters) -> Vec<Breach> {
    let is_missing = |name: &&&str| !parameters.is_given(name);
    let missing = meant(sets, parameters).and_then(|set| set.iter().find(is_missing));
    let is_full = |set: &&[&str]| set.iter().all(|name| parameters.is_given(name));
    match missing.filter(|_| !sets.iter().any(is_full)) {
        Some(name) => vec![breach(name, in_words(sets))],
        None => Vec::new(),
    }
}

/// What is given beside the set that is taken to be meant.
fn at_most_one(sets: &[&[&str]], parameters: &Parameters) -> Vec<Breach> {
    let Some(meant) = meant(sets, parameters) else { return Vec::new() };
    let mut others: BTreeSet<&str> = sets.iter().copied().flatten().copied().collect();
    others.retain(|name| !meant.contains(name) && parameters.is_given(name));
    let given = meant.iter().find(|name| parameters.is_given(name));
    let expected = format!("no value beside {}", given.copied().unwrap_or_default());
    others.into_iter().map(|name| breach(name, expected.clone())).collect()
}

/// The set of which most parameters are given, the first of several.
fn meant<'a>(sets: &[&'a [&'a str]], parameters: &Parameters) -> Option<&'a [&'a str]> {
    let given = |set: &&[&str]| set.iter().filter(|name| parameters.is_given(name)).count();
    sets.iter().copied().min_by_key(|set| Reverse(given(set)))
}

/// `NextHopList, or NextHopType and NextHopId`
fn in_words(sets: &[&[&str]]) -> String {
    sets.iter().map(|set| set.join(" and ")).collect::<Vec<_>>().join(", or ")
}

fn same_subnet(names: &[&str], mask: &str, parameters: &Parameters) -> Vec<Breach> {
    let Some(length) = parameters.given(mask).and_then(mask_length) else { return Vec::new() };
    let mut networks = names.iter().filter_map(|name| {
        let address: IpAddr = parameters.given(name)?.parse().ok()?;
        Some((*name, Network::new(address, length)?))
    });
    let Some((first, due)) = networks.next() else { return Vec::new() };
    let outside = networks.filter(|(_, network)| !network.lies_in(due));
    outside
        .map(|(name, _)| breach(name, format!("an address in one subnet with {first}, by {mask}")))
        .collect()
}

/// `VBR`, or `one of VRouter, VBR`
fn any_of(values: &[&str]) -> String {
    match values {
        [only] => (*only).to_owned(),
        values => one_of(values.iter().copied()),
    }
}
