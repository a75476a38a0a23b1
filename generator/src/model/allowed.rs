//! Whether a documented value is what the spec says that it must be. The runtime decides, as it does for users.

use super::rule::texts;
use super::{Limit, Scalar, Value, Wire};
use aliyun_rpc::schema;

/// What the value should be, if it is something else.
#[must_use]
pub fn rejection(value: &Value, text: &str) -> Option<String> {
    if !runtime_wire(value).allows(text) && !is_numeric_flag(value, text) {
        return Some(format!("of the type {}", value.wire.name()));
    }
    value.checks.iter().find_map(|check| {
        with_runtime_limit(&check.limit, |limit| (!limit.allows(text)).then(|| limit.expected()))
    })
}

/// Whether this is a boolean that the wire writes as 0 or 1.
fn is_numeric_flag(value: &Value, text: &str) -> bool {
    value.scalar == Scalar::Boolean && value.wire == Wire::Integer && matches!(text, "0" | "1")
}

/// A number or a boolean is one, whether the wire quotes it or not.
fn runtime_wire(value: &Value) -> schema::Wire {
    match (&value.scalar, value.wire) {
        (Scalar::Boolean, _) => schema::Wire::Boolean,
        (Scalar::Integer, Wire::Integer) => schema::Wire::Integer,
        (Scalar::Integer, _) | (_, Wire::Long) => schema::Wire::Long,
        (_, Wire::Integer) => schema::Wire::Integer,
        (_, Wire::Boolean) => schema::Wire::Boolean,
        (_, Wire::String) => schema::Wire::String,
    }
}

impl Limit {
    /// Whether this is a rule of form, as the runtime sees it.
    #[must_use]
    pub fn is_form(&self) -> bool {
        with_runtime_limit(self, |limit| limit.is_form())
    }

    /// What a value should be: "a number from 1 to 50".
    #[must_use]
    pub fn expected(&self) -> String {
        with_runtime_limit(self, |limit| limit.expected())
    }
}

fn with_runtime_limit<R>(limit: &Limit, see: impl FnOnce(&schema::Limit<'_>) -> R) -> R {
    match limit {
        Limit::Range(min, max) => see(&schema::Limit::Range { min: *min, max: *max }),
        Limit::Length(min, max) => {
            let (min, max) =
                (usize::try_from(*min).unwrap_or(0), usize::try_from(*max).unwrap_or(usize::MAX));
            see(&schema::Limit::Length { min, max })
        }
        Limit::OneOf(values) => see(&schema::Limit::OneOf(&texts(values))),
        Limit::Prefix(prefix) => see(&schema::Limit::Prefix(prefix)),
        Limit::FirstIn(classes) => {
            see(&schema::Limit::FirstIn(&classes.iter().map(|class| chars(class)).collect::<Vec<_>>()))
        }
        Limit::Only(classes) => {
            see(&schema::Limit::Only(&classes.iter().map(|class| chars(class)).collect::<Vec<_>>()))
        }
        Limit::NotPrefix(words) => see(&schema::Limit::NotPrefix(&texts(words))),
        Limit::NoneOf(values) => see(&schema::Limit::NoneOf(&texts(values))),
        Limit::Outside(networks) => see(&schema::Limit::Outside(&texts(networks))),
        Limit::PrefixLength(min, max) => {
            let (min, max) = (u8::try_from(*min).unwrap_or(0), u8::try_from(*max).unwrap_or(u8::MAX));
            see(&schema::Limit::PrefixLength { min, max })
        }
        Limit::Format(name) => see(&schema::Limit::Format(format(name))),
    }
}

fn chars(class: &str) -> schema::Chars<'_> {
    match class {
        "letter" => schema::Chars::Letter,
        "digit" => schema::Chars::Digit,
        "han" => schema::Chars::Han,
        "ascii" => schema::Chars::Ascii,
        these => schema::Chars::These(these),
    }
}

fn format(name: &str) -> schema::Format {
    match name {
        "timestamp" => schema::Format::Timestamp,
        "ipv4" => schema::Format::Ipv4,
        "ipv6" => schema::Format::Ipv6,
        "ip" => schema::Format::Ip,
        "cidr" => schema::Format::Cidr,
        "ipv4-mask" => schema::Format::Ipv4Mask,
        _ => schema::Format::Digits,
    }
}
