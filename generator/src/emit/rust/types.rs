//! src/types: what several actions use.

use super::{enums, file, ids, imports, request, response, stand_ins, waiters};
use crate::emit::Codec;
use crate::emit::work::Work;
use crate::model::{Field, Model, Parameter, Rust, Structure};
use quote::quote;

pub(super) fn emit<'a>(model: &'a Model, codec: Codec, work: &mut Work<'a>) {
    work.add("src/types/mod.rs", move || root(model, codec));
    work.add("src/types/ids.rs", move || ids::ids_file(model, codec));
    if !waiters::key_types(model).is_empty() {
        work.add("src/types/keys.rs", move || waiters::keys_file(model));
    }
    for found in &model.enums {
        work.add(path(&found.rust), move || enums::enum_file(found, codec));
    }
    for structure in &model.structures {
        work.add(path(&structure.rust), move || structure_file(structure, codec));
    }
    for object in &model.objects {
        work.add(path(&Rust::given(&object.wire)), move || object_file(object, codec));
    }
}

fn structure_file(structure: &Structure, codec: Codec) -> String {
    let imports = imports::of_structure(structure, codec);
    let items = response::structure(structure, codec);
    file(&quote! { #imports #items })
}

fn object_file(object: &Parameter, codec: Codec) -> String {
    let imports = imports::of_object(object, codec);
    let items = request::shared_object(object, codec);
    file(&quote! { #imports #items })
}

fn root(model: &Model, codec: Codec) -> String {
    let enums = model.enums.iter().map(|found| found.rust.clone());
    let structures = model.structures.iter().map(|one| one.rust.clone());
    let objects = model.objects.iter().map(|object| Rust::given(&object.wire));
    let names: Vec<Rust> = enums.chain(structures).chain(objects).collect();
    let modules: Vec<Rust> = names.iter().map(|name| Rust::snake(name.as_str())).collect();
    let stand_ins = stand_ins::NAMES.iter().filter(|_| codec.is_serde()).map(|name| Rust::given(name));
    let lenient = (codec == Codec::LenientSerde).then(|| quote! { pub use ids::{list, optional, required}; });
    let literals = model.objects.iter().filter(|object| request::has_literal(object)).map(|object| {
        let (module, name) = (Rust::snake(&object.wire), Rust::given(&object.wire).with("Required"));
        quote! { pub use #module::#name; }
    });
    let nested = model.structures.iter().flat_map(|structure| {
        let module = Rust::snake(structure.rust.as_str());
        nested(structure).into_iter().map(move |name| quote! { pub use #module::#name; })
    });
    let keys = waiters::key_types(model);
    let keys = (!keys.is_empty()).then(|| (quote! { mod keys; }, quote! { pub use keys::{#(#keys),*}; }));
    let (keys_module, keys) = keys.unzip();
    let ids = model.ids.iter().map(|id| id.rust.clone()).chain(stand_ins);
    file(&quote! {
        //! Ids, enums and structures that the actions share.

        mod ids;
        #keys_module
        #(mod #modules;)*

        pub use ids::{#(#ids),*};
        #lenient
        #keys
        #(pub use #modules::#names;)*
        #(#literals)*
        #(#nested)*
    })
}

/// Structures that are declared in another one, and so stand in its module.
fn nested(structure: &Structure) -> Vec<&Rust> {
    let declared = structure.fields.iter().filter_map(Field::structure).filter(|field| !field.shared);
    declared.flat_map(|one| [vec![&one.rust], nested(one)].concat()).collect()
}

fn path(name: &Rust) -> String {
    format!("src/types/{}.rs", Rust::snake(name.as_str()))
}
