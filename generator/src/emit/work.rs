//! Files that are still to be made: each independent of all others, so that they can be made side by side.

use crate::write::Files;
use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

type Make<'a> = Box<dyn FnOnce() -> String + Send + 'a>;

/// Paths, and what makes the text of each.
#[derive(Default)]
pub(super) struct Work<'a>(Vec<(String, Make<'a>)>);

impl<'a> Work<'a> {
    /// Adds a file.
    pub(super) fn add(&mut self, path: impl Into<String>, make: impl FnOnce() -> String + Send + 'a) {
        self.0.push((path.into(), Box::new(make)));
    }

    /// Makes every file, on as many threads as the machine runs at once.
    pub(super) fn done(self) -> Files {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(self.0.len());
        let open = Mutex::new(self.0.into_iter());
        let next = || open.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
        let worker = || -> Vec<(String, String)> {
            std::iter::from_fn(next).map(|(path, make)| (path, make())).collect()
        };
        thread::scope(|scope| {
            // None of it on this thread: its heap is full of holes that reading the spec has left.
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
            let made = workers.into_iter().flat_map(|worker| {
                // A panic is a mistake in an emitter, as it would be without threads.
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            made.collect()
        })
    }
}
