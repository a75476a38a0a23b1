//! From the parameters of a call to a signed HTTP request or URL.

use super::{Call, Inner};
use crate::credentials::Credentials;
use crate::error::{Error, ErrorKind, Secrets, SignatureFault};
use crate::parameters::Parameters;
use crate::schema::SignatureVersion;
use crate::sign::{self, acs3};
use crate::transport::http::{self, HeaderMap, HeaderValue, Method, header, request};
use std::fmt;
use std::time::SystemTime;

/// Longest query, in bytes; with more, the parameters go into a form body.
pub(super) const LONGEST_QUERY: usize = 4096;

const FORM: &str = "application/x-www-form-urlencoded";

/// Parameters that stand in headers with ACS3-HMAC-SHA256.
const IN_HEADERS: [&str; 5] = ["Action", "Format", "SecurityToken", "Signature", "Version"];

/// A request as a URL that any HTTP client can fetch with `GET`, as `curl` does.
///
/// The service takes it once, and within 15 minutes of signing. Until then whoever has the URL can make this one call,
/// so no text shows it: [`reveal`](Self::reveal) does.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedUrl(String);

impl SignedUrl {
    /// The URL. It holds a signature and, with temporary credentials, their security token.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = self.0.split_once('?').map_or("", |(base, _)| base);
        write!(f, "SignedUrl({base}?***)")
    }
}

/// A signed request, and what was signed.
pub(super) struct Signed {
    pub(super) request: http::Request<Vec<u8>>,
    pub(super) text: SignedText,
}

/// The text over which a signature was made.
pub(super) enum SignedText {
    /// That of version 1.0, which method and parameters tell.
    V1(Method),
    /// That of ACS3-HMAC-SHA256.
    Acs3(String),
}

impl SignedText {
    /// Compares it with what the message of the service says that it signed itself.
    pub(super) fn fault(
        &self,
        message: &str,
        parameters: &Parameters,
        secrets: &Secrets,
    ) -> Option<SignatureFault> {
        match self {
            SignedText::V1(method) => {
                let ours = sign::v1::string_to_sign(method.as_str(), parameters);
                SignatureFault::of(message, &ours, secrets)
            }
            SignedText::Acs3(ours) => SignatureFault::of_hash(message, ours),
        }
    }
}

impl Inner {
    /// The signed request, with a time and a nonce of its own. `parameters` then hold what it was signed with, so that
    /// errors can hide it.
    pub(super) fn signed(
        &self,
        call: &Call<'_>,
        base: &str,
        parameters: &mut Parameters,
        credentials: &Credentials,
    ) -> Result<Signed, Error> {
        match self.signature.unwrap_or(call.service.signature) {
            SignatureVersion::V1 => {
                let request = self.signed_v1(base, parameters, credentials)?;
                let text = SignedText::V1(request.method().clone());
                Ok(Signed { request, text })
            }
            SignatureVersion::Acs3 => self.signed_acs3(call, base, parameters, credentials),
        }
    }

    /// `GET`, or `POST` where the query would grow too long.
    fn signed_v1(
        &self,
        base: &str,
        parameters: &mut Parameters,
        credentials: &Credentials,
    ) -> Result<http::Request<Vec<u8>>, Error> {
        let (now, nonce) = (self.now(), self.unique()?);
        let request = self.begun();
        let query = sign::v1::signed_query(Method::GET.as_str(), parameters, credentials, now, &nonce);
        let request = if query.len() <= LONGEST_QUERY {
            request.method(Method::GET).uri([base, "/?", &query].concat()).body(Vec::new())
        } else {
            let form = sign::v1::signed_query(Method::POST.as_str(), parameters, credentials, now, &nonce);
            request
                .method(Method::POST)
                .uri(format!("{base}/"))
                .header(header::CONTENT_TYPE, FORM)
                .body(form.into_bytes())
        };
        request.map_err(|error| no_request(base, &error))
    }

