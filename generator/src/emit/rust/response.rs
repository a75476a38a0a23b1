//! The answer of an action, and the structures in it.

use super::{docs, scalar_type};
use crate::emit::Codec;
use crate::model::{Action, Field, FieldShape, Item, Rust, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// The answer of an action, with the structures that only it has.
pub(super) fn response(action: &Action, codec: Codec) -> TokenStream {
    if action.raw {
        return quote! {};
    }
    let summary = format!("The answer to [`{}`].", action.rust);
    let answer = record(&action.response_type, &summary, &action.response, codec);
    let nested = nested(&action.response, codec);
    quote! { #answer #nested }
}

/// One structure, with those that are declared in it.
pub(super) fn structure(structure: &Structure, codec: Codec) -> TokenStream {
    let this = record(&structure.rust, &structure.summary, &structure.fields, codec);
    let nested = nested(&structure.fields, codec);
    quote! { #this #nested }
}

fn nested(fields: &[Field], codec: Codec) -> TokenStream {
    let declared = fields.iter().filter_map(Field::structure).filter(|structure| !structure.shared);
    let items = declared.map(|declared| structure(declared, codec));
    quote! { #(#items)* }
}

fn record(name: &Rust, summary: &str, fields: &[Field], codec: Codec) -> TokenStream {
    let documentation = docs(summary);
    let derives = codec.response_derives();
    let members = fields.iter().map(|field| member(field, codec));
    let arms: Vec<TokenStream> = fields.iter().map(arm).collect();
    let body = codec.slot_body(&arms);
    quote! {
        #documentation
        #[derive(Clone, Debug, Default, PartialEq)]
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#members,)*
        }

        impl Decode for #name {
            fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
                #body
            }
        }
    }
}

fn member(field: &Field, codec: Codec) -> TokenStream {
    let (name, held) = (&field.rust, held_type(field));
    let documentation = docs(&field_docs(field));
    let attributes = codec.response_field(field);
    quote! { #documentation #attributes pub #name: #held }
}

fn held_type(field: &Field) -> TokenStream {
    match &field.shape {
        FieldShape::Value(scalar, _) => optional(field, scalar_type(scalar, field.sensitive)),
        FieldShape::Object(structure) => optional(field, structure_type(structure)),
        FieldShape::List { item, .. } => {
            let element = element_type(item, field.sensitive);
            quote! { Vec<#element> }
        }
    }
}

/// The type of an element of a list.
pub(super) fn element_type(item: &Item, sensitive: bool) -> TokenStream {
    match item {
        Item::Value(scalar, _) => scalar_type(scalar, sensitive),
        Item::Structure(structure) => structure_type(structure),
    }
}

fn structure_type(structure: &Structure) -> TokenStream {
    let name = &structure.rust;
    quote! { #name }
}

fn optional(field: &Field, held: TokenStream) -> TokenStream {
    if field.always {
        held
    } else {
        quote! { Option<#held> }
    }
}

fn arm(field: &Field) -> TokenStream {
    let (wire, name) = (&field.wire, &field.rust);
    match &field.shape {
        FieldShape::Value(..) => quote! { #wire => Slot::Scalar(&mut self.#name) },
        FieldShape::Object(_) => quote! { #wire => Slot::Object(&mut self.#name) },
        FieldShape::List { wrapper, .. } => {
            let wrapper = wrapper.as_deref().unwrap_or("");
            quote! { #wire => Slot::List(&mut self.#name, #wrapper) }
        }
    }
}

fn field_docs(field: &Field) -> String {
    let mut text = format!("`{}`: {}", field.wire, field.summary);
    if let Some(unit) = &field.unit {
        text += &format!(" In {unit}.");
    }
    if field.always {
        text += " In every answer; empty if the service leaves it out all the same.";
    }
    text
}
