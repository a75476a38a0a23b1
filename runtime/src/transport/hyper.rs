//! The default transport: HTTP/1.1 over a pool of connections, with TLS 1.2 or later.

#[cfg(test)]
mod tests;

use super::{Limits, Phase, Sending, Transport, TransportError, TransportErrorKind as Kind, tls};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::{CaptureConnection, HttpConnector, capture_connection};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

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
}

impl HyperTransport {
    /// A transport that trusts the certificates that the platform trusts, and those in `extra_roots`, each of which
    /// holds one or more certificates in PEM. `connect` limits the time to connect, TLS included.
    ///
    /// # Errors
    /// When one of `extra_roots` holds no certificate or a broken one, or neither it nor the platform has any.
    pub fn new(connect: Duration, extra_roots: &[Vec<u8>]) -> Result<Self, TransportError> {
        Ok(Self::over(connect, tls::config(extra_roots)?))
    }

    /// A transport for `http` alone. It trusts no certificate, and saves the time to load those of the platform.
    ///
    /// # Errors
    /// None that is known.
    pub fn without_tls(connect: Duration) -> Result<Self, TransportError> {
        Ok(Self::over(connect, tls::config_without_trust()?))
    }

    fn over(connect: Duration, tls: rustls::ClientConfig) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Spread over the addresses of the host, so that one that is silent does not use up all the time.
        tcp.set_connect_timeout(Some(connect));
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE)
            .build(Connector { https, limit: connect });
        Self { client }
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
        let connection = capture_connection(&mut request);
        let whole = async {
            let (head, body) = self.head(request, connection.clone(), limits).await?.into_parts();
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

/// Connects within a time limit, and tells failures of TCP and of TLS apart.
#[derive(Clone)]
struct Connector {
    https: HttpsConnector<HttpConnector>,
    limit: Duration,
}

impl Service<http::Uri> for Connector {
    type Response = <HttpsConnector<HttpConnector> as Service<http::Uri>>::Response;
    type Error = ConnectFailure;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.https.poll_ready(context).map_err(ConnectFailure::from)
    }

    fn call(&mut self, uri: http::Uri) -> Self::Future {
        let connecting = self.https.call(uri);
        let limit = self.limit;
        Box::pin(async move {
            match tokio::time::timeout(limit, connecting).await {
                Ok(outcome) => outcome.map_err(ConnectFailure::from),
                Err(_) => Err(ConnectFailure {
                    kind: Kind::Timeout(Phase::Connect),
                    source: "no connection within the time limit".into(),
                }),
            }
        })
    }
}

/// Why there is no connection.
#[derive(Debug)]
struct ConnectFailure {
    kind: Kind,
    source: BoxError,
}

impl From<BoxError> for ConnectFailure {
    /// The TCP connector has an error type of its own; a bare I/O error comes from TLS. A connection that ends
    /// during the handshake is no fault of TLS, and may come about the next time.
    fn from(source: BoxError) -> Self {
        let kind = match source.downcast_ref::<io::Error>() {
            Some(error) if tls::has_ended(error) => Kind::Connect,
            Some(_) => Kind::Tls,
            None if is_timeout(source.source()) => Kind::Timeout(Phase::Connect),
            None => Kind::Connect,
        };
        Self { kind, source }
    }
}

fn is_timeout(error: Option<&(dyn StdError + 'static)>) -> bool {
    error
        .and_then(|error| error.downcast_ref::<io::Error>())
        .is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

impl fmt::Display for ConnectFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl StdError for ConnectFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}
