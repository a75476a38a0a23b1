//! Rules between parameters.

use super::build::values;
use super::response::own_text;
use crate::diagnostics::Text;
use crate::spec;
use aliyun_rpc::Parameters;
use aliyun_rpc::schema::{self, Breach};

/// A rule between parameters.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The rule.
    pub kind: RuleKind,
    /// What it says.
    pub summary: String,
    /// The code with which the service answers when it does not hold.
    pub refused_as: Option<String>,
    /// Whether it was concluded, not stated.
    pub inferred: bool,
    /// Line of the reference on which it stands, or from which it was concluded.
    pub line: Option<u32>,
    /// Where it comes from, if not from the reference.
    pub source: Option<String>,
}

/// Kinds of rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// The range of a number depends on another parameter's value.
    RangeBy {
        /// The number.
        parameter: String,
        /// What decides.
        by: String,
        /// What `by` counts as when it is left out.
        default: Option<String>,
        /// Value, least, greatest.
        ranges: Vec<(String, i64, i64)>,
    },
    /// Parameters must be given under a condition.
    RequiredIf {
        /// The parameters.
        parameters: Vec<String>,
        /// The condition.
        when: When,
    },
    /// Parameters must not be given but under a condition.
    AllowedIf {
        /// The parameters.
        parameters: Vec<String>,
        /// The condition.
        when: When,
    },
    /// A parameter, if it is given, has one of these values under a condition.
    ValueIf {
        /// The parameter.
        parameter: String,
        /// The values.
        one_of: Vec<String>,
        /// The condition.
        when: When,
    },
    /// One of these sets of parameters must be given in full.
    AtLeastOne(Vec<Vec<String>>),
    /// Parameters of two of these sets must not be given together.
    AtMostOne(Vec<Vec<String>>),
    /// Addresses lie in one subnet.
    SameSubnet {
        /// The addresses.
        addresses: Vec<String>,
        /// The parameter that holds the mask.
        mask: String,
    },
}

/// A condition: what one parameter must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The parameter.
    pub parameter: String,
    /// With which values the condition holds.
    pub values: Values,
    /// What the parameter counts as when it is left out.
    pub default: Option<String>,
}

/// The values with which a condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// Any, as long as the parameter is given.
    Given,
    /// One of these.
    OneOf(Vec<String>),
}

impl Rule {
    /// Resolves a rule between these parameters.
    #[must_use]
    pub fn build(written: &spec::Rule, parameters: &[spec::Parameter]) -> Self {
        Self {
            kind: kind(&written.kind, parameters),
            summary: written.summary.value.clone(),
            refused_as: own_text(written.refused_as.as_ref()),
            inferred: written.inferred,
            line: written.line,
            source: own_text(written.source.as_ref()),
        }
    }
}

fn kind(written: &spec::RuleKind, parameters: &[spec::Parameter]) -> RuleKind {
    let when = |written: &spec::When| when(written, parameters);
    match written {
        spec::RuleKind::RangeBy { parameter, by, ranges } => RuleKind::RangeBy {
            parameter: parameter.value.clone(),
            by: by.value.clone(),
            default: default(by, parameters),
            ranges: ranges
                .iter()
                .map(|(value, range)| (value.value.clone(), range.value.0, range.value.1))
                .collect(),
        },
        spec::RuleKind::RequiredIf { parameters, when: written } => {
            RuleKind::RequiredIf { parameters: values(parameters), when: when(written) }
        }
        spec::RuleKind::AllowedIf { parameters, when: written } => {
            RuleKind::AllowedIf { parameters: values(parameters), when: when(written) }
        }
        spec::RuleKind::ValueIf { parameter, one_of, when: written } => RuleKind::ValueIf {
            parameter: parameter.value.clone(),
            one_of: values(one_of),
            when: when(written),
        },
        spec::RuleKind::AtLeastOne(sets) => {
            RuleKind::AtLeastOne(sets.iter().map(|set| values(set)).collect())
        }
        spec::RuleKind::AtMostOne(sets) => RuleKind::AtMostOne(sets.iter().map(|set| values(set)).collect()),
        spec::RuleKind::SameSubnet { addresses, mask } => {
            RuleKind::SameSubnet { addresses: values(addresses), mask: mask.value.clone() }
        }
    }
}

fn when(written: &spec::When, parameters: &[spec::Parameter]) -> When {
    let (values, default) = match &written.values {
        spec::Values::Given => (Values::Given, None),
        spec::Values::OneOf(words) => (Values::OneOf(values(words)), default(&written.parameter, parameters)),
    };
    When { parameter: written.parameter.value.clone(), values, default }
}

fn default(name: &Text, parameters: &[spec::Parameter]) -> Option<String> {
    let found = parameters.iter().find(|parameter| parameter.name.value == name.value)?;
    own_text(found.default.as_ref())
}

impl RuleKind {
    /// Whether this is a rule of form, as the runtime sees it.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.with_runtime(|kind| kind.is_form())
    }

    /// The parameters that break the rule. The runtime decides, as it does for users.
    #[must_use]
    pub fn breaches(&self, parameters: &Parameters) -> Vec<Breach> {
        self.with_runtime(|kind| kind.breaches(parameters))
    }

    fn with_runtime<R>(&self, see: impl FnOnce(&schema::RuleKind<'_>) -> R) -> R {
        use schema::RuleKind as Seen;
        match self {
            RuleKind::RangeBy { parameter, by, default, ranges } => {
                let ranges: Vec<_> =
                    ranges.iter().map(|(value, least, most)| (value.as_str(), *least, *most)).collect();
                see(&Seen::RangeBy { parameter, by, default: default.as_deref(), ranges: &ranges })
            }
            RuleKind::RequiredIf { parameters, when } => {
                when.with_runtime(|when| see(&Seen::RequiredIf { parameters: &texts(parameters), when }))
            }
            RuleKind::AllowedIf { parameters, when } => {
                when.with_runtime(|when| see(&Seen::AllowedIf { parameters: &texts(parameters), when }))
            }
            RuleKind::ValueIf { parameter, one_of, when } => {
                when.with_runtime(|when| see(&Seen::ValueIf { parameter, one_of: &texts(one_of), when }))
            }
            RuleKind::AtLeastOne(sets) => with_sets(sets, |sets| see(&Seen::AtLeastOne(sets))),
            RuleKind::AtMostOne(sets) => with_sets(sets, |sets| see(&Seen::AtMostOne(sets))),
            RuleKind::SameSubnet { addresses, mask } => {
                see(&Seen::SameSubnet { addresses: &texts(addresses), mask })
            }
        }
    }
}

impl When {
    fn with_runtime<R>(&self, see: impl FnOnce(schema::When<'_>) -> R) -> R {
        let words = match &self.values {
            Values::Given => Vec::new(),
            Values::OneOf(words) => texts(words),
        };
        let values = match &self.values {
            Values::Given => schema::Values::Given,
            Values::OneOf(_) => schema::Values::OneOf(&words),
        };
        see(schema::When { parameter: &self.parameter, values, default: self.default.as_deref() })
    }
}

fn with_sets<R>(sets: &[Vec<String>], see: impl FnOnce(&[&[&str]]) -> R) -> R {
    let sets: Vec<Vec<&str>> = sets.iter().map(|set| texts(set)).collect();
    see(&sets.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// Texts as the runtime takes them.
pub(super) fn texts(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}
