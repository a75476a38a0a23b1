//! The client: from a request to a typed answer.

mod attempts;
mod clock;
mod defaults;
mod dry_run;
mod interceptors;
mod observe;
mod reply;
mod signed;
#[cfg(test)]
mod tests;
mod wait;

pub(crate) use defaults::Defaults;
pub use dry_run::DryRun;
pub use reply::Reply;
pub use signed::SignedUrl;

use crate::config::{self, AnswerFormat, Config, Network, Stamps};
use crate::credentials::{self, Credentials, ProvideCredentials, ProviderContext};
use crate::decode::{self, Decode, DecodeError};
use crate::error::{Course, Error, ErrorKind, Secrets, Unreadable};
use crate::intercept::Intercept;
use crate::parameters::Parameters;
use crate::request::Request;
use crate::retry::{Budget, Repetition, Retries};
use crate::schema::{Action, Effect, Service, SignatureVersion};
use crate::sleep::Sleep;
use crate::transport::http;
use crate::transport::http::HeaderValue;
use crate::transport::{Limits, Transport};
use crate::validate::{self, Validation, Violations};
use clock::Skew;
use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

/// Calls actions. Cloning it is cheap, and clones share their connections, what they know of the service's clock, and
/// their budget of repetitions (see [`Retries`]).
///
/// With the default transport it needs a Tokio runtime.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    region: Option<String>,
    base: Option<String>,
    network: Network,
    credentials: Arc<dyn ProvideCredentials>,
    transport: Arc<dyn Transport>,
    /// What sources of credentials send with: nothing of that is recorded.
    unrecorded: Arc<dyn Transport>,
    limits: Limits,
    deadline: Duration,
    retries: Retries,
    budget: Budget,
    sleep: Arc<dyn Sleep>,
    validation: Validation,
    format: AnswerFormat,
    signature: Option<SignatureVersion>,
    stamps: Arc<dyn Stamps>,
    skew: Skew,
    user_agent: HeaderValue,
    interceptors: Vec<Arc<dyn Intercept>>,
}

/// A call of an action, which the spec need not know.
struct Call<'a> {
    service: &'static Service,
    name: &'a str,
    action: Option<&'static Action>,
    /// Whether the client made the idempotency token.
    token_is_made: bool,
    /// Whether the service only checks the request.
    is_dry_run: bool,
    /// How long it may be repeated, where that is less than the client allows.
    within: Option<Duration>,
}

type Calling<'a> = Pin<Box<dyn Future<Output = Result<Reply<()>, Error>> + Send + 'a>>;

impl Client {
    /// A client with this configuration. No connection is made yet.
    ///
    /// # Errors
    /// When the configuration cannot work ([`ErrorKind::Configuration`]).
    pub fn new(config: Config) -> Result<Self, Error> {
        Self::with_defaults(config, &Defaults::ASYNC)
    }

    /// A client that takes from `defaults` what the configuration leaves open.
    pub(crate) fn with_defaults(config: Config, defaults: &Defaults) -> Result<Self, Error> {
        let endpoint = config.endpoint.as_ref();
        let base =
            endpoint.map(|endpoint| config::checked_endpoint(endpoint, config.allow_http)).transpose()?;
        let transport = match &config.transport {
            Some(transport) => Arc::clone(transport),
            None => (defaults.transport)(&config, base.as_deref())?,
        };
        let unrecorded = Arc::clone(&transport);
        let transport = match &config.recording {
            Some(recording) => Arc::new(recording.around(transport)),
            None => transport,
        };
        let region =
            config.region.map(|region| config::checked_region(region, "Config::region")).transpose()?;
        let timeouts = config.timeouts;
        Ok(Self(Arc::new(Inner {
            region,
            base,
            network: config.network,
            credentials: config.credentials,
            transport,
            unrecorded,
            limits: Limits::new(timeouts.read, timeouts.total, config.answer_limit),
            deadline: timeouts.deadline,
            retries: config.retries,
            budget: Budget::full(),
            sleep: config.sleep.unwrap_or_else(defaults.sleep),
            validation: config.validation,
            format: config.answer_format,
            signature: config.signature,
            stamps: config.stamps,
            skew: Skew::default(),
            user_agent: user_agent(config.user_agent.as_deref())?,
            interceptors: config.interceptors,
        })))
    }

    /// Checks a request, signs it, sends it and reads the answer. A failure that passes by itself is followed by another
    /// attempt where that is safe; see [`Retries`].
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send<R: Request>(&self, request: &R) -> Result<R::Response, Error> {
        Ok(self.send_for_reply(request).await?.response)
    }

