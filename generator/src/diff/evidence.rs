//! Puts the differences of the two crates beside the changes that answer for them.

use super::change::{Change, Class, Evidence, Kind, Scope, Subject};
use super::surface::Surface;
use std::collections::{BTreeMap, BTreeSet};

/// Every public item that differs.
pub(super) fn differences(old: &Surface, new: &Surface) -> Vec<Evidence> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differs = |path: &&String| old.get(*path) != new.get(*path);
    let evidence = |path: &String| Evidence {
        path: path.clone(),
        old: old.get(path).cloned(),
        new: new.get(path).cloned(),
    };
    let found = paths.into_iter().filter(differs).map(evidence);
    // Only a literal that somebody could write before can lack something now.
    found.filter(|found| found.old.is_some() || !found.path.ends_with(LITERAL)).collect()
}

/// How the path of what a literal or an exhaustive match must name ends.
const LITERAL: &str = " {}";
/// How the declaration of a re-export begins: a group has the types that its actions use.
const RE_EXPORT: &str = "pub use ";

/// Gives each difference to the changes that answer for it, and makes them as grave as it is. What no change answers
/// for becomes a change of its own, so that the verdict is never milder than the crate.
pub(super) fn attach(changes: &mut Vec<Change>, differences: Vec<Evidence>) {
    let mut claims: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        for claim in &change.claims {
            claims.entry(claim.clone()).or_default().insert(index);
        }
    }
    for found in differences {
        let claimants = owners(&found.path).find_map(|owner| claims.get(owner));
        if let Some(claimants) = claimants {
            claimants.iter().for_each(|index| changes[*index].evidence.push(found.clone()));
            continue;
        }
        if found.old.is_none() || found.new.is_none() {
            // What belongs to an item comes and goes with it; its path comes behind.
            claims.entry(found.path.clone()).or_default().insert(changes.len());
        }
        consequence(found, changes);
    }
    changes.iter_mut().filter(|change| change.kind != Kind::RustItem).for_each(weigh);
}

/// Makes a change as grave as what differs because of it, and says what that is.
fn weigh(change: &mut Change) {
    let Some(weightiest) = weightiest(&change.evidence) else { return };
    let class = weightiest.class();
    if class > change.class {
        (change.class, change.reason) = (class, sentence(weightiest));
    } else if class == Class::Breaking {
        change.reason = format!("{}; {}", sentence(weightiest), change.reason);
    }
}

/// The item that tells most: what breaks before what is new, and of that the constructor before all else.
fn weightiest(evidence: &[Evidence]) -> Option<&Evidence> {
    let is_constructor = |found: &&Evidence| found.path.ends_with("::new") || found.path.ends_with(LITERAL);
    let breaking = || evidence.iter().filter(|found| found.class() == Class::Breaking);
    breaking().find(is_constructor).or_else(|| breaking().next()).or_else(|| evidence.first())
}

/// An item, what it belongs to, what that belongs to, and so on.
fn owners(path: &str) -> impl Iterator<Item = &str> {
    let is_end = |rest: &str| rest == LITERAL || [".", "::", ": "].iter().any(|mark| rest.starts_with(mark));
    let owners = path.char_indices().rev().map(|(at, _)| path.split_at(at));
    std::iter::once(path).chain(owners.filter(move |(_, rest)| is_end(rest)).map(|(owner, _)| owner))
}

fn consequence(found: Evidence, changes: &mut Vec<Change>) {
    let (text, reason) = match (&found.old, &found.new) {
        (Some(old), None) => {
            let reason = match old.strip_prefix(RE_EXPORT) {
                Some(origin) => {
                    format!("the group no longer uses `{origin}`; what names it here does not compile")
                }
                None => "what names it does not compile".to_owned(),
            };
            (format!("`{}` is gone", found.path), reason)
        }
        (None, _) => (format!("`{}` is new", found.path), "nothing could name it before".to_owned()),
        (Some(_), Some(_)) => (format!("`{}` is declared otherwise", found.path), sentence(&found)),
    };
    let class = found.class();
    Scope::new(Subject::Crate, changes).add(Kind::RustItem, class, text, reason).evidence.push(found);
}

