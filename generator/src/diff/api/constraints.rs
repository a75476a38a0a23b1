//! Constraints on single values and on the length of lists: loosened or tightened.

use super::named;
use crate::diff::change::{Class, Kind, Scope};
use crate::model::{Check, Items, Limit, Model, Scalar, Value};
use std::collections::BTreeSet;
use std::mem::discriminant;

/// What is constrained.
pub(super) struct Place<'a> {
    /// The parameter or the key, in words.
    pub(super) what: &'a str,
    /// The models before and after.
    pub(super) models: (&'a Model, &'a Model),
}

/// How the set of good values changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Some are no longer good.
    Tightened,
    /// More are good.
    Loosened,
}

impl Move {
    /// By whether each old value is a good new one, and the reverse. What is both is loosened in one place and
    /// tightened in another, and the latter is what hurts.
    fn by(old_in_new: bool) -> Self {
        if old_in_new { Move::Loosened } else { Move::Tightened }
    }

    pub(super) const fn kind(self) -> Kind {
        match self {
            Move::Tightened => Kind::ConstraintTightened,
            Move::Loosened => Kind::ConstraintLoosened,
        }
    }

    /// What it means: a rule of form is refused before anything is sent, any other is only reported.
    pub(super) const fn class(self, is_form: bool) -> (Class, &'static str) {
        match (self, is_form) {
            (Move::Tightened, true) => {
                (Class::Breaking, "a rule of form: what was sent is refused before it is sent")
            }
            (Move::Loosened, true) => (Class::Addition, "a rule of form: what was refused is sent"),
            (_, false) => (Class::Fix, "it is reported, and refused under strict validation alone"),
        }
    }
}

pub(super) fn compare(place: &Place<'_>, old: &Value, new: &Value, scope: &mut Scope<'_>) {
    for check in old.checks.iter().filter(|check| same_kind(check, &new.checks).is_none()) {
        if !follows_type(place, (old, Some(&check.limit)), (new, None)) {
            let text = format!("{} need no longer be {}", place.what, check.limit.expected());
            report(Move::Loosened, check.limit.is_form(), text, scope);
        }
    }
    for check in &new.checks {
        let before = same_kind(check, &old.checks);
        if before.map(|before| &before.limit) == Some(&check.limit)
            || follows_type(place, (old, before.map(|before| &before.limit)), (new, Some(&check.limit)))
        {
            continue;
        }
        let (expected, is_form) = (check.limit.expected(), check.limit.is_form());
        match before {
            None => report(Move::Tightened, is_form, format!("{} must be {expected}", place.what), scope),
            Some(before) => {
                let text = format!("{} must be {expected}; was {}", place.what, before.limit.expected());
                report(Move::by(allows_all_of(&check.limit, &before.limit)), is_form, text, scope);
            }
        }
    }
    compare_codes(place, old, new, scope);
}

fn report(moved: Move, is_form: bool, text: String, scope: &mut Scope<'_>) {
    let (class, reason) = moved.class(is_form);
    scope.add(moved.kind(), class, text, reason);
}

fn same_kind<'a>(check: &Check, others: &'a [Check]) -> Option<&'a Check> {
    others.iter().find(|other| discriminant(&other.limit) == discriminant(&check.limit))
}

/// Whether a constraint is that of an enum or an id, which is told once, with the type.
fn follows_type(
    place: &Place<'_>,
    (old, before): (&Value, Option<&Limit>),
    (new, after): (&Value, Option<&Limit>),
) -> bool {
    let (old_model, new_model) = place.models;
    if old.scalar != new.scalar {
        return false;
    }
    match &new.scalar {
        Scalar::Enum(_) => {
            let is_whole = |value: &Value, limit: Option<&Limit>| matches!(limit, Some(Limit::OneOf(words)) if words.iter().eq(value.variants.iter().map(|(wire, _)| wire)));
            is_whole(old, before) && is_whole(new, after)
        }
        Scalar::Id(name) => {
            let declared =
                |model: &Model| model.ids.iter().find(|id| id.rust == *name).and_then(|id| id.prefix.clone());
            let prefix = |limit: Option<&Limit>| match limit {
                Some(Limit::Prefix(prefix)) => Some(Some(prefix.clone())),
                Some(_) => None,
                None => Some(None),
            };
            prefix(before) == Some(declared(old_model)) && prefix(after) == Some(declared(new_model))
        }
        Scalar::String | Scalar::Integer | Scalar::Boolean | Scalar::Runtime(_) => false,
    }
}

