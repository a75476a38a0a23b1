//! src/types: what several actions use.

use super::{enums, file, ids, imports, response};
use crate::emit::Codec;
use crate::model::{Model, Rust};
use crate::write::Files;
use quote::quote;

pub(super) fn emit(model: &Model, codec: Codec, files: &mut Files) {
    files.insert("src/types/mod.rs".into(), root(model, codec));
    files.insert("src/types/ids.rs".into(), ids::ids_file(model, codec));
    for found in &model.enums {
        files.insert(path(&found.rust), enums::enum_file(found, codec));
    }
    for structure in &model.structures {
        let imports = imports::of_structure(structure, codec);
        let items = response::structure(structure, codec);
        files.insert(path(&structure.rust), file(&quote! { #imports #items }));
    }
}

fn root(model: &Model, codec: Codec) -> String {
    let names: Vec<&Rust> = model
        .enums
        .iter()
        .map(|found| &found.rust)
        .chain(model.structures.iter().map(|one| &one.rust))
        .collect();
    let modules: Vec<Rust> = names.iter().map(|name| Rust::snake(name.as_str())).collect();
    let stand_ins = ids::STAND_INS.iter().filter(|_| codec == Codec::Serde).map(|name| Rust::given(name));
    let ids = model.ids.iter().map(|id| id.rust.clone()).chain(stand_ins);
    file(&quote! {
        //! Ids, enums and structures that the actions share.

        mod ids;
        #(mod #modules;)*

        pub use ids::{#(#ids),*};
        #(pub use #modules::#names;)*
    })
}

fn path(name: &Rust) -> String {
    format!("src/types/{}.rs", Rust::snake(name.as_str()))
}