/// What becomes of an item, in a sentence without its full stop.
fn sentence(found: &Evidence) -> String {
    let (path, literal) = (&found.path, found.path.strip_suffix(LITERAL));
    match (&found.old, &found.new, literal) {
        (Some(old), Some(new), Some(name)) => {
            format!("a literal of `{name}` names the fields `{new}`, not `{old}`")
        }
        (Some(old), Some(new), None) => format!("`{path}` is `{new}`, was `{old}`"),
        (Some(_), None, _) => format!("`{path}` is gone"),
        (None, ..) => format!("`{path}` is new"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Surface, attach, differences, owners};
    use crate::diff::change::{Change, Class, Kind, Scope, Subject};

    fn surface(items: &[(&str, &str)]) -> Surface {
        items.iter().map(|(path, declared)| ((*path).to_owned(), (*declared).to_owned())).collect()
    }

    fn found(old: &[(&str, &str)], new: &[(&str, &str)], claims: &[&[&str]]) -> Vec<(Kind, Class, String)> {
        let mut changes: Vec<Change> = Vec::new();
        for claims in claims {
            Scope::new(Subject::Service, &mut changes)
                .add(Kind::ParameterType, Class::Fix, "changed", "because")
                .claims(claims.iter().map(|claim| (*claim).to_owned()));
        }
        attach(&mut changes, differences(&surface(old), &surface(new)));
        changes.into_iter().map(|change| (change.kind, change.class, change.reason)).collect()
    }

    #[test]
    fn an_item_belongs_to_what_its_path_names() {
        for path in ["a::B::c", "a::B.c", "a::B: Default", "a::B {}"] {
            assert_eq!(owners(path).collect::<Vec<_>>(), [path, "a::B", "a"]);
        }
    }

    #[test]
    fn a_change_is_as_grave_as_what_it_answers_for() {
        let declared = [("a::B.c", "i64")];
        let reason = "`a::B.c` is `bool`, was `i64`".to_owned();
        let changed = (Kind::ParameterType, Class::Breaking, reason);
        assert_eq!(found(&declared, &[("a::B.c", "bool")], &[&["a::B.c"]]), [changed]);
        let added = (Kind::ParameterType, Class::Addition, "`a::B.c` is new".to_owned());
        assert_eq!(found(&[], &declared, &[&["a::B"]]), [added]);
    }

    #[test]
    fn the_closest_claim_answers() {
        let classes: Vec<Class> = found(&[("a::B.c", "i64")], &[], &[&["a::B"], &["a::B.c"]])
            .into_iter()
            .map(|(_, class, _)| class)
            .collect();
        assert_eq!(classes, [Class::Fix, Class::Breaking]);
    }

    #[test]
    fn what_nothing_answers_for_is_a_change_of_its_own() {
        let gone = (Kind::RustItem, Class::Breaking, "what names it does not compile".to_owned());
        assert_eq!(found(&[("a::B", "struct")], &[], &[]), [gone]);
    }

    #[test]
    fn what_belongs_to_such_an_item_comes_with_it() {
        let items = [("a::B", "struct"), ("a::B.c", "i64"), ("a::B: Clone", "derive"), ("a::Bc", "struct")];
        assert_eq!(found(&[], &items, &[]).len(), 2);
        assert_eq!(found(&items, &[], &[]).len(), 2);
    }

    #[test]
    fn the_constructor_tells_most() {
        let old = [("a::B.c", "i64"), ("a::B::new", "fn new(c: i64)")];
        let reason = "`a::B::new` is gone".to_owned();
        assert_eq!(found(&old, &[], &[&["a::B"]]), [(Kind::ParameterType, Class::Breaking, reason)]);
    }

    #[test]
    fn a_literal_that_must_name_more_breaks_and_a_new_one_does_not() {
        let reason = "a literal of `a::B` names the fields `{ c, d }`, not `{ c }`".to_owned();
        let changed = (Kind::ParameterType, Class::Breaking, reason);
        assert_eq!(found(&[("a::B {}", "{ c }")], &[("a::B {}", "{ c, d }")], &[&["a::B"]]), [changed]);
        assert_eq!(found(&[], &[("a::B {}", "{ c }")], &[]), []);
    }
}
