//! Connections: direct ones, tunnels through a proxy, and those to a proxy that forwards.

use super::super::proxy::{ProxyRules, ProxyServer, UNAUTHORIZED};
use super::super::tls;
use super::{BoxError, Kind, Phase};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

type Direct = HttpsConnector<HttpConnector>;
type DirectStream = <Direct as Service<http::Uri>>::Response;
type TunnelError = <Tunnel<Direct> as Service<http::Uri>>::Error;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, ConnectFailure>> + Send>>;

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

    fn connect(&mut self, uri: http::Uri) -> Connecting<Stream> {
        let is_https = uri.scheme() == Some(&http::uri::Scheme::HTTPS);
        match self.proxies.of(&uri).map(Arc::clone) {
            None => {
                let connecting = self.direct.call(uri);
                Box::pin(async move { Ok(Stream::over(MaybeHttpsStream::Http(connecting.await?))) })
            }
            Some(proxy) if is_https => {
                let tunnel = Through::new(proxy, self.direct.clone());
                let connecting = HttpsConnector::from((tunnel, Arc::clone(&self.tls))).call(uri);
                Box::pin(async move { Ok(Stream::over(connecting.await?)) })
            }
            Some(proxy) => {
                let connecting = self.direct.call(proxy.uri().clone());
                Box::pin(async move {
                    let stream = connecting.await.map_err(|error| ConnectFailure::from(error).at(&proxy))?;
                    Ok(Stream { forwards: true, ..Stream::over(MaybeHttpsStream::Http(stream)) })
                })
            }
        }
    }
}

impl Service<http::Uri> for Connector {
    type Response = Stream;
    type Error = ConnectFailure;
    type Future = Connecting<Stream>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.direct.poll_ready(context).map_err(ConnectFailure::from)
    }

    fn call(&mut self, uri: http::Uri) -> Self::Future {
        let connecting = self.connect(uri);
        let limit = self.limit;
        Box::pin(async move {
            tokio::time::timeout(limit, connecting).await.unwrap_or_else(|_| {
                Err(ConnectFailure {
                    kind: Kind::Timeout(Phase::Connect),
                    source: "no connection within the time limit".into(),
                })
            })
        })
    }
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

impl Service<http::Uri> for Through {
    type Response = DirectStream;
    type Error = ConnectFailure;
    type Future = Connecting<DirectStream>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.tunnel.poll_ready(context).map_err(|error| ConnectFailure::of_tunnel(error, &self.proxy))
    }

    fn call(&mut self, uri: http::Uri) -> Self::Future {
        let (connecting, proxy) = (self.tunnel.call(uri), Arc::clone(&self.proxy));
        Box::pin(async move { connecting.await.map_err(|error| ConnectFailure::of_tunnel(error, &proxy)) })
    }
}

/// A connection. To a proxy that forwards, requests go with their whole URL.
pub(super) struct Stream {
    inner: MaybeHttpsStream<DirectStream>,
    forwards: bool,
}

impl Stream {
    fn over(inner: MaybeHttpsStream<DirectStream>) -> Self {
        Self { inner, forwards: false }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.inner.connected().proxy(self.forwards)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(context, parts)
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
