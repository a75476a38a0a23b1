//! Checks the parameters of a call against the schema.
//!
//! All violations are found at once. Whether one stops the sending depends on its [`Severity`] and on the
//! [`Validation`] that the client was given.

mod check;
mod given;
mod limits;
pub(crate) mod network;
mod rules;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

pub(crate) use check::request;
#[cfg(feature = "client")]
pub(crate) use check::{complete, misuse, reserved};
pub(crate) use limits::{expected, holds, wrong_type};
pub(crate) use rules::breaches;

/// How strictly a client takes the rules of the spec.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Validation {
    /// Rules of form are refused, others are left to the service: it may allow more today than when the spec was
    /// written.
    #[default]
    Standard,
    /// Every rule that the spec states is refused.
    Strict,
}

/// What becomes of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The rule was concluded from the reference, which does not state it: never refused.
    Inferred,
    /// The provider may have widened the rule: refused under [`Validation::Strict`] alone.
    Reported,
    /// A rule of form: always refused.
    Refused,
}

/// Kinds of rule that a parameter can violate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ViolatedRule {
    /// The parameter is required, and is not there or empty.
    Missing,
    /// The value does not have the type on the wire.
    Type,
    /// The number is out of its range.
    Range,
    /// The text has too few or too many characters.
    Length,
    /// The value is none of those allowed.
    OneOf,
    /// The text does not start as the ids of its resource do.
    Prefix,
    /// The text has a character that it must not have, or must not have first.
    Characters,
    /// The text starts as it must not.
    NotPrefix,
    /// The text is not in its written form: no address, no time.
    Format,
    /// The value is one of those that are not allowed.
    NoneOf,
    /// The address or network lies in a network in which it must not lie.
    Outside,
    /// The mask has too few or too many bits.
    PrefixLength,
    /// The list has too few or too many elements.
    Items,
    /// The filter has no such key.
    FilterKey,
    /// The name is not that of an element, elements are not numbered 1, 2, 3, or a filter lacks its key or values.
    Structure,
    /// The parameter has no name, or one that the client sets by itself.
    Reserved,
    /// The number is out of the range that another parameter's value sets.
    RangeBy,
    /// Another parameter makes this one necessary, and it is not there or empty.
    RequiredIf,
    /// The parameter is there, and what would allow it is not.
    AllowedIf,
    /// The value is none of those that another parameter allows.
    ValueIf,
    /// None of several sets of parameters is there in full.
    AtLeastOne,
    /// The parameter is there beside another that excludes it.
    AtMostOne,
    /// The address is not in one subnet with another.
    SameSubnet,
}

/// A parameter that violates a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    parameter: String,
    rule: ViolatedRule,
    value: Option<String>,
    expected: Cow<'static, str>,
    code: Option<&'static str>,
    severity: Severity,
}

impl Violation {
    /// Name of the parameter as it is sent, `PMInfo.2.PMName`.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// The kind of rule.
    #[must_use]
    pub const fn rule(&self) -> ViolatedRule {
        self.rule
    }

    /// The value; none if there is none, and none if it is sensitive.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// What the rule demands: `a number from 1 to 50`.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The code with which the service would answer, if the reference names one.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        self.code
    }

    /// What becomes of the violation.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether it stops the sending.
    #[must_use]
    pub const fn is_refused(&self, validation: Validation) -> bool {
        match self.severity {
            Severity::Refused => true,
            Severity::Reported => matches!(validation, Validation::Strict),
            Severity::Inferred => false,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ViolatedRule as Rule;
        let name = if self.parameter.is_empty() { "(no name)" } else { &self.parameter };
        write!(f, "{}: ", shortened(name))?;
        let is_missing = matches!(self.rule, Rule::Missing | Rule::RequiredIf | Rule::AtLeastOne);
        match (self.rule, self.value()) {
            (_, None) if is_missing => write!(f, "required, but missing; give {}", self.expected)?,
            (_, Some(_)) if is_missing => write!(f, "required, but empty; give {}", self.expected)?,
            (Rule::Reserved, _) => f.write_str(&self.expected)?,
            (Rule::Structure | Rule::AllowedIf | Rule::AtMostOne, _) => {
                write!(f, "expected {}", self.expected)?
            }
            (Rule::Items, Some(count)) => write!(f, "{count} is not {}", self.expected)?,
            (_, Some("")) => write!(f, "an empty text is not {}", self.expected)?,
            (_, Some(value)) => write!(f, "\"{}\" is not {}", shortened(value), self.expected)?,
            (_, None) => write!(f, "the value is not {}", self.expected)?,
        }
        match self.code {
            Some(code) => write!(f, " (the service would answer {code})"),
            None => Ok(()),
        }
    }
}

/// The text on one line, and not all of it if it is long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        None => text.escape_debug().to_string(),
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default().escape_debug()),
    }
}

/// The violations of one call, none of them if it is good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that stop the sending.
    #[must_use]
    pub fn refused(&self, validation: Validation) -> Violations {
        Self(self.iter().filter(|violation| violation.is_refused(validation)).cloned().collect())
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One line for each, which begins with what becomes of it.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            let severity = match violation.severity {
                Severity::Refused => "refused",
                Severity::Reported => "reported, and refused only under Validation::Strict",
                Severity::Inferred => "reported only",
            };
            write!(f, "{newline}{severity}: {violation}")?;
        }
        Ok(())
    }
}
