//! Parameters as the reference lists them: a row for each name on the wire.

use super::{Action, Check, Items, Parameter, Shape, Value, Wire};

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The reference's spelling: `Filter.N.Value.N`.
    pub name: String,
    /// Type on the wire; none for a JSON text.
    pub wire: Option<Wire>,
    /// Whether the reference calls it required.
    pub required: bool,
    /// Whether it is a field of a list that may be left out as a whole.
    pub in_optional_list: bool,
    /// Why a required one may be left out after all.
    pub relaxed: Option<String>,
    /// Whether a required one may be left out when another is given.
    pub unless: Option<String>,
    /// What it is.
    pub summary: String,
    /// A valid value.
    pub example: Option<String>,
    /// What the service takes when it is left out.
    pub default: Option<String>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Whether texts must not show its value.
    pub sensitive: bool,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
    /// What its value must be like.
    pub checks: Vec<Check>,
}

impl Action {
    /// The parameters, a row for each name.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        self.parameters.iter().flat_map(|parameter| rows(parameter, "")).collect()
    }
}

fn rows(parameter: &Parameter, before: &str) -> Vec<Row> {
    let name = format!("{before}{}", parameter.wire);
    match &parameter.shape {
        Shape::Value(value) => vec![row(parameter, name, Some(value))],
        Shape::Values(value, _) => vec![row(parameter, format!("{name}.N"), Some(value))],
        Shape::Objects { json: true, .. } => vec![row(parameter, name, None)],
        Shape::Objects { fields, .. } => {
            let mut rows: Vec<Row> =
                fields.iter().flat_map(|field| rows(field, &format!("{name}.N."))).collect();
            for row in &mut rows {
                row.in_optional_list |= !parameter.required;
                // A list from elsewhere has its fields from there, too.
                row.source = row.source.take().or_else(|| parameter.source.clone());
            }
            rows
        }
        Shape::Filter(filter) => {
            let keys: Vec<&str> = filter.keys.iter().map(|key| key.wire.as_str()).collect();
            let mut key = row(parameter, format!("{name}.N.Key"), None);
            key.wire = Some(Wire::String);
            key.summary = format!("What to select by: {}.", keys.join(", "));
            let mut value = row(parameter, format!("{name}.N.Value.N"), None);
            value.wire = Some(Wire::String);
            value.summary =
                "A value to select; one of several values suffices, all filters must hold.".to_owned();
            vec![key, value]
        }
    }
}

fn row(parameter: &Parameter, name: String, value: Option<&Value>) -> Row {
    Row {
        name,
        wire: value.map(|value| value.wire),
        required: parameter.required,
        in_optional_list: false,
        relaxed: parameter.relaxed.clone(),
        unless: parameter.unless.clone(),
        summary: parameter.summary.clone(),
        example: parameter.example.clone(),
        default: parameter.default.clone(),
        unit: parameter.unit.clone(),
        sensitive: parameter.sensitive,
        source: parameter.source.clone(),
        checks: value.map(|value| value.checks.clone()).unwrap_or_default(),
    }
}

/// Names of the lists among parameters, and how many elements they may have.
#[must_use]
pub fn list_limits(parameters: &[Parameter]) -> Vec<(String, &Items)> {
    let mut lists = Vec::new();
    collect_lists(parameters, "", &mut lists);
    lists.retain(|(_, items)| items.bounds.is_some());
    lists
}

fn collect_lists<'a>(parameters: &'a [Parameter], before: &str, lists: &mut Vec<(String, &'a Items)>) {
    for parameter in parameters {
        let name = format!("{before}{}", parameter.wire);
        match &parameter.shape {
            Shape::Value(_) | Shape::Objects { json: true, .. } => {}
            Shape::Values(_, items) => lists.push((name, items)),
            Shape::Objects { fields, items, .. } => {
                collect_lists(fields, &format!("{name}.N."), lists);
                lists.push((name, items));
            }
            Shape::Filter(filter) => {
                lists.push((format!("{name}.N.Value"), &filter.values));
                lists.push((name, &filter.items));
            }
        }
    }
}
