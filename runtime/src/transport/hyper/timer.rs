//! How long the service may take, by a timer that outlives the call.

use super::{Kind, Phase, TransportError};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// The moment after this time, or one that nobody lives to see.
pub(super) fn after(time: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(time).unwrap_or_else(|| now + CENTURY)
}

/// The timer of a connection.
///
/// A timer of Tokio that ends before all others wakes the thread that waits for input, and a timer for each call nearly
/// always does. This one stays where it is from call to call, and only its end is put off, which wakes nobody.
pub(super) struct Timer(Pin<Box<Sleep>>);

impl Timer {
    pub(super) fn new() -> Self {
        Self(Box::pin(sleep(Duration::ZERO)))
    }

    /// Waits for the service to do something, no longer than `read` from now and not beyond `end`.
    ///
    /// # Errors
    /// Which of the two it was.
    pub(super) fn limit<T, F: Future<Output = T>>(
        &mut self,
        mut work: Pin<&mut F>,
        read: Duration,
        end: Instant,
    ) -> impl Future<Output = Result<T, TransportError>> {
        let mut silence = None;
        poll_fn(move |context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Ok(done)),
            Poll::Pending => {
                // What is there at once needs no timer.
                let silence = *silence.get_or_insert_with(|| {
                    let silence = after(read);
                    self.0.as_mut().reset(silence.min(end));
                    silence
                });
                self.0.as_mut().poll(context).map(|()| {
                    let phase = if silence < end { Phase::Read } else { Phase::Total };
                    Err(TransportError::new(Kind::Timeout(phase), true))
                })
            }
        })
    }
}
