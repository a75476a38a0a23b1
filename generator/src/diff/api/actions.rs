//! Actions.

use super::parameters::{Record, constructor};
use super::{fields, named, parameters, rules};
use crate::diff::change::{Change, Class, Kind, Scope, Subject};
use crate::diff::pairs::pairs;
use crate::model::{Action, ErrorRow, Field, Model, Parameter, Rust, Shape};
use crate::spec::Effect;

pub(super) fn compare(old: &Model, new: &Model, changes: &mut Vec<Change>) {
    let (before, after): (Vec<&Action>, Vec<&Action>) = (old.actions().collect(), new.actions().collect());
    let found = pairs(&before, &after, &[|old, new| old.name == new.name]);
    for action in &found.removed {
        let reason = "its request and its answer are gone";
        scope(action, changes)
            .add(Kind::ActionRemoved, Class::Breaking, "the action is gone", reason)
            .claims(items(action));
    }
    for action in &found.added {
        let reason = "new types, which nothing could name before";
        scope(action, changes)
            .add(Kind::ActionAdded, Class::Addition, "the action is new", reason)
            .claims(items(action));
    }
    for (before, after) in &found.both {
        compare_action(&Pair { old, new, before, after }, &mut scope(after, changes));
    }
}

fn scope<'a>(action: &Action, changes: &'a mut Vec<Change>) -> Scope<'a> {
    Scope::new(Subject::Action(action.name.clone()), changes)
}

/// An action that both models have.
struct Pair<'a> {
    old: &'a Model,
    new: &'a Model,
    before: &'a Action,
    after: &'a Action,
}

fn compare_action(pair: &Pair<'_>, scope: &mut Scope<'_>) {
    let (before, after) = (pair.before, pair.after);
    let Action {
        // These follow from the name.
        name: _,
        rust,
        module: _,
        response_type,
        schema: _,
        group,
        summary,
        notes,
        limits,
        section,
        document,
        effect: _,
        idempotency: _,
        pages: _,
        parameters,
        rules,
        response,
        raw,
        errors,
        examples,
        source,
    } = before;
    if *group != after.group {
        let text = format!("in the group `{}`, was in `{group}`", after.group);
        let reason = "paths and features name the group";
        scope
            .add(Kind::ActionMoved, Class::Breaking, text, reason)
            .claims([items(before), items(after)].concat());
    }
    compare_repetition(pair, scope);
    compare_pages(pair, scope);
    let record = Record {
        models: (pair.old, pair.new),
        paths: paths(pair, rust),
        before: String::new(),
        needed: (names(&pair.old.arguments(before)), names(&pair.new.arguments(after))),
        is_filled_in: &|name| pair.old.is_filled_in(before, name) && pair.new.is_filled_in(after, name),
        is_added_by_client: &|name| pair.new.is_filled_in(after, name),
    };
    parameters::compare(&record, parameters, &after.parameters, scope);
    rules::compare(parameters, rules, &after.rules, scope);
    if *raw != after.raw {
        let (text, reason) = if after.raw {
            ("the answer is a text, was fields", "what reads a field of the answer does not compile")
        } else {
            ("the answer is fields, was a text", "what reads the text of the answer does not compile")
        };
        scope.add(Kind::FieldType, Class::Breaking, text, reason).claims(paths(pair, response_type));
    }
    fields::compare("", &paths(pair, response_type), response, &after.response, scope);
    compare_errors(errors, &after.errors, scope);
    let shown = |examples: &[crate::model::Example]| {
        examples
            .iter()
            .map(|one| (one.request.clone(), one.json.clone(), one.xml.clone()))
            .collect::<Vec<_>>()
    };
    if shown(examples) != shown(&after.examples) {
        let reason = "examples stand in the documents and in the tests of the crate";
        scope.add(Kind::Example, Class::Documents, "other examples", reason);
    }
    scope.words(
        "",
        &[
            (*summary != after.summary, "summary"),
            (*notes != after.notes, "notes"),
            (*limits != after.limits, "quotas"),
            (*section != after.section, "section"),
            (*document != after.document, "document"),
            (*source != after.source, "source"),
        ],
    );
}

fn names(parameters: &[&Parameter]) -> Vec<String> {
    parameters.iter().map(|parameter| parameter.wire.clone()).collect()
}

/// Paths of a type of the action: one, or two if the action moved.
fn paths(pair: &Pair<'_>, name: &Rust) -> Vec<String> {
    let mut paths = vec![path(pair.before, name), path(pair.after, name)];
    paths.dedup();
    paths
}

fn path(action: &Action, name: &Rust) -> String {
    format!("{}::{name}", Rust::snake(&action.group))
}

/// What a call changes, and what makes repeating it safe.
fn compare_repetition(pair: &Pair<'_>, scope: &mut Scope<'_>) {
    let (before, after) = (pair.before, pair.after);
    let claims = token_claims(pair);
    if before.effect != after.effect {
        let text = format!("effect: {}, was {}", effect(after.effect), effect(before.effect));
        let reason = "whether a call may be repeated, and whether it gets an idempotency token, follows it";
        scope.add(Kind::Effect, Class::Fix, text, reason).claims(claims.clone());
    }
    let text = || {
        format!(
            "idempotency: {}, was {}",
            named(after.idempotency.as_ref()),
            named(before.idempotency.as_ref())
        )
    };
    match (&before.idempotency, &after.idempotency) {
        (None, Some(_)) => {
            let reason = "the client makes a token for each call that changes something";
            scope.add(Kind::Idempotency, Class::Fix, text(), reason).claims(claims);
        }
        (Some(old), new) if Some(old) != new.as_ref() => {
            let reason =
                "the client no longer makes this token: a call that is repeated may be carried out twice";
            scope.add(Kind::Idempotency, Class::Breaking, text(), reason).claims(claims);
        }
        _ => {}
    }
}

