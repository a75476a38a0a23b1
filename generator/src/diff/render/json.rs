//! For other programs.

use crate::diff::{Change, Class, Report, raised};
use serde_json::{Value, json};

/// Version of the layout; a change that a reader could stumble over raises it.
pub const LAYOUT_VERSION: u32 = 1;

pub(super) fn render(report: &Report) -> Value {
    let counts: serde_json::Map<String, Value> =
        Class::ALL.iter().map(|class| (class.name().to_owned(), report.count(*class).into())).collect();
    let class = report.class();
    json!({
        "layout_version": LAYOUT_VERSION,
        "crate": report.krate,
        "old": report.names.0,
        "new": report.names.1,
        "class": class.map(Class::name),
        "raise": class.map(|class| raised(class, false)),
        "raise_before_one": class.map(|class| raised(class, true)),
        "counts": counts,
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    let (subject, name) = change.subject.parts();
    let items: Vec<Value> = change
        .evidence
        .iter()
        .map(|item| json!({ "path": item.path, "old": item.old, "new": item.new }))
        .collect();
    json!({
        "subject": subject,
        "name": name,
        "kind": change.kind.name(),
        "class": change.class.name(),
        "change": change.text,
        "reason": change.reason,
        "items": items,
    })
}
