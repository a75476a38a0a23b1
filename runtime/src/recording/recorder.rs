//! Records.

use super::asked::{Asked, sensitive_names};
use super::body::Hidden;
use super::error::RecordingError;
use super::exchange::Exchange;
use super::file;
use crate::schema::Service;
use crate::transport::http;
use crate::transport::{Limits, Sending, Transport};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Takes down exchanges with the service, of one client or of several: see [`Config::record`](crate::Config::record).
/// Clones share what was taken down.
#[derive(Clone)]
pub struct Recording(Arc<State>);

struct State {
    service: &'static Service,
    names: Vec<&'static str>,
    exchanges: Mutex<Vec<Exchange>>,
}

impl Recording {
    /// An empty recording of calls to a service.
    #[must_use]
    pub fn new(service: &'static Service) -> Self {
        let names = sensitive_names(service);
        Self(Arc::new(State { service, names, exchanges: Mutex::default() }))
    }

    /// How many exchanges were taken down.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exchanges().len()
    }

    /// Whether there was none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges().is_empty()
    }

    /// Writes what was taken down so far, in place of the file that is there, in one step. Nothing is written before.
    ///
    /// # Errors
    /// When the file cannot be written; the old one is left as it was.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), RecordingError> {
        let exchanges = self.exchanges().clone();
        file::write(self.0.service, &exchanges, path.as_ref())
    }

    /// A transport that sends with another one and takes down what comes back.
    pub(crate) fn around(&self, inner: Arc<dyn Transport>) -> impl Transport + 'static {
        Recorder { inner, recording: self.clone() }
    }

    fn take(&self, asked: (Asked, crate::error::Secrets), answer: &http::Response<Vec<u8>>) {
        let (asked, secrets) = asked;
        let hidden = Hidden { names: &self.0.names, secrets: &secrets };
        let exchange = Exchange::new(asked, answer, &hidden);
        self.exchanges().push(exchange);
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recording({} exchanges)", self.len())
    }
}

#[derive(Debug)]
struct Recorder {
    inner: Arc<dyn Transport>,
    recording: Recording,
}

impl Transport for Recorder {
    fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Sending<'_> {
        let Recording(state) = &self.recording;
        let asked = Asked::of(state.service, &state.names, &request);
        Box::pin(async move {
            let answer = self.inner.send(request, limits).await?;
            self.recording.take(asked, &answer);
            Ok(answer)
        })
    }
}
