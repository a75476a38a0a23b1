//! Types for texts that mean something: ids, addresses, times, secrets.

use crate::decode::{Mismatch, Raw, Read};
use crate::parameters::{Encode, Writer};
use std::fmt;

// Everything small is `#[inline]`: then it is compiled where it is used, not in the generated crate, for each of many
// types, whether anybody uses it or not.

/// Declares a type for a text with a meaning of its own, such as the id of a resource, so that one cannot be
/// passed where another belongs.
#[macro_export]
macro_rules! text_type {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&$name> for $name {
            #[inline]
            fn from(other: &$name) -> Self {
                other.clone()
            }
        }

        impl From<$name> for String {
            #[inline]
            fn from(this: $name) -> Self {
                this.0
            }
        }

        $crate::text_impls!($name);
    };
}

/// What every text-like type (ids, open enums) has in common: printing, sending, reading.
#[doc(hidden)]
#[macro_export]
macro_rules! text_impls {
    ($name:ident) => {
        impl PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer<'_>) {
                writer.text(self.as_str());
            }
        }

        impl $crate::decode::Read for $name {
            #[inline]
            fn read(
                raw: $crate::decode::Raw<'_>,
            ) -> ::std::result::Result<::std::option::Option<Self>, $crate::decode::Mismatch> {
                ::std::result::Result::Ok($crate::decode::read_text(raw)?.map(Self::from))
            }
        }

        impl $crate::decode::Item for $name {
            #[inline]
            fn slot(&mut self) -> $crate::decode::Slot<'_> {
                $crate::decode::Slot::Scalar(self)
            }
        }
    };
}

/// What every open enum has beside its spellings: the macro is for generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum_impls {
    ($name:ident) => {
        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match $crate::spelt(text, Self::SPELLINGS) {
                    Some(known) => known.clone(),
                    None => Self::Unknown(text.to_owned()),
                }
            }
        }

        impl Default for $name {
            /// The empty text, which is no value.
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        $crate::text_impls!($name);
    };
}

/// The value that is spelt like this.
#[doc(hidden)]
#[inline]
pub fn spelt<'a, T>(text: &str, spellings: &'a [(&str, T)]) -> Option<&'a T> {
    spellings.iter().find(|(spelling, _)| *spelling == text).map(|(_, value)| value)
}

text_type! {
    /// An IPv4 address as the API writes it. [`std::net::Ipv4Addr`] converts into it, and
    /// `as_str().parse()` goes the other way.
    Ipv4Address
}

impl From<std::net::Ipv4Addr> for Ipv4Address {
    fn from(address: std::net::Ipv4Addr) -> Self {
        Self(address.to_string())
    }
}

text_type! {
    /// An IPv6 address as the API writes it. [`std::net::Ipv6Addr`] converts into it, and
    /// `as_str().parse()` goes the other way.
    Ipv6Address
}

impl From<std::net::Ipv6Addr> for Ipv6Address {
    fn from(address: std::net::Ipv6Addr) -> Self {
        Self(address.to_string())
    }
}

text_type! {
    /// A time in UTC as the API writes it: `2021-06-08T12:20:55Z`, `2021-06-08T12:20:55` or `2021-10-08T10:44Z`.
    Timestamp
}

impl Timestamp {
    /// The time, or nothing if the text is in none of the three forms.
    #[must_use]
    pub fn to_system_time(&self) -> Option<std::time::SystemTime> {
        crate::time::parse(&self.0)
    }
}

impl From<std::time::SystemTime> for Timestamp {
    fn from(time: std::time::SystemTime) -> Self {
        Self(crate::time::format(time))
    }
}

/// A value that no text shows: a key, a certificate number, a telephone number.
///
/// It is sent like any other value, but `Debug` prints `***`, violations leave it out, and there is no `Display`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// The value itself.
    #[must_use]
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl From<&str> for Sensitive<String> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<T> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Encode> Encode for Sensitive<T> {
    fn encode(&self, writer: &mut Writer<'_>) {
        self.0.encode(writer);
    }
}

impl<T: Read> Read for Sensitive<T> {
    fn read(raw: Raw<'_>) -> Result<Option<Self>, Mismatch> {
        Ok(T::read(raw)?.map(Sensitive))
    }
}

#[cfg(test)]
mod tests {
    use super::{Ipv4Address, Ipv6Address, Sensitive, Timestamp};
    use crate::decode::{Raw, Read};
    use crate::parameters::{Encode, Parameters, Writer};
    use std::net::{Ipv4Addr, Ipv6Addr};
    use std::time::{Duration, SystemTime};

    crate::text_type! {
        /// A type as a generated crate declares it.
        LineId
    }

    fn sent(value: &dyn Encode) -> Option<String> {
        let mut parameters = Parameters::new();
        Writer::new(&mut parameters).field("Name", value);
        parameters.get("Name").map(str::to_owned)
    }

    #[test]
    fn a_text_with_a_meaning_is_its_text() {
        let id = LineId::from("pc-1");
        assert_eq!(id, "pc-1");
        assert_eq!(id.to_string(), "pc-1");
        assert_eq!(format!("{id:>6}|{id:?}"), "  pc-1|\"pc-1\"");
        assert_eq!(sent(&id).as_deref(), Some("pc-1"));
        assert_eq!(String::from(LineId::from(&id)), "pc-1");
        assert_eq!(LineId::read(Raw::Text("pc-1")), Ok(Some(id)));
        assert_eq!(LineId::read(Raw::Int(7)), Ok(Some(LineId::from("7"))));
        assert_eq!(LineId::read(Raw::Text("")), Ok(None));
        assert!(LineId::read(Raw::Float(1e300)).is_err());
    }

    #[test]
    fn addresses_come_from_those_of_the_standard_library() {
        assert_eq!(Ipv4Address::from(Ipv4Addr::new(192, 168, 0, 1)), "192.168.0.1");
        assert_eq!(Ipv6Address::from(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)), "2001:db8::1");
        assert_eq!(Ipv4Address::from("10.0.0.1").as_str().parse(), Ok(Ipv4Addr::new(10, 0, 0, 1)));
    }

    #[test]
    fn times_go_both_ways() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_623_154_855);
        assert_eq!(Timestamp::from(time), "2021-06-08T12:20:55Z");
        assert_eq!(Timestamp::from("2021-06-08T12:20:55").to_system_time(), Some(time));
        assert_eq!(Timestamp::from("yesterday").to_system_time(), None);
    }

    #[test]
    fn sensitive_values_are_sent_and_not_shown() {
        let secret: Sensitive<String> = "hunter2".into();
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "*** Some(***)");
        assert_eq!(secret.reveal(), "hunter2");
        assert_eq!(sent(&secret).as_deref(), Some("hunter2"));
        assert_eq!(Sensitive::<String>::read(Raw::Text("hunter2")), Ok(Some(secret)));
        assert_eq!(Sensitive::<i64>::read(Raw::Text("")), Ok(None));
    }
}
