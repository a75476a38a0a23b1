//! Values on either side of a limit. What lies on which side follows from the limit's description alone, not from
//! the code that is under test.

use aliyun_rpc::schema::{Chars, Format, Limit};
use std::net::Ipv4Addr;

/// Values on the two sides of a limit, those at the same bound together.
pub(crate) struct Sides {
    pub(crate) inside: Vec<Vec<String>>,
    pub(crate) outside: Vec<Vec<String>>,
}

/// Values just inside a limit and values just outside it. `row` are all limits of the value: texts are filled up
/// with what these leave room for, and values of which another limit is broken are the caller's to drop.
pub(crate) fn around(limit: &Limit<'_>, row: &[&Limit<'_>]) -> Sides {
    let (inside, outside) = match limit {
        Limit::Range { min, max } => (numbers([*min, *max]), numbers([min - 1, max + 1])),
        Limit::Length { min, max } => {
            let outside = [min.checked_sub(1), Some(max + 1)].into_iter().flatten();
            (
                [*min, *max].map(|length| texts(row, length)).to_vec(),
                outside.map(|length| texts(row, length)).collect(),
            )
        }
        Limit::OneOf(values) => {
            (values.iter().map(|value| vec![(*value).to_owned()]).collect(), vec![foreign(values)])
        }
        Limit::Prefix(prefix) => {
            (vec![vec![(*prefix).to_owned(), format!("{prefix}0")]], vec![beside(prefix)])
        }
        Limit::FirstIn(classes) => {
            let (inside, outside) = split(classes);
            (vec![starting(&inside)], vec![starting(&outside)])
        }
        Limit::Only(classes) => {
            let (inside, outside) = split(classes);
            (vec![ending(row, &inside)], vec![ending(row, &outside)])
        }
        Limit::NotPrefix(prefixes) => {
            let inside = |prefix: &&str| vec![format!("a{prefix}"), shorter(prefix), letters(prefix)];
            let outside =
                |prefix: &&str| vec![(*prefix).to_owned(), format!("{prefix}a"), prefix.to_uppercase()];
            (prefixes.iter().map(inside).collect(), prefixes.iter().map(outside).collect())
        }
        Limit::NoneOf(values) => {
            (vec![foreign(values)], values.iter().map(|value| vec![(*value).to_owned()]).collect())
        }
        Limit::Outside(networks) => networks.iter().map(|network| near(network)).unzip(),
        Limit::PrefixLength { min, max } => {
            let outside = [min.checked_sub(1), max.checked_add(1)].into_iter().flatten();
            ([*min, *max].map(masks).to_vec(), outside.map(masks).collect())
        }
        Limit::Format(format) => {
            let (inside, outside) = written(*format);
            (vec![inside], vec![outside])
        }
        other => panic!("no values for {other:?}"),
    };
    Sides { inside, outside }
}

