//! Types that the actions share.

use super::fields;
use crate::diff::change::{Change, Class, Kind, Scope, Subject};
use crate::diff::pairs::pairs;
use crate::model::{Enum, EnumValue, Id, Model, Rust, Structure};

pub(super) fn compare(old: &Model, new: &Model, changes: &mut Vec<Change>) {
    let mut modules: Vec<String> =
        old.groups.iter().chain(&new.groups).map(|group| group.module.to_string()).collect();
    modules.push("types".to_owned());
    let found = pairs(&old.ids, &new.ids, &[|old, new| old.rust == new.rust]);
    presence("id", &found.removed, &found.added, |id| &id.rust, &modules, changes);
    for (old, new) in &found.both {
        compare_id(old, new, &mut scope(&new.rust, changes));
    }
    let found = pairs(&old.enums, &new.enums, &[|old, new| old.rust == new.rust]);
    presence("enum", &found.removed, &found.added, |one| &one.rust, &modules, changes);
    for (old, new) in &found.both {
        compare_enum(old, new, &mut scope(&new.rust, changes));
    }
    let found = pairs(&old.structures, &new.structures, &[|old, new| old.rust == new.rust]);
    presence("structure", &found.removed, &found.added, |one| &one.rust, &modules, changes);
    for (old, new) in &found.both {
        compare_structure(old, new, &mut scope(&new.rust, changes));
    }
}

fn scope<'a>(name: &Rust, changes: &'a mut Vec<Change>) -> Scope<'a> {
    Scope::new(Subject::Type(name.to_string()), changes)
}

/// Types that are gone, and types that are new. Each is reached through the modules of the groups that use it, too.
fn presence<T>(
    what: &str,
    removed: &[&T],
    added: &[&T],
    name: impl Fn(&T) -> &Rust,
    modules: &[String],
    changes: &mut Vec<Change>,
) {
    let claims = |name: &Rust| modules.iter().map(|module| format!("{module}::{name}")).collect::<Vec<_>>();
    for gone in removed.iter().map(|one| name(one)) {
        let (text, reason) = (format!("the {what} is gone"), "what names it does not compile");
        scope(gone, changes).add(Kind::TypeRemoved, Class::Breaking, text, reason).claims(claims(gone));
    }
    for new in added.iter().map(|one| name(one)) {
        let (text, reason) = (format!("the {what} is new"), "nothing could name it before");
        scope(new, changes).add(Kind::TypeAdded, Class::Addition, text, reason).claims(claims(new));
    }
}

fn compare_id(old: &Id, new: &Id, scope: &mut Scope<'_>) {
    let Id { rust: _, summary, prefix, example } = old;
    if *prefix != new.prefix {
        let text = format!(
            "begins with {}, was {}",
            super::named(new.prefix.as_ref()),
            super::named(prefix.as_ref())
        );
        let reason = "another beginning is reported, and refused under strict validation alone";
        scope.add(Kind::IdPrefix, Class::Fix, text, reason);
    }
    scope.words("", &[(*summary != new.summary, "summary"), (*example != new.example, "example")]);
}

fn compare_enum(old: &Enum, new: &Enum, scope: &mut Scope<'_>) {
    let Enum { rust, summary, values } = old;
    let found =
        pairs(values, &new.values, &[|old, new| old.wire == new.wire, |old, new| old.rust == new.rust]);
    let claims = |variant: &Rust| [format!("types::{rust}::{variant}")];
    for value in &found.removed {
        let (text, reason) =
            (format!("value `{}` is gone", value.wire), "what names the variant does not compile");
        scope.add(Kind::ValueRemoved, Class::Breaking, text, reason).claims(claims(&value.rust));
    }
    for value in &found.added {
        let reason = "the enum is open: every match has an arm for what it does not know, and this value was `Unknown`";
        scope
            .add(Kind::ValueAdded, Class::Addition, format!("value `{}` is new", value.wire), reason)
            .claims(claims(&value.rust));
    }
    for (old, new) in &found.both {
        compare_value(old, new, [claims(&old.rust), claims(&new.rust)].concat(), scope);
    }
    if found.is_reordered(values, |value| value.wire.clone()) {
        let reason = "documents and `KNOWN` list them in this order";
        scope.add(Kind::ValueOrder, Class::Documents, "other order of the values", reason);
    }
    scope.words("", &[(*summary != new.summary, "summary")]);
}

fn compare_value(old: &EnumValue, new: &EnumValue, claims: Vec<String>, scope: &mut Scope<'_>) {
    let EnumValue { wire, also, rust, summary } = old;
    if *wire != new.wire {
        let text = format!("value `{}` was spelt `{wire}`", new.wire);
        let reason = "the same variant is sent in another spelling";
        scope.add(Kind::ValueSpelling, Class::Fix, text, reason).claims(claims.clone());
    } else if *rust != new.rust {
        let text = format!("value `{wire}`: `{}` in Rust, was `{rust}`", new.rust);
        let reason = "what names the variant does not compile";
        scope.add(Kind::ValueRustName, Class::Breaking, text, reason).claims(claims);
    }
    let spellings = |value: &EnumValue| [std::slice::from_ref(&value.wire), &value.also].concat();
    let lacks = |some: &[String], all: &[String]| {
        some.iter().filter(|word| !all.contains(word)).cloned().collect::<Vec<_>>()
    };
    let unread = lacks(&spellings(old), &spellings(new));
    if !unread.is_empty() {
        let text = format!("value `{}` is no longer read from {}", new.wire, super::listed(&unread));
        let reason = "an answer with this spelling becomes `Unknown`, and code for the variant passes it by";
        scope.add(Kind::ValueSpelling, Class::Breaking, text, reason);
    }
    let read = lacks(&new.also, &spellings(old));
    if !read.is_empty() {
        let text = format!("value `{}` is read from {} too", new.wire, super::listed(&read));
        let reason = "an answer with this spelling was `Unknown`";
        scope.add(Kind::ValueSpelling, Class::Fix, text, reason);
    }
    let only_order =
        lacks(also, &new.also).is_empty() && lacks(&new.also, also).is_empty() && *also != new.also;
    scope.words(
        &format!("value `{}`", new.wire),
        &[(*summary != new.summary, "summary"), (only_order, "order of spellings")],
    );
}

fn compare_structure(old: &Structure, new: &Structure, scope: &mut Scope<'_>) {
    // Every structure of this list is shared.
    let Structure { rust, summary, shared: _, fields } = old;
    fields::compare("", &[format!("types::{rust}")], fields, &new.fields, scope);
    scope.words("", &[(*summary != new.summary, "summary")]);
}
