//! The fields of an answer.

use super::links::Links;
use super::markdown::{code, table};
use crate::model::{Field, FieldShape, Item, ResponseRow};

/// A table of fields, those of objects and lists below them.
pub(super) fn fields(fields: &[Field], links: &Links<'_>) -> String {
    let mut rows = Vec::new();
    Field::rows(fields, "", &mut rows);
    let rows: Vec<Vec<String>> = rows.iter().map(|row| cells(row, links)).collect();
    table(&["Field", "Type", "Always", "Meaning", "Example"], &rows)
}

fn cells(row: &ResponseRow<'_>, links: &Links<'_>) -> Vec<String> {
    let field = row.field;
    vec![
        code(&row.path),
        type_cell(field, links),
        if field.always { "yes" } else { "" }.to_owned(),
        meaning(field, links),
        field.example.as_ref().map(|example| code(example)).unwrap_or_default(),
    ]
}

fn type_cell(field: &Field, links: &Links<'_>) -> String {
    let reference = &field.reference_type;
    match &field.shape {
        FieldShape::Value(scalar, _) | FieldShape::List { item: Item::Value(scalar, _), .. } => {
            links.types(reference, scalar)
        }
        FieldShape::Object(structure) | FieldShape::List { item: Item::Structure(structure), .. } => {
            let name = structure.rust.as_str();
            let rust = if structure.shared { links.named_type(name) } else { code(name) };
            format!("{reference}, {rust}")
        }
    }
}

fn meaning(field: &Field, links: &Links<'_>) -> String {
    let mut text = links.meaning(&field.summary, field.unit.as_ref(), field.sensitive);
    if let Some(wrapper) = field.wrapper() {
        text += &format!(" On the wire the elements stand in {}.", code(wrapper));
    }
    text + &links.source(field.source.as_ref())
}
