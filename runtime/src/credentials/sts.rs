//! Sessions of a RAM role, from the security token service (STS).

use super::cache::Cache;
use super::{
    Credentials, CredentialsError, Environment, ProvideCredentials, ProviderContext, Providing, answer,
};
use crate::config::endpoint;
use crate::decode;
use crate::error::{Secrets, one_line};
use crate::parameters::Parameters;
use crate::sign;
use crate::transport::Limits;
use crate::transport::http::{self, Method, header};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

const VERSION: &str = "2015-04-01";
const ENDPOINT: &str = "sts.aliyuncs.com";
const LIMITS: Limits = Limits::new(Duration::from_secs(10), Duration::from_secs(15), 256 * 1024);
const DEFAULT_NAME: &str = "aliyun-rpc";
const DEFAULT_DURATION: Duration = Duration::from_secs(3600);
const SHORTEST: Duration = Duration::from_secs(900);

/// What a session of a RAM role is asked for with. A bare ARN converts into it.
#[derive(Clone, Debug)]
pub struct RoleSession {
    role_arn: String,
    name: Option<String>,
    duration: Duration,
    policy: Option<String>,
    region: Option<String>,
    vpc: bool,
    endpoint: Option<String>,
}

impl RoleSession {
    /// A session of this role, `acs:ram::ACCOUNT:role/NAME`: for an hour, asked for at `sts.aliyuncs.com`.
    pub fn new(role_arn: impl Into<String>) -> Self {
        Self {
            role_arn: role_arn.into(),
            name: None,
            duration: DEFAULT_DURATION,
            policy: None,
            region: None,
            vpc: false,
            endpoint: None,
        }
    }

    /// Name of the session, which audits show: 2 to 64 letters, digits and `.@-_`; `aliyun-rpc` by default.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// How long the session lasts, in whole seconds: from 15 minutes to what the role allows; an hour by default.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// A policy, in JSON, that narrows what the session may do.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Asks STS in this region, `sts.REGION.aliyuncs.com`.
    #[must_use]
    pub fn sts_region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Asks STS from inside a VPC, at `sts-vpc.REGION.aliyuncs.com`. It has an effect only with a region.
    #[must_use]
    pub fn vpc(mut self, vpc: bool) -> Self {
        self.vpc = vpc;
        self
    }

    /// Asks STS at this host or URL, in place of the one of a region.
    #[must_use]
    pub fn sts_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// With what the environment says where nothing is said here.
    pub(super) fn or_environment(mut self, environment: &Environment) -> Self {
        self.name = self.name.or_else(|| environment.get("ALIBABA_CLOUD_ROLE_SESSION_NAME"));
        self.region = self.region.or_else(|| environment.get("ALIBABA_CLOUD_STS_REGION"));
        self.endpoint = self.endpoint.or_else(|| environment.get("ALIBABA_CLOUD_STS_ENDPOINT"));
        self.vpc = self.vpc || environment.is_on("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED");
        self
    }

