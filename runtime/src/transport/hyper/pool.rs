//! Connections that wait for their next request.

use super::connect::Connection;
use http::Uri;
use http::uri::{Authority, PathAndQuery};
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Less than the time for which load balancers commonly keep an idle connection.
const IDLE: Duration = Duration::from_secs(15);

/// Within this time a connection is ready for its next request, unless its runtime is at a halt.
const READY: Duration = Duration::from_secs(1);

/// Idle connections by where they lead to: a client calls few places.
///
/// The pool of hyper-util returns each connection by a task of its own, which on a runtime of many threads costs more
/// than all else that a call adds to bare hyper. Here it is put back at once, and whoever takes it next waits until it
/// is ready, which it most often is by then.
#[derive(Default)]
pub(super) struct Pool(Mutex<Vec<(Origin, Vec<Idle>)>>);

/// Where a connection leads to.
#[derive(Clone)]
pub(super) struct Origin(Uri);

/// As it is spelt, which a client does in the same way each time.
impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        let [ours, theirs] = [self, other].map(|origin| origin.0.authority().map(Authority::as_str));
        ours == theirs && self.0.scheme() == other.0.scheme()
    }
}

impl Origin {
    pub(super) fn of(uri: &Uri) -> Self {
        let mut parts = uri.clone().into_parts();
        // What a URL for any request to this place has in common.
        parts.path_and_query = Some(PathAndQuery::from_static("/"));
        Self(Uri::from_parts(parts).unwrap_or_default())
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.0
    }
}

struct Idle {
    connection: Box<Connection>,
    since: Instant,
}

impl Idle {
    fn is_usable(&self) -> bool {
        !self.connection.sender.is_closed() && self.since.elapsed() < IDLE
    }
}

impl Pool {
    /// The connection that was used last, once it is ready for another request.
    pub(super) async fn take(&self, origin: &Origin, end: Instant) -> Option<Box<Connection>> {
        while let Some(mut idle) = self.pop(origin) {
            let is_usable = idle.is_usable();
            let Connection { sender, timer, .. } = idle.connection.as_mut();
            if is_usable && matches!(timer.limit(pin!(sender.ready()), READY, end).await, Ok(Ok(()))) {
                return Some(idle.connection);
            }
        }
        None
    }

    fn pop(&self, origin: &Origin) -> Option<Idle> {
        self.lock().iter_mut().find(|(known, _)| known == origin)?.1.pop()
    }

    /// Keeps a connection whose answer was read to its end.
    pub(super) fn put(&self, origin: &Origin, connection: Box<Connection>) {
        let mut all = self.lock();
        let connection = Idle { connection, since: Instant::now() };
        match all.iter_mut().find(|(known, _)| known == origin) {
            Some((_, idle)) => {
                idle.retain(Idle::is_usable);
                idle.push(connection);
            }
            None => all.push((origin.clone(), vec![connection])),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Origin, Vec<Idle>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
