//! Waiting, without saying how: a client that blocks its thread waits otherwise than one on a Tokio runtime.

use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

/// A future that is ready once the time is over.
pub type Sleeping<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Waits. A test replaces it to see the waits and to skip them.
pub trait Sleep: Send + Sync + Debug {
    /// Waits for this long.
    fn sleep(&self, time: Duration) -> Sleeping<'_>;
}

/// What waits unless the configuration says otherwise.
pub(crate) fn default() -> Arc<dyn Sleep> {
    #[cfg(feature = "hyper")]
    let sleep = TokioSleep;
    #[cfg(not(feature = "hyper"))]
    let sleep = SpawnedSleep;
    Arc::new(sleep)
}

/// Waits with the timer of the Tokio runtime; outside of any runtime, with a thread. A runtime without its timer makes
/// Tokio panic.
#[cfg(feature = "hyper")]
#[derive(Clone, Copy, Debug)]
pub struct TokioSleep;

#[cfg(feature = "hyper")]
impl Sleep for TokioSleep {
    fn sleep(&self, time: Duration) -> Sleeping<'_> {
        match tokio::runtime::Handle::try_current() {
            Ok(_) => Box::pin(tokio::time::sleep(time)),
            Err(_) => SpawnedSleep.sleep(time),
        }
    }
}

/// Waits by blocking the thread.
#[cfg(feature = "blocking")]
#[derive(Clone, Copy, Debug)]
pub struct ThreadSleep;

#[cfg(feature = "blocking")]
impl Sleep for ThreadSleep {
    fn sleep(&self, time: Duration) -> Sleeping<'_> {
        Box::pin(async move { thread::sleep(time) })
    }
}

/// Waits with a thread for each wait, wherever it is polled.
#[derive(Clone, Copy, Debug)]
struct SpawnedSleep;

impl Sleep for SpawnedSleep {
    fn sleep(&self, time: Duration) -> Sleeping<'static> {
        let state = Arc::new(Mutex::new(Wait::default()));
        let shared = Arc::clone(&state);
        let waiter = thread::Builder::new().name("wait".to_owned()).spawn(move || {
            thread::sleep(time);
            let mut wait = shared.lock().unwrap_or_else(PoisonError::into_inner);
            wait.is_over = true;
            if let Some(waker) = wait.waker.take() {
                waker.wake();
            }
        });
        if waiter.is_err() {
            // There are no more threads to be had: this one has to wait.
            thread::sleep(time);
            return Box::pin(std::future::ready(()));
        }
        Box::pin(poll_fn(move |context| {
            let mut wait = state.lock().unwrap_or_else(PoisonError::into_inner);
            if wait.is_over {
                return Poll::Ready(());
            }
            wait.waker = Some(context.waker().clone());
            Poll::Pending
        }))
    }
}

#[derive(Default)]
struct Wait {
    is_over: bool,
    waker: Option<Waker>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::{Context, Wake};
    use std::time::Instant;

    struct Unpark(thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    #[test]
    fn outside_of_a_runtime_a_thread_waits() {
        let time = Duration::from_millis(20);
        let begun = Instant::now();
        let sleep = default();
        let mut sleeping = sleep.sleep(time);
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        while sleeping.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            thread::park();
        }
        assert!(begun.elapsed() >= time);
    }
}
