//! What a client uses where its configuration says nothing.

use crate::config::Config;
use crate::error::Error;
use crate::sleep::{self, Sleep};
#[cfg(feature = "hyper")]
use crate::transport::HyperTransport;
use crate::transport::Transport;
#[cfg(feature = "blocking")]
use crate::transport::UreqTransport;
#[cfg(any(feature = "hyper", feature = "blocking"))]
use crate::{config::Proxy, transport::TlsOnDemand};
use std::sync::Arc;
#[cfg(any(feature = "hyper", feature = "blocking"))]
use std::time::Duration;

/// How the parts are made that depend on how the client waits. All else is one for both clients.
pub(crate) struct Defaults {
    /// Makes the transport; the second argument is the endpoint, if one is set.
    pub(crate) transport: fn(&Config, Option<&str>) -> Made,
    /// Makes what waits between two attempts.
    pub(crate) sleep: fn() -> Arc<dyn Sleep>,
}

type Made = Result<Arc<dyn Transport>, Error>;

#[cfg(any(feature = "hyper", feature = "blocking"))]
type WithTls<T> = fn(Duration, &[Vec<u8>], &Proxy) -> Result<T, Error>;

impl Defaults {
    /// For the client that is polled.
    #[cfg(feature = "hyper")]
    pub(crate) const ASYNC: Self = Self {
        transport: |config, base| made(config, base, HyperTransport::without_tls, HyperTransport::new),
        sleep: sleep::default,
    };

    /// For the client that is polled.
    #[cfg(not(feature = "hyper"))]
    pub(crate) const ASYNC: Self = Self {
        transport: |_, _| Err(Error::configuration("there is no transport: set `Config::transport`")),
        sleep: sleep::default,
    };

    /// For the client that blocks its thread.
    #[cfg(feature = "blocking")]
    pub(crate) const BLOCKING: Self = Self {
        transport: |config, base| made(config, base, UreqTransport::without_tls, UreqTransport::new),
        sleep: || Arc::new(sleep::ThreadSleep),
    };
}

/// A transport with TLS, or one that makes it on demand where all calls go to an endpoint without it: the credentials
/// may still come over `https`.
#[cfg(any(feature = "hyper", feature = "blocking"))]
fn made<T: Transport + 'static>(
    config: &Config,
    base: Option<&str>,
    plain: fn(Duration, &Proxy) -> Result<T, Error>,
    with_tls: WithTls<T>,
) -> Made {
    let (connect, roots, proxy) = (config.timeouts.connect, config.extra_roots.clone(), config.proxy.clone());
    let tls = move || with_tls(connect, &roots, &proxy);
    if base.is_some_and(is_plain) {
        Ok(Arc::new(TlsOnDemand::new(plain(connect, &config.proxy)?, tls)))
    } else {
        Ok(Arc::new(tls()?))
    }
}

#[cfg(any(feature = "hyper", feature = "blocking"))]
fn is_plain(base: &str) -> bool {
    base.starts_with("http://")
}
