//! tests/support/requests.rs: every request, built with every setter from values under their names on the wire.

use crate::emit::rust::file;
use crate::emit::rust::request::{is_text, wants_literal};
use crate::model::{Action, Filter, FilterKey, Model, Parameter, Rust, Scalar, Shape, Value};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn requests_file(model: &Model) -> String {
    let rows = model.actions().map(|action| {
        let (name, module) = (&action.name, &action.module);
        quote! { (#name, #module) }
    });
    let functions = model.actions().map(|action| function(model, action));
    file(&quote! {
        //! Requests of every action, made with the typed constructors and setters from values under their names on the
        //! wire: what goes out must be what was put in.
        #![allow(dead_code, missing_docs, unreachable_pub, unused_mut, clippy::unwrap_used)]

        use aliyun_rpc::{Parameters, Request, Violations};
        use std::collections::BTreeMap;

        /// What is sent, and what validation says about it.
        pub type Built = (Parameters, Violations);

        /// Makes a request.
        pub type Build = fn(&Given<'_>) -> Built;

        /// Every action with what makes its request.
        pub const REQUESTS: &[(&str, Build)] = &[#(#rows),*];

        /// Values by name; those inside an element of a list stand behind the element's name and a full stop.
        pub struct Given<'a> {
            values: &'a BTreeMap<String, String>,
            before: String,
        }

        impl<'a> Given<'a> {
            pub fn new(values: &'a BTreeMap<String, String>) -> Self {
                Self { values, before: String::new() }
            }

            fn text(&self, name: &str) -> Option<&'a str> {
                self.values.get(&format!("{}{name}", self.before)).map(String::as_str)
            }

            fn needed(&self, name: &str) -> &'a str {
                self.text(name).unwrap()
            }

            fn texts(&self, name: &str) -> Vec<&'a str> {
                (1..).map_while(|index| self.text(&format!("{name}.{index}"))).collect()
            }

            fn elements(&self, name: &str) -> Vec<Self> {
                let element = |index: usize| {
                    let before = format!("{}{name}.{index}.", self.before);
                    let given = self.values.keys().any(|name| name.starts_with(&before));
                    given.then_some(Self { values: self.values, before })
                };
                (1..).map_while(element).collect()
            }
        }

        fn number(text: &str) -> i64 {
            text.parse().unwrap()
        }

        fn flag(text: &str) -> bool {
            text.parse().unwrap()
        }

        #(#functions)*
    })
}

fn function(model: &Model, action: &Action) -> TokenStream {
    let (krate, group, name) = (model.crate_ident(), Rust::snake(&action.group), &action.module);
    let request = built(&action.rust, &action.parameters, &model.arguments(action));
    quote! {
        fn #name(given: &Given<'_>) -> Built {
            use #krate::#group::*;
            #request
            (built.parameters(), built.check())
        }
    }
}

/// Statements that make `built`, a record, out of `given`.
fn built(name: &Rust, parameters: &[Parameter], needed: &[&Parameter]) -> TokenStream {
    let is_needed = |parameter: &&Parameter| needed.iter().any(|one| one.wire == parameter.wire);
    let setters = parameters.iter().filter(|parameter| !is_needed(parameter)).map(setter);
    let arguments = if wants_literal(needed) {
        let required = name.with("Required");
        let fields = needed.iter().map(|parameter| {
            let (field, value) = (&parameter.rust, owned(parameter));
            quote! { #field: #value }
        });
        quote! { #required { #(#fields),* } }
    } else {
        let arguments = needed.iter().map(|parameter| argument(parameter));
        quote! { #(#arguments),* }
    };
    quote! {
        let mut built = #name::new(#arguments);
        #(#setters)*
    }
}

fn setter(parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.wire, &parameter.rust);
    match &parameter.shape {
        Shape::Value(value) => {
            let value = typed(value, parameter.sensitive, &quote! { text });
            quote! { if let Some(text) = given.text(#wire) { built = built.#name(#value); } }
        }
        Shape::Values(value, _) => {
            let values = all_typed(value, parameter.sensitive, &quote! { given.texts(#wire) });
            quote! { built = built.#name(#values); }
        }
        Shape::Objects { .. } => {
            let elements = elements(parameter);
            quote! { built = built.#name(#elements); }
        }
        Shape::Filter(_) => {
            let elements = elements(parameter);
            quote! { for filter in #elements { built = built.#name(filter); } }
        }
    }
}

/// An argument of `new`.
fn argument(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    match &parameter.shape {
        Shape::Value(value) if is_text(value) => quote! { given.needed(#wire) },
        _ => owned(parameter),
    }
}

/// A value as the record holds it.
fn owned(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    match &parameter.shape {
        Shape::Value(value) if is_text(value) => quote! { given.needed(#wire).into() },
        Shape::Value(value) => typed(value, parameter.sensitive, &quote! { given.needed(#wire) }),
        Shape::Values(value, _) if is_text(value) => {
            quote! { given.texts(#wire).into_iter().map(Into::into).collect() }
        }
        Shape::Values(value, _) => {
            let values = all_typed(value, parameter.sensitive, &quote! { given.texts(#wire) });
            quote! { #values.collect() }
        }
        Shape::Objects { .. } | Shape::Filter(_) => {
            let elements = elements(parameter);
            quote! { #elements.collect() }
        }
    }
}

/// The objects or filters of a list, one after the other.
fn elements(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let element = match &parameter.shape {
        Shape::Objects { rust, fields, .. } => {
            let needed: Vec<&Parameter> = fields.iter().filter(|field| field.is_needed()).collect();
            let object = built(rust, fields, &needed);
            quote! { #object built }
        }
        Shape::Filter(filter) => filter_element(filter),
        Shape::Value(_) | Shape::Values(..) => quote! {},
    };
    quote! { given.elements(#wire).iter().map(|given| { #element }) }
}

fn filter_element(filter: &Filter) -> TokenStream {
    let name = &filter.rust;
    let arms = filter.keys.iter().map(|FilterKey { wire, rust, value, .. }| {
        let values = all_typed(value, false, &quote! { values });
        quote! { #wire => #name::#rust(#values) }
    });
    quote! {
        let values = given.texts("Value");
        match given.needed("Key") {
            #(#arms,)*
            key => #name::other(key, values),
        }
    }
}

/// A text as a setter takes it.
fn typed(value: &Value, sensitive: bool, text: &TokenStream) -> TokenStream {
    let plain = match conversion(value) {
        None => return text.clone(),
        Some(convert) => quote! { #convert(#text) },
    };
    if sensitive {
        quote! { #plain.into() }
    } else {
        plain
    }
}

/// Texts as a setter takes them.
fn all_typed(value: &Value, sensitive: bool, texts: &TokenStream) -> TokenStream {
    match conversion(value) {
        None => quote! { #texts },
        Some(convert) if sensitive => quote! { #texts.into_iter().map(|text| #convert(text).into()) },
        Some(convert) => quote! { #texts.into_iter().map(#convert) },
    }
}

/// What makes a value of a text, where a setter takes no texts.
fn conversion(value: &Value) -> Option<TokenStream> {
    match &value.scalar {
        Scalar::String | Scalar::Id(_) | Scalar::Runtime(_) => None,
        Scalar::Integer => Some(quote! { number }),
        Scalar::Boolean => Some(quote! { flag }),
        Scalar::Enum(name) => Some(quote! { #name::from }),
    }
}
