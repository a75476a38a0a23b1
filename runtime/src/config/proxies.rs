//! The proxies that a configuration leads to.

use super::{Proxy, endpoint};
use crate::credentials::Environment;
use crate::error::Error;
use crate::transport::http::Uri;

/// The checked proxies for each scheme, and the hosts that are reached without one; empty where there is none.
#[derive(Default)]
pub(crate) struct Proxies {
    pub(crate) http: String,
    pub(crate) https: String,
    pub(crate) without: String,
}

impl Proxies {
    pub(crate) fn of(proxy: &Proxy, environment: &Environment) -> Result<Self, Error> {
        match proxy {
            Proxy::None => Ok(Self::default()),
            Proxy::Url(url) => {
                let url = checked(url, "Config::proxy")?;
                Ok(Self { http: url.clone(), https: url, without: String::new() })
            }
            Proxy::Environment => Ok(Self {
                http: variable(http_names(environment), environment)?,
                https: variable(&["HTTPS_PROXY", "https_proxy"], environment)?,
                without: first(&["NO_PROXY", "no_proxy"], environment)
                    .map_or_else(String::new, |(_, hosts)| hosts),
            }),
        }
    }
}

/// A web server hands the header `Proxy` of a request to a CGI program as `HTTP_PROXY`.
fn http_names(environment: &Environment) -> &'static [&'static str] {
    match environment.get("REQUEST_METHOD") {
        Some(_) => &["http_proxy"],
        None => &["HTTP_PROXY", "http_proxy"],
    }
}

fn variable(names: &[&'static str], environment: &Environment) -> Result<String, Error> {
    first(names, environment).map_or(Ok(String::new()), |(name, url)| checked(&url, name))
}

fn first(names: &[&'static str], environment: &Environment) -> Option<(&'static str, String)> {
    names.iter().find_map(|name| Some((*name, environment.get(name)?)))
}

fn checked(url: &str, set_by: &str) -> Result<String, Error> {
    formed(url).map_err(|text| {
        Error::configuration(format!("proxy (from {set_by}): {text}; or set `Config::proxy(Proxy::None)`"))
    })
}

/// The URL of a proxy as `SCHEME://[USER[:PASSWORD]@]HOST[:PORT]`. The error repeats nothing that could be a password.
fn formed(url: &str) -> Result<String, String> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let (user, host) = rest.split_at(rest.rfind('@').map_or(0, |at| at + 1));
    let base = endpoint::base(&format!("{scheme}://{host}"), true)?;
    let formed = base.replacen("://", &format!("://{user}"), 1);
    let is_plain = user.strip_suffix('@').is_none_or(|user| !user.contains(['@', '/', '?', '#']));
    if is_plain && formed.parse::<Uri>().is_ok() {
        return Ok(formed);
    }
    Err("its user name or password has characters that must be percent-encoded, as `%40` for `@`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_brought_into_one_form() {
        let cases = [
            ("proxy.example.com:3128", "http://proxy.example.com:3128"),
            ("http://proxy.example.com/", "http://proxy.example.com"),
            ("HTTPS://me:p%40ss@proxy:8080", "https://me:p%40ss@proxy:8080"),
            ("me@10.0.0.1", "http://me@10.0.0.1"),
            ("http://[::1]:3128", "http://[::1]:3128"),
        ];
        for (url, expected) in cases {
            assert_eq!(checked(url, "test").unwrap(), expected, "{url}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        let cases = [
            ("socks5://me:PASSWORD@proxy:1080", "its scheme is `socks5`"),
            ("http://me:PASS/WORD@proxy", "percent-encoded"),
            ("http://me:PASS@WORD@proxy", "percent-encoded"),
            ("http://me:PASSWORD@@proxy", "percent-encoded"),
            ("http://me:PASS WORD@proxy", "percent-encoded"),
            ("http://me:PASS#WORD@proxy", "percent-encoded"),
            ("http://me:PASSWORD@proxy/path", "a path"),
            ("http://me:PASSWORD@", "no URL"),
            ("http://me:PASSWORD@proxy:99999", "port"),
            ("two words", "no URL"),
        ];
        for (url, part) in cases {
            let error = checked(url, "HTTPS_PROXY").unwrap_err().to_string();
            assert!(
                error.starts_with("configuration: proxy (from HTTPS_PROXY): ") && error.contains(part),
                "{error}"
            );
            assert!(!error.contains("PASS") && !error.contains("WORD"), "{error}");
        }
        assert_eq!(format!("{:?}", Proxy::Url("http://me:PASSWORD@proxy".to_owned())), "Url(***)");
    }

    #[test]
    fn both_cases_of_the_variables_are_read() {
        let upper = Proxies::of(
            &Proxy::Environment,
            &Environment::new(|name| {
                ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"].contains(&name).then(|| name.replace('_', "-"))
            }),
        );
        let upper = upper.unwrap();
        assert_eq!((upper.http.as_str(), upper.https.as_str()), ("http://HTTP-PROXY", "http://HTTPS-PROXY"));
        assert_eq!(upper.without, "NO-PROXY");
        let lower = Proxies::of(
            &Proxy::Environment,
            &Environment::new(|name| {
                ["http_proxy", "https_proxy", "no_proxy"].contains(&name).then(|| name.replace('_', "-"))
            }),
        );
        let lower = lower.unwrap();
        assert_eq!((lower.http.as_str(), lower.https.as_str()), ("http://http-proxy", "http://https-proxy"));
        assert_eq!(lower.without, "no-proxy");
    }

    #[test]
    fn a_cgi_program_does_not_trust_the_header() {
        let cgi = Proxies::of(
            &Proxy::Environment,
            &Environment::new(|name| {
                ["HTTP_PROXY", "HTTPS_PROXY", "REQUEST_METHOD"].contains(&name).then(|| "GET".to_owned())
            }),
        );
        let cgi = cgi.unwrap();
        assert_eq!((cgi.http.as_str(), cgi.https.as_str()), ("", "http://GET"));
    }

    #[test]
    fn none_and_an_own_one_ignore_the_environment() {
        let everything = Environment::new(|_| Some("environment".to_owned()));
        let none = Proxies::of(&Proxy::None, &everything).unwrap();
        assert_eq!((none.http.as_str(), none.https.as_str(), none.without.as_str()), ("", "", ""));
        let own = Proxies::of(&Proxy::Url("own".to_owned()), &everything).unwrap();
        assert_eq!(
            (own.http.as_str(), own.https.as_str(), own.without.as_str()),
            ("http://own", "http://own", "")
        );
    }
}
