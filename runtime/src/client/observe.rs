//! What a call leaves in tracing: a span for the call, an event for each attempt and each violation. Nothing without
//! the feature.

#[cfg(feature = "tracing")]
pub(super) use traced::{call, failure, success, violations};
#[cfg(not(feature = "tracing"))]
pub(super) use untraced::{call, failure, success, violations};

#[cfg(feature = "tracing")]
mod traced {
    use crate::client::Reply;
    use crate::decode;
    use crate::error::Error;
    use crate::schema::Action;
    use crate::transport::http;
    use crate::validate::Violations;
    use std::pin::Pin;
    use std::time::{Duration, Instant};
    use tracing::field::{Empty, display};
    use tracing::{Instrument as _, Span};

    pub(crate) fn violations(action: &'static Action, violations: &Violations) {
        for violation in violations.iter() {
            tracing::warn!(action = action.name, "{violation}");
        }
    }

    pub(crate) fn success(attempt: u32, answer: &http::Response<Vec<u8>>, latency: Duration) {
        tracing::debug!(
            attempt,
            status = answer.status().as_u16(),
            request_id = decode::request_id(answer.body()),
            latency_ms = milliseconds(latency),
            "answered"
        );
    }

    /// `wait` is what passes before the next attempt; none if there is none.
    pub(crate) fn failure(attempt: u32, error: &Error, latency: Duration, wait: Option<Duration>) {
        tracing::debug!(
            attempt,
            status = error.status(),
            request_id = error.request_id(),
            latency_ms = milliseconds(latency),
            error = display(error),
            wait_ms = wait.map(milliseconds),
            "failed"
        );
    }

    pub(crate) fn call(action: &str, region: Option<&str>) -> Observed {
        let span = tracing::info_span!(
            "call",
            action,
            region,
            status = Empty,
            request_id = Empty,
            attempts = Empty,
            latency_ms = Empty,
            error = Empty
        );
        Observed { span, begun: Instant::now() }
    }

    pub(crate) struct Observed {
        span: Span,
        begun: Instant,
    }

    impl Observed {
        /// Does the work inside the span, and notes how it went.
        pub(crate) async fn around(
            &self,
            work: Pin<&mut impl Future<Output = Result<Reply<()>, Error>>>,
        ) -> Result<Reply<()>, Error> {
            let outcome = work.instrument(self.span.clone()).await;
            let (status, request_id, attempts) = match &outcome {
                Ok(reply) => (Some(reply.status), reply.request_id.as_deref(), reply.attempts),
                Err(error) => (error.status(), error.request_id(), error.attempts()),
            };
            self.span.record("status", status);
            self.span.record("request_id", request_id);
            self.span.record("attempts", attempts);
            self.span.record("latency_ms", milliseconds(self.begun.elapsed()));
            self.span.record("error", outcome.as_ref().err().map(display));
            outcome
        }
    }

    fn milliseconds(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod untraced {
    use crate::client::Reply;
    use crate::error::Error;
    use crate::schema::Action;
    use crate::transport::http;
    use crate::validate::Violations;
    use std::pin::Pin;
    use std::time::Duration;

    pub(crate) fn violations(_action: &'static Action, _violations: &Violations) {}

    pub(crate) fn success(_attempt: u32, _answer: &http::Response<Vec<u8>>, _latency: Duration) {}

    pub(crate) fn failure(_attempt: u32, _error: &Error, _latency: Duration, _wait: Option<Duration>) {}

    pub(crate) fn call(_action: &str, _region: Option<&str>) -> Observed {
        Observed
    }

    pub(crate) struct Observed;

    impl Observed {
        #[allow(clippy::unused_self)]
        pub(crate) fn around<'a, F: Future<Output = Result<Reply<()>, Error>>>(
            &self,
            work: Pin<&'a mut F>,
        ) -> Pin<&'a mut F> {
            work
        }
    }
}