    /// `https://HOST[:PORT]`.
    pub(super) fn base(&self) -> Result<String, CredentialsError> {
        let host = match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => endpoint.clone(),
            (None, Some(region)) if !endpoint::is_region(region) => {
                return Err(CredentialsError::new(format!("STS region: {region:?} is no id of a region")));
            }
            (None, Some(region)) => {
                format!("{}.{region}.aliyuncs.com", if self.vpc { "sts-vpc" } else { "sts" })
            }
            (None, None) => ENDPOINT.to_owned(),
        };
        endpoint::base(&host, false).map_err(|text| CredentialsError::new(format!("STS endpoint: {text}")))
    }

    /// What both actions take.
    fn parameters(&self, action: &'static str) -> Result<Parameters, CredentialsError> {
        if self.role_arn.trim().is_empty() {
            return Err(CredentialsError::new(
                "the ARN of the role is empty; it reads `acs:ram::ACCOUNT:role/NAME`",
            ));
        }
        if self.duration < SHORTEST {
            return Err(CredentialsError::new(format!(
                "a session of {} seconds is too short; it lasts 900 seconds at least",
                self.duration.as_secs()
            )));
        }
        let mut parameters = Parameters::from([
            ("Action", action),
            ("Version", VERSION),
            ("Format", "JSON"),
            ("RoleArn", &self.role_arn),
            ("RoleSessionName", self.name.as_deref().unwrap_or(DEFAULT_NAME)),
        ]);
        parameters.set("DurationSeconds", self.duration.as_secs().to_string());
        if let Some(policy) = &self.policy {
            parameters.set("Policy", policy.as_str());
        }
        Ok(parameters)
    }

    /// Sends the call and reads the session in the answer.
    async fn ask(
        &self,
        context: ProviderContext<'_>,
        parameters: &Parameters,
    ) -> Result<Credentials, CredentialsError> {
        let base = self.base()?;
        let request = http::Request::builder()
            .method(Method::POST)
            .uri(format!("{base}/"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(sign::query(parameters).into_bytes())
            .map_err(|error| {
                CredentialsError::new(format!("STS endpoint: {base} makes no request: {error}"))
            })?;
        let (status, body) = context.fetch(request, LIMITS).await.map_err(|error| {
            CredentialsError::new(format!("no answer from {base}: {error}")).with_source(error)
        })?;
        if (200..300).contains(&status) {
            return answer::session(&body).map_err(|error| error.within(&base));
        }
        Err(refused(&base, status, &body, &Secrets::of(None, parameters)))
    }
}

impl<T: Into<String>> From<T> for RoleSession {
    fn from(role_arn: T) -> Self {
        Self::new(role_arn)
    }
}

fn refused(base: &str, status: u16, body: &[u8], secrets: &Secrets) -> CredentialsError {
    let Some(said) = decode::refusal(body) else {
        return CredentialsError::new(format!("{base} answered with HTTP {status} and no error message"));
    };
    let mut text = format!("{base} refused with HTTP {status} {}: {}", said.code, said.message);
    if let Some(remedy) = remedy(&said.code) {
        text = format!("{text} Remedy: {remedy}");
    }
    if let Some(id) = said.request_id {
        text += &format!(" (request {id})");
    }
    CredentialsError::new(secrets.hide(&one_line(&text)))
}

/// What to do about the refusals that a wrong set-up brings.
fn remedy(code: &str) -> Option<&'static str> {
    Some(match code {
        "NoPermission" => {
            "allow the caller `sts:AssumeRole`, and name it in the trust policy of the role, with the same external id."
        }
        "EntityNotExist.Role" => "check account and name in the ARN of the role.",
        "InvalidAccessKeyId.NotFound" | "InvalidAccessKeyId.Inactive" => {
            "the access key that asks for the role is none, or disabled; set another one."
        }
        "SignatureDoesNotMatch" => "set the secret that belongs to the access key that asks for the role.",
        _ => return None,
    })
}

/// Sessions of a role (AssumeRole), asked for with the credentials of another source.
///
/// They are kept, and renewed 15 minutes before they expire, as [`Cached`](super::Cached) does it.
///
/// ```
/// # use aliyun_rpc::{Config, credentials::{AssumeRole, CliProfile, RoleSession}};
/// let role = RoleSession::new("acs:ram::1234567890123456:role/network").name("nightly").sts_region("cn-hangzhou");
/// let source = CliProfile::new().name("ops");
/// let config = Config::new().credentials(AssumeRole::new(role, source).external_id("42"));
/// ```
#[derive(Debug)]
pub struct AssumeRole {
    session: RoleSession,
    external_id: Option<String>,
    source: Arc<dyn ProvideCredentials>,
    cache: Cache,
}

impl AssumeRole {
    /// Sessions of this role, asked for with credentials of `source`.
    pub fn new(session: impl Into<RoleSession>, source: impl ProvideCredentials + 'static) -> Self {
        Self::over(session.into(), Arc::new(source))
    }

    pub(super) fn over(session: RoleSession, source: Arc<dyn ProvideCredentials>) -> Self {
        Self { session, external_id: None, source, cache: Cache::default() }
    }

