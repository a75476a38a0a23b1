//! src/error_code.rs: the error codes as an enum.

use super::{docs, file};
use crate::model::{ErrorCode, Model};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn error_code_file(model: &Model) -> String {
    let declaration = declaration(model);
    let conversions = conversions(model);
    file(&quote! {
        #declaration
        #conversions
    })
}

fn declaration(model: &Model) -> TokenStream {
    let variants = model.errors.iter().map(variant);
    quote! {
        /// An error code of the service.
        ///
        /// The names follow the spelling on the wire, misspellings included. A code that this crate does not know is
        /// kept as it is in `Unknown`.
        #[derive(Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            #(#variants,)*
            /// A code that this crate does not know, as spelt on the wire.
            Unknown(String),
        }
    }
}

fn variant(error: &ErrorCode) -> TokenStream {
    let name = &error.rust;
    let documentation = docs(&format!("`{}`: {}", error.code, error.cause));
    quote! { #documentation #name }
}

fn conversions(model: &Model) -> TokenStream {
    let names: Vec<_> = model.errors.iter().map(|error| &error.rust).collect();
    let codes: Vec<_> = model.errors.iter().map(|error| &error.code).collect();
    quote! {
        impl ErrorCode {
            /// The spelling on the wire.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #codes,)*
                    Self::Unknown(code) => code,
                }
            }
        }

        impl ErrorCode {
            const SPELLINGS: &'static [(&'static str, Self)] = &[#((#codes, Self::#names)),*];
        }

        aliyun_rpc::open_enum_impls!(ErrorCode);
    }
}
