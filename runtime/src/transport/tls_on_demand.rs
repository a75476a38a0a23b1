//! For a client whose endpoint is `http`: TLS is made once somebody asks for `https` after all.

use super::{Limits, Sending, Transport, TransportError, TransportErrorKind, http};
use crate::error::Error;
use std::fmt;
use std::sync::OnceLock;

/// Loading the certificates of the platform takes time, which a client of a server on this machine saves unless its
/// credentials come over `https`.
pub(crate) struct TlsOnDemand<T> {
    plain: T,
    make: Box<dyn Fn() -> Result<T, Error> + Send + Sync>,
    tls: OnceLock<Result<T, String>>,
}

impl<T: Transport> TlsOnDemand<T> {
    /// Sends `http` through `plain`, and all else through what `make` makes.
    pub(crate) fn new(plain: T, make: impl Fn() -> Result<T, Error> + Send + Sync + 'static) -> Self {
        Self { plain, make: Box::new(make), tls: OnceLock::new() }
    }
}

impl<T: Transport> fmt::Debug for TlsOnDemand<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.plain.fmt(f)
    }
}

impl<T: Transport> Transport for TlsOnDemand<T> {
    fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Sending<'_> {
        if request.uri().scheme_str() == Some("http") {
            return self.plain.send(request, limits);
        }
        match self.tls.get_or_init(|| (self.make)().map_err(|error| error.to_string())) {
            Ok(tls) => tls.send(request, limits),
            Err(text) => {
                let error = TransportError::new(TransportErrorKind::Tls, false).with_source(text.clone());
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}
