//! Interceptors: code of the user that sees each attempt of a call.

use crate::error::{Error, ErrorKind, Secrets, one_line, texts};
use crate::parameters::Parameters;
use crate::transport::http::header::{HeaderMap, HeaderName, HeaderValue};
use crate::{decode, validate};
use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::Duration;

/// Sees each attempt of each call, before it is signed and after it has ended: to add a parameter or a header, to forbid
/// what must not be called, to count and to measure.
///
/// Several can be set; they are asked in the order in which they were
/// ([`Config::interceptor`](crate::Config::interceptor)). They do not see how credentials are fetched. What has to wait
/// for something, such as a limiter of the rate, belongs into a [`Transport`](crate::transport::Transport).
///
/// ```
/// use aliyun_rpc::Config;
/// use aliyun_rpc::intercept::{Intercept, Outcome, Outgoing};
/// use std::error::Error;
///
/// #[derive(Debug)]
/// struct ReadOnly;
///
/// impl Intercept for ReadOnly {
///     fn before_signing(&self, attempt: &mut Outgoing<'_>) -> Result<(), Box<dyn Error + Send + Sync>> {
///         match attempt.action() {
///             action if action.starts_with("Describe") => Ok(attempt.set_header("x-job", "nightly")?),
///             action => Err(format!("{action} is not for this job").into()),
///         }
///     }
///
///     fn after_attempt(&self, outcome: &Outcome<'_>) {
///         println!("{} took {:?}: {:?}", outcome.action(), outcome.latency(), outcome.status());
///     }
/// }
///
/// let config = Config::new().interceptor(ReadOnly);
/// ```
pub trait Intercept: Send + Sync + Debug {
    /// Sees an attempt before it is signed, and may change it. Each attempt begins with the parameters that the call
    /// has, whatever was changed in the one before. A signed URL is seen in the same way, as attempt 1.
    ///
    /// # Errors
    /// An error ends the call with [`ErrorKind::Intercepted`], and the attempt is not
    /// sent. Its text must hold no sensitive value.
    fn before_signing(&self, attempt: &mut Outgoing<'_>) -> Result<(), Box<dyn StdError + Send + Sync>> {
        let _ = attempt;
        Ok(())
    }

    /// Sees how an attempt ended that was sent. It cannot fail the call: that may have had its effect, and its answer
    /// must not be lost.
    fn after_attempt(&self, outcome: &Outcome<'_>) {
        let _ = outcome;
    }
}

impl<T: Intercept + ?Sized> Intercept for Arc<T> {
    fn before_signing(&self, attempt: &mut Outgoing<'_>) -> Result<(), Box<dyn StdError + Send + Sync>> {
        (**self).before_signing(attempt)
    }

    fn after_attempt(&self, outcome: &Outcome<'_>) {
        (**self).after_attempt(outcome);
    }
}

/// An attempt that is about to be signed. It holds neither credentials nor a signature.
///
/// `Debug` shows the names of parameters and headers alone: a value may be secret.
pub struct Outgoing<'a> {
    pub(crate) action: &'a str,
    pub(crate) region: Option<&'a str>,
    pub(crate) endpoint: &'a str,
    pub(crate) number: u32,
    /// Parameters that a part of the client relies on, besides those that are reserved in every call.
    pub(crate) fixed: [Option<&'static str>; 2],
    pub(crate) parameters: &'a mut Parameters,
    pub(crate) headers: HeaderMap,
}

