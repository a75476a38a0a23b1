//! Fields of answers.

use super::named;
use super::parameters::scalar;
use crate::diff::change::{Class, Kind, Scope};
use crate::diff::pairs::pairs;
use crate::model::{Field, FieldShape, Item, Rust, Structure, Wire};

/// `before` stands before the names of the fields: `LampSet[].`; `paths` are those of the struct in the crate.
pub(super) fn compare(before: &str, paths: &[String], old: &[Field], new: &[Field], scope: &mut Scope<'_>) {
    let what = |field: &Field| format!("field `{before}{}`", field.wire);
    let claims = |fields: &[&Field]| {
        paths
            .iter()
            .flat_map(|path| fields.iter().map(move |field| format!("{path}.{}", field.rust)))
            .collect::<Vec<_>>()
    };
    let is_renamed =
        |old: &Field, new: &Field| old.summary == new.summary && holds(&old.shape) == holds(&new.shape);
    let tests: [fn(&Field, &Field) -> bool; 3] =
        [|old, new| old.wire == new.wire, |old, new| old.rust == new.rust, is_renamed];
    let found = pairs(old, new, &tests);
    for field in &found.removed {
        let claims = [claims(&[field]), structures(paths, field)].concat();
        let (text, reason) = (format!("{} is gone", what(field)), "what reads it does not compile");
        scope.add(Kind::FieldRemoved, Class::Breaking, text, reason).claims(claims);
    }
    for field in &found.added {
        let claims = [claims(&[field]), structures(paths, field)].concat();
        let (text, reason) = (format!("{} is new", what(field)), "a field of a struct that no literal makes");
        scope.add(Kind::FieldAdded, Class::Addition, text, reason).claims(claims);
    }
    for (old, new) in &found.both {
        compare_one(&Place { before, what: &what(new), paths }, (old, new), claims(&[old, new]), scope);
    }
    if found.is_reordered(old, |field| field.wire.clone()) {
        let text = match before {
            "" => "other order of the fields".to_owned(),
            before => format!("other order of the fields `{before}*`"),
        };
        scope.add(Kind::FieldOrder, Class::Documents, text, "the documents list them in this order");
    }
}

/// Where a field stands.
struct Place<'a> {
    before: &'a str,
    what: &'a str,
    paths: &'a [String],
}

fn compare_one(place: &Place<'_>, (old, new): (&Field, &Field), claims: Vec<String>, scope: &mut Scope<'_>) {
    let what = place.what;
    let Field { wire, rust, summary, example, always, unit, sensitive, source, reference_type, shape } = old;
    if *wire != new.wire {
        let text = format!("{what} was spelt `{}{wire}`", place.before);
        let reason = "the same field is read from another name in the answer";
        let follows = if *rust == new.rust { Vec::new() } else { claims.clone() };
        scope.add(Kind::FieldSpelling, Class::Fix, text, reason).claims(follows);
    } else if *rust != new.rust {
        let text = format!("{what}: `{}` in Rust, was `{rust}`", new.rust);
        let reason = "what reads it does not compile";
        scope.add(Kind::FieldRustName, Class::Breaking, text, reason).claims(claims.clone());
    }
    if *always != new.always {
        let words = if new.always { "in every answer" } else { "no longer in every answer" };
        let reason = "a list is empty where an answer lacks it, as before";
        scope
            .add(Kind::FieldPresence, Class::Fix, format!("{what} is {words}"), reason)
            .claims(claims.clone());
    }
    if *sensitive != new.sensitive {
        let words = if new.sensitive { "is sensitive" } else { "is no longer sensitive" };
        let reason = "whether texts show its value follows it";
        scope.add(Kind::Sensitive, Class::Fix, format!("{what} {words}"), reason).claims(claims.clone());
    }
    compare_shape(place, (shape, &new.shape), claims, (old, new), scope);
    scope.words(
        what,
        &[
            (*summary != new.summary, "summary"),
            (*example != new.example, "example"),
            (*unit != new.unit, "unit"),
            (*source != new.source, "source"),
            (
                *reference_type != new.reference_type && wire_type(shape) == wire_type(&new.shape),
                "type in the reference",
            ),
        ],
    );
}

