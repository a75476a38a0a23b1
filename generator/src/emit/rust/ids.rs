//! src/types/ids.rs: one type for each kind of id.

use super::{docs, file, stand_ins};
use crate::emit::Codec;
use crate::model::{Id, Model};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn ids_file(model: &Model, codec: Codec) -> String {
    let items = model.ids.iter().map(|id| item(id, codec));
    let stand_ins = codec.is_serde().then(stand_ins::types);
    let readers = (codec == Codec::LenientSerde).then(stand_ins::readers);
    file(&quote! {
        //! Ids. Each kind is a type of its own, so that one cannot be passed where another belongs.

        #(#items)*
        #stand_ins
        #readers
    })
}

fn item(id: &Id, codec: Codec) -> TokenStream {
    let name = &id.rust;
    let text = match (&id.prefix, &id.example) {
        (Some(prefix), Some(example)) => {
            format!("{}\n\nStarts with `{prefix}`, for example `{example}`.", id.summary)
        }
        (None, Some(example)) => format!("{}\n\nFor example `{example}`.", id.summary),
        _ => id.summary.clone(),
    };
    let documentation = docs(&text);
    let derives = codec.id_derives();
    quote! {
        aliyun_rpc::text_type! {
            #documentation
            #derives
            #name
        }
    }
}