fn numbers(numbers: [i64; 2]) -> Vec<Vec<String>> {
    numbers.iter().map(|number| vec![number.to_string()]).collect()
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// Near the values, yet others: as texts and as numbers.
fn foreign(values: &[&str]) -> Vec<String> {
    let near = values.iter().flat_map(|value| {
        let number = value.parse::<i64>().ok();
        let numbers = number.into_iter().flat_map(|number| [number - 1, number + 1]);
        numbers.map(|number| number.to_string()).chain([format!("{value}x"), shorter(value)])
    });
    near.filter(|value| !values.contains(&value.as_str())).collect()
}

fn shorter(text: &str) -> String {
    let mut text = text.to_owned();
    text.pop();
    text
}

/// The letters with which a text starts.
fn letters(text: &str) -> String {
    text.chars().take_while(char::is_ascii_alphabetic).collect()
}

fn beside(prefix: &str) -> Vec<String> {
    vec![shorter(prefix), format!("{}0", shorter(prefix)), format!("x{prefix}0"), prefix.to_uppercase()]
}

/// Characters at the edges of their classes, ASCII and Han ones of three and four bytes among them.
const CHARACTERS: &str = "\0 !-./09:@AZ[_`az{~\u{7f}\u{80}é\u{4dff}一\u{9fff}\u{a000}あ𠀀😀";

/// The characters that are in one of the classes and those that are in none.
fn split(classes: &[Chars<'_>]) -> (Vec<char>, Vec<char>) {
    let these = classes.iter().flat_map(|class| match class {
        Chars::These(characters) => characters.chars().collect(),
        _ => Vec::new(),
    });
    CHARACTERS
        .chars()
        .chain(these)
        .partition(|character| classes.iter().any(|class| is_in(*class, *character)))
}

fn is_in(class: Chars<'_>, character: char) -> bool {
    match class {
        Chars::Letter => "AZaz".contains(character),
        Chars::Digit => "09".contains(character),
        Chars::Han => "一\u{9fff}𠀀".contains(character),
        Chars::Ascii => u32::from(character) < 128,
        Chars::These(characters) => characters.contains(character),
        other => panic!("no characters for {other:?}"),
    }
}

/// Texts with this first character.
fn starting(first: &[char]) -> Vec<String> {
    let rests = ["", "a", "0", "aa", "00"];
    first.iter().flat_map(|first| rests.map(|rest| format!("{first}{rest}"))).collect()
}

/// Texts with this last character.
fn ending(row: &[&Limit<'_>], last: &[char]) -> Vec<String> {
    let starts = ["", "a", "0"].into_iter().chain([prefix(row)]);
    starts.flat_map(|start| last.iter().map(move |last| format!("{start}{last}"))).collect()
}

/// Texts of so many characters, filled up with ASCII and Han characters of three and four bytes.
fn texts(row: &[&Limit<'_>], length: usize) -> Vec<String> {
    let start = prefix(row);
    let rest = length.saturating_sub(start.chars().count());
    ["a", "0", "一", "𠀀"].iter().map(|fill| format!("{start}{}", fill.repeat(rest))).collect()
}

/// The prefix that the value has to have.
fn prefix<'a>(row: &[&Limit<'a>]) -> &'a str {
    let prefix = row.iter().find_map(|limit| match limit {
        Limit::Prefix(prefix) => Some(*prefix),
        _ => None,
    });
    prefix.unwrap_or_default()
}

/// Neighbours of an IPv4 network: what lies beside or around it, and what lies in it.
fn near(network: &str) -> (Vec<String>, Vec<String>) {
    let (address, length) = network.split_once('/').unwrap();
    let (address, length): (Ipv4Addr, u32) = (address.parse().unwrap(), length.parse().unwrap());
    let first = address.to_bits();
    let last = first | (u32::MAX >> length);
    let dotted = |bits: u32| Ipv4Addr::from_bits(bits).to_string();
    let beside = [first - 1, last + 1].map(dotted);
    let around = format!("{address}/{}", length - 1);
    let within = [first, last].map(dotted);
    let parts = [format!("{address}/{}", length + 1), format!("{}/32", dotted(last)), network.to_owned()];
    ([beside.to_vec(), vec![around]].concat(), [within.to_vec(), parts.to_vec()].concat())
}

/// A mask of so many bits, in each way of writing it.
fn masks(length: u8) -> Vec<String> {
    let dotted = u32::MAX.checked_shl(32 - u32::from(length.min(32))).unwrap_or_default();
    let dotted = (length <= 32).then(|| Ipv4Addr::from_bits(dotted).to_string());
    dotted.into_iter().chain([format!("/{length}"), format!("2001:db8::/{length}")]).collect()
}

/// Texts in a written form, and texts that are nearly so.
fn written(format: Format) -> (Vec<String>, Vec<String>) {
    let v4 = ["0.0.0.0", "255.255.255.255"];
    let not_v4 = ["256.0.0.0", "1.2.3", "1.2.3.4.5", "1.2.3.4/24", "1.2.3.a"];
    let v6 = ["::", "2001:db8::1", "1:2:3:4:5:6:7:8"];
    let not_v6 = ["1:2:3:4:5:6:7", "1::2::3", "2001:db8::/64", "2001:db8::g"];
    let (inside, outside) = match format {
        Format::Timestamp => (
            vec!["2022-02-28T16:00:00Z", "2022-02-28T16:00Z", "2022-02-28T16:00:00", "2022-02-28T16:00"],
            vec!["2022-02-29T16:00:00Z", "2022-02-28 16:00:00Z", "2022-02-28T25:00:00Z", "2022-02-28"],
        ),
        Format::Ipv4 => (v4.to_vec(), [not_v4.as_slice(), &v6].concat()),
        Format::Ipv6 => (v6.to_vec(), [not_v6.as_slice(), &v4].concat()),
        Format::Ip => ([v4.as_slice(), &v6].concat(), [not_v4.as_slice(), &not_v6].concat()),
        Format::Cidr => (
            vec!["0.0.0.0/0", "10.0.0.0/32", "10.0.0.1", "::/0", "2001:db8::/128", "2001:db8::1"],
            vec!["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "2001:db8::/129", "/24"],
        ),
        Format::Ipv4Mask => {
            (vec!["255.255.255.252", "255.0.0.0"], vec!["255.0.255.0", "255.255.255.253", "/30"])
        }
        Format::Digits => (vec!["0", "0123456789"], vec!["12a", "-1", "+1", "1 ", "１"]),
        other => panic!("no values for {other:?}"),
    };
    (owned(&inside), owned(&outside))
}
