//! What the serde variants of the generated crate need beside it: only the benchmark of build times emits them.

use crate::emit::Codec;
use proc_macro2::TokenStream;
use quote::quote;

/// Types of the runtime that have no serde implementation; with that codec the generated crate has its own.
pub(super) const NAMES: [&str; 5] = ["Filter", "Ipv4Address", "Ipv6Address", "Sensitive", "Timestamp"];

pub(super) fn types() -> TokenStream {
    let derives = Codec::Serde.id_derives();
    quote! {
        aliyun_rpc::text_type! { /// An IPv4 address.
            #derives Ipv4Address }
        aliyun_rpc::text_type! { /// An IPv6 address.
            #derives Ipv6Address }
        aliyun_rpc::text_type! { /// A time.
            #derives Timestamp }

        /// A key and values.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #[serde(rename_all = "PascalCase")]
        pub struct Filter {
            key: String,
            value: Vec<String>,
        }

        impl Filter {
            /// A filter on a key.
            pub fn new(key: impl Into<String>, values: impl IntoIterator<Item = impl ToString>) -> Self {
                Self { key: key.into(), value: values.into_iter().map(|value| value.to_string()).collect() }
            }

            /// The key.
            pub fn key(&self) -> &str {
                &self.key
            }

            /// The values.
            pub fn values(&self) -> &[String] {
                &self.value
            }
        }

        /// A value that no text shows.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #derives
        pub struct Sensitive<T>(T);

        impl From<&str> for Sensitive<String> {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl<T: aliyun_rpc::decode::Read> aliyun_rpc::decode::Read for Sensitive<T> {
            fn read(raw: aliyun_rpc::decode::Raw<'_>) -> Result<Option<Self>, aliyun_rpc::decode::Mismatch> {
                Ok(T::read(raw)?.map(Sensitive))
            }
        }

        impl<T> From<T> for Sensitive<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }
    }
}

/// Readers that take what the runtime's decoder takes.
pub(super) fn readers() -> TokenStream {
    quote! {
        use aliyun_rpc::decode::{Raw, Read};
        use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
        use std::marker::PhantomData;

        /// A value that may be quoted or missing.
        pub fn optional<'de, D: Deserializer<'de>, T: Read>(from: D) -> Result<Option<T>, D::Error> {
            from.deserialize_any(Scalar(PhantomData))
        }

        /// A value that may be quoted.
        pub fn required<'de, D: Deserializer<'de>, T: Read + Default>(from: D) -> Result<T, D::Error> {
            Ok(optional(from)?.unwrap_or_default())
        }

        /// A list, in its wrapper or not.
        pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
            from.deserialize_any(List(PhantomData))
        }

        struct Scalar<T>(PhantomData<T>);

        fn read<T: Read, E: Error>(raw: Raw<'_>) -> Result<Option<T>, E> {
            T::read(raw).map_err(|mismatch| E::custom(mismatch.0))
        }

        impl<T: Read> Visitor<'_> for Scalar<T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a single value")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                read(Raw::Text(text))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                read(Raw::Int(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                read(i64::try_from(number).map_or(Raw::Uint(number), Raw::Int))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                read(Raw::Float(number))
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                read(Raw::Bool(flag))
            }

            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(None)
            }
        }

        struct List<T>(PhantomData<T>);

        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum OneOrMore<T> {
            More(Vec<T>),
            One(T),
        }

        impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(element) = elements.next_element()? {
                    list.push(element);
                }
                Ok(list)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<T>, A::Error> {
                let mut list = Vec::new();
                while map.next_key::<IgnoredAny>()?.is_some() {
                    match map.next_value()? {
                        OneOrMore::More(elements) => list.extend(elements),
                        OneOrMore::One(element) => list.push(element),
                    }
                }
                Ok(list)
            }

            fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
                Ok(Vec::new())
            }
        }
    }
}
