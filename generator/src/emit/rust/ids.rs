//! src/types/ids.rs: one type for each kind of id.

use super::{docs, file};
use crate::emit::Codec;
use crate::model::{Id, Model};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn ids_file(model: &Model, codec: Codec) -> String {
    let items = model.ids.iter().map(|id| item(id, codec));
    let stand_ins = (codec == Codec::Serde).then(stand_ins);
    file(&quote! {
        //! Ids. Each kind is a type of its own, so that one cannot be passed where another belongs.

        #(#items)*
        #stand_ins
    })
}

/// Types of the runtime that have no serde implementation; with that codec the generated crate has its own.
pub(super) const STAND_INS: [&str; 5] = ["Filter", "Ipv4Address", "Ipv6Address", "Sensitive", "Timestamp"];

fn stand_ins() -> TokenStream {
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

        impl<T> From<T> for Sensitive<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }
    }
}

fn item(id: &Id, codec: Codec) -> TokenStream {
    let name = &id.rust;
    let text = match (&id.prefix, &id.example) {
        (Some(prefix), Some(example)) => {
            format!("{}\n\nStarts with `{prefix}`, for example `{example}`.", id.summary)
        }
        (None, Some(example)) => format!("{}\n\nFor example `{example}`.", id.summary),
        _ => id.summary.clone(),
    };
    let documentation = docs(&text);
    let derives = codec.id_derives();
    quote! {
        aliyun_rpc::text_type! {
            #documentation
            #derives
            #name
        }
    }
}