    /// The external id that the trust policy of the role asks for.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    async fn fetch(&self, context: ProviderContext<'_>) -> Result<Credentials, CredentialsError> {
        let mut parameters = self.session.parameters("AssumeRole")?;
        if let Some(id) = &self.external_id {
            parameters.set("ExternalId", id.as_str());
        }
        let source = super::obtain(self.source.as_ref(), context)
            .await
            .map_err(|error| error.within("the credentials that ask for the role"))?;
        sign::v1::sign("POST", &mut parameters, &source, context.now(), &nonce(context)?);
        self.session.ask(context, &parameters).await
    }
}

impl ProvideCredentials for AssumeRole {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        self.cache.provide(context, move || {
            Box::pin(async move { self.fetch(context).await.map_err(|error| error.within("AssumeRole")) })
        })
    }
}

/// Sessions of a role (AssumeRoleWithOIDC), asked for with the token of an OpenID Connect provider, as clusters mount
/// it into their pods. The call needs no access key and no signature; the token is read anew each time.
///
/// They are kept, and renewed 15 minutes before they expire, as [`Cached`](super::Cached) does it.
#[derive(Debug)]
pub struct AssumeRoleWithOidc {
    session: RoleSession,
    provider_arn: String,
    token_file: PathBuf,
    cache: Cache,
}

impl AssumeRoleWithOidc {
    /// Sessions of this role, asked for with the token in `token_file`, which the provider of this ARN has issued
    /// (`acs:ram::ACCOUNT:oidc-provider/NAME`).
    pub fn new(
        session: impl Into<RoleSession>,
        provider_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        Self {
            session: session.into(),
            provider_arn: provider_arn.into(),
            token_file: token_file.into(),
            cache: Cache::default(),
        }
    }

    /// What the environment says; all of three variables must be set, since one of them has other uses, too.
    pub(super) fn of(environment: &Environment) -> Result<Self, CredentialsError> {
        const NAMES: [&str; 3] =
            ["ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE"];
        if let [Some(role), Some(provider), Some(file)] = NAMES.map(|name| environment.get(name)) {
            return Ok(Self::new(RoleSession::new(role).or_environment(environment), provider, file));
        }
        let missing: Vec<_> = NAMES.into_iter().filter(|name| environment.get(name).is_none()).collect();
        Err(CredentialsError::absent(format!("not set: {}", missing.join(", "))))
    }

    async fn fetch(&self, context: ProviderContext<'_>) -> Result<Credentials, CredentialsError> {
        let mut parameters = self.session.parameters("AssumeRoleWithOIDC")?;
        parameters.set("OIDCProviderArn", self.provider_arn.as_str());
        parameters.set("OIDCToken", token(&self.token_file)?.as_str());
        parameters.set("Timestamp", crate::time::format(context.now()));
        parameters.set("SignatureNonce", nonce(context)?);
        self.session.ask(context, &parameters).await
    }
}

impl ProvideCredentials for AssumeRoleWithOidc {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        self.cache.provide(context, move || {
            Box::pin(
                async move { self.fetch(context).await.map_err(|error| error.within("AssumeRoleWithOIDC")) },
            )
        })
    }
}

fn token(file: &Path) -> Result<Zeroizing<String>, CredentialsError> {
    let said = |what: &str| CredentialsError::new(format!("the token file {} {what}", file.display()));
    let bytes = std::fs::read(file).map(Zeroizing::new);
    let bytes = bytes.map_err(|error| said(&format!("cannot be read: {error}")).with_source(error))?;
    match str::from_utf8(&bytes).map(str::trim) {
        Ok("") => Err(said("is empty")),
        Ok(token) => Ok(Zeroizing::new(token.to_owned())),
        Err(_) => Err(said("holds no text")),
    }
}

fn nonce(context: ProviderContext<'_>) -> Result<String, CredentialsError> {
    context
        .unique()
        .map_err(|error| CredentialsError::new(format!("no unique text: {error}")).with_source(error))
}
