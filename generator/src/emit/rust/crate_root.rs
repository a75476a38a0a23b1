//! src/lib.rs

use super::file;
use crate::emit::example;
use crate::model::{Model, Rust};
use quote::quote;

pub(super) fn crate_root_file(model: &Model) -> String {
    let documentation = documentation(model);
    let lines =
        documentation.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    let groups = model.groups.iter().map(|group| {
        let (module, feature) = (&group.module, &group.name);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    file(&quote! {
        #(#![doc = #lines])*
        #![forbid(unsafe_code)]

        /// The client that blocks its thread, for programs without an async runtime. Requests are the same, and so
        /// are their methods: `request.send(&client)?`.
        #[cfg(feature = "blocking")]
        pub mod blocking;
        #[cfg(any(feature = "client", feature = "blocking"))]
        mod caller;
        #[cfg(feature = "client")]
        mod client;
        #[cfg(any(feature = "client", feature = "blocking"))]
        mod error;
        mod error_code;
        #[cfg(any(feature = "client", feature = "blocking"))]
        mod pages;
        pub mod schema;
        pub mod types;
        #[cfg(any(feature = "client", feature = "blocking"))]
        mod waiters;

        #(#groups)*

        #[cfg(any(feature = "client", feature = "blocking"))]
        pub use caller::Caller;
        #[cfg(feature = "client")]
        pub use client::Client;
        #[cfg(any(feature = "client", feature = "blocking"))]
        pub use error::Error;
        pub use error_code::ErrorCode;
        #[cfg(any(feature = "client", feature = "blocking"))]
        pub use pages::Lister;
        #[cfg(feature = "client")]
        pub use pages::{Items, Pages};

        #[cfg(any(feature = "client", feature = "blocking"))]
        pub use aliyun_rpc::{
            AnswerFormat, Config, Credentials, CredentialsError, ErrorKind, Network, NotRepeated, Page, ProvideCredentials, Proxy,
            Refusal, Reply, Retries, SignatureFault, SignedUrl, Sleep, Sleeping, Stamps, Started, Timeouts, Unreadable, credentials,
            intercept, recording, transport,
        };
        #[cfg(any(feature = "client", feature = "blocking"))]
        pub use aliyun_rpc::{DryRun, Outcome, Progress, Starts, Unsettled, UnsettledReason, Wait};
        #[cfg(any(feature = "client", feature = "blocking"))]
        pub use waiters::Waiter;
        pub use aliyun_rpc::decode::{AnswerFields, DecodeError};
        pub use aliyun_rpc::schema::{Condition, Effect, ErrorClass};
        pub use aliyun_rpc::{
            Ipv4Address, Ipv6Address, Parameters, RawAnswer, Request, Sensitive, Severity, SignatureVersion, Timestamp, Validation,
            ViolatedRule,
            Violation, Violations,
        };
    })
}

fn documentation(model: &Model) -> String {
    let mut text = format!(
        "{}: {}\n\nProduct `{}`, version `{}`; made from: {}. Independent of the provider.\n\n",
        model.title, model.summary, model.product, model.version, model.reference
    );
    text += "Requests are plain values: what is required stands in `new`, the rest has setters. They can be built, checked \
             ([`Request::check`]), printed and compared without a client; `send` checks, signs and sends them.";
    if model.actions().any(|action| action.pages.is_some()) {
        text += " Where an answer is one page of a list, `items` reads the list to its end.";
    }
    text += "\n\n";
    text += &first_call(model).unwrap_or_default();
    text += "| group | feature | actions |\n|---|---|---|\n";
    for group in &model.groups {
        text += &format!("| [`{0}`] | `{1}` | {2} |\n", group.module, group.name, group.actions.len());
    }
    text += "\nThe feature `client` brings `Client`, which is async, on Tokio; `blocking` brings \
             `blocking::Client`, which needs no runtime. Either serves without the other; without both only types, \
             validation, decoding and [`schema`] remain. With the feature `tracing`, each call is a span, each \
             attempt and each reported violation an event in it.";
    text
}

/// A program for the start: a list, with a client from the environment.
fn first_call(model: &Model) -> Option<String> {
    let (action, listing) =
        model.actions().find_map(|action| Some((action, example::listing(model, action)?)))?;
    let (krate, module) = (model.crate_ident(), Rust::snake(&action.group));
    Some(format!(
        "```no_run\n\
         # #[cfg(feature = \"client\")]\n\
         # async fn list() -> Result<(), {krate}::Error> {{\n\
         use {krate}::{{Client, {module}::*}};\n\n\
         // Region and credentials come from the environment.\n\
         let client = Client::from_env()?;\n\
         {listing}\n\
         # Ok(())\n\
         # }}\n\
         ```\n\n"
    ))
}
