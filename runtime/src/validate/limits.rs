//! Checks one value against its type and its limits.

use super::ViolatedRule;
use super::network::{Network, dotted_length, mask_length};
use crate::schema::{Chars, Format, Limit, Wire};
use std::borrow::Cow;
use std::fmt::Display;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a value should be, if it does not have its type on the wire.
pub(crate) fn wrong_type(wire: Wire, value: &str) -> Option<&'static str> {
    let (good, expected) = match wire {
        Wire::String => (true, ""),
        Wire::Integer => (value.parse::<i32>().is_ok(), "a whole number of 32 bits"),
        Wire::Long => (value.parse::<i64>().is_ok(), "a whole number of 64 bits"),
        Wire::Boolean => {
            (["true", "false"].iter().any(|word| value.eq_ignore_ascii_case(word)), "true or false")
        }
        Wire::Json => (is_array_of_objects(value), "a JSON array of objects"),
    };
    (!good).then_some(expected)
}

fn is_array_of_objects(value: &str) -> bool {
    let elements: Vec<serde_json::Value> = serde_json::from_str(value).unwrap_or_else(|_| vec![false.into()]);
    elements.iter().all(serde_json::Value::is_object)
}

/// The rule that a value violates, if it does, and what it should be.
pub(super) fn violated(limit: &Limit<'_>, value: &str) -> Option<(ViolatedRule, Cow<'static, str>)> {
    (!holds(limit, value)).then(|| (rule(limit), Cow::Owned(expected(limit))))
}

pub(crate) fn holds(limit: &Limit<'_>, value: &str) -> bool {
    match limit {
        Limit::Range { min, max } => value.parse().is_ok_and(|number| (*min..=*max).contains(&number)),
        Limit::Length { min, max } => (*min..=*max).contains(&value.chars().count()),
        Limit::OneOf(values) => values.contains(&value),
        Limit::Prefix(prefix) => value.starts_with(prefix),
        Limit::FirstIn(classes) => value.chars().next().is_none_or(|first| is_in(classes, first)),
        Limit::Only(classes) => value.chars().all(|character| is_in(classes, character)),
        Limit::NotPrefix(prefixes) => !prefixes.iter().any(|prefix| starts_with(value, prefix)),
        Limit::NoneOf(values) => !values.contains(&value),
        Limit::Outside(networks) => is_outside(networks, value),
        Limit::PrefixLength { min, max } => {
            mask_length(value).is_some_and(|length| (u32::from(*min)..=u32::from(*max)).contains(&length))
        }
        Limit::Format(format) => is_written_as(*format, value),
    }
}

/// Whether a text starts with another, in upper or lower case.
fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn is_in(classes: &[Chars<'_>], character: char) -> bool {
    classes.iter().any(|class| match class {
        Chars::Letter => character.is_ascii_alphabetic(),
        Chars::Digit => character.is_ascii_digit(),
        Chars::Han => is_han(character),
        Chars::Ascii => character.is_ascii(),
        Chars::These(characters) => characters.contains(character),
    })
}

/// The blocks of unified and compatibility ideographs, and the two Han characters outside them that names have.
fn is_han(character: char) -> bool {
    matches!(character, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

fn is_written_as(format: Format, value: &str) -> bool {
    match format {
        Format::Timestamp => crate::time::parse(value).is_some(),
        Format::Ipv4 => value.parse::<Ipv4Addr>().is_ok(),
        Format::Ipv6 => value.parse::<Ipv6Addr>().is_ok(),
        Format::Ip => value.parse::<IpAddr>().is_ok(),
        Format::Cidr => Network::parse(value).is_some(),
        Format::Ipv4Mask => value.parse().ok().and_then(dotted_length).is_some(),
        Format::Digits => is_digits(value),
    }
}

/// What is no network at all violates its format.
fn is_outside(networks: &[&str], value: &str) -> bool {
    let Some(found) = Network::parse(value) else { return true };
    !networks.iter().filter_map(|network| Network::parse(network)).any(|network| found.lies_in(network))
}

fn is_digits(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

const fn rule(limit: &Limit<'_>) -> ViolatedRule {
    match limit {
        Limit::Range { .. } => ViolatedRule::Range,
        Limit::Length { .. } => ViolatedRule::Length,
        Limit::OneOf(_) => ViolatedRule::OneOf,
        Limit::Prefix(_) => ViolatedRule::Prefix,
        Limit::FirstIn(_) | Limit::Only(_) => ViolatedRule::Characters,
        Limit::NotPrefix(_) => ViolatedRule::NotPrefix,
        Limit::NoneOf(_) => ViolatedRule::NoneOf,
        Limit::Outside(_) => ViolatedRule::Outside,
        Limit::PrefixLength { .. } => ViolatedRule::PrefixLength,
        Limit::Format(_) => ViolatedRule::Format,
    }
}

pub(crate) fn expected(limit: &Limit<'_>) -> String {
    match limit {
        Limit::Range { min, max } => format!("a number from {min} to {max}"),
        Limit::Length { min, max } => format!("a text of {} characters", span(*min, *max)),
        Limit::OneOf(values) => one_of(values.iter().copied()),
        Limit::Prefix(prefix) => format!("a text that starts with {prefix}"),
        Limit::FirstIn(classes) => format!("a text that starts with one of: {}", named(classes)),
        Limit::Only(classes) => format!("a text of nothing but: {}", named(classes)),
        Limit::NotPrefix(prefixes) => {
            format!("a text that starts otherwise than with {}", prefixes.join(", "))
        }
        Limit::NoneOf(values) => format!("a value other than {}", values.join(", ")),
        Limit::Outside(networks) => {
            format!("an address or a network that does not lie in {}", networks.join(", "))
        }
        Limit::PrefixLength { min, max } => format!("a mask of {} bits", span(*min, *max)),
        Limit::Format(format) => form(*format).to_owned(),
    }
}

/// `one of Month, Year`
pub(super) fn one_of<'a>(values: impl Iterator<Item = &'a str>) -> String {
    format!("one of {}", values.collect::<Vec<_>>().join(", "))
}

/// `2 to 128`, or `3` if both ends are.
fn span<T: Display + PartialEq>(min: T, max: T) -> String {
    if min == max { min.to_string() } else { format!("{min} to {max}") }
}

fn named(classes: &[Chars<'_>]) -> String {
    let names = classes.iter().map(|class| match class {
        Chars::Letter => "a-z, A-Z",
        Chars::Digit => "0-9",
        Chars::Han => "Chinese characters",
        Chars::Ascii => "ASCII characters",
        Chars::These(characters) => characters,
    });
    names.collect::<Vec<_>>().join(", ")
}

const fn form(format: Format) -> &'static str {
    match format {
        Format::Timestamp => "a time such as 2022-02-28T16:00:00Z",
        Format::Ipv4 => "an IPv4 address",
        Format::Ipv6 => "an IPv6 address",
        Format::Ip => "an IP address",
        Format::Cidr => "a network such as 10.0.0.0/24",
        Format::Ipv4Mask => "an IPv4 mask such as 255.255.255.252",
        Format::Digits => "a text of digits",
    }
}
