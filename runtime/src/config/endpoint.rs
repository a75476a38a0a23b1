//! The host that calls go to.

use super::Network;
use crate::schema::Endpoints;
use crate::transport::http::Uri;
use std::net::IpAddr;

/// The host that serves a region in this network. The error says what is wrong and how to mend it.
pub(crate) fn host(endpoints: &Endpoints, network: Network, region: Option<&str>) -> Result<String, String> {
    let Some(region) = region else {
        return match network {
            Network::Public if !endpoints.central.is_empty() => Ok(endpoints.central.to_owned()),
            _ => {
                Err("there is no region to choose an endpoint by; set `Config::region` or `Config::endpoint`"
                    .to_owned())
            }
        };
    };
    if !is_region(region) {
        return Err(format!(
            "{region:?} is no id of a region, so there is no endpoint for it; write it as `cn-hangzhou`"
        ));
    }
    let exception = endpoints.exceptions.iter().find(|(known, _)| *known == region);
    match (network, exception) {
        (Network::Public, Some((_, host))) => Ok((*host).to_owned()),
        (Network::Public, None) => Ok(endpoints.regional.replace("{region}", region)),
        (Network::Vpc, _) => Ok(endpoints.vpc.replace("{region}", region)),
    }
}

/// Checks a host or URL and brings it into the form `https://HOST[:PORT]`. The error says what is wrong with it and
/// how to mend it; it repeats nothing that could be a password.
pub(crate) fn base(endpoint: &str, allow_http: bool) -> Result<String, String> {
    let url = if endpoint.contains("://") { endpoint.to_owned() } else { format!("https://{endpoint}") };
    if url.contains('#') {
        return Err("a fragment (`#...`) has no place in it; give scheme, host and port alone".to_owned());
    }
    let uri: Uri = url.parse().map_err(|_| "this is no URL; write it as `https://HOST`".to_owned())?;
    let authority = uri.authority().ok_or("there is no host in it; write it as `https://HOST`")?;
    if authority.as_str().contains('@') {
        return Err("a user name or password has no place in it; give scheme, host and port alone".to_owned());
    }
    if uri.query().is_some() {
        return Err("a query (`?...`) has no place in it; give scheme, host and port alone".to_owned());
    }
    if !matches!(uri.path(), "" | "/") {
        return Err("a path has no place in it; give scheme, host and port alone".to_owned());
    }
    let host = uri.host().unwrap_or_default();
    if !is_host(host) {
        return Err(format!(
            "`{host}` is no host name; use letters, digits, hyphens and dots, or an IP address"
        ));
    }
    let has_port = authority.as_str().len() > host.len();
    if has_port && uri.port_u16().is_none_or(|port| port == 0) {
        return Err("its port is not a number from 1 to 65535".to_owned());
    }
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if allow_http || is_loopback(host) => {}
        Some("http") => {
            return Err(format!(
                "`http` would send everything in the clear to {host}; use `https`, or ask for it with `allow_http(true)`"
            ));
        }
        other => {
            let scheme = other.unwrap_or_default();
            return Err(format!("its scheme is `{scheme}`; only `https` and `http` can be used"));
        }
    }
    Ok(format!("{}://{authority}", uri.scheme_str().unwrap_or_default()))
}

/// Whether this can be the id of a region: it becomes a part of a host name.
pub(crate) fn is_region(text: &str) -> bool {
    is_label(text) && !text.contains('_')
}

fn is_host(host: &str) -> bool {
    ip(host).is_some() || host.strip_suffix('.').unwrap_or(host).split('.').all(is_label)
}

fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

pub(crate) fn is_loopback(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || ip(host).is_some_and(|address| address.is_loopback())
}

