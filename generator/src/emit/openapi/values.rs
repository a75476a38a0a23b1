//! Single values of requests.

use super::schema::{STRICT, Schema, add, joined, reference, schema, set, set_filled};
use crate::emit::docs;
use crate::model::{Check, Limit, Model, Scalar, Value, Wire};
use serde_json::{Value as Json, json};

/// What one value must be like: rules of form as such, all else under `x-strict`.
pub(super) fn constrained(model: &Model, value: &Value) -> Schema {
    let mut made = base(model, value);
    let mut strict = Schema::new();
    for check in own_checks(model, value) {
        let Some(keywords) = keywords(&check.limit, value) else { continue };
        add(if check.limit.is_form() { &mut made } else { &mut strict }, keywords);
    }
    set_filled(&mut made, STRICT, strict.into());
    made
}

/// The constraints in words, with the codes by which the service refuses what breaks them.
pub(super) fn sentences(model: &Model, value: &Value) -> String {
    let mut codes = Vec::new();
    for code in value.checks.iter().filter_map(|check| check.refused_as.as_ref()) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let limits = own_checks(model, value).map(|check| docs::sentence(&check.limit));
    joined(limits.chain(codes.into_iter().map(|code| format!("Otherwise `{code}`."))))
}

/// A text of the spec as the JSON value that the schema asks for; as it is, where it is none.
pub(super) fn typed(scalar: &Scalar, wire: Wire, text: &str) -> Json {
    let parsed = match (scalar, wire) {
        (Scalar::Integer, _) | (Scalar::Boolean, Wire::Integer) => text.parse::<i64>().ok().map(Json::from),
        (Scalar::Boolean, _) => text.parse::<bool>().ok().map(Json::from),
        (Scalar::String | Scalar::Runtime(_) | Scalar::Id(_) | Scalar::Enum(_), _) => None,
    };
    parsed.unwrap_or_else(|| text.into())
}

fn base(model: &Model, value: &Value) -> Schema {
    match &value.scalar {
        // What the type asks for is taken away here.
        Scalar::Id(name) if type_prefix(model, value).is_some() && !has_type_prefix(model, value) => {
            schema(json!({ "type": "string", "x-type": name.as_str() }))
        }
        Scalar::Id(name) | Scalar::Enum(name) => reference(name.as_str()),
        Scalar::String | Scalar::Runtime(_) => schema(json!({ "type": "string" })),
        Scalar::Integer => schema(json!({ "type": "integer", "format": integer_format(value.wire) })),
        Scalar::Boolean if value.wire == Wire::Integer => {
            schema(json!({ "type": "integer", "enum": [0, 1] }))
        }
        Scalar::Boolean => schema(json!({ "type": "boolean" })),
    }
}

pub(super) fn integer_format(wire: Wire) -> &'static str {
    if wire == Wire::Integer { "int32" } else { "int64" }
}

fn type_prefix<'a>(model: &'a Model, value: &Value) -> Option<&'a String> {
    let Scalar::Id(name) = &value.scalar else { return None };
    model.id(name)?.prefix.as_ref()
}

fn has_type_prefix(model: &Model, value: &Value) -> bool {
    value.checks.iter().any(|check| is_type_prefix(model, value, check))
}

fn is_type_prefix(model: &Model, value: &Value, check: &Check) -> bool {
    matches!(&check.limit, Limit::Prefix(prefix) if Some(prefix) == type_prefix(model, value))
}

/// The constraints that the schema of the type does not have.
fn own_checks<'a>(model: &'a Model, value: &'a Value) -> impl Iterator<Item = &'a Check> {
    value
        .checks
        .iter()
        .filter(|check| !is_type_prefix(model, value, check) && !is_whole_enum(model, value, check))
}

fn is_whole_enum(model: &Model, value: &Value, check: &Check) -> bool {
    let (Scalar::Enum(name), Limit::OneOf(values)) = (&value.scalar, &check.limit) else { return false };
    model.enumeration(name).is_some_and(|found| found.values.iter().map(|value| &value.wire).eq(values))
}

