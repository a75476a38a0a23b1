//! How generated types are read and written, in the two ways that [`Codec`] names.

use crate::emit::Codec;
use crate::model::{Action, Field, FieldShape};
use proc_macro2::TokenStream;
use quote::quote;

impl Codec {
    /// Whether serde reads and writes the types.
    pub(super) fn is_serde(self) -> bool {
        matches!(self, Codec::Serde | Codec::LenientSerde)
    }

    /// Derives of a structure in an answer.
    pub(super) fn response_derives(self) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => {
                quote! { #[derive(serde::Serialize, serde::Deserialize)] #[serde(default)] }
            }
        }
    }

    /// Derives of a request or of an object in one.
    pub(super) fn request_derives(self) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => quote! { #[derive(serde::Serialize)] },
        }
    }

    /// Derives of an id.
    pub(super) fn id_derives(self) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => {
                quote! { #[derive(serde::Serialize, serde::Deserialize)] #[serde(transparent)] }
            }
        }
    }

    /// Derives of an enum.
    pub(super) fn enum_derives(self) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => quote! { #[derive(serde::Serialize, serde::Deserialize)] },
        }
    }

    /// Attributes of a value of an enum.
    pub(super) fn variant(self, wire: &str, also: &[String]) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => quote! { #[serde(rename = #wire, #(alias = #also),*)] },
        }
    }

    /// Attributes of the variant for unknown values.
    pub(super) fn unknown_variant(self) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => quote! { #[serde(untagged)] },
        }
    }

    /// Attributes of a field of an answer.
    pub(super) fn response_field(self, field: &Field) -> TokenStream {
        let wire = &field.wire;
        let read = match (self, &field.shape) {
            (Codec::LenientSerde, FieldShape::Value(..)) if field.always => "crate::types::required",
            (Codec::LenientSerde, FieldShape::Value(..)) => "crate::types::optional",
            (Codec::LenientSerde, FieldShape::List { .. }) => "crate::types::list",
            _ => return self.field(wire),
        };
        quote! { #[serde(rename = #wire, deserialize_with = #read)] }
    }

    /// Attributes of a field.
    pub(super) fn field(self, wire: &str) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => quote! { #[serde(rename = #wire)] },
        }
    }

    /// Attributes of a field that is not sent by itself.
    pub(super) fn skipped_field(self) -> TokenStream {
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => quote! { #[serde(skip)] },
        }
    }

    /// The body of `Encode::encode` or `Request::encode`.
    pub(super) fn encode_body(self, statements: TokenStream) -> TokenStream {
        match self {
            Codec::Streaming => statements,
            Codec::Serde | Codec::LenientSerde | Codec::Nothing => quote! { let _ = writer; },
        }
    }

    /// What compiles the derived implementations for an action, as a client that sends with them would.
    pub(super) fn uses(self, action: &Action) -> TokenStream {
        let (request, response) = (&action.rust, &action.response_type);
        match self {
            Codec::Streaming | Codec::Nothing => quote! {},
            Codec::Serde | Codec::LenientSerde => quote! {
                impl #request {
                    /// The parameters as a tree.
                    pub fn tree(&self) -> Result<serde_json::Value, serde_json::Error> {
                        serde_json::to_value(self)
                    }
                }

                impl #response {
                    /// Reads an answer.
                    pub fn read(json: &[u8]) -> Result<Self, serde_json::Error> {
                        serde_json::from_slice(json)
                    }
                }
            },
        }
    }

    /// The body of `Decode::slot`.
    pub(super) fn slot_body(self, arms: &[TokenStream]) -> TokenStream {
        match self {
            Codec::Streaming if !arms.is_empty() => {
                quote! { Some(match key { #(#arms,)* _ => return None }) }
            }
            Codec::Streaming | Codec::Serde | Codec::LenientSerde | Codec::Nothing => {
                quote! { let _ = key; None }
            }
        }
    }
}
