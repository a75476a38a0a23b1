//! src/GROUP: the actions of a group, a file each.

use super::{file, imports, pages, request, response};
use crate::emit::Codec;
use crate::model::{Group, Model, Rust};
use crate::write::Files;
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn emit(model: &Model, group: &Group, codec: Codec, files: &mut Files) {
    let folder = group.module.as_str();
    files.insert(format!("src/{folder}/mod.rs"), root(group));
    for action in &group.actions {
        let request = request::request(model, action, codec);
        let response = response::response(action, codec);
        let pages = pages::paged(action);
        let imports = imports::of_action(action, codec);
        files.insert(
            format!("src/{folder}/{}.rs", action.module),
            file(&quote! { #imports #request #response #pages }),
        );
    }
}

fn root(group: &Group) -> String {
    let documentation = group_docs(group);
    let modules: Vec<&Rust> = group.actions.iter().map(|action| &action.module).collect();
    let types: BTreeSet<Rust> = group.actions.iter().flat_map(imports::shared_types).collect();
    let shared = (!types.is_empty()).then(|| quote! { pub use crate::types::{#(#types),*}; });
    file(&quote! {
        #documentation

        #(mod #modules;)*

        #(pub use #modules::*;)*
        #shared
    })
}

fn group_docs(group: &Group) -> proc_macro2::TokenStream {
    let mut text = format!("{}\n\n| action | what it does |\n|---|---|\n", group.summary);
    for action in &group.actions {
        text += &format!("| [`{}`] | {} |\n", action.rust, action.summary);
    }
    let lines = text.lines().map(|line| format!(" {line}"));
    quote! { #(#![doc = #lines])* }
}
