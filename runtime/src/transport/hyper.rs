//! The default transport: HTTP/1.1 over a pool of connections, with TLS 1.2 or later.

mod connect;
mod pool;
#[cfg(test)]
mod tests;
mod timer;

use self::connect::{Connection, Connector};
use self::pool::{Origin, Pool};
use self::timer::after;
use super::proxy::{ProxyRules, ProxyServer};
use super::{Limits, Phase, Sending, Transport, TransportError, TransportErrorKind as Kind, tls};
use crate::config::Proxy;
use crate::error::Error;
use bytes::Bytes;
use http::header;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use std::error::Error as StdError;
use std::fmt;
use std::mem;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

type BoxError = Box<dyn StdError + Send + Sync>;
type Outgoing = http::Request<Full<Bytes>>;

/// Sends requests with hyper and rustls, over a pool of connections.
///
/// It needs a Tokio runtime with I/O and time enabled. Outside of any runtime it answers with an error; a runtime
/// without the two makes Tokio panic.
#[derive(Clone)]
pub struct HyperTransport {
    connector: Connector,
    proxies: Arc<ProxyRules>,
    pool: Arc<Pool>,
}

impl HyperTransport {
    /// A transport that trusts the certificates that the platform trusts, and those in `extra_roots`, each of which
    /// holds one or more certificates in PEM. `connect` limits the time to connect, TLS and proxy included.
    ///
    /// # Errors
    /// When one of `extra_roots` holds no certificate or a broken one, when neither it nor the platform has any, or
    /// when the proxy is none ([`ErrorKind::Configuration`](crate::ErrorKind::Configuration)).
    pub fn new(connect: Duration, extra_roots: &[Vec<u8>], proxy: &Proxy) -> Result<Self, Error> {
        Ok(Self::over(connect, tls::config(extra_roots)?, ProxyRules::new(proxy)?))
    }

    /// A transport for `http` alone, to the proxy too. It trusts no certificate, and saves the time to load those of the
    /// platform.
    ///
    /// # Errors
    /// When the proxy is none ([`ErrorKind::Configuration`](crate::ErrorKind::Configuration)).
    pub fn without_tls(connect: Duration, proxy: &Proxy) -> Result<Self, Error> {
        Ok(Self::over(connect, tls::config_without_trust()?, ProxyRules::new(proxy)?))
    }

    fn over(connect: Duration, tls: rustls::ClientConfig, proxies: ProxyRules) -> Self {
        let proxies = Arc::new(proxies);
        Self { connector: Connector::new(connect, tls, Arc::clone(&proxies)), proxies, pool: Arc::default() }
    }

    async fn exchange(&self, pending: &mut Pending) -> Result<http::Response<Vec<u8>>, TransportError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::new(Kind::Other, false).with_source(
                "there is no Tokio runtime here; call from within one, with I/O and time enabled",
            ));
        }
        let forwarder = self.authorize(&mut pending.request);
        let (mut connection, answer) = self.head(pending).await?;
        let (head, body) = answer.into_parts();
        if let Some(proxy) =
            forwarder.filter(|_| head.status == http::StatusCode::PROXY_AUTHENTICATION_REQUIRED)
        {
            return Err(proxy.unauthorized());
        }
        let body = read(body, &mut connection, pending).await?;
        self.pool.put(&pending.origin, connection);
        Ok(http::Response::from_parts(head, body))
    }

    /// Adds what the proxy wants to know that forwards the request, if one does; a tunnel is told when it is made.
    fn authorize(&self, request: &mut Outgoing) -> Option<Arc<ProxyServer>> {
        let plain = request.uri().scheme() == Some(&http::uri::Scheme::HTTP);
        let proxy = Arc::clone(self.proxies.of(request.uri()).filter(|_| plain)?);
        if let Some(authorization) = proxy.authorization() {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, authorization);
        }
        Some(proxy)
    }

    /// Sends the request and waits for the head of the answer, no longer than the read timeout from the moment
    /// on which there is a connection. A connection from the pool may have ended meanwhile; what did not go out over
    /// it goes over another one.
    async fn head(
        &self,
        pending: &mut Pending,
    ) -> Result<(Box<Connection>, http::Response<Incoming>), TransportError> {
        loop {
            let pooled = self.pool.take(&pending.origin, pending.end).await;
            let is_new = pooled.is_none();
            let mut connection = match pooled {
                Some(connection) => connection,
                // Rare and large: in a box, lest every call carry the room for it.
                None => Box::pin(self.connect(pending)).await?,
            };
            connection.address(&mut pending.request);
            let sending = pin!(connection.sender.try_send_request(mem::take(&mut pending.request)));
            match connection.timer.limit(sending, pending.limits.read, pending.end).await? {
                Ok(answer) => return Ok((connection, answer)),
                Err(mut failure) => match failure.take_message() {
                    Some(unsent) if !is_new => pending.request = unsent,
                    _ => return Err(from_hyper(failure.into_error())),
                },
            }
        }
    }

    async fn connect(&self, pending: &Pending) -> Result<Box<Connection>, TransportError> {
        match timeout_at(pending.end, self.connector.connect(pending.origin.uri().clone())).await {
            Ok(outcome) => {
                outcome.map_err(|failure| TransportError::new(failure.kind, false).with_source(failure))
            }
            Err(_) => Err(TransportError::new(Kind::Timeout(Phase::Total), false)),
        }
    }
}

/// A request on its way.
struct Pending {
    request: Outgoing,
    /// Where it goes.
    origin: Origin,
    limits: Limits,
    /// When its total time is over.
    end: Instant,
}

impl Pending {
    fn new(request: http::Request<Vec<u8>>, limits: Limits) -> Self {
        let origin = Origin::of(request.uri());
        let request = request.map(|body| Full::new(Bytes::from(body)));
        Self { request, origin, limits, end: after(limits.total) }
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Sending<'_> {
        let mut pending = Pending::new(request, limits);
        Box::pin(async move { self.exchange(&mut pending).await })
    }
}

async fn read(
    mut body: Incoming,
    connection: &mut Connection,
    pending: &Pending,
) -> Result<Vec<u8>, TransportError> {
    let limits = &pending.limits;
    if body.size_hint().lower() > u64::try_from(limits.answer_bytes).unwrap_or(u64::MAX) {
        return Err(too_large(limits));
    }
    let mut bytes = Vec::new();
    while let Some(frame) = connection.timer.limit(pin!(body.frame()), limits.read, pending.end).await? {
        let Ok(data) = frame.map_err(from_hyper)?.into_data() else {
            continue;
        };
        if data.len() > limits.answer_bytes - bytes.len() {
            return Err(too_large(limits));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn too_large(limits: &Limits) -> TransportError {
    TransportError::new(Kind::TooLarge, true)
        .with_source(format!("more than {} bytes; the configuration can allow more", limits.answer_bytes))
}

/// An error of hyper once there was a connection. A request that was cancelled was never begun.
fn from_hyper(error: hyper::Error) -> TransportError {
    let kind = if error.is_parse() { Kind::Other } else { Kind::Interrupted };
    TransportError::new(kind, !error.is_canceled()).with_source(error)
}
