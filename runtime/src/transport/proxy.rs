//! Which requests go through which proxy: the same for every transport.

#[cfg(feature = "hyper")]
use super::http::HeaderValue;
use super::http::Uri;
use super::{TransportError, TransportErrorKind};
use crate::config::proxies::Proxies;
use crate::config::{Proxy, endpoint};
use crate::credentials::Environment;
use crate::error::Error;
use crate::validate::network::Network;
#[cfg(feature = "hyper")]
use base64::Engine as _;
#[cfg(feature = "hyper")]
use base64::engine::general_purpose::STANDARD;
use std::fmt::Display;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// What is said of a proxy that answers with HTTP status 407.
pub(super) const UNAUTHORIZED: &str = "it asks for another user name and password (HTTP 407); write them into its URL, \
                                       as `http://USER:PASSWORD@HOST:PORT`";

/// Where an instance of the cloud asks about itself, its credentials among them.
const METADATA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);

/// Which requests go through which proxy.
pub(super) struct ProxyRules {
    http: Option<Arc<ProxyServer>>,
    https: Option<Arc<ProxyServer>>,
    without: Vec<Without>,
}

/// A proxy. None of its texts shows user name or password.
pub(super) struct ProxyServer {
    url: String,
    uri: Uri,
}

/// Hosts that are reached without a proxy.
enum Without {
    All,
    /// A name, and all that is below it.
    Name(String),
    Network(Network),
}

impl ProxyRules {
    pub(super) fn new(proxy: &Proxy) -> Result<Self, Error> {
        Ok(Self::from(Proxies::of(proxy, &Environment::of_process())?))
    }

    /// The proxy for a request to this URL.
    pub(super) fn of(&self, uri: &Uri) -> Option<&Arc<ProxyServer>> {
        let proxy = match uri.scheme_str() {
            Some("http") => self.http.as_ref()?,
            Some("https") => self.https.as_ref()?,
            _ => return None,
        };
        let host = uri.host()?;
        let is_direct = is_near(host) || self.without.iter().any(|without| without.has(host));
        (!is_direct).then_some(proxy)
    }
}

impl From<Proxies> for ProxyRules {
    fn from(proxies: Proxies) -> Self {
        let server = |url: String| ProxyServer::of(url).map(Arc::new);
        Self {
            http: server(proxies.http),
            https: server(proxies.https),
            without: proxies.without.split(',').filter_map(Without::of).collect(),
        }
    }
}

impl ProxyServer {
    /// The proxy of a checked URL; none of an empty one.
    fn of(url: String) -> Option<Self> {
        let written: Uri = url.parse().ok()?;
        let authority = written.authority()?.as_str();
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let uri = Uri::builder().scheme(written.scheme()?.clone()).authority(host).path_and_query("/");
        Some(Self { uri: uri.build().ok()?, url })
    }

    /// Its URL with user name and password.
    #[cfg(feature = "blocking")]
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Its URL without user name and password.
    #[cfg(feature = "hyper")]
    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// User name and password as the header `Proxy-Authorization` has them.
    #[cfg(feature = "hyper")]
    pub(super) fn authorization(&self) -> Option<HeaderValue> {
        let (_, rest) = self.url.split_once("://")?;
        let (user, _) = rest.rsplit_once('@')?;
        let mut plain = decoded(user);
        if !user.contains(':') {
            plain.push(b':');
        }
        let mut value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(plain))).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// A text about this proxy.
    pub(super) fn names(&self, text: impl Display) -> String {
        let host = self.uri.authority().map_or("", super::http::uri::Authority::as_str);
        format!("the proxy {host}: {text}")
    }

    /// The proxy does not let this client through, and would not the next time.
    pub(super) fn unauthorized(&self) -> TransportError {
        TransportError::new(TransportErrorKind::Other, false).with_source(self.names(UNAUTHORIZED))
    }
}

/// The bytes that percent signs stand for; a percent sign without two digits stands for itself.
#[cfg(feature = "hyper")]
fn decoded(text: &str) -> Vec<u8> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.split_at_checked(2).map(|(digits, rest)| (u8::from_str_radix(digits, 16), rest)) {
            Some((Ok(byte), rest)) => {
                bytes.push(byte);
                bytes.extend(rest.as_bytes());
            }
            _ => {
                bytes.push(b'%');
                bytes.extend(part.as_bytes());
            }
        }
    }
    bytes
}

