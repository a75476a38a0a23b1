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
    if action.raw {
        used.runtime.insert(action.response_type.clone());
    }
    let has_objects = action.parameters.iter().any(|one| declares_objects(&one.shape));
    if has_objects {
        used.add_runtime("Encode");
    }
    let schema = quote! { use crate::schema; use aliyun_rpc::schema::Action; };
    let client = quote! { #[cfg(any(feature = "client", feature = "blocking"))] use crate::Caller; };
    let types = if action.raw { used.of_types(codec) } else { used.imports(codec) };
    quote! { #schema #client #types }
}

/// The imports of a shared structure's file.
pub(super) fn of_structure(structure: &Structure, codec: Codec) -> TokenStream {
    let mut used = Used::default();
    used.add_fields(&structure.fields);
    used.imports(codec)
}

/// The imports of a shared object's file.
pub(super) fn of_object(object: &Parameter, codec: Codec) -> TokenStream {
    let mut used = Used::default();
    if let Shape::Objects { fields, .. } = &object.shape {
        used.add_parameters(fields);
    }
    for name in ["Encode", "Writer"] {
        used.add_runtime(name);
    }
    used.of_types(codec)
}

fn declares_objects(shape: &Shape) -> bool {
    matches!(shape, Shape::Objects { shared: false, .. } | Shape::Filter(_))
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
        let types = self.of_types(codec);
        let quiet = (codec != Codec::Streaming).then(|| quote! { #[allow(unused_imports)] });
        quote! { #types #quiet use aliyun_rpc::decode::{Decode, Slot}; }
    }

    fn of_types(&self, codec: Codec) -> TokenStream {
        let stand_ins = |name: &&Rust| codec.is_serde() && stand_ins::NAMES.contains(&name.as_str());
        let shared: Vec<&Rust> = self.shared.iter().chain(self.runtime.iter().filter(stand_ins)).collect();
        let runtime: Vec<&Rust> = self.runtime.iter().filter(|name| !stand_ins(name)).collect();
        let shared = (!shared.is_empty()).then(|| quote! { use crate::types::{#(#shared),*}; });
        let runtime = (!runtime.is_empty()).then(|| quote! { use aliyun_rpc::{#(#runtime),*}; });
        quote! { #shared #runtime }
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
                Shape::Objects { rust, shared: true, .. } => {
                    self.shared.insert(rust.clone());
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
