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
mod waiters;

pub(super) use request::{is_text, wants_literal};

use super::Codec;
use crate::emit::work::Work;
use crate::model::{Model, Rust, Scalar};
use crate::write::MARK;
use proc_macro2::TokenStream;
use quote::quote;

/// Adds every Rust file.
pub(super) fn emit<'a>(model: &'a Model, codec: Codec, work: &mut Work<'a>) {
    // The longest first: a thread that begins with one of these last would be waited for.
    let has_examples = model.actions().any(|action| !action.examples.is_empty());
    if codec == Codec::Streaming && has_examples {
        tests::emit(model, work);
    }
    work.add("src/lib.rs", move || crate_root::crate_root_file(model));
    work.add("src/client.rs", move || client::client_file(model));
    work.add("src/blocking.rs", move || client::blocking_file(model));
    work.add("src/caller.rs", client::caller_file);
    work.add("src/pages.rs", pages::pages_file);
    work.add("src/waiters.rs", move || waiters::waiters_file(model));
    work.add("src/error.rs", error::error_file);
    work.add("src/error_code.rs", move || error_code::error_code_file(model));
    types::emit(model, codec, work);
    for group in &model.groups {
        group::emit(model, group, codec, work);
    }
    schema::emit(model, work);
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