    /// Like [`send`](Self::send), with what surrounds the answer: status, request id, and the text itself.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send_for_reply<R: Request>(&self, request: &R) -> Result<Reply<R::Response>, Error> {
        let mut response = R::Response::default();
        let reply = self.typed(R::ACTION, request.parameters(), &mut response).await?;
        let Reply { status, request_id, attempts, body, action, .. } = reply;
        Ok(Reply { response, status, request_id, attempts, body, action })
    }

    /// Calls any action of a service, also one that the spec does not know. The parameters are sent as they are,
    /// unchecked, and with no region or idempotency token filled in; the answer is handed over as text.
    ///
    /// An action that the spec knows to change something is repeated as one without an idempotency token unless that
    /// parameter is set, and so is one that it does not know, unless its name begins as those of look-ups do:
    /// `Describe`, `List`, `Get`.
    ///
    /// # Errors
    /// See [`ErrorKind`]; [`ErrorKind::Invalid`] only for names of parameters that the client sets by itself.
    pub async fn call(
        &self,
        service: &'static Service,
        action: &str,
        parameters: Parameters,
    ) -> Result<Reply<()>, Error> {
        let action_row = service.action(action);
        let call = Call {
            service,
            name: action,
            action: action_row,
            token_is_made: false,
            is_dry_run: false,
            within: None,
        };
        self.untyped(call, parameters).await
    }

    /// A request as a URL that `curl` or any other HTTP client can fetch, once and within 15 minutes. It is completed and
    /// checked as [`send`](Self::send) does it, and signed with version 1.0, since that signature stands in the URL.
    ///
    /// # Errors
    /// See [`ErrorKind`]; [`ErrorKind::Unfit`] when the parameters are too long for a URL.
    pub async fn signed_url<R: Request>(&self, request: &R) -> Result<SignedUrl, Error> {
        self.url_of(R::ACTION, request.parameters()).await
    }

    /// A call whose answer goes into `response`. It is neither generic nor an `async fn`, so that the crate that
    /// calls an action compiles nothing of it.
    pub(crate) fn typed<'a>(
        &'a self,
        action: &'static Action,
        parameters: Parameters,
        response: &'a mut (dyn Decode + Send),
    ) -> Calling<'a> {
        self.typed_within(Call::of(action), action, parameters, response)
    }

    fn typed_within<'a>(
        &'a self,
        mut call: Call<'a>,
        action: &'static Action,
        mut parameters: Parameters,
        response: &'a mut (dyn Decode + Send),
    ) -> Calling<'a> {
        Box::pin(async move {
            let span = observe::call(call.name, self.0.region(&call, &parameters));
            // In its place, lest it be there twice.
            let outcome = pin!(self.0.typed(&mut call, action, &mut parameters, response));
            span.around(outcome).await.map_err(|error| error.of(action.name))
        })
    }

    fn url_of<'a>(
        &'a self,
        action: &'static Action,
        mut parameters: Parameters,
    ) -> Pin<Box<dyn Future<Output = Result<SignedUrl, Error>> + Send + 'a>> {
        Box::pin(async move {
            let call = Call::of(action);
            self.0.url_of(&call, action, &mut parameters).await.map_err(|error| error.of(call.name))
        })
    }

    fn untyped<'a>(&'a self, call: Call<'a>, mut parameters: Parameters) -> Calling<'a> {
        Box::pin(async move {
            let span = observe::call(call.name, self.0.region(&call, &parameters));
            let outcome = pin!(self.0.untyped(&call, &mut parameters));
            span.around(outcome).await.map_err(|error| error.of(call.name))
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("region", &self.0.region)
            .field("endpoint", &self.0.base)
            .field("credentials", &self.0.credentials)
            .field("transport", &self.0.transport)
            .finish_non_exhaustive()
    }
}

impl Inner {
    async fn typed(
        &self,
        call: &mut Call<'_>,
        action: &'static Action,
        parameters: &mut Parameters,
        response: &mut (dyn Decode + Send),
    ) -> Result<Reply<()>, Error> {
        call.token_is_made = self.complete(action, parameters)?;
        self.check(action, parameters)?;
        let (answer, course) = self.exchange(call, parameters).await?;
        call.reply(answer, course, |text| decode::answer_in(text, action.name, response))
    }

    async fn url_of(
        &self,
        call: &Call<'_>,
        action: &'static Action,
        parameters: &mut Parameters,
    ) -> Result<SignedUrl, Error> {
        self.complete(action, parameters)?;
        self.check(action, parameters)?;
        self.add_common(call, parameters);
        let base = self.base(call, parameters)?;
        let credentials = self.provide().await?;
        let headers = self.before_signing(call, &base, 1, parameters)?;
        self.signed_url(&base, parameters, &headers, &credentials)
    }

    async fn untyped(&self, call: &Call<'_>, parameters: &mut Parameters) -> Result<Reply<()>, Error> {
        if call.name.trim().is_empty() {
            return Err(Error::new(ErrorKind::Unfit(
                "the action has no name; give the service's, as `DescribeRegions`".to_owned(),
            )));
        }
        refuse(validate::reserved(parameters))?;
        let (answer, course) = self.exchange(call, parameters).await?;
        call.reply(answer, course, |text| Ok(decode::request_id(text.as_bytes())))
    }

    /// Fills in what the client knows and the request left out: the region and the idempotency token. Tells whether it
    /// made a token.
    fn complete(&self, action: &'static Action, parameters: &mut Parameters) -> Result<bool, Error> {
        let takes = |name| action.parameters.iter().any(|parameter| parameter.name == name);
        let region = action.service.region_parameter;
        if let Some(value) = &self.region
            && takes(region)
            && !parameters.contains(region)
        {
            parameters.set(region, value.as_str());
        }
        // Some reads take a token, too; they are safe to repeat without one.
        if let Some(token) = action.idempotency
            && action.effect != Effect::Read
            && !parameters.contains(token)
        {
            parameters.set(token, self.unique()?);
            return Ok(true);
        }
        Ok(false)
    }

    /// Reports every violation of a rule, and refuses the call if there is one that is to be refused.
    fn check(&self, action: &'static Action, parameters: &Parameters) -> Result<(), Error> {
        let violations = validate::complete(action, parameters);
        observe::violations(action, &violations);
        refuse(violations.refused(self.validation))
    }

    /// Adds what the service needs to know of every call: the action, its version and the format of the answer.
    fn add_common(&self, call: &Call<'_>, parameters: &mut Parameters) {
        parameters.set_static("Format", self.format.as_str());
        parameters.set_static("Version", call.service.version);
        parameters.set("Action", call.name);
    }

    async fn provide(&self) -> Result<Credentials, Error> {
        let context = ProviderContext::new(self.unrecorded.as_ref(), self.stamps.as_ref());
        credentials::obtain(self.credentials.as_ref(), context)
            .await
            .map_err(|error| Error::new(ErrorKind::Credentials(error)))
    }

    /// The region that the call goes to.
    fn region<'a>(&'a self, call: &Call<'_>, parameters: &'a Parameters) -> Option<&'a str> {
        parameters.get(call.service.region_parameter).or(self.region.as_deref())
    }

    /// Where the call goes: to the endpoint that was set, or to the one of its region in this network.
    fn base(&self, call: &Call<'_>, parameters: &Parameters) -> Result<String, Error> {
        if let Some(base) = &self.base {
            return Ok(base.clone());
        }
        let region = self.region(call, parameters);
        match config::endpoint::host(&call.service.endpoints, self.network, region) {
            Ok(host) => Ok(format!("https://{host}")),
            Err(text) => Err(Error::configuration(text)),
        }
    }

    fn unique(&self) -> Result<String, Error> {
        self.stamps.unique().map_err(|error| Error::configuration(format!("no unique text: {error}")))
    }
}

