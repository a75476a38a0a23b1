//! The transport of the blocking client: HTTP/1.1 over a pool of connections, with TLS 1.2 or later, no runtime.

mod connect;

use self::connect::{Connecting, Failure, Resolving};
use super::proxy::{ProxyRules, ProxyServer};
use super::{Limits, Phase, Sending, Transport, TransportError, TransportErrorKind as Kind, tls};
use crate::config::Proxy;
use rustls::ClientConfig;
use std::fmt;
use std::io::{self, Read as _};
use std::sync::Arc;
use std::time::Duration;
use ureq::config::AutoHeaderValue;
use ureq::{Agent, Body, Error, Timeout};

/// Less than the time for which load balancers commonly keep an idle connection.
const POOL_IDLE: Duration = Duration::from_secs(15);

/// Most idle connections that are kept.
const POOL_SIZE: usize = 64;

/// Sends requests with ureq and rustls, over a pool of connections, and blocks the thread until there is an answer.
///
/// Its futures do all their work when they are first polled. It works on any thread; within an async runtime it keeps
/// the thread from all other work meanwhile. Clones share their connections.
///
/// A call that is under way cannot be broken off; its limits end it.
///
/// ureq writes what it does to the `log` crate. From level `trace` on that includes URLs, and with them signatures and
/// sensitive parameters: leave `ureq` at `debug` or above where logs are kept.
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    proxies: Arc<ProxyRules>,
}

impl UreqTransport {
    /// A transport that trusts the certificates that the platform trusts, and those in `extra_roots`, each of which
    /// holds one or more certificates in PEM. `connect` limits the time to look a host up, and the time to connect, TLS
    /// and proxy included. All calls through a proxy go through a tunnel.
    ///
    /// # Errors
    /// When one of `extra_roots` holds no certificate or a broken one, when neither it nor the platform has any, or
    /// when the proxy is none ([`ErrorKind::Configuration`](crate::ErrorKind::Configuration)).
    pub fn new(connect: Duration, extra_roots: &[Vec<u8>], proxy: &Proxy) -> Result<Self, crate::Error> {
        Ok(Self::over(connect, tls::config(extra_roots)?, ProxyRules::new(proxy)?))
    }

    /// A transport for `http` alone, to the proxy too. It trusts no certificate, and saves the time to load those of the
    /// platform.
    ///
    /// # Errors
    /// When the proxy is none ([`ErrorKind::Configuration`](crate::ErrorKind::Configuration)).
    pub fn without_tls(connect: Duration, proxy: &Proxy) -> Result<Self, crate::Error> {
        Ok(Self::over(connect, tls::config_without_trust()?, ProxyRules::new(proxy)?))
    }

    fn over(connect: Duration, tls: ClientConfig, proxies: ProxyRules) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .accept(AutoHeaderValue::None)
            .user_agent(AutoHeaderValue::None)
            .timeout_resolve(Some(connect))
            .timeout_connect(Some(connect))
            .max_idle_age(POOL_IDLE)
            .max_idle_connections(POOL_SIZE)
            .max_idle_connections_per_host(POOL_SIZE)
            .proxy(None)
            .build();
        let agent = Agent::with_parts(config, Connecting::new(Arc::new(tls)), Resolving::default());
        Self { agent, proxies: Arc::new(proxies) }
    }

    fn exchange(
        &self,
        request: http::Request<Vec<u8>>,
        limits: Limits,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let proxy = self.proxies.of(request.uri()).map(Arc::clone);
        let answer = self.answer(request, limits, proxy.as_deref());
        let (head, body) = answer.map_err(|error| named(from_ureq(error), proxy.as_deref()))?.into_parts();
        Ok(http::Response::from_parts(head, read(body, limits)?))
    }

    /// Sends the request and waits for the head of the answer.
    fn answer(
        &self,
        request: http::Request<Vec<u8>>,
        limits: Limits,
        proxy: Option<&ProxyServer>,
    ) -> Result<http::Response<Body>, Error> {
        let proxy = proxy.map(|proxy| ureq::Proxy::new(proxy.url())).transpose()?;
        if request.body().is_empty() && request.method() == http::Method::GET {
            self.agent.run(self.configured(request.map(drop), limits, proxy))
        } else {
            self.agent.run(self.configured(request, limits, proxy))
        }
    }

    fn configured<B: ureq::AsSendBody>(
        &self,
        request: http::Request<B>,
        limits: Limits,
        proxy: Option<ureq::Proxy>,
    ) -> http::Request<B> {
        self.agent
            .configure_request(request)
            .timeout_per_read(Some(limits.read))
            .timeout_per_write(Some(limits.read))
            .timeout_global(Some(limits.total))
            .proxy(proxy)
            .build()
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Sending<'_> {
        Box::pin(async move { self.exchange(request, limits) })
    }
}

/// An error that says which proxy it was, where there was no connection because of one.
fn named(error: TransportError, proxy: Option<&ProxyServer>) -> TransportError {
    match (proxy, std::error::Error::source(&error)) {
        (Some(proxy), Some(source)) if error.kind() == Kind::Connect => {
            let text = source.to_string();
            // ureq tells the status of the proxy's answer in its text alone.
            if text.contains("responded 407") {
                return proxy.unauthorized();
            }
            TransportError::new(Kind::Connect, false).with_source(proxy.names(text))
        }
        _ => error,
    }
}

fn read(mut body: Body, limits: Limits) -> Result<Vec<u8>, TransportError> {
    let most = u64::try_from(limits.answer_bytes).unwrap_or(u64::MAX);
    if body.content_length().is_some_and(|length| length > most) {
        return Err(too_large(limits));
    }
    let mut bytes = Vec::new();
    // One byte more tells that there is more.
    body.as_reader()
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| from_ureq(error.into()))?;
    if bytes.len() > limits.answer_bytes { Err(too_large(limits)) } else { Ok(bytes) }
}

fn too_large(limits: Limits) -> TransportError {
    TransportError::new(Kind::TooLarge, true)
        .with_source(format!("more than {} bytes; the configuration can allow more", limits.answer_bytes))
}

/// What failed. Until there is a connection nothing is sent, and all that fails until then is a [`Failure`].
fn from_ureq(error: Error) -> TransportError {
    let kind = match &error {
        Error::Timeout(Timeout::PerRead | Timeout::PerWrite) => Kind::Timeout(Phase::Read),
        Error::Timeout(_) => Kind::Timeout(Phase::Total),
        Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => Kind::Other,
        Error::Io(_) => Kind::Interrupted,
        _ => Kind::Other,
    };
    match error {
        Error::Other(source) => match source.downcast::<Failure>() {
            Ok(failure) => (*failure).into_transport_error(),
            Err(source) => TransportError::new(kind, true).with_source(source),
        },
        // Its text may repeat the URL.
        Error::BadUri(_) | Error::RequireHttpsOnly(_) => TransportError::new(Kind::Other, false),
        Error::Timeout(_) => TransportError::new(kind, true),
        Error::Io(source) => TransportError::new(kind, true).with_source(source),
        other => TransportError::new(kind, true).with_source(other),
    }
}
