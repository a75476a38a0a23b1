//! src/client.rs: the client of this service.

use super::{docs, file};
use crate::model::Model;
use quote::quote;

pub(super) fn client_file(model: &Model) -> String {
    let title = docs(&format!("Calls {}.", model.title));
    file(&quote! {
        use crate::Error;
        use aliyun_rpc::{Config, Parameters, Reply, Request, SignedUrl};

        #title
        ///
        /// A client is cheap to clone; clones share its connections. It needs a Tokio runtime.
        #[derive(Clone, Debug)]
        pub struct Client(aliyun_rpc::Client);

        impl Client {
            /// A client with this configuration.
            ///
            /// # Errors
            /// When the configuration contradicts itself, or when the platform's certificates cannot be read.
            pub fn new(config: Config) -> Result<Self, Error> {
                Ok(Self(aliyun_rpc::Client::new(config)?))
            }

            /// A client with region, endpoint and credentials from the environment and the profiles of the provider's tools;
            /// see [`Config::from_env`].
            ///
            /// # Errors
            /// As for [`Client::new`], and when a variable holds what it cannot.
            pub fn from_env() -> Result<Self, Error> {
                Self::new(Config::from_env()?)
            }

            /// Checks, signs and sends a request, and waits for the answer.
            ///
            /// # Errors
            /// When the request breaks a rule, cannot be sent, is refused by the service or is answered with something
            /// that cannot be read.
            pub async fn send<R: Request>(&self, request: &R) -> Result<R::Response, Error> {
                Ok(self.0.send(request).await?)
            }

            /// Like [`Client::send`], but gives the status and the raw text beside the typed answer.
            ///
            /// # Errors
            /// As for [`Client::send`].
            pub async fn send_for_reply<R: Request>(&self, request: &R) -> Result<Reply<R::Response>, Error> {
                Ok(self.0.send_for_reply(request).await?)
            }

            /// A request as a URL that `curl` or any other HTTP client can fetch, once and within 15 minutes. It is
            /// checked as [`Client::send`] does it, and signed with version 1.0, since that signature stands in the URL.
            ///
            /// # Errors
            /// When the request breaks a rule or is too long for a URL, or when there are no credentials.
            pub async fn signed_url<R: Request>(&self, request: &R) -> Result<SignedUrl, Error> {
                Ok(self.0.signed_url(request).await?)
            }

            /// Calls any action of the product, also one that this crate does not know. Nothing is checked, nothing is
            /// decoded: the reply holds the raw text.
            ///
            /// # Errors
            /// When the call cannot be sent or is refused by the service.
            pub async fn call(&self, action: &str, parameters: impl Into<Parameters>) -> Result<Reply<()>, Error> {
                Ok(self.0.call(&crate::schema::SERVICE, action, parameters.into()).await?)
            }
        }
    })
}
