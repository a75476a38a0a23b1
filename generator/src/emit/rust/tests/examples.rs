//! tests/examples.rs: every documented example builds and decodes.

use crate::emit::example;
use crate::emit::rust::file;
use crate::model::{Action, Example, Model, Rust};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn tests_file(model: &Model) -> String {
    let tests = model.actions().flat_map(|action| action_tests(model, action));
    file(&quote! {
        //! Every documented example: the request builds to the documented parameters and keeps every rule, the answers
        //! decode, and JSON and XML hold the same.
        #![allow(missing_docs, clippy::panic)]

        use aliyun_rpc::decode::{Decode, answer};
        use aliyun_rpc::{Parameters, Request};

        fn builds(request: &impl Request, documented: &[(&'static str, &'static str)]) {
            let documented: Parameters = documented.iter().copied().collect();
            let built = request.parameters();
            assert_eq!(built.iter().collect::<Vec<_>>(), documented.iter().collect::<Vec<_>>());
            let violations = request.check();
            assert!(violations.is_empty(), "{violations}");
        }

        fn decoded<T: Decode + Default>(action: &str, text: &str) -> T {
            let mut response = T::default();
            if let Err(error) = answer(text.as_bytes(), action, &mut response) {
                panic!("{action}: {error}\n{text}");
            }
            response
        }

        #(#tests)*
    })
}

fn action_tests(model: &Model, action: &Action) -> Vec<TokenStream> {
    let several = action.examples.len() > 1;
    let name = |index: usize| {
        if several { action.module.with(&format!("_{}", index + 1)) } else { action.module.clone() }
    };
    action
        .examples
        .iter()
        .enumerate()
        .map(|(index, example)| test(model, action, example, &name(index)))
        .collect()
}

fn test(model: &Model, action: &Action, example: &Example, name: &Rust) -> TokenStream {
    let (krate, group) = (model.crate_ident(), Rust::snake(&action.group));
    let request: TokenStream = example::expression(model, action, example)
        .parse()
        .unwrap_or_else(|_| quote! { compile_error!("the example is no expression") });
    let (names, values): (Vec<&String>, Vec<&String>) =
        example.request.iter().map(|(name, value)| (name, value)).unzip();
    let answers = answers(action, example);
    quote! {
        #[test]
        fn #name() {
            use #krate::#group::*;
            builds(&#request, &[#((#names, #values)),*]);
            #answers
        }
    }
}

fn answers(action: &Action, example: &Example) -> TokenStream {
    let (name, response) = (&action.name, &action.response_type);
    match (&example.json, &example.xml) {
        (Some(json), Some(xml)) => quote! {
            let json: #response = decoded(#name, #json);
            let xml: #response = decoded(#name, #xml);
            assert_eq!(json, xml);
            assert_ne!(json, #response::default());
        },
        (Some(text), None) | (None, Some(text)) => quote! {
            let response: #response = decoded(#name, #text);
            assert_ne!(response, #response::default());
        },
        (None, None) => quote! {},
    }
}
