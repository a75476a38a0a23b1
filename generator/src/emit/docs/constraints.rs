//! Constraints in words.

use super::links::Links;
use super::markdown::{code, listed};
use crate::model::{Check, Items, Limit};
use std::collections::BTreeSet;

/// What a value must be like, and with which code the service refuses it otherwise.
pub(super) fn sentences<'a>(checks: impl IntoIterator<Item = &'a Check>, links: &Links<'_>) -> String {
    let mut text = Vec::new();
    let mut codes = BTreeSet::new();
    for check in checks {
        text.push(sentence(&check.limit));
        codes.extend(check.refused_as.as_ref());
    }
    text.extend(codes.into_iter().map(|code| otherwise(Some(code), links)));
    text.join(" ")
}

/// The code that a violation leads to, as a sentence.
pub(super) fn otherwise(code: Option<&String>, links: &Links<'_>) -> String {
    code.map(|code| format!("Otherwise {}.", links.error_code(code))).unwrap_or_default()
}

/// A constraint as a sentence.
pub(in crate::emit) fn sentence(limit: &Limit) -> String {
    match limit {
        Limit::Range(least, most) => format!("{}.", capitalised(&range(*least, *most))),
        Limit::Length(least, most) => format!("{}.", capitalised(&count(*least, *most, "character"))),
        Limit::OneOf(values) => match values.as_slice() {
            [only] => format!("Only {}.", code(only)),
            values => format!("{}.", listed(&codes(values), "or")),
        },
        Limit::Prefix(prefix) => format!("Begins with {}.", code(prefix)),
        Limit::FirstIn(classes) => format!("The first character is {}.", listed(&singular(classes), "or")),
        Limit::Only(classes) => format!("Only {}.", listed(&plural(classes), "and")),
        Limit::NotPrefix(prefixes) => format!("Does not begin with {}.", listed(&codes(prefixes), "or")),
        Limit::NoneOf(values) => format!("Not {}.", listed(&codes(values), "nor")),
        Limit::Outside(networks) => {
            format!("Does not lie in {}.", listed(&codes(networks), "or"))
        }
        Limit::PrefixLength(least, most) => format!("A mask of {}.", count(*least, *most, "bit")),
        Limit::Format(name) => format!("{}.", format_words(name)),
    }
}

/// How many elements a list may have, as a sentence; nothing if there is no limit.
pub(super) fn items(items: &Items, what: &str, links: &Links<'_>) -> String {
    let Some((least, most)) = items.bounds else { return String::new() };
    let otherwise = otherwise(items.refused_as.as_ref(), links);
    format!("{}. {otherwise}", count(least, most, what)).trim_end().to_owned()
}

pub(super) fn range(least: i64, most: i64) -> String {
    if least == most { least.to_string() } else { format!("from {least} to {most}") }
}

fn count(least: i64, most: i64, what: &str) -> String {
    let ending = if most == 1 { "" } else { "s" };
    if least == most { format!("{most} {what}{ending}") } else { format!("{least} to {most} {what}{ending}") }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

pub(super) fn codes(values: &[String]) -> Vec<String> {
    values.iter().map(|value| code(value)).collect()
}

fn singular(classes: &[String]) -> Vec<String> {
    classes_in_words(classes, ["a letter", "a digit", "a Chinese character", "an ASCII character"])
}

fn plural(classes: &[String]) -> Vec<String> {
    classes_in_words(classes, ["letters", "digits", "Chinese characters", "ASCII characters"])
}

fn classes_in_words(classes: &[String], [letter, digit, han, ascii]: [&str; 4]) -> Vec<String> {
    let words = classes.iter().flat_map(|class| match class.as_str() {
        "letter" => vec![letter.to_owned()],
        "digit" => vec![digit.to_owned()],
        "han" => vec![han.to_owned()],
        "ascii" => vec![ascii.to_owned()],
        these => these.chars().map(|character| code(&character.to_string())).collect(),
    });
    words.collect()
}

fn format_words(name: &str) -> &str {
    match name {
        "timestamp" => "A time in UTC, such as `2022-02-28T16:00:00Z`",
        "ipv4" => "An IPv4 address",
        "ipv6" => "An IPv6 address",
        "ip" => "An IPv4 or IPv6 address",
        "cidr" => "A network, such as `192.168.0.0/16`; a bare address stands for itself alone",
        "ipv4-mask" => "An IPv4 mask, such as `255.255.255.252`",
        "digits" => "Only digits",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::model::Limit;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn every_constraint_is_a_sentence() {
        let cases = [
            (Limit::Range(2, 10240), "From 2 to 10240."),
            (Limit::Range(1500, 1500), "1500."),
            (Limit::Length(2, 128), "2 to 128 characters."),
            (Limit::Length(0, 1), "0 to 1 character."),
            (Limit::OneOf(texts(&["VPC"])), "Only `VPC`."),
            (Limit::OneOf(texts(&["a", "b", "c"])), "`a`, `b` or `c`."),
            (Limit::Prefix("pc-".to_owned()), "Begins with `pc-`."),
            (
                Limit::FirstIn(texts(&["letter", "han"])),
                "The first character is a letter or a Chinese character.",
            ),
            (Limit::Only(texts(&["letter", "digit", "_-"])), "Only letters, digits, `_` and `-`."),
            (
                Limit::NotPrefix(texts(&["http://", "https://"])),
                "Does not begin with `http://` or `https://`.",
            ),
            (Limit::NoneOf(texts(&["45104", "0"])), "Not `45104` nor `0`."),
            (Limit::Outside(texts(&["100.64.0.0/10"])), "Does not lie in `100.64.0.0/10`."),
            (Limit::PrefixLength(24, 30), "A mask of 24 to 30 bits."),
            (Limit::Format("digits".to_owned()), "Only digits."),
        ];
        for (limit, expected) in cases {
            assert_eq!(sentence(&limit), expected);
        }
    }
}
