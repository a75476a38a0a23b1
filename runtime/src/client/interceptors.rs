//! What interceptors get to see of an attempt.

use super::attempts::Failure;
use super::{Call, Inner};
use crate::error::{Error, ErrorKind, Secrets};
use crate::intercept::{Intercepted, Outcome, Outgoing};
use crate::parameters::Parameters;
use crate::schema::Effect;
use crate::transport::http::{self, HeaderMap};
use std::time::Duration;

impl Inner {
    /// Shows an attempt to the interceptors, and gives the headers that they add.
    pub(super) fn before_signing(
        &self,
        call: &Call<'_>,
        base: &str,
        number: u32,
        parameters: &mut Parameters,
    ) -> Result<HeaderMap, Error> {
        if self.interceptors.is_empty() {
            return Ok(HeaderMap::new());
        }
        let region = self.region(call, parameters).map(str::to_owned);
        let changes = call.action.filter(|action| action.effect != Effect::Read);
        let token = changes.and_then(|action| action.idempotency);
        let mut attempt = Outgoing {
            action: call.name,
            region: region.as_deref(),
            endpoint: base,
            number,
            fixed: [Some(call.service.region_parameter), token],
            parameters,
            headers: HeaderMap::new(),
        };
        for interceptor in &self.interceptors {
            if let Err(error) = interceptor.before_signing(&mut attempt) {
                let secrets = Secrets::of(call.action, attempt.parameters());
                return Err(Error::new(ErrorKind::Intercepted(Intercepted::new(error, &secrets))));
            }
        }
        Ok(attempt.headers)
    }

    /// Shows the interceptors how an attempt ended.
    pub(super) fn after_attempt(
        &self,
        action: &str,
        number: u32,
        latency: Duration,
        outcome: &Result<http::Response<Vec<u8>>, Failure>,
    ) {
        let (answer, error) = match outcome {
            Ok(answer) => (Some(answer), None),
            Err(failure) => (failure.answer.as_ref(), Some(&failure.error)),
        };
        for interceptor in &self.interceptors {
            interceptor.after_attempt(&Outcome { action, number, latency, answer, error });
        }
    }
}
