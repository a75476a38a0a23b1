//! Constraints on one value, as types, parameters and filter keys state them.

use crate::diagnostics::{Code, Fault, Located, Text, suggest};
use crate::yaml::Fields;

/// Names of the written forms.
pub(crate) const FORMATS: [&str; 7] = ["timestamp", "ipv4", "ipv6", "ip", "cidr", "ipv4-mask", "digits"];

/// What is said about a value. Nothing is said where a part is missing.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    /// Least and greatest number.
    pub range: Option<Located<(i64, i64)>>,
    /// Fewest and most characters.
    pub length: Option<Located<(i64, i64)>>,
    /// Classes of the first character.
    pub first: Option<Vec<Text>>,
    /// Classes of all characters.
    pub only: Option<Vec<Text>>,
    /// Beginnings that are not allowed.
    pub not_prefix: Option<Vec<Text>>,
    /// How the value begins.
    pub prefix: Option<Text>,
    /// Written form.
    pub format: Option<Text>,
    /// Allowed values.
    pub one_of: Option<Vec<Text>>,
    /// Values that are not allowed.
    pub none_of: Option<Vec<Text>>,
    /// Networks in which an address or network must not lie, nor contain them.
    pub outside: Option<Vec<Text>>,
    /// Fewest and most bits of a mask.
    pub prefix_length: Option<Located<(i64, i64)>>,
}

impl Constraints {
    pub(super) fn read(fields: &mut Fields<'_, '_>) -> Self {
        let mut constraints = Self {
            range: fields.pair("range"),
            length: fields.counts("length"),
            first: fields.optional_texts("first"),
            only: fields.optional_texts("only"),
            not_prefix: fields.optional_texts("not_prefix"),
            prefix: fields.text("prefix"),
            format: fields.text("format"),
            one_of: fields.take("one_of").and_then(|values| fields.texts_of(values)),
            none_of: fields.optional_texts("none_of"),
            outside: fields.optional_texts("outside"),
            prefix_length: fields.pair("prefix_length"),
        };
        if let Some(format) = constraints.format.take_if(|format| !FORMATS.contains(&format.as_str())) {
            let fault =
                Fault::new(Code::UnknownWord, format.spot, format!("unknown format `{}`", format.value));
            fields.faults.add(fault.hint(suggest(format.as_str(), FORMATS)));
        }
        if let Some(bits) = &constraints.prefix_length
            && bits.value.1 > 32
        {
            let fault = Fault::new(Code::NotAMaskLength, bits.spot, "not a number of bits of an IPv4 mask");
            fields.faults.add(fault.hint("count from 0 to 32"));
        }
        constraints
    }

    /// These constraints, and those of `base` where these say nothing.
    #[must_use]
    pub fn over(&self, base: &Constraints) -> Constraints {
        Constraints {
            range: self.range.clone().or_else(|| base.range.clone()),
            length: self.length.clone().or_else(|| base.length.clone()),
            first: self.first.clone().or_else(|| base.first.clone()),
            only: self.only.clone().or_else(|| base.only.clone()),
            not_prefix: self.not_prefix.clone().or_else(|| base.not_prefix.clone()),
            prefix: self.prefix.clone().or_else(|| base.prefix.clone()),
            format: self.format.clone().or_else(|| base.format.clone()),
            one_of: self.one_of.clone().or_else(|| base.one_of.clone()),
            none_of: self.none_of.clone().or_else(|| base.none_of.clone()),
            outside: self.outside.clone().or_else(|| base.outside.clone()),
            prefix_length: self.prefix_length.clone().or_else(|| base.prefix_length.clone()),
        }
    }
}
