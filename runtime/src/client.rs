//! The client: from a request to a typed answer.

mod defaults;
mod observe;
mod signed;
#[cfg(test)]
mod tests;

pub(crate) use defaults::Defaults;
pub use signed::SignedUrl;

use crate::config::{self, AnswerFormat, Config, Network, Stamps};
use crate::credentials::{self, Credentials, ProvideCredentials, ProviderContext};
use crate::decode::{self, Decode};
use crate::error::{Error, ErrorKind, Refusal, Secrets, Unreadable};
use crate::parameters::Parameters;
use crate::request::Request;
use crate::schema::{Action, Effect, Service, SignatureVersion};
use crate::transport::http::{self, HeaderValue};
use crate::transport::{Limits, Transport};
use crate::validate::{self, Validation};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Calls actions. Cloning it is cheap, and clones share their connections.
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
    limits: Limits,
    validation: Validation,
    format: AnswerFormat,
    signature: Option<SignatureVersion>,
    stamps: Arc<dyn Stamps>,
    user_agent: HeaderValue,
}

/// An answer with what surrounds it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The answer.
    pub response: T,
    /// HTTP status.
    pub status: u16,
    /// Id that the service gave to the request.
    pub request_id: Option<String>,
    /// The answer as it came. It may hold sensitive values.
    pub body: String,
}

