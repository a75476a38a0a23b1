//! What a generated file brings into scope.

use super::stand_ins;
use crate::emit::Codec;
use crate::model::{Action, Field, FieldShape, Item, Parameter, Rust, Scalar, Shape, Structure};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Types that a file uses without declaring them.
#[derive(Default)]
struct Used {
    /// Of the crate's types.
    shared: BTreeSet<Rust>,
    /// Of the runtime.
    runtime: BTreeSet<Rust>,
}

/// The imports of an action's file.
pub(super) fn of_action(action: &Action, codec: Codec) -> TokenStream {
    let mut used = Used::default();
    used.add_parameters(&action.parameters);
    used.add_fields(&action.response);
    for name in ["Parameters", "Request", "Writer"] {
        used.add_runtime(name);
    }
    let has_objects =
        action.parameters.iter().any(|one| matches!(one.shape, Shape::Objects { .. } | Shape::Filter(_)));
    if has_objects {
        used.add_runtime("Encode");
    }
    let schema = quote! { use crate::schema; use aliyun_rpc::schema::Action; };
    let client = quote! { #[cfg(any(feature = "client", feature = "blocking"))] use crate::Caller; };
    let types = used.imports(codec);
    quote! { #schema #client #types }
}

/// The imports of a shared structure's file.
pub(super) fn of_structure(structure: &Structure, codec: Codec) -> TokenStream {
    let mut used = Used::default();
    used.add_fields(&structure.fields);
    used.imports(codec)
}

/// Ids, enums and shared structures that an action uses.
pub(super) fn shared_types(action: &Action) -> BTreeSet<Rust> {
    let mut used = Used::default();
    used.add_parameters(&action.parameters);
    used.add_fields(&action.response);
    used.shared
}

impl Used {
    fn imports(&self, codec: Codec) -> TokenStream {
        let stand_ins = |name: &&Rust| codec.is_serde() && stand_ins::NAMES.contains(&name.as_str());
        let shared: Vec<&Rust> = self.shared.iter().chain(self.runtime.iter().filter(stand_ins)).collect();
        let runtime: Vec<&Rust> = self.runtime.iter().filter(|name| !stand_ins(name)).collect();
        let shared = (!shared.is_empty()).then(|| quote! { use crate::types::{#(#shared),*}; });
        let runtime = (!runtime.is_empty()).then(|| quote! { use aliyun_rpc::{#(#runtime),*}; });
        let quiet = (codec != Codec::Streaming).then(|| quote! { #[allow(unused_imports)] });
        quote! { #shared #runtime #quiet use aliyun_rpc::decode::{Decode, Slot}; }
    }

    fn add_runtime(&mut self, name: &str) {
        self.runtime.insert(Rust::given(name));
    }

    fn add_parameters(&mut self, parameters: &[Parameter]) {
        for parameter in parameters {
            match &parameter.shape {
                Shape::Value(value) | Shape::Values(value, _) => {
                    self.add_scalar(&value.scalar, parameter.sensitive)
                }
                Shape::Objects { fields, .. } => self.add_parameters(fields),
                Shape::Filter(filter) => {
                    self.add_runtime("Filter");
                    filter.keys.iter().for_each(|key| self.add_scalar(&key.value.scalar, false));
                }
            }
        }
    }

    fn add_fields(&mut self, fields: &[Field]) {
        for field in fields {
            if let FieldShape::Value(scalar, _) | FieldShape::List { item: Item::Value(scalar, _), .. } =
                &field.shape
            {
                self.add_scalar(scalar, field.sensitive);
            }
            match field.structure() {
                Some(structure) if structure.shared => {
                    self.shared.insert(structure.rust.clone());
                }
                Some(structure) => self.add_fields(&structure.fields),
                None => {}
            }
        }
    }

    fn add_scalar(&mut self, scalar: &Scalar, sensitive: bool) {
        if sensitive {
            self.add_runtime("Sensitive");
        }
        match scalar {
            Scalar::Id(name) | Scalar::Enum(name) => {
                self.shared.insert(name.clone());
            }
            Scalar::Runtime(name) => self.add_runtime(name),
            Scalar::String | Scalar::Integer | Scalar::Boolean => {}
        }
    }
}
