//! types.md: what several actions name.

use super::links::Links;
use super::markdown::{bullets, code, table};
use super::uses::Uses;
use super::{parameters, response};
use crate::model::{Enum, Id, Model, Parameter, Shape, Structure};

pub(super) fn page(model: &Model, links: &Links<'_>) -> String {
    let uses = &Uses::new(model);
    let ids: String = model.ids.iter().map(|id| self::id(uses, id, links)).collect();
    let enums: String = model.enums.iter().map(|found| enumeration(uses, found, links)).collect();
    let objects: String = model.objects.iter().map(|found| object(uses, found, links)).collect();
    let structures: String = model.structures.iter().map(|found| structure(uses, found, links)).collect();
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

fn id(uses: &Uses<'_>, id: &Id, links: &Links<'_>) -> String {
    let mut facts = Vec::new();
    facts.extend(
        id.prefix
            .as_ref()
            .filter(|prefix| !prefix.is_empty())
            .map(|prefix| format!("Begins with {}", code(prefix))),
    );
    facts.extend(id.example.as_ref().map(|example| format!("Example: {}", code(example))));
    facts.extend(uses.of(&id.rust, links));
    format!("\n### {}\n\n{}\n{}", id.rust, links.prose(&id.summary), bullets(&facts))
}

fn enumeration(uses: &Uses<'_>, found: &Enum, links: &Links<'_>) -> String {
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
    let uses = bullets(&uses.of(&found.rust, links));
    format!("\n### {}\n\n{}\n{}{uses}", found.rust, links.prose(&found.summary), table(&heads, &rows))
}

fn structure(uses: &Uses<'_>, found: &Structure, links: &Links<'_>) -> String {
    let fields = response::fields(&found.fields, links);
    let uses = bullets(&uses.of(&found.rust, links));
    format!("\n### {}\n\n{}\n{fields}{uses}", found.rust, links.prose(&found.summary))
}

fn object(uses: &Uses<'_>, found: &Parameter, links: &Links<'_>) -> String {
    let Shape::Objects { rust, fields, .. } = &found.shape else { return String::new() };
    let members = parameters::members(fields, links);
    let uses = bullets(&uses.of(rust, links));
    format!("\n### {rust}\n\n{}\n{members}{uses}", links.prose(&found.summary))
}
