//! Waiting, without saying how: a client that blocks its thread waits otherwise than one on a Tokio runtime.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// A future that is ready once the time is over.
pub type Sleeping<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Waits. A test replaces it to see the waits and to skip them.
pub trait Sleep: Send + Sync + Debug {
    /// Waits for this long.
    fn sleep(&self, time: Duration) -> Sleeping<'_>;
}

/// Waits with the timer of the Tokio runtime.
#[cfg(feature = "hyper")]
#[derive(Clone, Copy, Debug)]
pub struct TokioSleep;

#[cfg(feature = "hyper")]
impl Sleep for TokioSleep {
    fn sleep(&self, time: Duration) -> Sleeping<'_> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// Waits by blocking the thread.
#[cfg(feature = "blocking")]
#[derive(Clone, Copy, Debug)]
pub struct ThreadSleep;

#[cfg(feature = "blocking")]
impl Sleep for ThreadSleep {
    fn sleep(&self, time: Duration) -> Sleeping<'_> {
        Box::pin(async move { std::thread::sleep(time) })
    }
}
