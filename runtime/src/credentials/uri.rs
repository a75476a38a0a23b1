//! A server that hands out session credentials.

use super::cache::Cache;
use super::{
    Credentials, CredentialsError, Environment, ProvideCredentials, ProviderContext, Providing, answer,
};
use crate::transport::Limits;
use crate::transport::http::{self, Uri};
use std::fmt;
use std::time::Duration;
use zeroize::Zeroizing;

const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
const LIMITS: Limits = Limits::new(Duration::from_secs(5), Duration::from_secs(10), 64 * 1024);

/// Session credentials from a server: `GET` on a URI answers JSON with `AccessKeyId`, `AccessKeySecret`,
/// `SecurityToken` and `Expiration`.
///
/// With `http` they travel in the clear; use that only on this machine or inside a cluster. They are kept, and
/// renewed 15 minutes before they expire, as [`Cached`](super::Cached) does it. No text shows more of the URI than
/// its host: the rest may be secret.
pub struct CredentialsUri {
    uri: Zeroizing<String>,
    set_by: &'static str,
    cache: Cache,
}

impl CredentialsUri {
    /// Credentials from this URI, `http://HOST[:PORT]/PATH` or the same with `https`.
    pub fn new(uri: impl Into<String>) -> Self {
        Self::set_by(uri.into(), "CredentialsUri::new")
    }

    pub(super) fn set_by(uri: String, set_by: &'static str) -> Self {
        Self { uri: Zeroizing::new(uri), set_by, cache: Cache::default() }
    }

    /// What the environment says.
    pub(super) fn of(environment: &Environment) -> Result<Self, CredentialsError> {
        match environment.get(VARIABLE) {
            Some(uri) => Ok(Self::set_by(uri, VARIABLE)),
            None => Err(CredentialsError::absent(format!("{VARIABLE} is not set"))),
        }
    }

    async fn fetch(&self, context: ProviderContext<'_>) -> Result<Credentials, CredentialsError> {
        let uri = self.checked()?;
        let server = format!(
            "{}://{}",
            uri.scheme_str().unwrap_or_default(),
            uri.authority().map_or("", |host| host.as_str())
        );
        let request = http::Request::get(uri)
            .body(Vec::new())
            .map_err(|_| CredentialsError::new(format!("{server}: the URI makes no request")))?;
        let (status, body) = context.fetch(request, LIMITS).await.map_err(|error| {
            CredentialsError::new(format!("no answer from {server}: {error}")).with_source(error)
        })?;
        if status != 200 {
            return Err(CredentialsError::new(format!("{server} answered with HTTP {status}")));
        }
        answer::session(&body).map_err(|error| error.within(&server))
    }

    fn checked(&self) -> Result<Uri, CredentialsError> {
        let said = |what| {
            CredentialsError::new(format!(
                "the URI (from {}) {what}; it reads `http://HOST/PATH`",
                self.set_by
            ))
        };
        let uri: Uri = self.uri.parse().map_err(|_| said("is none"))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(said("is not one of http or https"));
        }
        if uri.authority().is_none_or(|authority| authority.as_str().contains('@')) {
            return Err(said("has a user name or password, or no host"));
        }
        Ok(uri)
    }
}

impl fmt::Debug for CredentialsUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialsUri").field("set_by", &self.set_by).finish_non_exhaustive()
    }
}

impl ProvideCredentials for CredentialsUri {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        self.cache.provide(context, move || Box::pin(self.fetch(context)))
    }
}
