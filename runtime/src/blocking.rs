//! The client that blocks its thread: the same core, driven to its end on the spot.

mod pages;
#[cfg(test)]
mod tests;

pub use pages::{Items, Pages};

use crate::client::{self, Defaults, Reply, SignedUrl};
use crate::config::Config;
use crate::error::Error;
use crate::parameters::Parameters;
use crate::request::Request;
use crate::schema::Service;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Calls actions and blocks the thread until there is an answer. Cloning it is cheap, clones share their connections,
/// and several threads can call at once.
///
/// It needs no runtime. Within one it works too, but keeps the thread from all other work: there,
/// `tokio::task::spawn_blocking` or the other client is the better choice.
///
/// A call cannot be cancelled from outside. The timeouts of the configuration bound it.
#[derive(Clone, Debug)]
pub struct Client(client::Client);

impl Client {
    /// A client with this configuration. No connection is made yet.
    ///
    /// # Errors
    /// When the configuration cannot work ([`Configuration`](crate::ErrorKind::Configuration)).
    pub fn new(config: Config) -> Result<Self, Error> {
        Ok(Self(client::Client::with_defaults(config, &Defaults::BLOCKING)?))
    }

    /// Checks a request, signs it, sends it and reads the answer.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send<R: Request>(&self, request: &R) -> Result<R::Response, Error> {
        block_on(self.0.send(request))
    }

    /// Like [`send`](Self::send), with what surrounds the answer: status, request id, and the text itself.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_for_reply<R: Request>(&self, request: &R) -> Result<Reply<R::Response>, Error> {
        block_on(self.0.send_for_reply(request))
    }

    /// A request as a URL that `curl` or any other HTTP client can fetch, once and within 15 minutes. It is completed and
    /// checked as [`send`](Self::send) does it, and signed with version 1.0, since that signature stands in the URL.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind); [`Unfit`](crate::ErrorKind::Unfit) when the parameters are too long for a URL.
    pub fn signed_url<R: Request>(&self, request: &R) -> Result<SignedUrl, Error> {
        block_on(self.0.signed_url(request))
    }

    /// Calls any action of a service, also one that the spec does not know. The parameters are sent as they are,
    /// unchecked, and with no region or idempotency token filled in; the answer is handed over as text.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind); there is no [`Invalid`](crate::ErrorKind::Invalid).
    pub fn call(
        &self,
        service: &'static Service,
        action: &str,
        parameters: Parameters,
    ) -> Result<Reply<()>, Error> {
        block_on(self.0.call(service, action, parameters))
    }
}

/// Drives a future to its end on this thread.
///
/// The parts of the blocking client are ready whenever they are polled; those that a configuration brings may be woken
/// by other threads.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            // It returns at once if the waker was called meanwhile, and may return without a cause.
            Poll::Pending => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
