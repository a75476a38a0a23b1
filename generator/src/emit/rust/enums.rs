//! src/types/NAME.rs for each enum.

use super::{docs, file};
use crate::emit::Codec;
use crate::model::{Enum, EnumValue};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn enum_file(found: &Enum, codec: Codec) -> String {
    let declaration = declaration(found, codec);
    let spelling = spelling(found);
    let conversions = conversions(found);
    file(&quote! {
        #declaration
        #spelling
        #conversions
    })
}

fn declaration(found: &Enum, codec: Codec) -> TokenStream {
    let name = &found.rust;
    let documentation = docs(&found.summary);
    let derives = codec.enum_derives();
    let variants = found.values.iter().map(|value| variant(value, codec));
    let unknown = codec.unknown_variant();
    quote! {
        #documentation
        ///
        /// A value that this crate does not know yet is kept as it is in `Unknown`.
        #[derive(Clone, PartialEq, Eq, Hash)]
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this crate does not know, as spelt on the wire.
            #unknown
            Unknown(String),
        }
    }
}

fn variant(value: &EnumValue, codec: Codec) -> TokenStream {
    let name = &value.rust;
    let documentation = docs(&format!("`{}`: {}", value.wire, value.summary));
    let attributes = codec.variant(&value.wire, &value.also);
    quote! { #documentation #attributes #name }
}

fn spelling(found: &Enum) -> TokenStream {
    let name = &found.rust;
    let variants: Vec<_> = found.values.iter().map(|value| &value.rust).collect();
    let spellings = found.values.iter().map(|value| &value.wire);
    quote! {
        impl #name {
            /// The values that this crate knows, in the order of the reference.
            pub const KNOWN: &'static [Self] = &[#(Self::#variants),*];

            /// The spelling on the wire.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #spellings,)*
                    Self::Unknown(text) => text,
                }
            }
        }
    }
}

fn conversions(found: &Enum) -> TokenStream {
    let name = &found.rust;
    let rows = found.values.iter().flat_map(|value| {
        let variant = &value.rust;
        let spellings = std::iter::once(&value.wire).chain(&value.also);
        spellings.map(move |spelling| quote! { (#spelling, Self::#variant) })
    });
    quote! {
        impl #name {
            const SPELLINGS: &'static [(&'static str, Self)] = &[#(#rows),*];
        }

        aliyun_rpc::open_enum_impls!(#name);
    }
}
