//! The role of an ECS instance, from its metadata service.

use super::cache::Cache;
use super::{
    Credentials, CredentialsError, Environment, ProvideCredentials, ProviderContext, Providing, answer,
};
use crate::sign;
use crate::transport::http::{self, HeaderName, Method};
use crate::transport::{Limits, TransportError, TransportErrorKind};
use std::time::Duration;
use zeroize::Zeroizing;

/// The service, at an address of the instance's own link.
const BASE: &str = "http://100.100.100.200";
const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
const TTL_HEADER: HeaderName = HeaderName::from_static("x-aliyun-ecs-metadata-token-ttl-seconds");
const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-aliyun-ecs-metadata-token");
/// Six hours, as long as a token can live; it is used at once.
const TTL: &str = "21600";
/// Outside of an instance nobody answers: that must not take long.
const LIMITS: Limits = Limits::new(Duration::from_secs(1), Duration::from_secs(1), 64 * 1024);

/// Sessions of the RAM role that is attached to this ECS instance, from its metadata service at `100.100.100.200`.
///
/// The hardened way, with a token, is tried first; if the service gives none, the plain way is. Each of the two or
/// three requests may take a second. The sessions are kept, and renewed 15 minutes before they expire, as
/// [`Cached`](super::Cached) does it.
#[derive(Debug)]
pub struct EcsRole {
    base: String,
    role: Option<String>,
    hardened: bool,
    cache: Cache,
}

impl EcsRole {
    /// The role of the instance, whatever its name.
    #[must_use]
    pub fn new() -> Self {
        Self { base: BASE.to_owned(), role: None, hardened: false, cache: Cache::default() }
    }

    /// Saves the request for the name of the role.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Whether to do without rather than go the plain way.
    #[must_use]
    pub fn hardened_only(mut self, only: bool) -> Self {
        self.hardened = only;
        self
    }

    /// What the environment says.
    pub(super) fn of(environment: &Environment, base: Option<&str>) -> Result<Self, CredentialsError> {
        const OFF: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
        if environment.is_on(OFF) {
            return Err(CredentialsError::absent(format!("switched off by {OFF}")));
        }
        Ok(Self {
            base: base.unwrap_or(BASE).to_owned(),
            role: environment.get("ALIBABA_CLOUD_ECS_METADATA"),
            hardened: environment.is_on("ALIBABA_CLOUD_IMDSV1_DISABLED"),
            cache: Cache::default(),
        })
    }

    async fn fetch(&self, context: ProviderContext<'_>) -> Result<Credentials, CredentialsError> {
        let token = self.token(context).await?;
        let token = token.as_ref().map(|token| token.as_str());
        let role = match &self.role {
            Some(role) => role.clone(),
            None => self.discover(context, token).await?,
        };
        let body = self.get(context, &format!("{ROLES}{}", sign::encoded(&role)), token).await?;
        answer::session(&body.ok_or_else(|| {
            CredentialsError::new(format!("the metadata service knows no role {role:?} of this instance"))
        })?)
    }

    /// A token for the hardened way; none if the service gives none and the plain way may be gone.
    async fn token(
        &self,
        context: ProviderContext<'_>,
    ) -> Result<Option<Zeroizing<String>>, CredentialsError> {
        let request = request(Method::PUT, format!("{}{TOKEN}", self.base), TTL_HEADER, Some(TTL))?;
        let refused = match context.fetch(request, LIMITS).await {
            Ok((200, body)) => match str::from_utf8(&body).map(str::trim) {
                Ok(token) if !token.is_empty() => return Ok(Some(Zeroizing::new(token.to_owned()))),
                _ => "it gave no token".to_owned(),
            },
            Ok((status, _)) => format!("it refused a token with HTTP {status}"),
            // Behind a container's network the answer with the token may get lost, though there is a service.
            Err(error) if is_there(&error) && !self.hardened => return Ok(None),
            Err(error) => return Err(self.unreachable(error)),
        };
        if self.hardened {
            return Err(CredentialsError::new(format!(
                "the metadata service has no hardened way: {refused}; it is demanded here, by \
                 ALIBABA_CLOUD_IMDSV1_DISABLED or in code"
            )));
        }
        Ok(None)
    }

    async fn discover(
        &self,
        context: ProviderContext<'_>,
        token: Option<&str>,
    ) -> Result<String, CredentialsError> {
        let body = self.get(context, ROLES, token).await?;
        let names = body.as_ref().and_then(|body| str::from_utf8(body).ok()).unwrap_or_default();
        match names.split_ascii_whitespace().next() {
            Some(name) => Ok(name.to_owned()),
            None => Err(CredentialsError::new("no RAM role is attached to this instance; attach one")),
        }
    }

    /// The body; none if there is nothing under this path.
    async fn get(
        &self,
        context: ProviderContext<'_>,
        path: &str,
        token: Option<&str>,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, CredentialsError> {
        let request = request(Method::GET, format!("{}{path}", self.base), TOKEN_HEADER, token)?;
        match context.fetch(request, LIMITS).await {
            Ok((200, body)) => Ok(Some(body)),
            Ok((404, _)) => Ok(None),
            Ok((status, _)) => {
                Err(CredentialsError::new(format!("the metadata service answered with HTTP {status}")))
            }
            Err(error) => Err(self.unreachable(error)),
        }
    }

    fn unreachable(&self, error: TransportError) -> CredentialsError {
        CredentialsError::new(format!(
            "no metadata service at {}: {error}; set ALIBABA_CLOUD_ECS_METADATA_DISABLED=true where there is none",
            self.base
        ))
        .with_source(error)
    }
}

/// Whether somebody took the request, though no answer came.
fn is_there(error: &TransportError) -> bool {
    error.may_have_been_sent() && error.kind() != TransportErrorKind::Connect
}

fn request(
    method: Method,
    uri: String,
    name: HeaderName,
    value: Option<&str>,
) -> Result<http::Request<Vec<u8>>, CredentialsError> {
    let request = http::Request::builder().method(method).uri(uri);
    let request = match value {
        Some(value) => request.header(name, value),
        None => request,
    };
    // Neither the address nor the token can be shown to be at fault here without showing it.
    request.body(Vec::new()).map_err(|_| CredentialsError::new("the metadata service gave an unusable token"))
}

impl Default for EcsRole {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for EcsRole {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        self.cache.provide(context, move || Box::pin(self.fetch(context)))
    }
}
