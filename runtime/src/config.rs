//! What a client needs to know before it can call.

pub(crate) mod endpoint;
#[cfg(any(feature = "hyper", feature = "blocking"))]
pub(crate) mod proxies;
mod proxy;
mod stamps;
mod timeouts;

pub use proxy::Proxy;
pub use stamps::Stamps;
pub use timeouts::Timeouts;

use crate::credentials::{self, Credentials, DefaultChain, Environment, ProvideCredentials};
use crate::error::Error;
use crate::intercept::Intercept;
use crate::recording::{Recording, Replay};
use crate::retry::Retries;
use crate::schema::SignatureVersion;
use crate::sleep::Sleep;
use crate::transport::Transport;
use crate::validate::Validation;
use stamps::SystemStamps;
use std::sync::Arc;

const REGION: [&str; 2] = ["ALIBABA_CLOUD_REGION_ID", "ALIBABA_CLOUD_REGION"];
const ENDPOINT: &str = "ALIBABA_CLOUD_ENDPOINT";

/// What a client needs to know. Every setting has a default; credentials come from where the provider's own tools look
/// for them ([`DefaultChain`]).
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) region: Option<String>,
    pub(crate) credentials: Arc<dyn ProvideCredentials>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) network: Network,
    pub(crate) allow_http: bool,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) timeouts: Timeouts,
    pub(crate) retries: Retries,
    pub(crate) sleep: Option<Arc<dyn Sleep>>,
    pub(crate) validation: Validation,
    pub(crate) answer_format: AnswerFormat,
    pub(crate) answer_limit: usize,
    pub(crate) extra_roots: Vec<Vec<u8>>,
    pub(crate) proxy: Proxy,
    pub(crate) signature: Option<SignatureVersion>,
    pub(crate) stamps: Arc<dyn Stamps>,
    pub(crate) user_agent: Option<String>,
    pub(crate) interceptors: Vec<Arc<dyn Intercept>>,
    pub(crate) recording: Option<Recording>,
}

/// A host or URL and where it was set.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) value: String,
    pub(crate) set_by: &'static str,
}

/// The value is not checked yet, so it could hold a password.
impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "set by {}", self.set_by)
    }
}

impl Config {
    /// The defaults: no region, credentials from the [`DefaultChain`], the endpoints of the service.
    #[must_use]
    pub fn new() -> Self {
        Self {
            region: None,
            credentials: Arc::new(DefaultChain::new()),
            endpoint: None,
            network: Network::default(),
            allow_http: false,
            transport: None,
            timeouts: Timeouts::default(),
            retries: Retries::default(),
            sleep: None,
            validation: Validation::Standard,
            answer_format: AnswerFormat::Json,
            answer_limit: 16 * 1024 * 1024,
            extra_roots: Vec::new(),
            proxy: Proxy::default(),
            signature: None,
            stamps: Arc::new(SystemStamps),
            user_agent: None,
            interceptors: Vec::new(),
            recording: None,
        }
    }

