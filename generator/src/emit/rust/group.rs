//! src/GROUP: the actions of a group, a file each.

use super::{file, imports, pages, request, response, waiters};
use crate::emit::Codec;
use crate::emit::work::Work;
use crate::model::{Action, Group, Model, Rust};
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn emit<'a>(model: &'a Model, group: &'a Group, codec: Codec, work: &mut Work<'a>) {
    let folder = group.module.as_str();
    work.add(format!("src/{folder}/mod.rs"), move || root(group));
    for action in &group.actions {
        let path = format!("src/{folder}/{}.rs", action.module);
        work.add(path, move || action_file(model, action, codec));
    }
}

fn action_file(model: &Model, action: &Action, codec: Codec) -> String {
    let request = request::request(model, action, codec);
    let response = response::response(action, codec);
    let pages = pages::paged(action);
    let waits = waiters::of_action(model, action);
    let imports = imports::of_action(action, codec);
    file(&quote! { #imports #request #response #pages #waits })
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