fn compare_shape(
    place: &Place<'_>,
    (old, new): (&FieldShape, &FieldShape),
    claims: Vec<String>,
    fields: (&Field, &Field),
    scope: &mut Scope<'_>,
) {
    let what = place.what;
    if holds(old) != holds(new) {
        let text = format!("{what}: {}, was {}", holds(new), holds(old));
        let claims = [claims, structures(place.paths, fields.0), structures(place.paths, fields.1)].concat();
        scope.add(Kind::FieldType, Class::Fix, text, "what reads it gets another type").claims(claims);
    }
    if let (Some(before), Some(after)) = (wire_type(old), wire_type(new))
        && before != after
    {
        let text = format!("{what}: {} on the wire, was {}", after.name(), before.name());
        let reason = "the decoder takes either; the schema tells it";
        scope.add(Kind::FieldWireType, Class::Fix, text, reason);
    }
    if let (FieldShape::List { wrapper, .. }, FieldShape::List { wrapper: new, .. }) = (old, new)
        && wrapper != new
    {
        let text = format!("{what}: wrapper {}, was {}", named(new.as_ref()), named(wrapper.as_ref()));
        let reason = "elements are looked for under this name in the answer";
        scope.add(Kind::FieldWrapper, Class::Fix, text, reason);
    }
    let structures = (fields.0.structure(), fields.1.structure());
    if let (Some(old), Some(new)) = structures
        // What several actions share is compared where it is declared.
        && !(old.shared && new.shared && old.rust == new.rust)
    {
        compare_structure(place, (old, new), fields.1, scope);
    }
}

fn compare_structure(
    place: &Place<'_>,
    (old, new): (&Structure, &Structure),
    field: &Field,
    scope: &mut Scope<'_>,
) {
    // The name is part of what the field holds.
    let Structure { rust: _, summary, shared: _, fields } = old;
    let mut paths = [structure_paths(place.paths, old), structure_paths(place.paths, new)].concat();
    paths.dedup();
    let list = if matches!(field.shape, FieldShape::List { .. }) { "[]" } else { "" };
    let before = format!("{}{}{list}.", place.before, field.wire);
    compare(&before, &paths, fields, &new.fields, scope);
    // That of a structure which is declared in a field is the field's.
    scope.words(place.what, &[(*summary != new.summary && old.shared, "summary of its structure")]);
}

/// Types that the crate has for the sake of a field.
fn structures(paths: &[String], field: &Field) -> Vec<String> {
    let Some(structure) = field.structure().filter(|structure| !structure.shared) else { return Vec::new() };
    let below = structure.fields.iter().flat_map(|field| structures(paths, field));
    structure_paths(paths, structure).into_iter().chain(below).collect()
}

/// Paths of a structure that a struct of these paths holds.
fn structure_paths(paths: &[String], structure: &Structure) -> Vec<String> {
    if structure.shared {
        return vec![format!("types::{}", structure.rust)];
    }
    paths.iter().filter_map(|path| sibling(path, &structure.rust)).collect()
}

fn sibling(path: &str, name: &Rust) -> Option<String> {
    path.rsplit_once("::").map(|(module, _)| format!("{module}::{name}"))
}

/// What a field holds, in words: another text is another type.
fn holds(shape: &FieldShape) -> String {
    match shape {
        FieldShape::Value(found, _) => format!("`{}`", scalar(found)),
        FieldShape::Object(structure) => format!("an object `{}`", structure.rust),
        FieldShape::List { item: Item::Value(found, _), .. } => format!("a list of `{}`", scalar(found)),
        FieldShape::List { item: Item::Structure(structure), .. } => {
            format!("a list of objects `{}`", structure.rust)
        }
    }
}

const fn wire_type(shape: &FieldShape) -> Option<Wire> {
    match shape {
        FieldShape::Value(_, wire) | FieldShape::List { item: Item::Value(_, wire), .. } => Some(*wire),
        FieldShape::Object(_) | FieldShape::List { item: Item::Structure(_), .. } => None,
    }
}
