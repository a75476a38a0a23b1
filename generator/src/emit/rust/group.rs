//! src/GROUP: the actions of a group, a file each.

use super::{file, request, response};
use crate::emit::Codec;
use crate::model::{Field, FieldShape, Group, Item, Model, Parameter, Rust, Scalar, Shape};
use crate::write::Files;
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn emit(model: &Model, group: &Group, codec: Codec, files: &mut Files) {
    let folder = group.module.as_str();
    files.insert(format!("src/{folder}/mod.rs"), root(group));
    for action in &group.actions {
        let request = request::request(model, action, codec);
        let response = response::response(action, codec);
        files.insert(format!("src/{folder}/{}.rs", action.module), file(&quote! { #request #response }));
    }
}

fn root(group: &Group) -> String {
    let documentation = group_docs(group);
    let modules: Vec<&Rust> = group.actions.iter().map(|action| &action.module).collect();
    let types = used_types(group);
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

/// Ids, enums and shared structures that the group's actions use.
fn used_types(group: &Group) -> BTreeSet<Rust> {
    let mut types = BTreeSet::new();
    for action in &group.actions {
        in_parameters(&action.parameters, &mut types);
        in_fields(&action.response, &mut types);
    }
    types
}

fn in_parameters(parameters: &[Parameter], types: &mut BTreeSet<Rust>) {
    for parameter in parameters {
        match &parameter.shape {
            Shape::Value(value) | Shape::Values(value, _) => in_scalar(&value.scalar, types),
            Shape::Objects { fields, .. } => in_parameters(fields, types),
            Shape::Filter(filter) => filter.keys.iter().for_each(|key| in_scalar(&key.value.scalar, types)),
        }
    }
}

fn in_fields(fields: &[Field], types: &mut BTreeSet<Rust>) {
    for field in fields {
        if let FieldShape::Value(scalar, _) | FieldShape::List { item: Item::Value(scalar, _), .. } = &field.shape {
            in_scalar(scalar, types);
        }
        if let Some(structure) = field.structure() {
            if structure.shared {
                types.insert(structure.rust.clone());
            }
            in_fields(&structure.fields, types);
        }
    }
}

fn in_scalar(scalar: &Scalar, types: &mut BTreeSet<Rust>) {
    if let Scalar::Id(name) | Scalar::Enum(name) = scalar {
        types.insert(name.clone());
    }
}

