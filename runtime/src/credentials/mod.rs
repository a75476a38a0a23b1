//! The key with which calls are signed, and where it comes from.
//!
//! [`DefaultChain`] looks where the provider's own tools look, in their order, and is what a client uses unless it is
//! told otherwise. Each of its sources can also be used alone, and anything that implements [`ProvideCredentials`]
//! can take its place.
//!
//! Sources that ask over the network send through what the client lends them ([`ProviderContext`]): its transport and
//! its clock. None of them needs a runtime of its own.

mod access_key;
mod answer;
mod cache;
mod chain;
mod ecs;
mod environment;
mod error;
mod observe;
mod profile;
mod sts;
#[cfg(test)]
#[cfg(feature = "hyper")]
mod tests;
mod uri;

pub use access_key::Credentials;
pub use cache::Cached;
pub use chain::DefaultChain;
pub use ecs::EcsRole;
pub(crate) use environment::Environment;
pub use environment::EnvironmentCredentials;
pub use error::CredentialsError;
pub(crate) use profile::region;
pub use profile::{CliProfile, CredentialsFile};
pub use sts::{AssumeRole, AssumeRoleWithOidc, RoleSession};
pub use uri::CredentialsUri;

use crate::config::Stamps;
use crate::transport::{Limits, Transport, TransportError, http};
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;
use zeroize::Zeroizing;

/// A future with credentials.
pub type Providing<'a> = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials. It is asked before each attempt, so one that takes long keeps what it got; [`Cached`]
/// does that for it.
///
/// The future may be dropped at any time, when the call that asks is given up.
pub trait ProvideCredentials: Send + Sync + fmt::Debug {
    /// The credentials to sign with now.
    ///
    /// # Errors
    /// When the source has none.
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a>;
}

impl ProvideCredentials for Credentials {
    fn provide<'a>(&'a self, _context: ProviderContext<'a>) -> Providing<'a> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// One source for several clients.
impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        (**self).provide(context)
    }
}

/// What a client lends to the source of its credentials.
#[derive(Clone, Copy, Debug)]
pub struct ProviderContext<'a> {
    transport: &'a dyn Transport,
    stamps: &'a dyn Stamps,
}

impl<'a> ProviderContext<'a> {
    /// A context with this transport and this clock: for a source that is used without a client.
    #[must_use]
    pub fn new(transport: &'a dyn Transport, stamps: &'a dyn Stamps) -> Self {
        Self { transport, stamps }
    }

    /// What sends requests.
    #[must_use]
    pub fn transport(&self) -> &'a dyn Transport {
        self.transport
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.stamps.now()
    }

    /// A text that was never used before, for a signature.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn unique(&self) -> io::Result<String> {
        self.stamps.unique()
    }

    /// Sends a request whose answer may hold a secret: the body is wiped from memory once it is dropped.
    async fn fetch(
        self,
        request: http::Request<Vec<u8>>,
        limits: Limits,
    ) -> Result<(u16, Zeroizing<Vec<u8>>), TransportError> {
        let answer = self.transport.send(request, limits).await?;
        Ok((answer.status().as_u16(), Zeroizing::new(answer.into_body())))
    }
}

/// Credentials from a source, checked: a key with a line break pasted along must not get into a signature.
pub(crate) async fn obtain(
    source: &dyn ProvideCredentials,
    context: ProviderContext<'_>,
) -> Result<Credentials, CredentialsError> {
    source.provide(context).await?.checked()
}