/// A constraint in the words of JSON Schema, if it has any for it.
fn keywords(limit: &Limit, value: &Value) -> Option<Schema> {
    let typed = |texts: &[String]| -> Vec<Json> {
        texts.iter().map(|text| typed(&value.scalar, value.wire, text)).collect()
    };
    let made = match limit {
        Limit::Range(least, most) => json!({ "minimum": least, "maximum": most }),
        Limit::Length(least, most) => json!({ "minLength": least, "maxLength": most }),
        Limit::OneOf(values) => json!({ "enum": typed(values) }),
        Limit::NoneOf(values) => json!({ "not": { "enum": typed(values) } }),
        Limit::Prefix(prefix) => json!({ "pattern": beginning(std::slice::from_ref(prefix)) }),
        Limit::NotPrefix(prefixes) => json!({ "not": { "pattern": beginning(prefixes) } }),
        Limit::FirstIn(classes) => json!({ "pattern": format!("^[{}]", ranges(classes)) }),
        Limit::Only(classes) => json!({ "pattern": format!("^[{}]*$", ranges(classes)) }),
        Limit::PrefixLength(least, most) => json!({ "enum": masks(*least, *most) }),
        Limit::Format(name) => format(name)?,
        Limit::Outside(_) => return None,
    };
    Some(schema(made))
}

fn format(name: &str) -> Option<Json> {
    Some(match name {
        "timestamp" => json!({ "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z?$" }),
        "ipv4" | "ipv4-mask" => json!({ "format": "ipv4" }),
        "ipv6" => json!({ "format": "ipv6" }),
        "ip" => json!({ "anyOf": [{ "format": "ipv4" }, { "format": "ipv6" }] }),
        "digits" => json!({ "pattern": "^[0-9]+$" }),
        _ => return None,
    })
}

fn beginning(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| escaped(word)).collect();
    if let [only] = words.as_slice() { format!("^{only}") } else { format!("^({})", words.join("|")) }
}

/// A text as a pattern that matches it alone.
pub(super) fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for character in text.chars() {
        if r"\^$.|?*+()[]{}".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// Classes of characters as ranges: patterns that every dialect understands. Han are those that the client takes for such.
fn ranges(classes: &[String]) -> String {
    let ranges = classes.iter().map(|class| match class.as_str() {
        "letter" => "A-Za-z".to_owned(),
        "digit" => "0-9".to_owned(),
        "han" => "々〇\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\u{20000}-\u{323af}".to_owned(),
        "ascii" => r"\x00-\x7f".to_owned(),
        these => these.chars().map(in_class).collect(),
    });
    ranges.collect()
}

fn in_class(character: char) -> String {
    if r"\]^-[".contains(character) { format!("\\{character}") } else { character.to_string() }
}

fn masks(least: i64, most: i64) -> Vec<String> {
    let bits = (least.max(0)..=most.min(32)).filter_map(|bits| u32::try_from(bits).ok());
    let mask = |bits: u32| std::net::Ipv4Addr::from(u32::MAX.checked_shl(32 - bits).unwrap_or(0));
    bits.map(|bits| mask(bits).to_string()).collect()
}

/// What is known of a value beside its constraints.
pub(super) struct Facts<'a> {
    pub(super) default: Option<&'a String>,
    pub(super) example: Option<&'a String>,
    pub(super) unit: Option<&'a String>,
    pub(super) sensitive: bool,
    pub(super) source: Option<&'a String>,
}

impl Facts<'_> {
    /// Adds them to the schema of a value with this type.
    pub(super) fn add_to(&self, made: &mut Schema, scalar: &Scalar, wire: Wire) {
        let typed = |text: &String| typed(scalar, wire, text);
        set(made, "default", self.default.map(typed));
        set(made, "examples", self.example.map(|text| vec![typed(text)]));
        set(made, "x-unit", self.unit.map(String::as_str));
        set(made, "x-sensitive", self.sensitive.then_some(true));
        set(made, "x-source", self.source.map(String::as_str));
    }
}

#[cfg(test)]
mod tests {
    use super::{beginning, masks, ranges};

    #[test]
    fn patterns_and_masks() {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(beginning(&texts(&["http://", "a.b"])), r"^(http://|a\.b)");
        assert_eq!(ranges(&texts(&["letter", "digit", "_-"])), r"A-Za-z0-9_\-");
        assert_eq!(masks(0, 1), ["0.0.0.0", "128.0.0.0"]);
        assert_eq!(
            masks(29, 40),
            ["255.255.255.248", "255.255.255.252", "255.255.255.254", "255.255.255.255"]
        );
    }
}
