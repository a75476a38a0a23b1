//! src/client.rs, src/blocking.rs and src/caller.rs: the clients of this service, from one table of their calls.

use super::{docs, file, pages};
use crate::model::Model;
use proc_macro2::TokenStream;
use quote::quote;

/// How a client waits.
#[derive(Clone, Copy, PartialEq)]
enum Waiting {
    Async,
    Blocking,
}

pub(super) fn client_file(model: &Model) -> String {
    client(
        model,
        Waiting::Async,
        "A client is cheap to clone; clones share its connections. It needs a Tokio runtime.\n\n\
         A call can be given up by dropping its future. What was sent by then may take effect all the same, and no \
         answer tells: a read does no harm; for any other call look at the resource before you repeat it, or repeat it \
         with the same idempotency token. A future that was never polled has sent nothing.",
    )
}

pub(super) fn blocking_file(model: &Model) -> String {
    client(
        model,
        Waiting::Blocking,
        "Requests, errors and calls are those of the other client, without `.await`. A client is cheap to clone; \
         clones share its connections, and threads can share a client.\n\n\
         It needs no runtime. Within one it works too, but keeps its thread from all other work meanwhile.\n\n\
         A call cannot be given up from outside; the timeouts of the [`Config`] bound it.",
    )
}

fn client(model: &Model, waiting: Waiting, notes: &str) -> String {
    let title = match waiting {
        Waiting::Async => format!("Calls {}.", model.title),
        Waiting::Blocking => format!("Calls {} and blocks the thread until there is an answer.", model.title),
    };
    let documentation = docs(&format!("{title}\n\n{notes}"));
    let runtime = waiting.runtime();
    let calls = waiting.calls();
    let lists = (waiting == Waiting::Blocking).then(pages::blocking_types);
    file(&quote! {
        use crate::Error;
        use aliyun_rpc::{Config, Parameters, Reply, Request, SignedUrl};

        #documentation
        #[derive(Clone, Debug)]
        pub struct Client(pub(crate) #runtime);

        impl Client {
            /// A client with this configuration.
            ///
            /// # Errors
            /// When the configuration contradicts itself, or when the platform's certificates cannot be read.
            pub fn new(config: Config) -> Result<Self, Error> {
                Ok(Self(#runtime::new(config)?))
            }

            /// A client with region, endpoint and credentials from the environment and the profiles of the provider's tools;
            /// see [`Config::from_env`].
            ///
            /// # Errors
            /// As for [`Client::new`], and when a variable holds what it cannot.
            pub fn from_env() -> Result<Self, Error> {
                Self::new(Config::from_env()?)
            }

            #calls
        }

        #lists
    })
}

impl Waiting {
    fn runtime(self) -> TokenStream {
        match self {
            Waiting::Async => quote! { aliyun_rpc::Client },
            Waiting::Blocking => quote! { aliyun_rpc::blocking::Client },
        }
    }

    /// The calls that both clients have: each is written once.
    fn calls(self) -> TokenStream {
        let (asyncness, awaited) = match self {
            Waiting::Async => (quote! { async }, quote! { .await }),
            Waiting::Blocking => (quote! {}, quote! {}),
        };
        quote! {
            /// Checks, signs and sends a request, and waits for the answer. A failure that passes by itself is followed by
            /// another attempt where that is safe; see [`Retries`](crate::Retries).
            ///
            /// # Errors
            /// When the request breaks a rule, cannot be sent, is refused by the service or is answered with something
            /// that cannot be read.
            pub #asyncness fn send<R: Request>(&self, request: &R) -> Result<R::Response, Error> {
                Ok(self.0.send(request) #awaited?)
            }

            /// Like [`Client::send`], but gives the status and the raw text beside the typed answer.
            ///
            /// # Errors
            /// As for [`Client::send`].
            pub #asyncness fn send_for_reply<R: Request>(&self, request: &R) -> Result<Reply<R::Response>, Error> {
                Ok(self.0.send_for_reply(request) #awaited?)
            }

            /// A request as a URL that `curl` or any other HTTP client can fetch, once and within 15 minutes. It is
            /// checked as [`Client::send`] does it, and signed with version 1.0, since that signature stands in the URL.
            ///
            /// # Errors
            /// When the request breaks a rule or is too long for a URL, or when there are no credentials.
            pub #asyncness fn signed_url<R: Request>(&self, request: &R) -> Result<SignedUrl, Error> {
                Ok(self.0.signed_url(request) #awaited?)
            }

            /// Calls any action of the product, also one that this crate does not know. Nothing is checked, nothing is
            /// decoded: the reply holds the raw text. Nothing is filled in either, so that a call that changes something is
            /// repeated after a doubtful failure only if its idempotency token is set and this crate knows the action.
            ///
            /// # Errors
            /// When the call cannot be sent or is refused by the service, and when a parameter is set that only the client
            /// can set.
            pub #asyncness fn call(
                &self,
                action: &str,
                parameters: impl Into<Parameters>,
            ) -> Result<Reply<()>, Error> {
                Ok(self.0.call(&crate::schema::SERVICE, action, parameters.into()) #awaited?)
            }
        }
    }
}

/// What lets `request.send(&client)` take either client.
pub(super) fn caller_file() -> String {
    file(&quote! {
        use crate::Error;
        use aliyun_rpc::Request;
        use std::ops::Deref;
        #[cfg(feature = "client")]
        use std::{future::Future, pin::Pin};

        /// What sends requests: `Client`, whose calls are awaited, or `blocking::Client`, whose calls return when there
        /// is an answer; or a pointer to one. Thus `request.send(&client)` is the same call with both.
        ///
        /// No other type can implement it; to replace what sends, see [`transport`](crate::transport).
        pub trait Caller: sealed::Sealed {
            /// What comes of a call that answers `T`: a future, or the answer itself, each with an [`Error`] where it
            /// failed.
            type Sent<'a, T: 'a>
            where
                Self: 'a;

            /// Checks, signs and sends a request.
            fn send<'a, R: Request + Sync>(&'a self, request: &'a R) -> Self::Sent<'a, R::Response>;
        }

        #[cfg(feature = "client")]
        impl Caller for crate::Client {
            type Sent<'a, T: 'a> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

            #[inline]
            fn send<'a, R: Request + Sync>(&'a self, request: &'a R) -> Self::Sent<'a, R::Response> {
                Box::pin(crate::Client::send(self, request))
            }
        }

        #[cfg(feature = "blocking")]
        impl Caller for crate::blocking::Client {
            type Sent<'a, T: 'a> = Result<T, Error>;

            #[inline]
            fn send<'a, R: Request + Sync>(&'a self, request: &'a R) -> Self::Sent<'a, R::Response> {
                crate::blocking::Client::send(self, request)
            }
        }

        impl<P: Deref + ?Sized> Caller for P
        where
            P::Target: Caller,
        {
            type Sent<'a, T: 'a> = <P::Target as Caller>::Sent<'a, T> where Self: 'a;

            #[inline]
            fn send<'a, R: Request + Sync>(&'a self, request: &'a R) -> Self::Sent<'a, R::Response> {
                (**self).send(request)
            }
        }

        mod sealed {
            pub trait Sealed {}
            #[cfg(feature = "client")]
            impl Sealed for crate::Client {}
            #[cfg(feature = "blocking")]
            impl Sealed for crate::blocking::Client {}
            impl<P: std::ops::Deref + ?Sized> Sealed for P where P::Target: Sealed {}
        }
    })
}
