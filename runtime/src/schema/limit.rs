//! Constraints on one value.

/// One constraint on one value.
#[derive(Debug)]
pub struct Check {
    /// The constraint.
    pub limit: Limit<'static>,
    /// The code with which the service answers when it does not hold, if the action's table lists one.
    pub refused_as: Option<&'static str>,
}

/// Kinds of constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit<'a> {
    /// A number between two bounds, both included.
    Range {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// A text of so many characters.
    Length {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// One of these values.
    OneOf(&'a [&'a str]),
    /// Starts with this, as the ids of a resource do.
    Prefix(&'a str),
    /// Starts with a character of one of these classes.
    FirstIn(&'a [Chars<'a>]),
    /// Consists of characters of these classes.
    Only(&'a [Chars<'a>]),
    /// Starts with none of these.
    NotPrefix(&'a [&'a str]),
    /// None of these values.
    NoneOf(&'a [&'a str]),
    /// An address or a network that lies in none of these networks.
    Outside(&'a [&'a str]),
    /// A mask of so many bits.
    PrefixLength {
        /// Fewest bits: the widest network.
        min: u8,
        /// Most bits: the narrowest network.
        max: u8,
    },
    /// Is written in this form.
    Format(Format),
}

impl Limit<'_> {
    /// Whether this is a rule of form. A rule of form is always refused; the others (lists of allowed values,
    /// ranges, lengths, prefixes of ids) are what a provider widens over the years, and are refused only by
    /// strict validation.
    #[must_use]
    pub const fn is_form(&self) -> bool {
        match self {
            Limit::FirstIn(_)
            | Limit::Only(_)
            | Limit::NotPrefix(_)
            | Limit::NoneOf(_)
            | Limit::Outside(_)
            | Limit::Format(_) => true,
            Limit::Range { .. }
            | Limit::Length { .. }
            | Limit::OneOf(_)
            | Limit::Prefix(_)
            | Limit::PrefixLength { .. } => false,
        }
    }

    /// Whether a value keeps the constraint.
    #[must_use]
    pub fn allows(&self, value: &str) -> bool {
        crate::validate::holds(self, value)
    }

    /// What a value should be: "a number from 1 to 50".
    #[must_use]
    pub fn expected(&self) -> String {
        crate::validate::expected(self)
    }
}

/// Classes of characters that text formats are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Chars<'a> {
    /// `a` to `z`, `A` to `Z`.
    Letter,
    /// `0` to `9`.
    Digit,
    /// Han characters.
    Han,
    /// Any ASCII character.
    Ascii,
    /// Exactly these characters.
    These(&'a str),
}

/// Written forms of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// A time in UTC, `2022-02-28T16:00:00Z`; seconds and `Z` may be missing.
    Timestamp,
    /// An IPv4 address, `192.168.0.1`.
    Ipv4,
    /// An IPv6 address, `2001:db8::1`.
    Ipv6,
    /// An address of either version.
    Ip,
    /// A network with its prefix length; a bare address stands for itself alone.
    Cidr,
    /// A contiguous IPv4 mask, `255.255.255.252`.
    Ipv4Mask,
    /// Decimal digits, such as an account id.
    Digits,
}
