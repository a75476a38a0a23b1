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
use http::{HeaderValue, Uri, header};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use std::error::Error as StdError;
use std::fmt;
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

    async fn exchange(
        &self,
        request: http::Request<Vec<u8>>,
        limits: Limits,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::new(Kind::Other, false).with_source(
                "there is no Tokio runtime here; call from within one, with I/O and time enabled",
            ));
        }
        let mut request = request.map(|body| Full::new(Bytes::from(body)));
        let forwarder = self.authorize(&mut request);
        let origin = Origin::of(request.uri());
        let end = after(limits.total);
        let (mut connection, answer) = self.head(&origin, request, limits, end).await?;
        let (head, body) = answer.into_parts();
        if let Some(proxy) =
            forwarder.filter(|_| head.status == http::StatusCode::PROXY_AUTHENTICATION_REQUIRED)
        {
            return Err(proxy.unauthorized());
        }
        let body = read(body, &mut connection, limits, end).await?;
        self.pool.put(origin, connection);
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
        origin: &Origin,
        mut request: Outgoing,
        limits: Limits,
        end: Instant,
    ) -> Result<(Connection, http::Response<Incoming>), TransportError> {
        let uri = request.uri().clone();
        loop {
            let pooled = self.pool.take(origin, end).await;
            let is_new = pooled.is_none();
            let mut connection = match pooled {
                Some(connection) => connection,
                None => self.connect(uri.clone(), end).await?,
            };
            address(&mut request, &uri, &connection)?;
            let sending = connection.sender.try_send_request(request);
            match connection.timer.limit(sending, limits.read, end).await? {
                Ok(answer) => return Ok((connection, answer)),
                Err(mut failure) => match failure.take_message() {
                    Some(unsent) if !is_new => request = unsent,
                    _ => return Err(from_hyper(failure.into_error())),
                },
            }
        }
    }

    async fn connect(&self, uri: Uri, end: Instant) -> Result<Connection, TransportError> {
        match timeout_at(end, self.connector.connect(uri)).await {
            Ok(outcome) => {
                outcome.map_err(|failure| TransportError::new(failure.kind, false).with_source(failure))
            }
            Err(_) => Err(TransportError::new(Kind::Timeout(Phase::Total), false)),
        }
    }
}

/// Says in the request where it goes: in its line the path alone, or the whole URL for a proxy that forwards it.
fn address(request: &mut Outgoing, uri: &Uri, connection: &Connection) -> Result<(), TransportError> {
    let is_default =
        matches!((uri.scheme_str(), uri.port_u16()), (Some("http"), Some(80)) | (Some("https"), Some(443)));
    let host = match uri.authority() {
        Some(authority) if !is_default => authority.as_str(),
        _ => uri.host().unwrap_or_default(),
    };
    let host = HeaderValue::from_str(host)
        .map_err(|error| TransportError::new(Kind::Other, false).with_source(error))?;
    request.headers_mut().entry(header::HOST).or_insert(host);
    if !connection.forwards {
        *request.uri_mut() = uri.path_and_query().cloned().map_or_else(Uri::default, Uri::from);
    }
    Ok(())
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Sending<'_> {
        Box::pin(self.exchange(request, limits))
    }
}

async fn read(
    mut body: Incoming,
    connection: &mut Connection,
    limits: Limits,
    end: Instant,
) -> Result<Vec<u8>, TransportError> {
    if body.size_hint().lower() > u64::try_from(limits.answer_bytes).unwrap_or(u64::MAX) {
        return Err(too_large(limits));
    }
    let mut bytes = Vec::new();
    while let Some(frame) = connection.timer.limit(body.frame(), limits.read, end).await? {
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

fn too_large(limits: Limits) -> TransportError {
    TransportError::new(Kind::TooLarge, true)
        .with_source(format!("more than {} bytes; the configuration can allow more", limits.answer_bytes))
}

/// An error of hyper once there was a connection. A request that was cancelled was never begun.
fn from_hyper(error: hyper::Error) -> TransportError {
    let kind = if error.is_parse() { Kind::Other } else { Kind::Interrupted };
    TransportError::new(kind, !error.is_canceled()).with_source(error)
}