    /// The defaults with what the environment says: the region from `ALIBABA_CLOUD_REGION_ID`, or else from
    /// `ALIBABA_CLOUD_REGION`, or else the `region_id` of the profile that
    /// [`CliProfile`](crate::credentials::CliProfile) would choose, if there is one; the endpoint from
    /// `ALIBABA_CLOUD_ENDPOINT`, if it is set; credentials as the [`DefaultChain`] finds them at the first call. An
    /// empty variable counts as missing.
    ///
    /// # Errors
    /// When the region or the endpoint is none.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_environment(&Environment::of_process())
    }

    fn from_environment(environment: &Environment) -> Result<Self, Error> {
        let mut config = Self::new();
        let named = REGION.into_iter().find_map(|name| Some((environment.get(name)?, name)));
        let profile = || Some((credentials::region(environment)?, "the CLI profile"));
        if let Some((region, set_by)) = named.or_else(profile) {
            config.region = Some(checked_region(region, set_by)?);
        }
        if let Some(value) = environment.get(ENDPOINT) {
            // Whether `http` is allowed may still change; the client looks again.
            checked_endpoint(&Endpoint { value: value.clone(), set_by: ENDPOINT }, true)?;
            config.endpoint = Some(Endpoint { value, set_by: ENDPOINT });
        }
        Ok(config)
    }

    /// The region that calls go to unless a request says otherwise: `cn-hangzhou`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Where credentials come from.
    #[must_use]
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Arc::new(credentials);
        self
    }

    /// A host (`vpc-vpc.cn-hangzhou.aliyuncs.com`) or URL (`http://127.0.0.1:8080`) that all calls go to, in place
    /// of the endpoints of the service. A bare host means `https`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(Endpoint { value: endpoint.into(), set_by: "Config::endpoint" });
        self
    }

    /// From where the endpoints of the service are to be reached. It has no effect where
    /// [`endpoint`](Self::endpoint) is set.
    #[must_use]
    pub fn network(mut self, network: Network) -> Self {
        self.network = network;
        self
    }

    /// Allows `http` to hosts other than this machine. Everything but the secret then travels in the clear.
    #[must_use]
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// What sends the requests. The connect timeout, the extra CA certificates and the proxy concern only the
    /// defaults, `HyperTransport` and `UreqTransport`.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How long things may take.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// How often a call is made that fails for a reason that passes; three times by default.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// What waits between attempts. By default the timer of the Tokio runtime, or a thread where there is none.
    #[must_use]
    pub fn sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.sleep = Some(Arc::new(sleep));
        self
    }

    /// Which violations of rules stop a call.
    #[must_use]
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// How calls are signed, in place of what the spec of the service says.
    #[must_use]
    pub fn signature(mut self, version: SignatureVersion) -> Self {
        self.signature = Some(version);
        self
    }

    /// The format in which the service shall answer.
    #[must_use]
    pub fn answer_format(mut self, format: AnswerFormat) -> Self {
        self.answer_format = format;
        self
    }

    /// Most bytes that an answer may have; 16 MiB by default.
    #[must_use]
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
    }

    /// Trusts the certificates in this PEM text too, beside those that the platform trusts. Can be called repeatedly.
    #[must_use]
    pub fn ca_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.extra_roots.push(pem.into());
        self
    }

    /// Through which proxy the service is reached; by default the one that the environment names.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Where time, unique texts and random numbers come from.
    #[must_use]
    pub fn stamps(mut self, stamps: impl Stamps + 'static) -> Self {
        self.stamps = Arc::new(stamps);
        self
    }

    /// What is added to the user agent that the service sees: `my-tool/1.2`.
    #[must_use]
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = Some(suffix.into());
        self
    }

    /// Adds what sees each attempt of each call, after those that are there.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Takes down what is called and what is answered, whatever the transport is, but not how credentials are fetched.
    #[must_use]
    pub fn record(mut self, recording: &Recording) -> Self {
        self.recording = Some(recording.clone());
        self
    }

    /// Answers from a recording, in place of the transport; nothing is sent. Calls are signed with an access key that is
    /// none, unless another one is set afterwards.
    #[must_use]
    pub fn replay(self, replay: &Replay) -> Self {
        self.transport(replay.clone()).credentials(Credentials::new("replay", "replay"))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

/// The region, if it is one; `set_by` tells where it comes from.
pub(crate) fn checked_region(region: String, set_by: &str) -> Result<String, Error> {
    if endpoint::is_region(&region) {
        return Ok(region);
    }
    Err(Error::configuration(format!(
        "region (from {set_by}): {region:?} is no id of a region; it has letters, digits and hyphens, as `cn-hangzhou`"
    )))
}

/// The endpoint as `https://HOST[:PORT]`.
pub(crate) fn checked_endpoint(endpoint: &Endpoint, allow_http: bool) -> Result<String, Error> {
    endpoint::base(&endpoint.value, allow_http)
        .map_err(|text| Error::configuration(format!("endpoint (from {}): {text}", endpoint.set_by)))
}

/// From where the endpoints of a service are reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Network {
    /// From the internet.
    #[default]
    Public,
    /// From inside a virtual private cloud of the region, without a way to the internet. A region is needed.
    Vpc,
}

/// The format in which the service answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AnswerFormat {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

impl AnswerFormat {
    /// Value of the `Format` parameter.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            AnswerFormat::Json => "JSON",
            AnswerFormat::Xml => "XML",
        }
    }

    /// Value of the header `Accept`.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            AnswerFormat::Json => "application/json",
            AnswerFormat::Xml => "application/xml",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(
        lookup: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static,
    ) -> Result<Config, Error> {
        Config::from_environment(&Environment::new(move |name| lookup(name).map(str::to_owned)))
    }

    #[test]
    fn the_environment_sets_region_and_endpoint() {
        let both = config(|name| match name {
            "ALIBABA_CLOUD_REGION_ID" => Some("cn-beijing"),
            "ALIBABA_CLOUD_REGION" => Some("cn-shanghai"),
            "ALIBABA_CLOUD_ENDPOINT" => Some("http://10.0.0.1"),
            _ => None,
        });
        let both = both.unwrap();
        assert_eq!(both.region.as_deref(), Some("cn-beijing"));
        assert_eq!(both.endpoint.unwrap().value, "http://10.0.0.1");
        let other = config(|name| (name == "ALIBABA_CLOUD_REGION").then_some("cn-shanghai")).unwrap();
        assert_eq!(other.region.as_deref(), Some("cn-shanghai"));
        assert_eq!(config(|_| None).unwrap().region, None);
    }

    #[test]
    fn errors_name_the_variable() {
        let error = config(|name| (name == REGION[0]).then_some("a.b")).unwrap_err();
        let expected = "configuration: region (from ALIBABA_CLOUD_REGION_ID): \"a.b\" is no id of a region";
        assert!(error.to_string().starts_with(expected), "{error}");
        let error = config(|name| (name == ENDPOINT).then_some("https://h/p")).unwrap_err();
        assert!(
            error.to_string().starts_with("configuration: endpoint (from ALIBABA_CLOUD_ENDPOINT): a path")
        );
    }

    #[test]
    fn debug_shows_no_secret() {
        let config = Config::new()
            .credentials(Credentials::new("LTAI5tTESTKEYID00000", "SECRET").with_security_token("TOKEN"))
            .endpoint("https://me:PASSWORD@host");
        let text = format!("{config:?}");
        for secret in ["SECRET", "TOKEN", "PASSWORD", "LTAI5tTEST"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
