//! tests/support/answers.rs: every answer, read and taken apart into the paths of its fields and their texts.

use crate::emit::rust::file;
use crate::model::{Action, Field, FieldShape, Group, Item, Model, Rust, Structure};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

pub(super) fn answers_file(model: &Model) -> String {
    // An answer whose fields are not known has none to take apart.
    let rows = model.actions().filter(|action| !action.raw).map(|action| {
        let (name, group, module) = (&action.name, Rust::snake(&action.group), &action.module);
        quote! { (#name, #group::#module) }
    });
    let groups = model.groups.iter().map(|one| group(model, one));
    file(&quote! {
        //! The typed answer to every action, read by the decoder and taken apart field by field: what comes out must be
        //! what the text holds.
        #![allow(dead_code, missing_docs, unreachable_pub, unused_imports, unused_variables)]

        use aliyun_rpc::decode::{Decode, answer};
        use std::collections::BTreeMap;
        use std::fmt::Display;

        /// Texts by path, `PhysicalConnectionSet[0].Status`; an object has a path that ends with a full stop.
        pub type Leaves = BTreeMap<String, String>;

        /// Reads an answer and takes it apart.
        pub type TakeApart = fn(&str) -> Result<Leaves, String>;

        /// Every action with what reads its answer.
        pub const ANSWERS: &[(&str, TakeApart)] = &[#(#rows),*];

        fn read<T: Decode + Default>(
            action: &str,
            text: &str,
            take_apart: fn(&T, &str, &mut Leaves),
        ) -> Result<Leaves, String> {
            let (mut response, mut leaves) = (T::default(), Leaves::new());
            answer(text.as_bytes(), action, &mut response).map_err(|error| error.to_string())?;
            take_apart(&response, "", &mut leaves);
            Ok(leaves)
        }

        fn put(leaves: &mut Leaves, path: String, value: &dyn Display) {
            leaves.insert(path, value.to_string());
        }

        #(#groups)*
    })
}

fn group(model: &Model, group: &Group) -> TokenStream {
    let (krate, module) = (model.crate_ident(), &group.module);
    let actions = group.actions.iter().filter(|action| !action.raw).map(action);
    let mut structures = BTreeMap::new();
    group.actions.iter().for_each(|action| collect(&action.response, &mut structures));
    let structures = structures.values().map(|structure| taken_apart(&structure.rust, &structure.fields));
    quote! {
        mod #module {
            use super::{Leaves, put, read};
            use #krate::#module::*;
            use #krate::types::*;

            #(#actions)*
            #(#structures)*
        }
    }
}

/// The structures in an answer, each once.
fn collect<'a>(fields: &'a [Field], structures: &mut BTreeMap<&'a str, &'a Structure>) {
    for structure in fields.iter().filter_map(Field::structure) {
        structures.insert(structure.rust.as_str(), structure);
        collect(&structure.fields, structures);
    }
}

fn action(action: &Action) -> TokenStream {
    let (name, function) = (&action.name, &action.module);
    let take_apart = function_of(&action.response_type);
    let whole = taken_apart(&action.response_type, &action.response);
    quote! {
        pub(super) fn #function(text: &str) -> Result<Leaves, String> {
            read(#name, text, #take_apart)
        }

        #whole
    }
}

fn function_of(structure: &Rust) -> Rust {
    Rust::snake(structure.as_str()).with("_fields")
}

fn taken_apart(name: &Rust, fields: &[Field]) -> TokenStream {
    let function = function_of(name);
    let statements = fields.iter().map(field);
    quote! {
        fn #function(found: &#name, at: &str, leaves: &mut Leaves) {
            #(#statements)*
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let (wire, name) = (&field.wire, &field.rust);
    let path = |end: &str| {
        let path = format!("{{at}}{wire}{end}");
        quote! { format!(#path) }
    };
    match &field.shape {
        FieldShape::Value(..) => {
            let put = put(field, path(""));
            optional(field, put)
        }
        FieldShape::Object(structure) => {
            let object = object(structure, path("."));
            optional(field, object)
        }
        FieldShape::List { item, .. } => {
            let element = match item {
                Item::Value(..) => put(field, path("[{index}]")),
                Item::Structure(structure) => object(structure, path("[{index}].")),
            };
            quote! { for (index, value) in found.#name.iter().enumerate() { #element } }
        }
    }
}

fn optional(field: &Field, statement: TokenStream) -> TokenStream {
    let name = &field.rust;
    if field.always {
        quote! { let value = &found.#name; #statement }
    } else {
        quote! { if let Some(value) = &found.#name { #statement } }
    }
}

fn put(field: &Field, path: TokenStream) -> TokenStream {
    let value = if field.sensitive {
        quote! { value.reveal() }
    } else {
        quote! { value }
    };
    quote! { put(leaves, #path, #value); }
}

fn object(structure: &Structure, path: TokenStream) -> TokenStream {
    let function = function_of(&structure.rust);
    quote! {
        let path = #path;
        put(leaves, path.clone(), &"");
        #function(value, &path, leaves);
    }
}
