//! Lists in pages: src/pages.rs, and what the request and the answer of a paged action have besides.

use super::response::element_type;
use super::{docs, file};
use crate::emit::example;
use crate::model::{Action, Model, Pages, Rust};
use proc_macro2::TokenStream;
use quote::quote;

/// What lets `request.items(&client)` take either client.
pub(super) fn pages_file() -> String {
    file(&quote! {
        use crate::Caller;
        use aliyun_rpc::{Page, Request};
        use std::ops::Deref;

        /// The pages of a list: a stream, with `next`, `try_collect` and `prefetch` of its own.
        #[cfg(feature = "client")]
        pub type Pages<P> = aliyun_rpc::Pages<P, crate::Error>;

        /// What is on the pages of a list: a stream, with `next`, `try_collect` and `prefetch` of its own.
        #[cfg(feature = "client")]
        pub type Items<P> = aliyun_rpc::Items<P, crate::Error>;

        /// What reads lists: `Client`, which gives streams, or `blocking::Client`, which gives iterators; or a pointer
        /// to one. Thus `request.items(&client)` is the same call with both.
        pub trait Lister: Caller {
            /// The pages of a list.
            type Pages<P: Page>;

            /// What is on the pages of a list.
            type Items<P: Page>;

            /// The pages of a list, from the one that the request names, each a typed answer.
            fn pages<R: Request<Response: Page>>(&self, request: &R) -> Self::Pages<R::Response>;

            /// What is on the pages of a list, from the one that the request names.
            fn items<R: Request<Response: Page>>(&self, request: &R) -> Self::Items<R::Response>;
        }

        #[cfg(feature = "client")]
        impl Lister for crate::Client {
            type Pages<P: Page> = Pages<P>;
            type Items<P: Page> = Items<P>;

            #[inline]
            fn pages<R: Request<Response: Page>>(&self, request: &R) -> Self::Pages<R::Response> {
                self.0.pages(request)
            }

            #[inline]
            fn items<R: Request<Response: Page>>(&self, request: &R) -> Self::Items<R::Response> {
                self.0.items(request)
            }
        }

        #[cfg(feature = "blocking")]
        impl Lister for crate::blocking::Client {
            type Pages<P: Page> = crate::blocking::Pages<P>;
            type Items<P: Page> = crate::blocking::Items<P>;

            #[inline]
            fn pages<R: Request<Response: Page>>(&self, request: &R) -> Self::Pages<R::Response> {
                self.0.pages(request)
            }

            #[inline]
            fn items<R: Request<Response: Page>>(&self, request: &R) -> Self::Items<R::Response> {
                self.0.items(request)
            }
        }

        impl<T: Deref + ?Sized> Lister for T
        where
            T::Target: Lister,
        {
            type Pages<P: Page> = <T::Target as Lister>::Pages<P>;
            type Items<P: Page> = <T::Target as Lister>::Items<P>;

            #[inline]
            fn pages<R: Request<Response: Page>>(&self, request: &R) -> Self::Pages<R::Response> {
                (**self).pages(request)
            }

            #[inline]
            fn items<R: Request<Response: Page>>(&self, request: &R) -> Self::Items<R::Response> {
                (**self).items(request)
            }
        }
    })
}

/// The lists of the client that blocks.
pub(super) fn blocking_types() -> TokenStream {
    quote! {
        /// The pages of a list, as an iterator.
        pub type Pages<P> = aliyun_rpc::blocking::Pages<P, Error>;

        /// What is on the pages of a list, as an iterator.
        pub type Items<P> = aliyun_rpc::blocking::Items<P, Error>;
    }
}

const HOW_IT_GOES: &str = "With a `Client` it is a stream, with a `blocking::Client` an iterator. It begins with the page that \
     the request names, and ends with the last page or with an error; what came before the error is there.";

/// What a paged action has besides; nothing for any other.
pub(super) fn paged(action: &Action) -> TokenStream {
    let Some(pages) = &action.pages else { return quote! {} };
    let (request, response) = (&action.rust, &action.response_type);
    let how = format!("{HOW_IT_GOES}{}", size(pages, action).unwrap_or_default());
    let items_docs = docs(&format!("What is in `{}`, on all pages.\n\n{how}", pages.items.wire));
    let pages_docs = docs(&format!("The pages of the list, each a typed answer.\n\n{how}"));
    let page = page(pages, response);
    quote! {
        #[cfg(any(feature = "client", feature = "blocking"))]
        impl #request {
            #items_docs
            #[inline]
            pub fn items<C: crate::Lister + ?Sized>(&self, client: &C) -> C::Items<#response> {
                client.items(self)
            }

            #pages_docs
            #[inline]
            pub fn pages<C: crate::Lister + ?Sized>(&self, client: &C) -> C::Pages<#response> {
                client.pages(self)
            }
        }

        #page
    }
}

/// How large pages are that are left alone.
fn size(pages: &Pages, action: &Action) -> Option<String> {
    let (size, most) = (pages.size.as_ref()?, pages.largest(&action.parameters)?);
    Some(format!(" A page has up to {most} entries, unless the request sets `{size}`."))
}

fn page(pages: &Pages, response: &Rust) -> TokenStream {
    let (field, item) = (&pages.items.rust, element_type(&pages.item, pages.items.sensitive));
    let total = pages.total.as_ref().map(|total| {
        let name = &total.rust;
        quote! { .total(self.#name) }
    });
    let token = pages.token.as_ref().map(|token| {
        let name = &token.rust;
        let held = if token.always {
            quote! { Some(self.#name.as_str()) }
        } else {
            quote! { self.#name.as_deref() }
        };
        quote! { .token(#held) }
    });
    quote! {
        #[cfg(any(feature = "client", feature = "blocking"))]
        impl aliyun_rpc::Page for #response {
            type Item = #item;

            fn mark(&self) -> aliyun_rpc::Mark<'_> {
                aliyun_rpc::Mark::of(&self.#field, self.#field.len()) #total #token
            }

            fn into_items(self) -> Vec<Self::Item> {
                self.#field
            }
        }
    }
}

/// How a request is documented that has pages: the loop, for which an example makes the request.
pub(super) fn documentation(model: &Model, action: &Action) -> String {
    let Some(listing) = example::listing(model, action) else { return String::new() };
    let (krate, module) = (model.crate_ident(), Rust::snake(&action.group));
    format!(
        "\n# All pages\n\n\
         One call answers with one page; [`items`](Self::items) reads on to the end of the list:\n\n\
         ```no_run\n\
         # #[cfg(feature = \"client\")]\n\
         # async fn list(client: {krate}::Client) -> Result<(), {krate}::Error> {{\n\
         use {krate}::{module}::*;\n\n\
         {listing}\n\
         # Ok(())\n\
         # }}\n\
         ```\n"
    )
}