    /// `POST` with the parameters in the query, or in a form body where the query would grow too long; all else stands
    /// in headers.
    fn signed_acs3(
        &self,
        call: &Call<'_>,
        base: &str,
        parameters: &mut Parameters,
        credentials: &Credentials,
    ) -> Result<Signed, Error> {
        let own = parameters.iter().filter(|(name, _)| !IN_HEADERS.contains(name));
        let own: Parameters = own.map(|(name, value)| (name.to_owned(), value)).collect();
        let query = sign::query(&own);
        let (query, content_type, body) = match query.len() <= LONGEST_QUERY {
            true => (query, None, Vec::new()),
            false => (String::new(), Some(FORM), query.into_bytes()),
        };
        let unsigned = acs3::Call {
            method: Method::POST.as_str(),
            host: host(base),
            action: call.name,
            version: call.service.version,
            query: &query,
            content_type,
            body: &body,
        };
        let signed = acs3::sign(&unsigned, credentials, self.now(), &self.unique()?);
        let mut request = self.begun().method(Method::POST).header(header::ACCEPT, self.format.media_type());
        for (name, value) in &signed.headers {
            let mut value = HeaderValue::from_str(value).map_err(|_| unfit(name))?;
            value.set_sensitive(name == header::AUTHORIZATION || name == acs3::SECURITY_TOKEN);
            request = request.header(name, value);
        }
        if let Some(token) = credentials.security_token() {
            parameters.set("SecurityToken", token);
        }
        parameters.set("Signature", signed.signature);
        let uri = if query.is_empty() { format!("{base}/") } else { format!("{base}/?{query}") };
        let request = request.uri(uri).body(body).map_err(|error| no_request(base, &error))?;
        Ok(Signed { request, text: SignedText::Acs3(signed.string_to_sign) })
    }

    /// The call as a URL for `GET`, signed with version 1.0: the other one stands in headers.
    pub(super) fn signed_url(
        &self,
        base: &str,
        parameters: &mut Parameters,
        headers: &HeaderMap,
        credentials: &Credentials,
    ) -> Result<SignedUrl, Error> {
        if let Some(name) = headers.keys().next() {
            return Err(Error::new(ErrorKind::Unfit(format!(
                "an interceptor sets the header {name}, and a URL carries none; send the request with the client"
            ))));
        }
        let (method, now, nonce) = (Method::GET, self.now(), self.unique()?);
        let query = sign::v1::signed_query(method.as_str(), parameters, credentials, now, &nonce);
        if query.len() > LONGEST_QUERY {
            return Err(Error::new(ErrorKind::Unfit(format!(
                "the query of its signed URL would take {} bytes, which is more than {LONGEST_QUERY}; send the request with \
                 the client, which uses a form body then",
                query.len()
            ))));
        }
        Ok(SignedUrl(format!("{base}/?{query}")))
    }

    /// The time of the service, as far as it is known.
    fn now(&self) -> SystemTime {
        self.skew.corrected(self.stamps.now())
    }

    fn begun(&self) -> request::Builder {
        http::Request::builder().header(header::USER_AGENT, self.user_agent.clone())
    }
}

/// The value of the header `Host`: the port is left out where it is the scheme's own.
fn host(base: &str) -> &str {
    let (scheme, authority) = base.split_once("://").unwrap_or(("", base));
    let port = if scheme == "http" { ":80" } else { ":443" };
    authority.strip_suffix(port).unwrap_or(authority)
}

fn no_request(base: &str, error: &http::Error) -> Error {
    Error::configuration(format!("endpoint: {base} makes no request: {error}"))
}

fn unfit(name: &header::HeaderName) -> Error {
    Error::new(ErrorKind::Unfit(format!(
        "with ACS3-HMAC-SHA256 the header {name} takes visible ASCII characters alone; correct its value, or sign \
         with version 1.0"
    )))
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_keeps_a_port_that_is_not_the_schemes_own() {
        let cases = [
            ("https://vpc.aliyuncs.com", "vpc.aliyuncs.com"),
            ("https://vpc.aliyuncs.com:443", "vpc.aliyuncs.com"),
            ("https://vpc.aliyuncs.com:80", "vpc.aliyuncs.com:80"),
            ("http://127.0.0.1:80", "127.0.0.1"),
            ("http://[::1]:8080", "[::1]:8080"),
            ("http://localhost:443", "localhost:443"),
        ];
        for (base, expected) in cases {
            assert_eq!(host(base), expected);
        }
    }
}