impl Call<'_> {
    fn of(action: &'static Action) -> Self {
        Self {
            service: action.service,
            name: action.name,
            action: Some(action),
            token_is_made: false,
            is_dry_run: false,
            within: None,
        }
    }

    /// What makes repeating the call safe.
    fn repetition(&self, parameters: &Parameters) -> Repetition {
        if self.is_dry_run {
            return Repetition::Read;
        }
        Repetition::of(self.name, self.action, |token| parameters.given(token).is_some())
    }

    fn reply(
        &self,
        answer: http::Response<Vec<u8>>,
        course: Course,
        read: impl FnOnce(&str) -> Result<Option<String>, DecodeError>,
    ) -> Result<Reply<()>, Error> {
        let status = answer.status().as_u16();
        let unreadable = |body: &[u8], error: DecodeError, course| {
            Err(self.unreadable_success(status, body, error.to_string(), course))
        };
        let body = match String::from_utf8(answer.into_body()) {
            Ok(body) => body,
            Err(error) => {
                let (body, error) = (error.as_bytes(), error.utf8_error());
                return unreadable(body, decode::not_in_utf8(body, error), course);
            }
        };
        match read(&body) {
            Ok(request_id) => {
                let (attempts, action) = (course.attempts, self.action);
                Ok(Reply { response: (), status, request_id, attempts, body, action })
            }
            Err(error) => unreadable(body.as_bytes(), error, course),
        }
    }

    /// It is never repeated: the call has most likely had its effect.
    fn unreadable_success(&self, status: u16, body: &[u8], reason: String, mut course: Course) -> Error {
        let error = Unreadable::new(status, self.action, reason, body, &Secrets::default());
        course.may_have_changed_something |= error.may_have_changed_something() && !self.is_dry_run;
        Error::new(ErrorKind::Unreadable(error)).after(course)
    }
}

fn refuse(violations: Violations) -> Result<(), Error> {
    if violations.is_empty() { Ok(()) } else { Err(Error::new(ErrorKind::Invalid(violations))) }
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, Error> {
    let own = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let Some(suffix) = suffix else {
        return Ok(HeaderValue::from_static(own));
    };
    format!("{own} {suffix}").parse().map_err(|_| {
        Error::configuration(
            "user agent (from Config::user_agent): only visible ASCII characters can be sent",
        )
    })
}
