//! The Rust files: one module here for each kind of file there.

mod client;
mod codec;
mod crate_root;
mod enums;
mod error;
mod error_code;
mod filter;
mod group;
mod ids;
mod imports;
mod pages;
mod request;
mod response;
mod schema;
mod stand_ins;
mod tests;
mod types;

pub(super) use request::{is_text, wants_literal};

use super::Codec;
use crate::model::{Model, Rust, Scalar};
use crate::write::{Files, MARK};
use proc_macro2::TokenStream;
use quote::quote;

/// Adds every Rust file.
pub(super) fn emit(model: &Model, codec: Codec, files: &mut Files) {
    files.insert("src/lib.rs".into(), crate_root::crate_root_file(model));
    files.insert("src/client.rs".into(), client::client_file(model));
    files.insert("src/blocking.rs".into(), client::blocking_file(model));
    files.insert("src/caller.rs".into(), client::caller_file());
    files.insert("src/pages.rs".into(), pages::pages_file());
    files.insert("src/error.rs".into(), error::error_file());
    files.insert("src/error_code.rs".into(), error_code::error_code_file(model));
    types::emit(model, codec, files);
    for group in &model.groups {
        group::emit(model, group, codec, files);
    }
    schema::emit(model, files);
    let has_examples = model.actions().any(|action| !action.examples.is_empty());
    if codec == Codec::Streaming && has_examples {
        tests::emit(model, files);
    }
}

/// A file of these items, formatted.
fn file(items: &TokenStream) -> String {
    let formatted = match syn::parse2(items.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // Only a mistake in an emitter leads here; the compiler then shows it at its place.
        Err(error) => error.to_compile_error().to_string(),
    };
    format!("// {MARK}; do not edit.\n\n{formatted}")
}

/// Documentation of the item behind it.
fn docs(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// The type of a single value; [`imports`] brings it into scope.
fn scalar_type(scalar: &Scalar, sensitive: bool) -> TokenStream {
    let plain = match scalar {
        Scalar::String => quote! { String },
        Scalar::Integer => quote! { i64 },
        Scalar::Boolean => quote! { bool },
        Scalar::Runtime(name) => {
            let name = Rust::given(name);
            quote! { #name }
        }
        Scalar::Id(name) | Scalar::Enum(name) => quote! { #name },
    };
    if sensitive {
        quote! { Sensitive<#plain> }
    } else {
        plain
    }
}