impl Without {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "*" {
            return Some(Without::All);
        }
        if let Some(network) = Network::parse(text) {
            return Some(Without::Network(network));
        }
        let name = text.strip_prefix('*').unwrap_or(text).trim_start_matches('.');
        (!name.is_empty()).then(|| Without::Name(name.to_ascii_lowercase()))
    }

    fn has(&self, host: &str) -> bool {
        match self {
            Without::All => true,
            Without::Name(name) => host
                .to_ascii_lowercase()
                .strip_suffix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
            Without::Network(network) => endpoint::ip(host)
                .and_then(|address| Network::parse(&address.to_string()))
                .is_some_and(|host| host.lies_in(*network)),
        }
    }
}

/// Whether a host is this machine, or one that only this machine reaches.
fn is_near(host: &str) -> bool {
    endpoint::is_loopback(host)
        || endpoint::ip(host).is_some_and(|address| match address.to_canonical() {
            IpAddr::V4(address) => address.is_loopback() || address.is_link_local() || address == METADATA,
            IpAddr::V6(address) => address.is_unicast_link_local(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(http: &str, https: &str, without: &str) -> ProxyRules {
        let [http, https, without] = [http, https, without].map(str::to_owned);
        ProxyRules::from(Proxies { http, https, without })
    }

    fn through(rules: &ProxyRules, url: &str) -> Option<String> {
        rules.of(&url.parse().unwrap()).map(|proxy| proxy.uri.to_string())
    }

    #[test]
    fn the_scheme_chooses() {
        let rules = rules("http://plain:1", "https://secure", "");
        assert_eq!(through(&rules, "http://vpc.aliyuncs.com/").as_deref(), Some("http://plain:1/"));
        assert_eq!(through(&rules, "https://vpc.aliyuncs.com/").as_deref(), Some("https://secure/"));
        assert_eq!(through(&self::rules("", "http://secure", ""), "http://vpc.aliyuncs.com/"), None);
    }

    #[test]
    fn what_is_near_is_never_reached_through_a_proxy() {
        let rules = rules("http://proxy", "http://proxy", "");
        for host in [
            "localhost",
            "a.LOCALHOST:8080",
            "127.9.9.9",
            "[::1]:8080",
            "[::ffff:127.0.0.1]",
            "169.254.0.1",
            "[fe80::1]",
            "100.100.100.200",
            "[::ffff:100.100.100.200]",
        ] {
            assert_eq!(through(&rules, &format!("http://{host}/")), None, "{host}");
        }
        for host in ["localhost.example.com", "128.0.0.1", "100.100.100.201", "10.0.0.1", "[2001:db8::1]"] {
            assert!(through(&rules, &format!("http://{host}/")).is_some(), "{host}");
        }
    }

    #[test]
    fn some_hosts_are_reached_without() {
        let rules = rules(
            "http://proxy",
            "http://proxy",
            "Aliyuncs.com, .dotted.example,*.starred.example,10.0.0.0/8,192.168.1.1,2001:db8::/32,,",
        );
        for host in [
            "aliyuncs.com",
            "VPC.aliyuncs.com",
            "dotted.example",
            "a.dotted.example",
            "a.b.starred.example",
            "10.9.9.9:8080",
            "192.168.1.1",
            "[2001:db8::1]",
        ] {
            assert_eq!(through(&rules, &format!("https://{host}/")), None, "{host}");
        }
        for host in ["notaliyuncs.com", "aliyuncs.com.example", "11.0.0.1", "192.168.1.2", "[2001:db9::1]"] {
            assert!(through(&rules, &format!("https://{host}/")).is_some(), "{host}");
        }
        assert_eq!(through(&self::rules("http://proxy", "http://proxy", "*"), "https://example.com/"), None);
    }

    #[cfg(feature = "hyper")]
    #[test]
    fn user_name_and_password_are_decoded() {
        let cases = [
            ("http://me:p%40ss%2fword@proxy:1", Some("me:p@ss/word")),
            ("http://me@proxy", Some("me:")),
            ("http://me:@proxy", Some("me:")),
            ("http://%E4%B8%AD:100%@proxy", Some("中:100%")),
            ("http://proxy", None),
        ];
        for (url, expected) in cases {
            let proxy = ProxyServer::of(url.to_owned()).unwrap();
            let expected = expected.map(|plain| format!("Basic {}", STANDARD.encode(plain)));
            assert_eq!(
                proxy.authorization().map(|value| value.to_str().unwrap().to_owned()),
                expected,
                "{url}"
            );
            assert!(!proxy.uri.to_string().contains('@'), "{url}");
        }
    }
}
