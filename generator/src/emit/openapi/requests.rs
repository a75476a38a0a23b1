//! Requests as forms: names as they are on the wire, those of lists as patterns.

use super::rules;
use super::schema::{STRICT, Schema, add, joined, schema, sentence, set, set_filled};
use super::values::{Facts, constrained, escaped, sentences};
use crate::emit::docs::{named_parameters, parameter_of, single_value};
use crate::model::{
    Action, Filter, FilterKey, Items, Model, Parameter, Row, Shape, Value, Wire, list_limits,
};
use serde_json::{Map, Value as Json, json};

pub(super) fn schema_of(model: &Model, action: &Action) -> Json {
    let (properties, patterns) = rows(model, action);
    let mut made = schema(json!({ "type": "object", "description": description(action) }));
    set_filled(&mut made, "required", required(&action.parameters).into());
    set_filled(&mut made, "properties", properties.into());
    set_filled(&mut made, "patternProperties", patterns.into());
    set_filled(&mut made, "x-lists", lists(&action.parameters).into());
    for one in instead(&action.parameters) {
        add(&mut made, one);
    }
    rules::add_all(action, &mut made);
    made.into()
}

fn description(action: &Action) -> String {
    joined([format!("Parameters of {}.", action.name), rules::in_words(action)])
}

/// Each row of the reference's table: those with a name of their own, and those that are numbered.
fn rows(model: &Model, action: &Action) -> (Schema, Schema) {
    let (mut properties, mut patterns) = (Schema::new(), Schema::new());
    let parameters = named_parameters(action);
    for row in action.rows() {
        let made = match parameter_of(&parameters, &row) {
            Some(parameter) => of_parameter(model, parameter, &row),
            None => of_filter(model, action, &row),
        };
        if row.name.contains(".N") {
            let titled = schema(json!({ "title": row.name })).into_iter().chain(made);
            patterns.insert(pattern(&row.name), titled.collect::<Schema>().into());
        } else {
            properties.insert(row.name, made.into());
        }
    }
    (properties, patterns)
}

/// `Filter.N.Key` as the pattern of all names that it stands for.
fn pattern(name: &str) -> String {
    let part = |part: &str| if part == "N" { "[1-9][0-9]*".to_owned() } else { escaped(part) };
    format!("^{}$", name.split('.').map(part).collect::<Vec<_>>().join(r"\."))
}

fn of_parameter(model: &Model, parameter: &Parameter, row: &Row) -> Schema {
    let value = single_value(parameter);
    let mut made = match value {
        Some(value) => constrained(model, value),
        None => json_text(model, parameter),
    };
    let limits = value.map(|value| sentences(model, value)).unwrap_or_default();
    made.insert("description".to_owned(), joined([sentence(&row.summary), limits, presence(row)]).into());
    let facts = Facts {
        default: row.default.as_ref(),
        example: row.example.as_ref(),
        unit: row.unit.as_ref(),
        sensitive: row.sensitive,
        source: row.source.as_ref(),
    };
    match value {
        Some(value) => facts.add_to(&mut made, &value.scalar, value.wire),
        None => facts.add_to(&mut made, &crate::model::Scalar::String, Wire::String),
    }
    made
}

/// What `required` cannot say.
fn presence(row: &Row) -> String {
    let in_each = if row.required && row.in_optional_list { "Required in each element." } else { "" };
    let unless = row.unless.as_ref().map(|other| format!("Required unless `{other}` is given."));
    let relaxed = row.relaxed.as_ref().map(|erratum| {
        format!("The reference calls it required, but a request without it is sent all the same (erratum {erratum}).")
    });
    joined([in_each.to_owned(), unless.unwrap_or_default(), relaxed.unwrap_or_default()])
}

/// A text that holds a JSON array of objects.
fn json_text(model: &Model, parameter: &Parameter) -> Schema {
    let Shape::Objects { fields, items, .. } = &parameter.shape else { return Schema::new() };
    let mut array = schema(json!({ "type": "array", "items": object(model, fields) }));
    set_filled(&mut array, STRICT, bounds(items).into());
    schema(json!({ "type": "string", "contentMediaType": "application/json", "contentSchema": array }))
}

/// An element of such an array, in which values may be texts.
fn object(model: &Model, fields: &[Parameter]) -> Json {
    let needed: Vec<&str> =
        fields.iter().filter(|field| field.is_needed()).map(|field| field.wire.as_str()).collect();
    let mut made = schema(json!({ "type": "object" }));
    set_filled(&mut made, "required", needed.into());
    let members: Schema =
        fields.iter().map(|field| (field.wire.clone(), member(model, field).into())).collect();
    set_filled(&mut made, "properties", members.into());
    made.into()
}