/// A call of an action, which the spec need not know.
struct Call<'a> {
    service: &'static Service,
    name: &'a str,
    action: Option<&'static Action>,
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
        let region =
            config.region.map(|region| config::checked_region(region, "Config::region")).transpose()?;
        let timeouts = config.timeouts;
        Ok(Self(Arc::new(Inner {
            region,
            base,
            network: config.network,
            credentials: config.credentials,
            transport,
            limits: Limits::new(timeouts.read, timeouts.total, config.answer_limit),
            validation: config.validation,
            format: config.answer_format,
            signature: config.signature,
            stamps: config.stamps,
            user_agent: user_agent(config.user_agent.as_deref())?,
        })))
    }

    /// Checks a request, signs it, sends it and reads the answer.
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
        Ok(Reply { response, status: reply.status, request_id: reply.request_id, body: reply.body })
    }

    /// Calls any action of a service, also one that the spec does not know. The parameters are sent as they are,
    /// unchecked, and with no region or idempotency token filled in; the answer is handed over as text.
    ///
    /// # Errors
    /// See [`ErrorKind`]; there is no [`ErrorKind::Invalid`].
    pub async fn call(
        &self,
        service: &'static Service,
        action: &str,
        parameters: Parameters,
    ) -> Result<Reply<()>, Error> {
        self.untyped(Call { service, name: action, action: service.action(action) }, parameters).await
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
    fn typed<'a>(
        &'a self,
        action: &'static Action,
        mut parameters: Parameters,
        response: &'a mut (dyn Decode + Send),
    ) -> Calling<'a> {
        Box::pin(async move {
            let call = Call { service: action.service, name: action.name, action: Some(action) };
            let outcome = self.0.typed(&call, action, &mut parameters, response).await;
            outcome.map_err(|error| error.of(call.name))
        })
    }

    fn url_of<'a>(
        &'a self,
        action: &'static Action,
        mut parameters: Parameters,
    ) -> Pin<Box<dyn Future<Output = Result<SignedUrl, Error>> + Send + 'a>> {
        Box::pin(async move {
            let call = Call { service: action.service, name: action.name, action: Some(action) };
            self.0.url_of(&call, action, &mut parameters).await.map_err(|error| error.of(call.name))
        })
    }

    fn untyped<'a>(&'a self, call: Call<'a>, mut parameters: Parameters) -> Calling<'a> {
        Box::pin(async move {
            let answer = self.0.exchange(&call, &mut parameters).await;
            answer.and_then(|answer| call.reply(answer)).map_err(|error| error.of(call.name))
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

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("response", &self.response)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl Inner {
    async fn typed(
        &self,
        call: &Call<'_>,
        action: &'static Action,
        parameters: &mut Parameters,
        response: &mut (dyn Decode + Send),
    ) -> Result<Reply<()>, Error> {
        self.complete(action, parameters)?;
        self.check(action, parameters)?;
        let answer = self.exchange(call, parameters).await?;
        decode::answer(answer.body(), action.name, response).map_err(|error| {
            call.unreadable(answer.status().as_u16(), answer.body(), error.to_string(), &Secrets::default())
        })?;
        call.reply(answer)
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
        self.signed_url(&base, parameters, &self.provide().await?)
    }

    /// Fills in what the client knows and the request left out: the region and the idempotency token.
    fn complete(&self, action: &'static Action, parameters: &mut Parameters) -> Result<(), Error> {
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
        }
        Ok(())
    }

    /// Reports every violation of a rule, and refuses the call if there is one that is to be refused.
    fn check(&self, action: &'static Action, parameters: &Parameters) -> Result<(), Error> {
        let violations = validate::complete(action, parameters);
        observe::violations(action, &violations);
        let refused = violations.refused(self.validation);
        if refused.is_empty() { Ok(()) } else { Err(Error::new(ErrorKind::Invalid(refused))) }
    }

    /// Sends a call and takes the answer of a successful one.
    async fn exchange(
        &self,
        call: &Call<'_>,
        parameters: &mut Parameters,
    ) -> Result<http::Response<Vec<u8>>, Error> {
        let observed = observe::begin(call.name, self.region(call, parameters));
        let base = self.base(call, parameters)?;
        self.add_common(call, parameters);
        let outcome = self.attempt(call, &base, parameters).await;
        observed.end(&outcome);
        outcome
    }

    /// One attempt: gets credentials, signs, sends, and tells success from refusal.
    async fn attempt(
        &self,
        call: &Call<'_>,
        base: &str,
        parameters: &mut Parameters,
    ) -> Result<http::Response<Vec<u8>>, Error> {
        let credentials = self.provide().await?;
        let request = self.signed(call, base, parameters, &credentials)?;
        let answer = self
            .transport
            .send(request, self.limits)
            .await
            .map_err(|error| Error::new(ErrorKind::Transport(error)))?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let (status, body) = (answer.status().as_u16(), answer.body());
        let secrets = Secrets::of(call.action, parameters);
        Err(match decode::refusal(body) {
            Some(said) => Error::new(ErrorKind::Refused(Refusal::new(
                status,
                said,
                call.service,
                call.action,
                &secrets,
            ))),
            None => {
                call.unreadable(status, body, "it is no error message of the service".to_owned(), &secrets)
            }
        })
    }

    /// Adds what the service needs to know of every call: the action, its version and the format of the answer.
    fn add_common(&self, call: &Call<'_>, parameters: &mut Parameters) {
        parameters.set("Format", self.format.as_str());
        parameters.set("Version", call.service.version);
        parameters.set("Action", call.name);
    }

    async fn provide(&self) -> Result<Credentials, Error> {
        let context = ProviderContext::new(self.transport.as_ref(), self.stamps.as_ref());
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
    fn unreadable(&self, status: u16, body: &[u8], reason: String, secrets: &Secrets) -> Error {
        Error::new(ErrorKind::Unreadable(Unreadable::new(status, self.action, reason, body, secrets)))
    }

    fn reply(&self, answer: http::Response<Vec<u8>>) -> Result<Reply<()>, Error> {
        let (status, request_id) = (answer.status().as_u16(), decode::request_id(answer.body()));
        match String::from_utf8(answer.into_body()) {
            Ok(body) => Ok(Reply { response: (), status, request_id, body }),
            Err(error) => {
                let reason = error.utf8_error().to_string();
                Err(self.unreadable(status, error.as_bytes(), reason, &Secrets::default()))
            }
        }
    }
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
