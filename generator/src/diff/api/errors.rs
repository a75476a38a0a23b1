//! Error codes.

use crate::diff::change::{Change, Class, Kind, Scope, Subject};
use crate::diff::pairs::pairs;
use crate::model::{ErrorCode, Model, Rust};
use crate::spec;

pub(super) fn compare(old: &Model, new: &Model, changes: &mut Vec<Change>) {
    let found = pairs(&old.errors, &new.errors, &[|old, new| old.code == new.code]);
    let claims = |name: &Rust| [format!("ErrorCode::{name}")];
    for error in &found.removed {
        let (text, reason) = ("the code is gone", "what names the variant does not compile");
        scope(error, changes)
            .add(Kind::ErrorCodeRemoved, Class::Breaking, text, reason)
            .claims(claims(&error.rust));
    }
    for error in &found.added {
        let reason =
            "the enum is open: every match has an arm for what it does not know, and this code was `Unknown`";
        scope(error, changes)
            .add(Kind::ErrorCodeAdded, Class::Addition, "the code is new", reason)
            .claims(claims(&error.rust));
    }
    for (old, new) in &found.both {
        compare_code(old, new, &mut scope(new, changes));
    }
}

fn scope<'a>(error: &ErrorCode, changes: &'a mut Vec<Change>) -> Scope<'a> {
    Scope::new(Subject::ErrorCode(error.code.clone()), changes)
}

fn compare_code(old: &ErrorCode, new: &ErrorCode, scope: &mut Scope<'_>) {
    let ErrorCode { code: _, rust, class, condition, cause, remedy, source } = old;
    if *rust != new.rust {
        let text = format!("`{}` in Rust, was `{rust}`", new.rust);
        let reason = "what names the variant does not compile";
        scope
            .add(Kind::ErrorCodeRustName, Class::Breaking, text, reason)
            .claims([format!("ErrorCode::{rust}"), format!("ErrorCode::{}", new.rust)]);
    }
    if *class != new.class {
        let text = format!("class: {}, was {}", name(new.class), name(*class));
        scope.add(Kind::ErrorClass, Class::Fix, text, "whether a call is tried again follows it");
    }
    if *condition != new.condition {
        let reason =
            "what the client does about the code, and what `is_throttled` and the like tell, follows it";
        scope.add(Kind::ErrorClass, Class::Fix, "another condition", reason);
    }
    if *cause != new.cause || *remedy != new.remedy {
        let reason = "the text of the error tells them; its kind and its code stay";
        scope.add(Kind::ErrorText, Class::Documents, "other cause or remedy", reason);
    }
    scope.words("", &[(*source != new.source, "source")]);
}

const fn name(class: spec::Class) -> &'static str {
    match class {
        spec::Class::Retry => "retry",
        spec::Class::Settle => "settle",
        spec::Class::Never => "never",
    }
}
