//! Through which proxy the service is reached.

use std::fmt;

/// Through which proxy the default transport reaches the service.
///
/// A proxy is written as `http://HOST:PORT` or `http://USER:PASSWORD@HOST:PORT`, with `https` if it is itself reached over
/// TLS. Calls over `https` go through a tunnel (`CONNECT`), so that it sees nothing but the host. Never through a proxy
/// go calls to this machine, to link-local addresses and to the cloud's metadata service (100.100.100.200).
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proxy {
    /// The one that the environment names when the client is made: `HTTPS_PROXY` or `https_proxy` for `https`,
    /// `HTTP_PROXY` or `http_proxy` for `http`, none for the hosts in `NO_PROXY` or `no_proxy`, which are host names with
    /// all that is below them, IP addresses, networks (`10.0.0.0/8`) or `*`, with commas between them. An empty
    /// variable counts as missing. `HTTP_PROXY` is not read in a CGI program, where the caller could set it.
    #[default]
    Environment,
    /// None, whatever the environment says.
    None,
    /// This one for every host.
    Url(String),
}

/// The URL may hold a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Proxy::Environment => "Environment",
            Proxy::None => "None",
            Proxy::Url(_) => "Url(***)",
        })
    }
}
