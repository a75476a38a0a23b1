//! Which requests go through which proxy.

use crate::config::proxies::Proxies;
use crate::config::{Proxy, endpoint};
use crate::credentials::Environment;
use crate::error::Error;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::net::{IpAddr, Ipv4Addr};

/// What is said of a proxy that answers with HTTP status 407.
pub(super) const UNAUTHORIZED: &str = "it asks for another user name and password (HTTP 407); write them into its URL, as `http://USER:PASSWORD@HOST:PORT`";

/// Where an instance of the cloud asks about itself, its credentials among them.
const METADATA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);

/// Which requests go through which proxy.
pub(super) struct ProxyRules(Matcher);

impl ProxyRules {
    pub(super) fn new(proxy: &Proxy) -> Result<Self, Error> {
        Ok(Self::from(Proxies::of(proxy, &Environment::of_process())?))
    }

    /// The proxy for a request to this URL.
    pub(super) fn of(&self, uri: &http::Uri) -> Option<Intercept> {
        if uri.host().is_none_or(is_near) { None } else { self.0.intercept(uri) }
    }
}

impl From<Proxies> for ProxyRules {
    fn from(proxies: Proxies) -> Self {
        Self(Matcher::builder().http(proxies.http).https(proxies.https).no(proxies.without).build())
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
        rules.of(&url.parse().unwrap()).map(|proxy| proxy.uri().to_string())
    }

    #[test]
    fn the_scheme_chooses() {
        let rules = rules("http://plain:1", "https://secure", "");
        assert_eq!(through(&rules, "http://vpc.aliyuncs.com/").as_deref(), Some("http://plain:1/"));
        assert_eq!(through(&rules, "https://vpc.aliyuncs.com/").as_deref(), Some("https://secure/"));
        let https = ProxyRules::from(Proxies { https: "http://secure".to_owned(), ..Proxies::default() });
        assert_eq!(through(&https, "http://vpc.aliyuncs.com/"), None);
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
        let rules = rules("http://proxy", "http://proxy", "aliyuncs.com, 10.0.0.0/8,192.168.1.1");
        for host in ["aliyuncs.com", "vpc.aliyuncs.com", "10.9.9.9:8080", "192.168.1.1"] {
            assert_eq!(through(&rules, &format!("https://{host}/")), None, "{host}");
        }
        for host in ["notaliyuncs.com", "11.0.0.1", "192.168.1.2"] {
            assert!(through(&rules, &format!("https://{host}/")).is_some(), "{host}");
        }
        assert_eq!(through(&self::rules("http://proxy", "http://proxy", "*"), "https://example.com/"), None);
    }
}
