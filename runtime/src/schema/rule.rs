//! Rules between parameters.

use crate::parameters::Parameters;

/// A rule that holds between parameters.
#[derive(Debug)]
pub struct Rule {
    /// The rule.
    pub kind: RuleKind<'static>,
    /// The code with which the service answers when it does not hold, if the action's table lists one.
    pub refused_as: Option<&'static str>,
    /// The rule was concluded, not stated: it warns and never refuses, not even under strict validation.
    pub inferred: bool,
}

/// Kinds of rule between parameters. Names are those of an action's parameters, without `.N`; a list counts as given
/// when one of its elements is, and what is given but empty does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleKind<'a> {
    /// The range of a number depends on another parameter's value.
    RangeBy {
        /// The number.
        parameter: &'a str,
        /// The parameter that decides.
        by: &'a str,
        /// What `by` counts as when it is left out.
        default: Option<&'a str>,
        /// Value of `by`, least and greatest number, both included.
        ranges: &'a [(&'a str, i64, i64)],
    },
    /// Parameters must be given under a condition.
    RequiredIf {
        /// The parameters.
        parameters: &'a [&'a str],
        /// The condition.
        when: When<'a>,
    },
    /// Parameters must not be given but under a condition.
    AllowedIf {
        /// The parameters.
        parameters: &'a [&'a str],
        /// The condition.
        when: When<'a>,
    },
    /// A parameter, if it is given, has one of these values under a condition.
    ValueIf {
        /// The parameter.
        parameter: &'a str,
        /// The values.
        one_of: &'a [&'a str],
        /// The condition.
        when: When<'a>,
    },
    /// One of these sets of parameters must be given in full.
    AtLeastOne(&'a [&'a [&'a str]]),
    /// Parameters of two of these sets must not be given together.
    AtMostOne(&'a [&'a [&'a str]]),
    /// Addresses lie in one subnet; not looked at before two of them and the mask are given.
    SameSubnet {
        /// The addresses.
        addresses: &'a [&'a str],
        /// The mask: dotted, as a prefix length (`/56`), or as a network (`2408:4004:cc:400::/56`), of which only the
        /// length counts.
        mask: &'a str,
    },
}

impl RuleKind<'_> {
    /// Whether this is a rule of form; see [`Limit::is_form`](super::Limit::is_form).
    #[must_use]
    pub const fn is_form(&self) -> bool {
        match self {
            RuleKind::RangeBy { .. } | RuleKind::ValueIf { .. } => false,
            RuleKind::RequiredIf { .. }
            | RuleKind::AllowedIf { .. }
            | RuleKind::AtLeastOne(_)
            | RuleKind::AtMostOne(_)
            | RuleKind::SameSubnet { .. } => true,
        }
    }

    /// The parameters that break the rule, none of them if it holds. A value that does not have its type or its
    /// form breaks none.
    #[must_use]
    pub fn breaches(&self, parameters: &Parameters) -> Vec<Breach> {
        crate::validate::breaches(self, parameters)
    }
}

/// The condition of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When<'a> {
    /// The parameter that decides.
    pub parameter: &'a str,
    /// With which values the condition holds.
    pub values: Values<'a>,
    /// What the parameter counts as when it is left out, if the condition names values.
    pub default: Option<&'a str>,
}

/// The values with which a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values<'a> {
    /// Any, as long as the parameter is given.
    Given,
    /// One of these.
    OneOf(&'a [&'a str]),
}

/// A parameter that breaks a rule between parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Its name; of a list the name without an index.
    pub parameter: String,
    /// What it should be: "a number from 1 to 9, with PricingCycle Month".
    pub expected: String,
}
