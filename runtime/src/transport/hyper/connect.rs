//! Connections: direct ones, tunnels through a proxy, and those to a proxy that forwards.

use super::super::proxy::{ProxyRules, ProxyServer, UNAUTHORIZED};
use super::super::tls;
use super::timer::Timer;
use super::{BoxError, Kind, Outgoing, Phase};
use bytes::Bytes;
use http::{HeaderValue, Uri, header};
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

type Direct = HttpsConnector<HttpConnector>;
type DirectStream = <Direct as Service<Uri>>::Response;
type TunnelError = <Tunnel<Direct> as Service<Uri>>::Error;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, ConnectFailure>> + Send>>;
/// To the service, or to a proxy: one through whose tunnel TLS goes, or one that forwards.
type Stream = MaybeHttpsStream<DirectStream>;

/// A connection, which a task of its own keeps going. It goes from the pool to calls and back, in a box lest it be copied.
pub(super) struct Connection {
    pub(super) sender: SendRequest<Full<Bytes>>,
    pub(super) timer: Timer,
    /// The value of the header `Host`.
    host: HeaderValue,
    /// It leads to a proxy that forwards requests, which go with their whole URL.
    forwards: bool,
}

impl Connection {
    /// Says in the request where it goes: in its line the path alone, or the whole URL for a proxy that forwards it.
    pub(super) fn address(&self, request: &mut Outgoing) {
        request.headers_mut().entry(header::HOST).or_insert_with(|| self.host.clone());
        if !self.forwards {
            let path = request.uri().path_and_query().cloned();
            *request.uri_mut() = path.map_or_else(Uri::default, Uri::from);
        }
    }
}

/// The port is left out where it is the scheme's own.
fn host(uri: &Uri) -> Result<HeaderValue, BoxError> {
    let is_default =
        matches!((uri.scheme_str(), uri.port_u16()), (Some("http"), Some(80)) | (Some("https"), Some(443)));
    let host = match uri.authority() {
        Some(authority) if !is_default => authority.as_str(),
        _ => uri.host().unwrap_or_default(),
    };
    Ok(HeaderValue::from_str(host)?)
}

/// Connects within a time limit, directly or through a proxy.
#[derive(Clone)]
pub(super) struct Connector {
    direct: Direct,
    tls: Arc<rustls::ClientConfig>,
    proxies: Arc<ProxyRules>,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(limit: Duration, tls: rustls::ClientConfig, proxies: Arc<ProxyRules>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Spread over the addresses of the host, so that one that is silent does not use up all the time.
        tcp.set_connect_timeout(Some(limit));
        let direct = HttpsConnectorBuilder::new()
            .with_tls_config(tls.clone())
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Self { direct, tls: Arc::new(tls), proxies, limit }
    }

    /// A connection for requests to this URL, within the time limit.
    pub(super) async fn connect(&self, uri: Uri) -> Result<Box<Connection>, ConnectFailure> {
        let connecting = async {
            let host = host(&uri)?;
            let (stream, forwards) = self.stream(uri).await?;
            let (sender, connection) = http1::handshake(stream)
                .await
                .map_err(|error| ConnectFailure::from(BoxError::from(error)))?;
            // Its errors reach the request that they concern.
            tokio::spawn(connection);
            Ok(Box::new(Connection { sender, timer: Timer::new(), host, forwards }))
        };
        tokio::time::timeout(self.limit, connecting).await.unwrap_or_else(|_| {
            Err(ConnectFailure {
                kind: Kind::Timeout(Phase::Connect),
                source: "no connection within the time limit".into(),
            })
        })
    }

    /// The stream under it, and whether a proxy forwards what is sent there.
    async fn stream(&self, uri: Uri) -> Result<(Stream, bool), ConnectFailure> {
        let is_https = uri.scheme() == Some(&http::uri::Scheme::HTTPS);
        match self.proxies.of(&uri).map(Arc::clone) {
            None => Ok((MaybeHttpsStream::Http(called(self.direct.clone(), uri).await?), false)),
            Some(proxy) if is_https => {
                let tunnel = Through::new(proxy, self.direct.clone());
                Ok((called(HttpsConnector::from((tunnel, Arc::clone(&self.tls))), uri).await?, false))
            }
            Some(proxy) => {
                let stream = called(self.direct.clone(), proxy.uri().clone()).await;
                Ok((MaybeHttpsStream::Http(stream.map_err(|failure| failure.at(&proxy))?), true))
            }
        }
    }
}

/// Waits until a connector is ready, and connects.
async fn called<C>(mut connector: C, uri: Uri) -> Result<C::Response, ConnectFailure>
where
    C: Service<Uri>,
    ConnectFailure: From<C::Error>,
{
    poll_fn(|context| connector.poll_ready(context)).await?;
    Ok(connector.call(uri).await?)
}

/// A tunnel through a proxy.
struct Through {
    tunnel: Tunnel<Direct>,
    proxy: Arc<ProxyServer>,
}

impl Through {
    fn new(proxy: Arc<ProxyServer>, direct: Direct) -> Self {
        let tunnel = Tunnel::new(proxy.uri().clone(), direct);
        let tunnel = match proxy.authorization() {
            Some(authorization) => tunnel.with_auth(authorization),
            None => tunnel,
        };
        Self { tunnel, proxy }
    }
}

impl Service<Uri> for Through {
    type Response = DirectStream;
    type Error = ConnectFailure;
    type Future = Connecting<DirectStream>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.tunnel.poll_ready(context).map_err(|error| ConnectFailure::of_tunnel(error, &self.proxy))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (connecting, proxy) = (self.tunnel.call(uri), Arc::clone(&self.proxy));
        Box::pin(async move { connecting.await.map_err(|error| ConnectFailure::of_tunnel(error, &proxy)) })
    }
}

/// Why there is no connection.
#[derive(Debug)]
pub(super) struct ConnectFailure {
    pub(super) kind: Kind,
    source: BoxError,
}

impl ConnectFailure {
    fn of_tunnel(error: TunnelError, proxy: &ProxyServer) -> Self {
        let failure = match error {
            TunnelError::ConnectFailed(source) => Self::from(source),
            TunnelError::ProxyAuthRequired => Self { kind: Kind::Other, source: UNAUTHORIZED.into() },
            other => Self { kind: Kind::Connect, source: other.into() },
        };
        failure.at(proxy)
    }

    /// Adds which proxy it was.
    fn at(self, proxy: &ProxyServer) -> Self {
        Self { kind: self.kind, source: proxy.names(chain(&self)).into() }
    }
}

/// The texts of an error and of all that led to it.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}

impl From<BoxError> for ConnectFailure {
    /// The TCP connector has an error type of its own; a bare I/O error comes from TLS. A connection that ends
    /// during the handshake is no fault of TLS, and may come about the next time.
    fn from(source: BoxError) -> Self {
        let source = match source.downcast::<Self>() {
            Ok(failure) => return *failure,
            Err(source) => source,
        };
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