/// Whether each value that `old` allows keeps `new`, as far as that shows.
fn allows_all_of(new: &Limit, old: &Limit) -> bool {
    match (new, old) {
        (Limit::Range(least, most), Limit::Range(old_least, old_most))
        | (Limit::Length(least, most), Limit::Length(old_least, old_most))
        | (Limit::PrefixLength(least, most), Limit::PrefixLength(old_least, old_most)) => {
            least <= old_least && most >= old_most
        }
        (Limit::OneOf(new), Limit::OneOf(old)) => includes(new, old),
        (Limit::NotPrefix(new), Limit::NotPrefix(old))
        | (Limit::NoneOf(new), Limit::NoneOf(old))
        | (Limit::Outside(new), Limit::Outside(old)) => includes(old, new),
        (Limit::Prefix(new), Limit::Prefix(old)) => old.starts_with(new.as_str()),
        (Limit::FirstIn(new), Limit::FirstIn(old)) | (Limit::Only(new), Limit::Only(old)) => {
            let (new, old) = (classes(new), classes(old));
            let is_ascii = |class: &String| class.is_ascii() && class != "han";
            old.iter().all(|class| new.contains(class) || new.contains("ascii") && is_ascii(class))
        }
        (Limit::Format(new), Limit::Format(old)) => new == "ip" && (old == "ipv4" || old == "ipv6"),
        _ => false,
    }
}

fn includes(all: &[String], some: &[String]) -> bool {
    some.iter().all(|word| all.contains(word))
}

/// Classes of characters, and single characters one by one.
fn classes(written: &[String]) -> BTreeSet<String> {
    let is_class = |word: &str| ["letter", "digit", "han", "ascii"].contains(&word);
    let split = |word: &String| match word.as_str() {
        class if is_class(class) => vec![class.to_owned()],
        these => these.chars().map(String::from).collect(),
    };
    written.iter().flat_map(split).collect()
}

fn compare_codes(place: &Place<'_>, old: &Value, new: &Value, scope: &mut Scope<'_>) {
    let differing = new.checks.iter().find_map(|check| {
        let before = same_kind(check, &old.checks)?;
        (before.refused_as != check.refused_as).then_some((&before.refused_as, &check.refused_as))
    });
    if let Some((before, after)) = differing {
        report_code(place.what, before.as_ref(), after.as_ref(), scope);
    }
}

fn report_code(what: &str, before: Option<&String>, after: Option<&String>, scope: &mut Scope<'_>) {
    let text = format!("{what}: the code of the refusal is {}, was {}", named(after), named(before));
    scope.add(Kind::ConstraintCode, Class::Fix, text, "violations name the code; what is refused stays");
}

/// How many elements a list may have.
pub(super) fn compare_items(what: &str, old: &Items, new: &Items, scope: &mut Scope<'_>) {
    let Items { bounds, refused_as } = old;
    if *bounds != new.bounds {
        let words = |bounds: Option<(i64, i64)>| {
            bounds.map_or_else(|| "any number".to_owned(), |(least, most)| format!("{least} to {most}"))
        };
        let is_wider = match (bounds, new.bounds) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some((least, most)), Some((new_least, new_most))) => new_least <= *least && new_most >= *most,
        };
        let text = format!("{what}: {}, was {}", words(new.bounds), words(*bounds));
        report(Move::by(is_wider), false, text, scope);
    }
    if *refused_as != new.refused_as && bounds.is_some() && new.bounds.is_some() {
        report_code(what, refused_as.as_ref(), new.refused_as.as_ref(), scope);
    }
}

#[cfg(test)]
mod tests {
    use super::allows_all_of;
    use crate::model::Limit;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn every_kind_knows_what_is_wider() {
        let cases = [
            (Limit::Range(1, 9), Limit::Range(1, 10)),
            (Limit::Length(2, 64), Limit::Length(1, 64)),
            (Limit::PrefixLength(24, 30), Limit::PrefixLength(24, 31)),
            (Limit::OneOf(texts(&["a"])), Limit::OneOf(texts(&["b", "a"]))),
            (Limit::NoneOf(texts(&["a", "b"])), Limit::NoneOf(texts(&["b"]))),
            (Limit::NotPrefix(texts(&["http://", "ftp://"])), Limit::NotPrefix(texts(&["ftp://"]))),
            (Limit::Outside(texts(&["10.0.0.0/8"])), Limit::Outside(texts(&[]))),
            (Limit::Prefix("pc-a".to_owned()), Limit::Prefix("pc-".to_owned())),
            (Limit::FirstIn(texts(&["letter"])), Limit::FirstIn(texts(&["han", "letter"]))),
            (Limit::Only(texts(&["letter", "_-"])), Limit::Only(texts(&["-", "letter", "_."]))),
            (Limit::Only(texts(&["letter", "_"])), Limit::Only(texts(&["ascii"]))),
            (Limit::Format("ipv4".to_owned()), Limit::Format("ip".to_owned())),
        ];
        for (narrow, wide) in cases {
            assert!(allows_all_of(&wide, &narrow), "{wide:?} is wider than {narrow:?}");
            assert!(!allows_all_of(&narrow, &wide), "{narrow:?} is narrower than {wide:?}");
        }
        assert!(!allows_all_of(&Limit::Only(texts(&["ascii"])), &Limit::Only(texts(&["han"]))));
    }
}