impl Outgoing<'_> {
    /// Name of the action.
    #[must_use]
    pub fn action(&self) -> &str {
        self.action
    }

    /// The region that the call goes to.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.region
    }

    /// Where the call goes to: `https://HOST`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        self.endpoint
    }

    /// Number of the attempt, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.number
    }

    /// The parameters. They may hold sensitive values.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        self.parameters
    }

    /// Sets a parameter, by its name on the wire, in place of an earlier value. It is sent unchecked.
    ///
    /// # Errors
    /// When it has no name, or is one on which the client relies: `Action` and all that a call is signed with, the region,
    /// by which the endpoint was chosen, and the idempotency token of a call that changes something, which every attempt
    /// must share.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) -> Result<(), NotAllowed> {
        let name = name.into();
        self.owned(&name)?;
        self.parameters.set(name, value);
        Ok(())
    }

    /// Takes a parameter away, if it is there.
    ///
    /// # Errors
    /// As for [`set`](Self::set).
    pub fn remove(&mut self, name: &str) -> Result<(), NotAllowed> {
        self.owned(name)?;
        self.parameters.remove(name);
        Ok(())
    }

    /// Sets a header of the HTTP request, in place of an earlier value. Headers of this kind are not signed.
    ///
    /// # Errors
    /// When the name or the value cannot stand in a request, or when it is a header that the client, the signature or
    /// HTTP itself needs: `x-acs-...`, `Host`, `Authorization`, `Content-...` and the like.
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), NotAllowed> {
        let broken = |what| NotAllowed(format!("header {:?}: {what}", one_line(name)));
        let parsed: HeaderName = name.parse().map_err(|_| broken("no name of a header"))?;
        if is_owned_header(parsed.as_str()) {
            return Err(broken("set by the client alone"));
        }
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| broken("its value has a character that cannot stand in a header"))?;
        // It may be secret, for all that is known.
        value.set_sensitive(true);
        self.headers.insert(parsed, value);
        Ok(())
    }

    fn owned(&self, name: &str) -> Result<(), NotAllowed> {
        if let Some(why) = validate::misuse(name) {
            return Err(NotAllowed(format!("parameter {name:?}: {why}")));
        }
        if self.fixed.contains(&Some(name)) {
            let why = "all attempts of a call share it; set it in the request or the configuration";
            return Err(NotAllowed(format!("parameter {name:?}: {why}")));
        }
        Ok(())
    }
}

fn is_owned_header(name: &str) -> bool {
    const OWNED: [&str; 12] = [
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "expect",
        "host",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    ];
    OWNED.contains(&name) || name.starts_with("x-acs-") || name.starts_with("content-")
}

impl Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("action", &self.action)
            .field("attempt", &self.number)
            .field("endpoint", &self.endpoint)
            .field("parameters", &self.parameters)
            .field("headers", &self.headers.keys())
            .finish()
    }
}

/// A change that no interceptor may make: what, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAllowed(String);

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for NotAllowed {}

/// How an attempt ended.
///
/// `Debug` shows no header and no body: a value may be secret.
pub struct Outcome<'a> {
    pub(crate) action: &'a str,
    pub(crate) number: u32,
    pub(crate) latency: Duration,
    pub(crate) answer: Option<&'a http::Response<Vec<u8>>>,
    pub(crate) error: Option<&'a Error>,
}

impl Outcome<'_> {
    /// Name of the action.
    #[must_use]
    pub fn action(&self) -> &str {
        self.action
    }

    /// Number of the attempt, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.number
    }

    /// From the moment at which the attempt was handed to the transport until its whole answer was there.
    #[must_use]
    pub fn latency(&self) -> Duration {
        self.latency
    }

    /// HTTP status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.answer.map(|answer| answer.status().as_u16())
    }

    /// Id that the service gave to the request. It is looked for in the body each time.
    #[must_use]
    pub fn request_id(&self) -> Option<String> {
        decode::request_id(self.body()?)
    }

    /// Headers of the answer.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer.map(http::Response::headers)
    }

    /// Body of the answer as it came. It may hold sensitive values, and, where a signature was refused, what was signed.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.answer.map(|answer| answer.body().as_slice())
    }

    /// Why the attempt failed; none if the service answered with success. Whether the body of a success can be read is
    /// not known yet. Its text holds no secret.
    #[must_use]
    pub fn error(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.map(|error| error as _)
    }

    /// What kind of failure it was.
    #[must_use]
    pub fn error_kind(&self) -> Option<&ErrorKind> {
        self.error.map(Error::kind)
    }
}

impl Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("action", &self.action)
            .field("attempt", &self.number)
            .field("latency", &self.latency)
            .field("status", &self.status())
            .field("body", &format_args!("{} bytes", self.body().map_or(0, <[u8]>::len)))
            .field("error", &self.error.map(ToString::to_string))
            .finish()
    }
}

/// An interceptor ended a call: why. The attempt that it saw was not sent; earlier ones were.
pub struct Intercepted {
    text: String,
    source: Box<dyn StdError + Send + Sync>,
}

impl Intercepted {
    pub(crate) fn new(source: Box<dyn StdError + Send + Sync>, secrets: &Secrets) -> Self {
        Self { text: secrets.hide(&texts(source.as_ref())), source }
    }
}

impl fmt::Display for Intercepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an interceptor ended the call: {}", one_line(&self.text))
    }
}

impl Debug for Intercepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Intercepted").field(&self.text).finish()
    }
}

impl StdError for Intercepted {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}
