//! The default transport: HTTP/1.1 over a pool of connections, with TLS 1.2 or later.

mod connect;
#[cfg(test)]
mod tests;

use self::connect::{ConnectFailure, Connector};
use super::proxy::{ProxyRules, ProxyServer};
use super::{Limits, Phase, Sending, Transport, TransportError, TransportErrorKind as Kind, tls};
use crate::config::Proxy;
use crate::error::Error;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

type BoxError = Box<dyn StdError + Send + Sync>;

/// Less than the time for which load balancers commonly keep an idle connection.
const POOL_IDLE: Duration = Duration::from_secs(15);

/// Sends requests with hyper and rustls, over a pool of connections.
///
/// It needs a Tokio runtime with I/O and time enabled. Outside of any runtime it answers with an error; a runtime
/// without the two makes Tokio panic.
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<Connector, Full<Bytes>>,
    proxies: Arc<ProxyRules>,
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
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE)
            .build(Connector::new(connect, tls, Arc::clone(&proxies)));
        Self { client, proxies }
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
        let connection = capture_connection(&mut request);
        let whole = async {
            let (head, body) = self.head(request, connection.clone(), limits).await?.into_parts();
            if let Some(proxy) =
                forwarder.filter(|_| head.status == http::StatusCode::PROXY_AUTHENTICATION_REQUIRED)
            {
                return Err(proxy.unauthorized());
            }
            let body = read(body, limits).await?;
            Ok(http::Response::from_parts(head, body))
        };
        match tokio::time::timeout(limits.total, whole).await {
            Ok(outcome) => outcome,
            Err(_) => {
                let connected = connection.connection_metadata().is_some();
                Err(TransportError::new(Kind::Timeout(Phase::Total), connected))
            }
        }
    }

    /// Adds what the proxy wants to know that forwards the request, if one does; a tunnel is told when it is made.
    fn authorize(&self, request: &mut http::Request<Full<Bytes>>) -> Option<Arc<ProxyServer>> {
        let plain = request.uri().scheme() == Some(&http::uri::Scheme::HTTP);
        let proxy = Arc::clone(self.proxies.of(request.uri()).filter(|_| plain)?);
        if let Some(authorization) = proxy.authorization() {
            request.headers_mut().insert(http::header::PROXY_AUTHORIZATION, authorization);
        }
        Some(proxy)
    }

    /// Sends the request and waits for the head of the answer, no longer than the read timeout from the moment
    /// on which there is a connection.
    async fn head(
        &self,
        request: http::Request<Full<Bytes>>,
        mut connection: CaptureConnection,
        limits: Limits,
    ) -> Result<http::Response<Incoming>, TransportError> {
        let silence = async {
            drop(connection.wait_for_connection_metadata().await);
            tokio::time::sleep(limits.read).await;
        };
        match unless(silence, self.client.request(request)).await {
            Some(outcome) => outcome.map_err(from_client),
            None => Err(silent()),
        }
    }
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

fn silent() -> TransportError {
    TransportError::new(Kind::Timeout(Phase::Read), true)
}

async fn read(mut body: Incoming, limits: Limits) -> Result<Vec<u8>, TransportError> {
    if body.size_hint().lower() > u64::try_from(limits.answer_bytes).unwrap_or(u64::MAX) {
        return Err(too_large(limits));
    }
    let mut bytes = Vec::new();
    while let Some(frame) = tokio::time::timeout(limits.read, body.frame()).await.map_err(|_| silent())? {
        let Ok(data) = frame.map_err(|error| from_hyper(&error).with_source(error))?.into_data() else {
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

fn from_client(error: ClientError) -> TransportError {
    let refined = match error.source() {
        Some(source) => {
            match (source.downcast_ref::<ConnectFailure>(), source.downcast_ref::<hyper::Error>()) {
                (Some(failure), _) => TransportError::new(failure.kind, false),
                (None, Some(error)) => from_hyper(error),
                (None, None) => TransportError::new(Kind::Other, !error.is_connect()),
            }
        }
        None => TransportError::new(Kind::Other, !error.is_connect()),
    };
    refined.with_source(error)
}

/// An error of hyper once there was a connection. A request that was cancelled was never begun.
fn from_hyper(error: &hyper::Error) -> TransportError {
    let kind = if error.is_parse() { Kind::Other } else { Kind::Interrupted };
    TransportError::new(kind, !error.is_canceled())
}

/// Waits for `work`, but not beyond the end of `deadline`.
async fn unless<T>(deadline: impl Future<Output = ()>, work: impl Future<Output = T>) -> Option<T> {
    let (mut deadline, mut work) = (pin!(deadline), pin!(work));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => deadline.as_mut().poll(context).map(|()| None),
    })
    .await
}
