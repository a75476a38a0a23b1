//! types.md: what several actions name.

use super::links::Links;
use super::markdown::{bullets, code, table};
use super::{named_parameters, parameters, response, single_value};
use crate::model::{
    Action, Enum, Field, FieldShape, Id, Item, Model, Parameter, Rust, Scalar, Shape, Structure,
};

pub(super) fn page(model: &Model, links: &Links<'_>) -> String {
    let ids: String = model.ids.iter().map(|id| self::id(model, id, links)).collect();
    let enums: String = model.enums.iter().map(|found| enumeration(model, found, links)).collect();
    let objects: String = model.objects.iter().map(|found| object(model, found, links)).collect();
    let structures: String = model.structures.iter().map(|found| structure(model, found, links)).collect();
    let sections = [
        (
            "Ids",
            "Texts that name a resource. Each is a type of its own in Rust, so that none can stand where another belongs.",
            ids,
        ),
        (
            "Named values",
            "In Rust each is an enum; a value that the crate does not know yet is kept as it is in `Unknown`. Upper and lower case count.",
            enums,
        ),
        ("Shared objects", "Objects in the answers of several actions.", structures),
        ("Objects among the parameters", "Elements of lists that several actions take.", objects),
    ];
    let mut text = format!("# Types\n\nIn Rust they are all in `{}::types`.\n", model.crate_ident());
    for (heading, about, body) in sections {
        if !body.is_empty() {
            text += &format!("\n## {heading}\n\n{about}\n{body}");
        }
    }
    text
}

fn id(model: &Model, id: &Id, links: &Links<'_>) -> String {
    let mut facts = Vec::new();
    facts.extend(
        id.prefix
            .as_ref()
            .filter(|prefix| !prefix.is_empty())
            .map(|prefix| format!("Begins with {}", code(prefix))),
    );
    facts.extend(id.example.as_ref().map(|example| format!("Example: {}", code(example))));
    facts.extend(uses(model, &id.rust, links));
    format!("\n### {}\n\n{}\n{}", id.rust, links.prose(&id.summary), bullets(&facts))
}

fn enumeration(model: &Model, found: &Enum, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = found
        .values
        .iter()
        .map(|value| {
            let also: Vec<String> = value.also.iter().map(|spelling| code(spelling)).collect();
            let variant = code(&format!("{}::{}", found.rust, value.rust));
            vec![code(&value.wire), links.prose(&value.summary), variant, also.join(", ")]
        })
        .collect();
    let (mut heads, mut rows) = (vec!["Value", "Meaning", "In Rust", "Also spelt"], rows);
    if found.values.iter().all(|value| value.also.is_empty()) {
        heads.pop();
        rows.iter_mut().for_each(|row| row.truncate(heads.len()));
    }
    let uses = bullets(&uses(model, &found.rust, links));
    format!("\n### {}\n\n{}\n{}{uses}", found.rust, links.prose(&found.summary), table(&heads, &rows))
}

fn structure(model: &Model, found: &Structure, links: &Links<'_>) -> String {
    let fields = response::fields(&found.fields, links);
    let uses = bullets(&uses(model, &found.rust, links));
    format!("\n### {}\n\n{}\n{fields}{uses}", found.rust, links.prose(&found.summary))
}

fn object(model: &Model, found: &Parameter, links: &Links<'_>) -> String {
    let Shape::Objects { rust, fields, .. } = &found.shape else { return String::new() };
    let members = parameters::members(fields, links);
    let uses = bullets(&uses(model, rust, links));
    format!("\n### {rust}\n\n{}\n{members}{uses}", links.prose(&found.summary))
}

/// Which actions take a type, and which answer with it.
fn uses(model: &Model, name: &Rust, links: &Links<'_>) -> Vec<String> {
    let actions = |is_used: fn(&Action, &Rust) -> bool| {
        let using: Vec<String> = model
            .actions()
            .filter(|action| is_used(action, name))
            .map(|action| links.action(&action.name))
            .collect();
        if using.len() == model.actions().count() { "every action".to_owned() } else { using.join(", ") }
    };
    let both = [("Sent to", actions(takes)), ("Answered by", actions(answers_with))];
    both.into_iter()
        .filter(|(_, actions)| !actions.is_empty())
        .map(|(what, actions)| format!("{what} {actions}"))
        .collect()
}

fn takes(action: &Action, name: &Rust) -> bool {
    named_parameters(action).iter().any(|(_, parameter)| {
        holds(parameter, name) || scalars(parameter).into_iter().any(|scalar| is(scalar, name))
    })
}

fn holds(parameter: &Parameter, name: &Rust) -> bool {
    matches!(&parameter.shape, Shape::Objects { rust, shared: true, .. } if rust == name)
}

fn scalars(parameter: &Parameter) -> Vec<&Scalar> {
    match &parameter.shape {
        Shape::Filter(filter) => filter.keys.iter().map(|key| &key.value.scalar).collect(),
        _ => single_value(parameter).map(|value| &value.scalar).into_iter().collect(),
    }
}

fn answers_with(action: &Action, name: &Rust) -> bool {
    let mut rows = Vec::new();
    Field::rows(&action.response, "", &mut rows);
    rows.iter().any(|row| match &row.field.shape {
        FieldShape::Value(scalar, _) | FieldShape::List { item: Item::Value(scalar, _), .. } => {
            is(scalar, name)
        }
        FieldShape::Object(structure) | FieldShape::List { item: Item::Structure(structure), .. } => {
            structure.shared && structure.rust == *name
        }
    })
}

fn is(scalar: &Scalar, name: &Rust) -> bool {
    matches!(scalar, Scalar::Id(found) | Scalar::Enum(found) if found == name)
}