fn member(model: &Model, field: &Parameter) -> Schema {
    let Some(value) = single_value(field) else { return json_text(model, field) };
    let mut made = constrained(model, value);
    // Numbers and booleans may be quoted in it.
    if let Some(kind) = made.get_mut("type").filter(|kind| *kind != "string") {
        *kind = json!([kind.clone(), "string"]);
    }
    made.insert("description".to_owned(), joined([sentence(&field.summary), sentences(model, value)]).into());
    let facts = Facts {
        default: field.default.as_ref(),
        example: field.example.as_ref(),
        unit: field.unit.as_ref(),
        sensitive: field.sensitive,
        source: field.source.as_ref(),
    };
    facts.add_to(&mut made, &value.scalar, value.wire);
    made
}

fn of_filter(model: &Model, action: &Action, row: &Row) -> Schema {
    let found = action.parameters.iter().find_map(|parameter| match &parameter.shape {
        Shape::Filter(filter) if row.name.starts_with(&format!("{}.N.", parameter.wire)) => Some(filter),
        _ => None,
    });
    let Some(filter) = found else { return Schema::new() };
    let mut made = schema(json!({ "type": "string" }));
    let words = if row.name.ends_with(".Key") { key(filter, &mut made) } else { value_by_key(model, filter) };
    made.insert("description".to_owned(), joined([sentence(&row.summary), words]).into());
    set(&mut made, "x-source", row.source.clone());
    made
}

/// Other keys are sent, since the provider may have added some.
fn key(filter: &Filter, made: &mut Schema) -> String {
    let keys: Vec<&str> = filter.keys.iter().map(|key| key.wire.as_str()).collect();
    made.insert(STRICT.to_owned(), json!({ "enum": keys }));
    filter.refused_as.as_ref().map(|code| format!("Otherwise `{code}`.")).unwrap_or_default()
}

fn value_by_key(model: &Model, filter: &Filter) -> String {
    let one = |key: &FilterKey| {
        let words = joined([sentence(&key.summary), values_in_words(model, &key.value)]);
        format!("\n- `{}`: {words}", key.wire)
    };
    format!("By key:\n{}", filter.keys.iter().map(one).collect::<String>())
}

fn values_in_words(model: &Model, value: &Value) -> String {
    let named = match &value.scalar {
        crate::model::Scalar::Id(name) | crate::model::Scalar::Enum(name) => {
            format!("See the schema `{}`.", name.as_str())
        }
        _ => String::new(),
    };
    joined([named, sentences(model, value)])
}

/// How many elements lists have, as far as the reference says so.
fn lists(parameters: &[Parameter]) -> Map<String, Json> {
    list_limits(parameters).into_iter().map(|(name, items)| (name, bounds(items).into())).collect()
}

fn bounds(items: &Items) -> Schema {
    let mut made = Schema::new();
    if let Some((least, most)) = items.bounds {
        made = schema(json!({ "minItems": least, "maxItems": most }));
        set(&mut made, "x-refused-as", items.refused_as.clone());
    }
    made
}

fn required(parameters: &[Parameter]) -> Vec<String> {
    parameters.iter().filter(|one| one.is_needed()).filter_map(sign).collect()
}

/// Parameters that another one makes superfluous.
fn instead(parameters: &[Parameter]) -> Vec<Schema> {
    let one = |parameter: &Parameter| {
        let other = parameters.iter().find(|other| Some(&other.wire) == parameter.unless.as_ref())?;
        let needed = parameter.required && parameter.relaxed.is_none();
        let (name, other) = (sign(parameter)?, sign(other)?);
        needed.then(|| schema(json!({ "anyOf": [{ "required": [name] }, { "required": [other] }] })))
    };
    parameters.iter().filter_map(one).collect()
}

/// The name that is there whenever a parameter is given: numbers begin with 1.
pub(super) fn sign(parameter: &Parameter) -> Option<String> {
    let name = &parameter.wire;
    match &parameter.shape {
        Shape::Value(_) | Shape::Objects { json: true, .. } => Some(name.clone()),
        Shape::Values(..) => Some(format!("{name}.1")),
        Shape::Filter(_) => Some(format!("{name}.1.Key")),
        Shape::Objects { fields, .. } => {
            let field = fields.iter().find(|field| field.is_needed())?;
            Some(format!("{name}.1.{}", sign(field)?))
        }
    }
}
