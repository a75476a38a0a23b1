//! The fields of an answer.

use super::links::Links;
use super::markdown::{code, plain, table};
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
    let named = match &field.shape {
        FieldShape::Value(scalar, _) | FieldShape::List { item: Item::Value(scalar, _), .. } => links.scalar(scalar),
        FieldShape::Object(structure) | FieldShape::List { item: Item::Structure(structure), .. } => {
            Some(if structure.shared { links.named_type(structure.rust.as_str()) } else { code(structure.rust.as_str()) })
        }
    };
    let named = named.map(|named| format!(", {named}")).unwrap_or_default();
    format!("{}{named}", field.reference_type)
}

fn meaning(field: &Field, links: &Links<'_>) -> String {
    let mut text = links.prose(&field.summary);
    if let Some(unit) = &field.unit {
        text += &format!(" In {}.", plain(unit));
    }
    if let Some(wrapper) = field.wrapper() {
        text += &format!(" On the wire the elements stand in {}.", code(wrapper));
    }
    if field.sensitive {
        text += " Sensitive: the client never shows it.";
    }
    text + &links.source(field.source.as_ref())
}
