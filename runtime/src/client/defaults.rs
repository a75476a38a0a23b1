//! What a client uses where its configuration says nothing.

use crate::config::Config;
use crate::error::Error;
#[cfg(feature = "hyper")]
use crate::transport::HyperTransport;
use crate::transport::Transport;
#[cfg(any(feature = "hyper", feature = "blocking"))]
use crate::transport::TransportError;
#[cfg(feature = "blocking")]
use crate::transport::UreqTransport;
use std::sync::Arc;

/// How the parts are made that depend on how the client waits. All else is one for both clients.
pub(crate) struct Defaults {
    /// Makes the transport; the second argument is the endpoint, if one is set.
    pub(crate) transport: fn(&Config, Option<&str>) -> Made,
}

type Made = Result<Arc<dyn Transport>, Error>;

impl Defaults {
    /// For the client that is polled.
    #[cfg(feature = "hyper")]
    pub(crate) const ASYNC: Self = Self {
        transport: |config, base| {
            let connect = config.timeouts.connect;
            shared(if is_plain(base) {
                HyperTransport::without_tls(connect)
            } else {
                HyperTransport::new(connect, &config.extra_roots)
            })
        },
    };

    /// For the client that is polled.
    #[cfg(not(feature = "hyper"))]
    pub(crate) const ASYNC: Self = Self {
        transport: |_, _| Err(Error::configuration("there is no transport: set `Config::transport`")),
    };

    /// For the client that blocks its thread.
    #[cfg(feature = "blocking")]
    pub(crate) const BLOCKING: Self = Self {
        transport: |config, base| {
            let connect = config.timeouts.connect;
            shared(if is_plain(base) {
                UreqTransport::without_tls(connect)
            } else {
                UreqTransport::new(connect, &config.extra_roots)
            })
        },
    };
}

/// Whether all calls go to an endpoint without TLS.
#[cfg(any(feature = "hyper", feature = "blocking"))]
fn is_plain(base: Option<&str>) -> bool {
    base.is_some_and(|base| base.starts_with("http://"))
}

#[cfg(any(feature = "hyper", feature = "blocking"))]
fn shared<T: Transport + 'static>(made: Result<T, TransportError>) -> Made {
    match made {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(Error::configuration(format!("CA certificates: {error}"))),
    }
}
