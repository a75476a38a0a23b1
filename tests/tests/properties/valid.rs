//! Arbitrary requests with nothing but valid values, from the resolved spec: parameters by their names as they are
//! sent. The fields of a JSON list stand there like those of any other list.

use aliyun_rpc_generator::model::{
    Filter, FilterKey, Items, Limit, Parameter, Scalar, Shape, Value, Wire, rejection,
};
use proptest::prelude::*;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Names and values.
pub(crate) type Pairs = Vec<(String, String)>;

/// Values for these parameters: those that are needed, and some of the others.
pub(crate) fn record<'a>(
    parameters: impl IntoIterator<Item = &'a Parameter>,
    is_needed: impl Fn(&Parameter) -> bool,
) -> BoxedStrategy<Pairs> {
    let parameters: Vec<_> = parameters
        .into_iter()
        .map(|one| match is_needed(one) {
            true => parameter(one),
            false => prop::option::weighted(0.6, parameter(one)).prop_map(Option::unwrap_or_default).boxed(),
        })
        .collect();
    parameters.prop_map(|pairs| pairs.concat()).boxed()
}

/// A value for a parameter; several, if it is a list.
pub(crate) fn parameter(parameter: &Parameter) -> BoxedStrategy<Pairs> {
    let name = parameter.wire.clone();
    match &parameter.shape {
        Shape::Value(of) => value(of).prop_map(move |text| vec![(name.clone(), text)]).boxed(),
        Shape::Values(of, items) => {
            let texts = prop::collection::vec(value(of), counts(items));
            texts.prop_map(move |texts| numbered(&name, texts)).boxed()
        }
        Shape::Objects { fields, items, .. } => elements(&name, record(fields, Parameter::is_needed), items),
        Shape::Filter(of) => elements(&name, filter(of), &of.items),
    }
}

fn counts(items: &Items) -> std::ops::RangeInclusive<usize> {
    let (least, most) = items.bounds.unwrap_or((1, 3));
    usize::try_from(least.max(1)).unwrap()..=usize::try_from(most).unwrap()
}

fn numbered(name: &str, texts: Vec<String>) -> Pairs {
    (1..).zip(texts).map(|(index, text)| (format!("{name}.{index}"), text)).collect()
}

fn elements(name: &str, element: BoxedStrategy<Pairs>, items: &Items) -> BoxedStrategy<Pairs> {
    let name = name.to_owned();
    // Nothing of an element without values would be sent.
    let element = element.prop_filter("no values", |pairs| !pairs.is_empty());
    prop::collection::vec(element, counts(items))
        .prop_map(move |elements| {
            let named = (1..).zip(elements).flat_map(|(index, pairs)| {
                let name = &name;
                pairs.into_iter().map(move |(inner, text)| (format!("{name}.{index}.{inner}"), text))
            });
            named.collect()
        })
        .boxed()
}

fn filter(filter: &Filter) -> BoxedStrategy<Pairs> {
    let counts = counts(&filter.values);
    let key = |FilterKey { wire, value: of, .. }: &FilterKey| {
        let key = wire.clone();
        let values = prop::collection::vec(value(of), counts.clone());
        let pairs = values.prop_map(move |values| {
            let mut pairs = numbered("Value", values);
            pairs.push(("Key".to_owned(), key.clone()));
            pairs
        });
        pairs.boxed()
    };
    prop::strategy::Union::new(filter.keys.iter().map(key)).boxed()
}

/// A single value that breaks no limit.
pub(crate) fn value(value: &Value) -> BoxedStrategy<String> {
    let of = value.clone();
    let is_valid = move |text: &String| rejection(&of, text).is_none();
    written(value).prop_filter("breaks another limit", is_valid).boxed()
}

fn written(value: &Value) -> BoxedStrategy<String> {
    let limits = || value.checks.iter().map(|check| &check.limit);
    if let Some(values) = limits().find_map(|limit| match limit {
        Limit::OneOf(values) => Some(values.clone()),
        _ => None,
    }) {
        return prop::sample::select(values).boxed();
    }
    match value.scalar {
        Scalar::Boolean => any::<bool>().prop_map(|flag| flag.to_string()).boxed(),
        Scalar::Integer => number(value),
        _ => limits()
            .find_map(|limit| match limit {
                Limit::Format(format) => Some(of_format(format, limits())),
                _ => None,
            })
            .unwrap_or_else(|| text(limits())),
    }
}

