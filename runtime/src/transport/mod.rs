//! How a signed request gets to the service and its answer back.

mod error;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod proxy;
#[cfg(test)]
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod tests;
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod tls;
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod tls_on_demand;
#[cfg(feature = "blocking")]
mod ureq;

pub use self::error::{Phase, TransportError, TransportErrorKind};
#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
#[cfg(any(feature = "hyper", feature = "blocking"))]
pub(crate) use self::tls_on_demand::TlsOnDemand;
#[cfg(feature = "blocking")]
pub use self::ureq::UreqTransport;
pub use http;

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// A future with the answer to a request.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send + 'a>>;

/// Sends requests. `HyperTransport` is the default, and `UreqTransport` that of the blocking client; another one can
/// record, replay or reroute.
///
/// A transport makes one attempt, follows no redirect, and puts no URL or query into any text, since these hold
/// the signature.
pub trait Transport: Send + Sync + Debug {
    /// Sends a request and reads its whole answer, of whatever status.
    ///
    /// # Errors
    /// When there is no complete answer, or one beyond the limits.
    fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Sending<'_>;
}

/// What one attempt may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long the service may stay silent once there is a connection: before it begins to answer, and between
    /// two parts of the answer.
    pub read: Duration,
    /// How long the attempt may take from beginning to end.
    pub total: Duration,
    /// Most bytes that the body of the answer may have.
    pub answer_bytes: usize,
}

impl Limits {
    /// These limits.
    #[must_use]
    pub const fn new(read: Duration, total: Duration, answer_bytes: usize) -> Self {
        Self { read, total, answer_bytes }
    }
}
