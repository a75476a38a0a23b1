//! What a call leaves in tracing: an event for each violation and one for the call. Nothing without the feature.

#[cfg(feature = "tracing")]
pub(super) use traced::{begin, violations};
#[cfg(not(feature = "tracing"))]
pub(super) use untraced::{begin, violations};

#[cfg(feature = "tracing")]
mod traced {
    use crate::decode;
    use crate::error::Error;
    use crate::schema::Action;
    use crate::transport::http;
    use crate::validate::Violations;
    use std::time::Instant;

    pub(crate) fn violations(action: &'static Action, violations: &Violations) {
        for violation in violations.iter() {
            tracing::warn!(action = action.name, "{violation}");
        }
    }

    pub(crate) fn begin(action: &str, region: Option<&str>) -> Observed {
        Observed { action: action.to_owned(), region: region.map(str::to_owned), begun: Instant::now() }
    }

    pub(crate) struct Observed {
        action: String,
        region: Option<String>,
        begun: Instant,
    }

    impl Observed {
        pub(crate) fn end(self, outcome: &Result<http::Response<Vec<u8>>, Error>) {
            let (status, request_id) = match outcome {
                Ok(answer) => (Some(answer.status().as_u16()), decode::request_id(answer.body())),
                Err(error) => (error.status(), error.request_id().map(str::to_owned)),
            };
            let error = outcome.as_ref().err().map(tracing::field::display);
            tracing::debug!(
                action = self.action,
                region = self.region,
                status,
                request_id,
                error,
                elapsed = ?self.begun.elapsed(),
                "call"
            );
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod untraced {
    use crate::error::Error;
    use crate::schema::Action;
    use crate::transport::http;
    use crate::validate::Violations;

    pub(crate) fn violations(_action: &'static Action, _violations: &Violations) {}

    pub(crate) fn begin(_action: &str, _region: Option<&str>) -> Observed {
        Observed
    }

    pub(crate) struct Observed;

    impl Observed {
        #[allow(clippy::unused_self)]
        pub(crate) fn end(self, _outcome: &Result<http::Response<Vec<u8>>, Error>) {}
    }
}