fn number(value: &Value) -> BoxedStrategy<String> {
    let range = value.checks.iter().find_map(|check| match check.limit {
        Limit::Range(least, most) => Some(least..=most),
        _ => None,
    });
    let any_of_type =
        if value.wire == Wire::Integer { i32::MIN.into()..=i32::MAX.into() } else { i64::MIN..=i64::MAX };
    let numbers = match range {
        Some(range) => range.boxed(),
        // Where a rule sets the range, only small ones are in it.
        None => prop_oneof![1..=9_i64, any_of_type].boxed(),
    };
    numbers.prop_map(|number| number.to_string()).boxed()
}

fn of_format<'a>(format: &str, mut limits: impl Iterator<Item = &'a Limit>) -> BoxedStrategy<String> {
    let v4 = any::<u32>().prop_map(|bits| Ipv4Addr::from_bits(bits).to_string());
    let v6 = any::<u128>().prop_map(|bits| Ipv6Addr::from_bits(bits).to_string());
    match format {
        "timestamp" => (
            1970..2100,
            1..=12,
            1..=28,
            0..24,
            0..60,
            prop::option::of(0..60),
            prop::sample::select(vec!["Z", ""]),
        )
            .prop_map(|(year, month, day, hour, minute, second, zone)| {
                let second = second.map(|second| format!(":{second:02}")).unwrap_or_default();
                format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}{second}{zone}")
            })
            .boxed(),
        "ipv4" => v4.boxed(),
        "ipv6" => v6.boxed(),
        "ip" => prop_oneof![v4, v6].boxed(),
        "cidr" => prop_oneof![
            (v4, 0..=32).prop_map(|(address, length)| format!("{address}/{length}")),
            (v6, 0..=128).prop_map(|(address, length)| format!("{address}/{length}")),
        ]
        .boxed(),
        "ipv4-mask" => {
            let lengths = limits.find_map(|limit| match limit {
                Limit::PrefixLength(least, most) => Some(*least..=*most),
                _ => None,
            });
            let dotted = |length: i64| {
                let bits = u32::MAX.checked_shl(u32::try_from(32 - length).unwrap()).unwrap_or_default();
                Ipv4Addr::from_bits(bits).to_string()
            };
            lengths.unwrap_or(0..=32).prop_map(dotted).boxed()
        }
        "digits" => prop::collection::vec(0..10, 1..20)
            .prop_map(|digits| digits.iter().map(i32::to_string).collect())
            .boxed(),
        other => panic!("no values of the format {other}"),
    }
}

/// What a limited text can consist of.
fn text<'a>(limits: impl Iterator<Item = &'a Limit>) -> BoxedStrategy<String> {
    let (mut first, mut only) = (any_character(), any_character());
    let (mut start, mut lengths) = (String::new(), 0..=12);
    for limit in limits {
        match limit {
            Limit::FirstIn(classes) => first = in_classes(classes),
            Limit::Only(classes) => only = in_classes(classes),
            Limit::Prefix(prefix) => start.clone_from(prefix),
            Limit::Length(least, most) => {
                lengths = usize::try_from(*least).unwrap()..=usize::try_from(*most).unwrap();
            }
            _ => {}
        }
    }
    (first, lengths)
        .prop_flat_map(move |(first, length)| {
            let head = match (start.as_str(), length) {
                ("", 0) => String::new(),
                ("", _) => first.to_string(),
                (start, _) => start.to_owned(),
            };
            let rest = prop::collection::vec(only.clone(), length.saturating_sub(head.chars().count()));
            rest.prop_map(move |rest| format!("{head}{}", String::from_iter(rest)))
        })
        .boxed()
}

fn any_character() -> BoxedStrategy<char> {
    let marks: Vec<char> = "%+&=?#/ ~*\r\n,;\"'<[{中😀".chars().collect();
    prop_oneof![any::<char>(), prop::sample::select(marks), prop::char::range('a', 'z')].boxed()
}

fn in_classes(classes: &[String]) -> BoxedStrategy<char> {
    let class = |class: &String| match class.as_str() {
        "letter" => prop_oneof![prop::char::range('a', 'z'), prop::char::range('A', 'Z')].boxed(),
        "digit" => prop::char::range('0', '9').boxed(),
        "han" => prop::char::range('一', '\u{9fff}').boxed(),
        "ascii" => prop::char::range('\0', '\u{7f}').boxed(),
        these => prop::sample::select(these.chars().collect::<Vec<_>>()).boxed(),
    };
    prop::strategy::Union::new(classes.iter().map(class)).boxed()
}
