//! Replays.

use super::asked::{Asked, HIDDEN, sensitive_names};
use super::error::RecordingError;
use super::exchange::Exchange;
use super::file;
use crate::schema::Service;
use crate::transport::http;
use crate::transport::{Limits, Sending, Transport, TransportError, TransportErrorKind};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers as the service did when it was recorded, and sends nothing: see [`Config::replay`](crate::Config::replay).
/// Clones share which answers were used.
#[derive(Clone)]
pub struct Replay(Arc<State>);

struct State {
    service: &'static Service,
    names: Vec<&'static str>,
    /// Each with whether it was used.
    exchanges: Mutex<Vec<(Exchange, bool)>>,
}

impl Replay {
    /// Reads a recording of calls to a service.
    ///
    /// # Errors
    /// When the file cannot be read, is no recording, or is one of another service or of a later version.
    pub fn load(service: &'static Service, path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        let exchanges = file::read(service, path.as_ref())?;
        let exchanges = Mutex::new(exchanges.into_iter().map(|exchange| (exchange, false)).collect());
        Ok(Self(Arc::new(State { service, names: sensitive_names(service), exchanges })))
    }

    /// The requests whose answers were not used yet, a line each: action and parameters.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        unused(&self.exchanges())
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<(Exchange, bool)>> {
        self.0.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let (asked, _) = Asked::of(self.0.service, &self.0.names, request);
        let mut exchanges = self.exchanges();
        let mut same = exchanges.iter_mut().filter(|(exchange, _)| matches(&exchange.asked, &asked));
        match same.find(|(_, used)| !used) {
            Some((exchange, used)) => {
                *used = true;
                exchange.answer().map_err(|error| missed(error.to_string()))
            }
            None => Err(missed(miss(&asked, &exchanges))),
        }
    }
}

/// Whether a request is the recorded one.
fn matches(recorded: &Asked, asked: &Asked) -> bool {
    let is_same = |((name, value), (other, given)): ((&str, &str), (&str, &str))| {
        name == other && (value == given || value == HIDDEN)
    };
    recorded.action == asked.action
        && recorded.parameters.len() == asked.parameters.len()
        && recorded.parameters.iter().zip(asked.parameters.iter()).all(is_same)
}

fn unused(exchanges: &[(Exchange, bool)]) -> Vec<String> {
    exchanges.iter().filter(|(_, used)| !used).map(|(exchange, _)| exchange.asked.to_string()).collect()
}

/// What was asked and what is left.
fn miss(asked: &Asked, exchanges: &[(Exchange, bool)]) -> String {
    const MOST: usize = 10;
    let recorded = exchanges.iter().filter(|(exchange, _)| matches(&exchange.asked, asked)).count();
    let state = match recorded {
        0 => "which is not recorded".to_owned(),
        _ => format!("whose answers are used up (recorded: {recorded})"),
    };
    let left = unused(exchanges);
    let list = match left.len() {
        0 => "nothing".to_owned(),
        count if count > MOST => {
            format!("{}; and {} more", left[..MOST].join("; "), count - MOST)
        }
        _ => left.join("; "),
    };
    format!("asked for {asked}, {state}; left: {list}")
}

fn missed(text: String) -> TransportError {
    TransportError::new(TransportErrorKind::NotRecorded, false).with_source(text)
}

impl Transport for Replay {
    fn send(&self, request: http::Request<Vec<u8>>, _limits: Limits) -> Sending<'_> {
        Box::pin(std::future::ready(self.answer(&request)))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Replay({} answers left)", self.unused().len())
    }
}
