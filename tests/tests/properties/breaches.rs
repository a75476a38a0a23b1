//! Ways to keep a rule between parameters and to break it. What breaks it follows from the rule's description alone,
//! not from the code that is under test.

use aliyun_rpc_generator::model::{Action, Limit, Parameter, RuleKind, Scalar, Shape, Value, Values, When};
use proptest::prelude::*;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What becomes of a parameter.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// It is left out.
    Not,
    /// It has any valid value.
    Any,
    /// It has this value.
    As(String),
}

/// Parameters and what becomes of each.
pub(crate) type Settings = Vec<(String, Given)>;

/// A way to keep a rule, or to break it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The parameters of the rule. What the case leaves open is not named.
    pub(crate) given: Settings,
    /// The parameters that are found to break the rule; one of these lists, as a rule may leave open who is to blame.
    pub(crate) blamed: Vec<Vec<String>>,
}

fn case(given: Settings, blamed: Vec<Vec<&String>>) -> Case {
    let owned = |names: Vec<&String>| names.into_iter().cloned().collect();
    Case { given, blamed: blamed.into_iter().map(owned).collect() }
}

fn kept(given: Settings) -> Case {
    case(given, vec![vec![]])
}

fn one(name: &str, given: Given) -> (String, Given) {
    (name.to_owned(), given)
}

fn all(names: &[String], given: &Given) -> Settings {
    names.iter().map(|name| one(name, given.clone())).collect()
}

/// Every way there is, with arbitrary addresses where the rule is about those.
pub(crate) fn cases(kind: &RuleKind, action: &Action) -> BoxedStrategy<Vec<Case>> {
    let cases = match kind {
        RuleKind::RangeBy { parameter, by, default, ranges } => {
            ranges_by(parameter, by, default.as_ref(), ranges)
        }
        RuleKind::RequiredIf { parameters, when } => required_if(parameters, when, action),
        RuleKind::AllowedIf { parameters, when } => allowed_if(parameters, when, action),
        RuleKind::ValueIf { parameter, one_of, when } => value_if(parameter, one_of, when, action),
        RuleKind::AtLeastOne(sets) => at_least_one(sets),
        RuleKind::AtMostOne(sets) => at_most_one(sets),
        RuleKind::SameSubnet { addresses, mask } => return same_subnet(addresses, mask, action),
    };
    Just(cases).boxed()
}

fn ranges_by(
    parameter: &String,
    by: &str,
    default: Option<&String>,
    ranges: &[(String, i64, i64)],
) -> Vec<Case> {
    let mut cases = Vec::new();
    for (value, least, most) in ranges {
        let by_default = (default == Some(value)).then_some(Given::Not);
        for decides in [Given::As(value.clone())].into_iter().chain(by_default) {
            let with = |number| vec![one(by, decides.clone()), one(parameter, number)];
            let number = |number: i64| with(Given::As(number.to_string()));
            cases.extend([kept(number(*least)), kept(number(*most)), kept(with(Given::Not))]);
            cases.extend([least - 1, most + 1].map(|beyond| case(number(beyond), vec![vec![parameter]])));
        }
    }
    cases
}

/// Ways in which a condition is met, and ways in which it is not.
fn conditions(when: &When, action: &Action) -> (Settings, Settings) {
    let name = &when.parameter;
    let Values::OneOf(values) = &when.values else {
        return (vec![one(name, Given::Any)], vec![one(name, Given::Not)]);
    };
    let left_out = one(name, Given::Not);
    let (mut met, mut unmet): (Vec<_>, Vec<_>) = (
        values.iter().map(|value| one(name, Given::As(value.clone()))).collect(),
        others(name, values, action).map(|value| one(name, Given::As(value))).collect(),
    );
    match &when.default {
        Some(default) if values.contains(default) => met.push(left_out),
        _ => unmet.push(left_out),
    }
    (met, unmet)
}

/// Other values of a parameter than these.
fn others(name: &str, values: &[String], action: &Action) -> impl Iterator<Item = String> {
    let value = single(name, action);
    let allowed = value.checks.iter().find_map(|check| match &check.limit {
        Limit::OneOf(allowed) => Some(allowed.clone()),
        _ => None,
    });
    let flags = || ["true", "false"].map(str::to_owned).to_vec();
    let allowed =
        allowed.unwrap_or_else(|| if value.scalar == Scalar::Boolean { flags() } else { Vec::new() });
    allowed.into_iter().filter(|value| !values.contains(value)).collect::<Vec<_>>().into_iter()
}

fn single<'a>(name: &str, action: &'a Action) -> &'a Value {
    let parameter = action.parameters.iter().find(|parameter| parameter.wire == name);
    match parameter.map(|Parameter { shape, .. }| shape) {
        Some(Shape::Value(value)) => value,
        other => panic!("{name} is no single value: {other:?}"),
    }
}

fn with(condition: &(String, Given), given: Settings) -> Settings {
    [vec![condition.clone()], given].concat()
}

/// All of the parameters but one are as told, and the one is otherwise.
fn but_one(parameters: &[String], all_are: &Given, one_is: &Given) -> Vec<(String, Settings)> {
    let odd = parameters.iter().map(|odd| {
        let given =
            parameters.iter().map(|name| one(name, if name == odd { one_is } else { all_are }.clone()));
        (odd.clone(), given.collect())
    });
    odd.collect()
}