pub(crate) fn ip(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    bare.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDPOINTS: Endpoints = Endpoints {
        central: "mini.aliyuncs.com",
        regional: "mini.{region}.aliyuncs.com",
        vpc: "mini-vpc.{region}.aliyuncs.com",
        exceptions: &[("cn-edge", "mini-edge.aliyuncs.com")],
    };

    #[test]
    fn region_and_network_choose_the_host() {
        let cases = [
            (Network::Public, None, "mini.aliyuncs.com"),
            (Network::Public, Some("cn-beijing"), "mini.cn-beijing.aliyuncs.com"),
            (Network::Public, Some("cn-edge"), "mini-edge.aliyuncs.com"),
            (Network::Vpc, Some("cn-beijing"), "mini-vpc.cn-beijing.aliyuncs.com"),
            (Network::Vpc, Some("cn-edge"), "mini-vpc.cn-edge.aliyuncs.com"),
        ];
        for (network, region, expected) in cases {
            assert_eq!(host(&ENDPOINTS, network, region).as_deref(), Ok(expected));
        }
        let nowhere = Endpoints { central: "", ..ENDPOINTS };
        for (endpoints, network) in [(&ENDPOINTS, Network::Vpc), (&nowhere, Network::Public)] {
            assert!(host(endpoints, network, None).unwrap_err().contains("`Config::region`"));
        }
        assert!(
            host(&ENDPOINTS, Network::Public, Some("x.example.com/"))
                .unwrap_err()
                .contains("no id of a region")
        );
    }

    #[test]
    fn hosts_and_urls_become_a_base() {
        let cases = [
            ("vpc.cn-hangzhou.aliyuncs.com", "https://vpc.cn-hangzhou.aliyuncs.com"),
            ("vpc.aliyuncs.com:8443", "https://vpc.aliyuncs.com:8443"),
            ("https://vpc.aliyuncs.com", "https://vpc.aliyuncs.com"),
            ("HTTPS://vpc.aliyuncs.com/", "https://vpc.aliyuncs.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.9.9.9", "http://127.9.9.9"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://localhost", "http://localhost"),
            ("http://api.LOCALHOST:1", "http://api.LOCALHOST:1"),
            ("[::1]:8443", "https://[::1]:8443"),
            ("https://emulator_1:8443", "https://emulator_1:8443"),
        ];
        for (endpoint, expected) in cases {
            assert_eq!(base(endpoint, false).as_deref(), Ok(expected), "{endpoint}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let cases = [
            ("", "no URL"),
            ("https://", "no URL"),
            ("https:///", "no URL"),
            ("two words", "no URL"),
            ("ftp://host", "scheme is `ftp`"),
            ("http://vpc.aliyuncs.com", "`allow_http(true)`"),
            ("http://localhost.example.com", "`allow_http(true)`"),
            ("http://127.0.0.1.example.com", "`allow_http(true)`"),
            ("http://10.0.0.1", "`allow_http(true)`"),
            ("https://me:PASSWORD@host", "user name"),
            ("http://localhost@example.com", "user name"),
            ("https://host/path", "a path"),
            ("https://host?query=PASSWORD", "a query"),
            ("https://host/#part", "a fragment"),
            ("https://host:", "port"),
            ("https://host:0", "port"),
            ("https://host:99999", "port"),
            ("https://-host", "no host name"),
            ("https://a..b", "no host name"),
        ];
        for (endpoint, part) in cases {
            let error = base(endpoint, false).unwrap_err();
            assert!(error.contains(part), "{endpoint}: {error}");
            assert!(!error.contains("PASSWORD"), "{endpoint}: {error}");
        }
    }

    #[test]
    fn http_can_be_asked_for() {
        assert_eq!(base("http://10.0.0.1:80", true).as_deref(), Ok("http://10.0.0.1:80"));
        assert!(base("ftp://10.0.0.1", true).is_err());
    }

    #[test]
    fn a_region_is_one_label() {
        assert!(is_region("cn-hangzhou") && is_region("me-central-1"));
        for text in ["", "a.b", "evil.example/", "a b", "-a", "a-", "é", "a@b", "a_b"] {
            assert!(!is_region(text), "{text}");
        }
    }
}
