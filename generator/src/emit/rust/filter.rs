//! A typed filter: one constructor a key.

use super::request::is_text;
use super::{docs, scalar_type};
use crate::emit::Codec;
use crate::model::{Filter, FilterKey};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn filter(filter: &Filter, codec: Codec) -> TokenStream {
    let name = &filter.rust;
    let derives = codec.request_derives();
    let encode = codec.encode_body(quote! { self.0.encode(writer); });
    let constructors = filter.keys.iter().map(constructor);
    quote! {
        /// A filter: a key, and values of which one must match.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #derives
        pub struct #name(Filter);

        impl #name {
            #(#constructors)*

            /// Selects by a key that this crate does not know.
            #[must_use]
            pub fn other(key: impl Into<String>, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
                Self(Filter::new(key, values.into_iter().map(Into::<String>::into)))
            }

            /// The key on the wire.
            #[must_use]
            pub fn key(&self) -> &str {
                self.0.key()
            }

            /// The values on the wire.
            #[must_use]
            pub fn values(&self) -> &[String] {
                self.0.values()
            }
        }

        impl Encode for #name {
            fn encode(&self, writer: &mut Writer<'_>) {
                #encode
            }
        }
    }
}

fn constructor(key: &FilterKey) -> TokenStream {
    let (name, wire) = (&key.rust, &key.wire);
    let documentation = docs(&format!("Selects by `{wire}`: {}", key.summary));
    let element = scalar_type(&key.value.scalar, false);
    let (taken, values) = if is_text(&key.value) {
        (quote! { impl Into<#element> }, quote! { values.into_iter().map(Into::<#element>::into) })
    } else {
        (element, quote! { values })
    };
    quote! {
        #documentation
        #[must_use]
        pub fn #name(values: impl IntoIterator<Item = #taken>) -> Self {
            Self(Filter::new(#wire, #values))
        }
    }
}