/// How a list is handed out in pages.
fn compare_pages(pair: &Pair<'_>, scope: &mut Scope<'_>) {
    let (before, after) = (pages(pair.before), pages(pair.after));
    if before == after {
        return;
    }
    let text = format!("pages: {}, was {}", described(after.as_ref()), described(before.as_ref()));
    let (class, reason) = match (before, after) {
        (None, _) => (Class::Addition, "`items` and `pages` come"),
        (_, None) => (Class::Breaking, "`items` and `pages` go"),
        (Some(_), Some(_)) => (Class::Fix, "the same loop reads its pages otherwise"),
    };
    let of_request = |path: String| ["items", "pages"].map(|method| format!("{path}::{method}"));
    let claims = paths(pair, &pair.after.rust).into_iter().flat_map(of_request);
    let of_answer =
        paths(pair, &pair.after.response_type).into_iter().map(|path| format!("{path}: aliyun_rpc::Page"));
    scope.add(Kind::Pages, class, text, reason).claims(claims.chain(of_answer));
}

/// The keys of the spec and their values.
fn pages(action: &Action) -> Option<Vec<(&'static str, &str)>> {
    let pages = action.pages.as_ref()?;
    let size = pages.size.as_ref().map(|size| ("size", size.as_str()));
    let total = pages.total.as_ref().map(|total| ("total", total.wire.as_str()));
    let (lead, items) = ((pages.style(), pages.parameter.as_str()), ("items", pages.items.wire.as_str()));
    Some([Some(lead), size, total, Some(items)].into_iter().flatten().collect())
}

fn described(pages: Option<&Vec<(&str, &str)>>) -> String {
    let Some(pages) = pages else { return "none".to_owned() };
    pages.iter().map(|(key, name)| format!("{key} `{name}`")).collect::<Vec<_>>().join(", ")
}

/// What follows whether the client fills in a token that both actions require: what `new` asks for, and how the token is
/// held.
fn token_claims(pair: &Pair<'_>) -> Vec<String> {
    let tokens = [pair.before.idempotency.as_deref(), pair.after.idempotency.as_deref()];
    let is_kept = |old: &&Parameter| {
        let is_needed = |new: &Parameter| new.wire == old.wire && (new.is_needed() || old.is_needed());
        tokens.contains(&Some(old.wire.as_str())) && pair.after.parameters.iter().any(is_needed)
    };
    let items = |token: &Parameter, path: &String| {
        let members = [format!("{path}.{}", token.rust), format!("{path}::{}", token.rust)];
        [constructor(path).as_slice(), &members].concat()
    };
    let kept = pair.before.parameters.iter().filter(is_kept);
    let paths = paths(pair, &pair.after.rust);
    kept.flat_map(|token| paths.iter().flat_map(move |path| items(token, path)).collect::<Vec<_>>()).collect()
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::Create => "create",
        Effect::Update => "update",
        Effect::Delete => "delete",
    }
}

fn compare_errors(old: &[ErrorRow], new: &[ErrorRow], scope: &mut Scope<'_>) {
    let found = pairs(
        old,
        new,
        &[
            |old, new| (old.http, &old.code, &old.message) == (new.http, &new.code, &new.message),
            |old, new| old.code == new.code,
        ],
    );
    let listed = "the documents list it; a refusal has its typed code whether an action lists it or not";
    for row in &found.removed {
        let text = format!("error `{}` ({}) is no longer listed", row.code, row.http);
        scope.add(Kind::ErrorRow, Class::Documents, text, listed);
    }
    for row in &found.added {
        let text = format!("error `{}` ({}) is listed", row.code, row.http);
        scope.add(Kind::ErrorRow, Class::Documents, text, listed);
    }
    for (old, new) in &found.both {
        let ErrorRow { http, code, message, cause, remedy, class, copied, source } = old;
        if *cause != new.cause || *remedy != new.remedy {
            let text = format!("error `{code}`: other cause or remedy");
            let reason = "the text of the error tells them; its kind and its code stay";
            scope.add(Kind::ErrorText, Class::Documents, text, reason);
        }
        if *class != new.class {
            let text = format!("error `{code}`: another class here");
            scope.add(Kind::ErrorClass, Class::Fix, text, "whether a call is tried again follows it");
        }
        let differing = [
            (*copied != new.copied, "mark of a copied row"),
            (*http != new.http, "status"),
            (*message != new.message, "message"),
            (*source != new.source, "source"),
        ];
        scope.words(&format!("error `{code}`"), &differing);
    }
}

/// Everything that the crate has for the sake of an action.
fn items(action: &Action) -> Vec<String> {
    let mut types = vec![action.rust.clone(), action.response_type.clone(), action.rust.with("Required")];
    add_parameter_types(&action.parameters, &mut types);
    add_field_types(&action.response, &mut types);
    let schema = format!("schema::{}", action.schema);
    types.iter().map(|name| path(action, name)).chain([schema]).collect()
}

fn add_parameter_types(parameters: &[Parameter], types: &mut Vec<Rust>) {
    for parameter in parameters {
        match &parameter.shape {
            Shape::Objects { rust, fields, .. } => {
                types.extend([rust.clone(), rust.with("Required")]);
                add_parameter_types(fields, types);
            }
            Shape::Filter(filter) => types.push(filter.rust.clone()),
            Shape::Value(_) | Shape::Values(..) => {}
        }
    }
}

fn add_field_types(fields: &[Field], types: &mut Vec<Rust>) {
    for structure in fields.iter().filter_map(Field::structure).filter(|structure| !structure.shared) {
        types.push(structure.rust.clone());
        add_field_types(&structure.fields, types);
    }
}
