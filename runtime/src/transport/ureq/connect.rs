//! From the name of a host to a connection, and why there is none.

use super::super::tls::has_ended;
use super::super::{Phase, TransportError, TransportErrorKind as Kind};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use std::error::Error as StdError;
use std::fmt;
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Instant;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ChainedConnector, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers,
    NextTimeout, TcpConnector, Transport, TransportAdapter, time,
};
use ureq::{Error, Timeout};

type Source = Box<dyn StdError + Send + Sync>;

/// Why there is no connection, or why one broke off where ureq would take the end for that of the answer.
#[derive(Debug)]
pub(super) struct Failure {
    kind: Kind,
    may_have_been_sent: bool,
    source: Option<Source>,
}

impl Failure {
    fn wrapped(kind: Kind, may_have_been_sent: bool, source: Option<Source>) -> Error {
        Error::Other(Box::new(Self { kind, may_have_been_sent, source }))
    }

    fn tls(source: impl Into<Source>) -> Error {
        Self::wrapped(Kind::Tls, false, Some(source.into()))
    }

    /// An error from before there was a connection.
    fn unconnected(error: Error) -> Error {
        match error {
            Error::Other(source) => match source.downcast::<Self>() {
                // A connection to a proxy, or one that is to be secured, broke off.
                Ok(failure) if failure.kind == Kind::Interrupted => {
                    Self::wrapped(Kind::Connect, false, failure.source)
                }
                Ok(failure) => Error::Other(failure),
                Err(source) => Self::wrapped(Kind::Connect, false, Some(source)),
            },
            Error::Timeout(Timeout::Global | Timeout::PerCall) => {
                Self::wrapped(Kind::Timeout(Phase::Total), false, None)
            }
            Error::Timeout(_) => Self::wrapped(Kind::Timeout(Phase::Connect), false, None),
            Error::Io(source) => Self::wrapped(Kind::Connect, false, Some(source.into())),
            // Its text repeats the URL.
            Error::BadUri(_) => Self::wrapped(Kind::Connect, false, Some("the address is none".into())),
            error => Self::wrapped(Kind::Connect, false, Some(error.into())),
        }
    }

    pub(super) fn into_transport_error(self) -> TransportError {
        let error = TransportError::new(self.kind, self.may_have_been_sent);
        match self.source {
            Some(source) => error.with_source(source),
            None => error,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl StdError for Failure {}

/// Looks hosts up.
#[derive(Debug, Default)]
pub(super) struct Resolving(DefaultResolver);

impl Resolver for Resolving {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(Failure::unconnected)
    }
}

/// Connects: through a proxy where one is set, and with TLS for `https`.
#[derive(Debug)]
pub(super) struct Connecting(Chain);

type Proxied = ChainedConnector<(), (), ConnectProxyConnector>;
type Chain = ChainedConnector<(), ChainedConnector<(), Proxied, TcpConnector>, Tls>;

impl Connecting {
    pub(super) fn new(tls: Arc<ClientConfig>) -> Self {
        Self(().chain(ConnectProxyConnector::default()).chain(TcpConnector::default()).chain(Tls(tls)))
    }
}

impl Connector for Connecting {
    type Out = Connection;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        let connected = self.0.connect(details, chained).map_err(Failure::unconnected)?;
        Ok(connected.map(|transport| Connection(Box::new(transport))))
    }
}

/// A connection that tells when it breaks off. To ureq a reset ends an answer of unknown length as a close does.
#[derive(Debug)]
pub(super) struct Connection(Box<dyn Transport>);

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            Error::Io(source) => Failure::wrapped(Kind::Interrupted, true, Some(source.into())),
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// Begins a session of TLS where the URL says `https`. The one of ureq knows no certificates beside the platform's.
struct Tls(Arc<ClientConfig>);

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, TlsConnection>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let Some(transport) = chained else { return Ok(None) };
        if !details.needs_tls() || transport.is_tls() {
            return Ok(Some(Either::A(transport)));
        }
        let host = details.uri.host().unwrap_or_default();
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let name = ServerName::try_from(host.to_owned()).map_err(Failure::tls)?;
        let mut session = ClientConnection::new(Arc::clone(&self.0), name).map_err(Failure::tls)?;
        let mut socket = TransportAdapter::new(transport.boxed(), Arc::clone(&details.current_time));
        socket.set_timeout(remaining(details));
        session.complete_io(&mut socket).map_err(|error| match error.into() {
            Error::Io(source) if has_ended(&source) => {
                Failure::wrapped(Kind::Connect, false, Some(source.into()))
            }
            Error::Io(source) => Failure::tls(source),
            error => error,
        })?;
        let buffers =
            LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Some(Either::B(TlsConnection { buffers, stream: StreamOwned::new(session, socket) })))
    }
}

/// What TCP left of the time to connect.
fn remaining(details: &ConnectionDetails<'_>) -> NextTimeout {
    let mut timeout = NextTimeout { per_read: None, per_write: None, ..details.timeout };
    if let (time::Duration::Exact(limit), time::Instant::Exact(begun)) = (timeout.after, details.now) {
        timeout.after = time::Duration::Exact(limit.saturating_sub(Instant::now().duration_since(begun)));
    }
    timeout
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

struct TlsConnection {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl Transport for TlsConnection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output)?;
        Ok(self.stream.flush()?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for TlsConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsConnection").field("over", &self.stream.sock.inner()).finish()
    }
}
