//! Waits and dry runs of the client that blocks.

use super::{Client, block_on};
use crate::client::DryRun;
use crate::error::Error;
use crate::request::Request;
use crate::wait::{Outcome, Starts, Wait};

impl Client {
    /// Waits until a resource is in a state, or gone; see [`Wait`] for when it ends early.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn wait<T: Outcome>(&self, wait: Wait<T>) -> Result<T, Error> {
        block_on(self.0.wait(wait))
    }

    /// Sends a request that sets a transition going, and waits for its end.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_and_wait<R: Starts + Sync>(&self, request: &R) -> Result<(R::Response, R::Outcome), Error> {
        block_on(self.0.send_and_wait(request))
    }

    /// Has the service check a request without carrying it out.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn dry_run<R: Request>(&self, request: &R) -> Result<DryRun, Error> {
        block_on(self.0.dry_run(request))
    }
}