fn required_if(parameters: &[String], when: &When, action: &Action) -> Vec<Case> {
    let (met, unmet) = conditions(when, action);
    let kept_if_met = met.iter().map(|met| kept(with(met, all(parameters, &Given::Any))));
    let kept_if_not = unmet.iter().map(|unmet| kept(with(unmet, all(parameters, &Given::Not))));
    let broken = met.iter().flat_map(|met| {
        let one_missing = but_one(parameters, &Given::Any, &Given::Not).into_iter();
        let one_missing = one_missing.map(move |(odd, given)| case(with(met, given), vec![vec![&odd]]));
        let none_given = case(with(met, all(parameters, &Given::Not)), vec![parameters.iter().collect()]);
        one_missing.chain([none_given])
    });
    kept_if_met.chain(kept_if_not).chain(broken).collect()
}

fn allowed_if(parameters: &[String], when: &When, action: &Action) -> Vec<Case> {
    let (met, unmet) = conditions(when, action);
    let kept_if_met = met.iter().map(|met| kept(with(met, all(parameters, &Given::Any))));
    let kept_if_not = unmet.iter().map(|unmet| kept(with(unmet, all(parameters, &Given::Not))));
    let broken = unmet.iter().flat_map(|unmet| {
        let one_given = but_one(parameters, &Given::Not, &Given::Any).into_iter();
        one_given.map(move |(odd, given)| case(with(unmet, given), vec![vec![&odd]]))
    });
    kept_if_met.chain(kept_if_not).chain(broken).collect()
}

fn value_if(parameter: &String, one_of: &[String], when: &When, action: &Action) -> Vec<Case> {
    let (met, unmet) = conditions(when, action);
    let is = |value: &String| one(parameter, Given::As(value.clone()));
    let others: Vec<String> = others(parameter, one_of, action).collect();
    let mut cases = Vec::new();
    for met in &met {
        cases.extend(one_of.iter().map(|value| kept(with(met, vec![is(value)]))));
        cases.push(kept(with(met, vec![one(parameter, Given::Not)])));
        cases.extend(others.iter().map(|other| case(with(met, vec![is(other)]), vec![vec![parameter]])));
    }
    for unmet in &unmet {
        cases.extend(others.iter().map(|other| kept(with(unmet, vec![is(other)]))));
    }
    cases
}

/// The parameters of all sets, those of one given as told and the others left out.
fn only(sets: &[Vec<String>], given: &[String]) -> Settings {
    let names = sets.iter().flatten();
    names.map(|name| one(name, if given.contains(name) { Given::Any } else { Given::Not })).collect()
}

fn at_least_one(sets: &[Vec<String>]) -> Vec<Case> {
    let none = case(only(sets, &[]), sets.iter().flatten().map(|name| vec![name]).collect());
    let full = sets.iter().map(|set| kept(only(sets, set)));
    let partial = sets.iter().filter(|set| set.len() > 1).flat_map(|set| {
        set.iter().map(|missing| {
            let rest: Vec<String> = set.iter().filter(|name| *name != missing).cloned().collect();
            case(only(sets, &rest), vec![vec![missing]])
        })
    });
    full.chain([none]).chain(partial).collect()
}

fn at_most_one(sets: &[Vec<String>]) -> Vec<Case> {
    let none = kept(only(sets, &[]));
    let full = sets.iter().map(|set| kept(only(sets, set)));
    let pairs = sets.iter().enumerate().flat_map(|(at, one)| {
        sets.iter().skip(at + 1).map(move |other| {
            let beside = |set: &Vec<String>, other: &[String]| {
                let of_set = set.iter().filter(|name| !other.contains(name));
                of_set.cloned().collect::<Vec<String>>()
            };
            let blamed = vec![beside(one, other), beside(other, one)];
            Case { given: only(sets, &[one.clone(), other.clone()].concat()), blamed }
        })
    });
    full.chain([none]).chain(pairs).collect()
}

/// Addresses of which all bits before the length of the mask are equal, and addresses of which one such bit is not.
fn same_subnet(addresses: &[String], mask: &str, action: &Action) -> BoxedStrategy<Vec<Case>> {
    let is_v6 = single(&addresses[0], action).scalar == Scalar::Runtime("Ipv6Address");
    let lengths = if is_v6 { 1_u32..=127 } else { 24..=30 };
    let (addresses, mask) = (addresses.to_vec(), mask.to_owned());
    let bits = prop::collection::vec(any::<u128>(), addresses.len());
    (bits, lengths, any::<prop::sample::Index>())
        .prop_map(move |(bits, length, flipped)| {
            let text = |bits: u128| match is_v6 {
                true => Ipv6Addr::from_bits(bits).to_string(),
                false => Ipv4Addr::from_bits(u32::try_from(bits >> 96).unwrap()).to_string(),
            };
            let network = u128::MAX << (128 - length);
            // Bits count from the front, so that both versions share the arithmetic.
            let flip = 1_u128 << (127 - flipped.index(usize::try_from(length).unwrap()));
            let mask_is = if is_v6 { format!("{}/{length}", text(bits[0] & network)) } else { text(network) };
            let lie = |odd: Option<usize>| -> Settings {
                let texts = bits.iter().enumerate().map(|(index, own)| {
                    let inside = bits[0] & network | own & !network;
                    text(if odd == Some(index) { inside ^ flip } else { inside })
                });
                addresses.iter().zip(texts).map(|(name, text)| one(name, Given::As(text))).collect()
            };
            let masked = |given| with(&one(&mask, Given::As(mask_is.clone())), given);
            let without = with(&one(&mask, Given::Not), lie(Some(1)));
            let broken = addresses.iter().enumerate().skip(1);
            let broken = broken.map(|(odd, name)| case(masked(lie(Some(odd))), vec![vec![name]]));
            [kept(masked(lie(None))), kept(without)].into_iter().chain(broken).collect()
        })
        .boxed()
}
