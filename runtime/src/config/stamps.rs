//! What makes two calls differ: the time and texts that occur once.

use crate::sign::write_hex;
use ring::rand::{SecureRandom as _, SystemRandom};
use std::fmt::Debug;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};
use std::time::{Duration, Instant, SystemTime};

/// Where a client takes the time, unique texts and random numbers from, for signatures, idempotency tokens and the waits
/// between attempts. A test replaces it to get the same requests and the same waits each time.
pub trait Stamps: Send + Sync + Debug {
    /// The time now.
    fn now(&self) -> SystemTime;

    /// A text of at most 64 ASCII characters that was never returned before.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    fn unique(&self) -> io::Result<String>;

    /// How long it is since some fixed moment, by a clock that never goes back: for deadlines. By default that of the
    /// system.
    fn elapsed(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }

    /// A random number of at least 0 and below 1, by which waits are spread. By default from the system; 0.5 where
    /// that gives none.
    fn random(&self) -> f64 {
        let mut bytes = [0; 4];
        match SystemRandom::new().fill(&mut bytes) {
            Ok(()) => f64::from(u32::from_ne_bytes(bytes)) / (f64::from(u32::MAX) + 1.0),
            Err(_) => 0.5,
        }
    }
}

/// The system's clock, and texts of which no two are the same.
#[derive(Debug)]
pub(crate) struct SystemStamps;

impl Stamps for SystemStamps {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// A random number of this process, the time and a count. To ask the system for random bytes each time would be the
    /// dearest step of signing; without the time a forked process would repeat the texts of its parent.
    fn unique(&self) -> io::Result<String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let time = (since_epoch.as_nanos() as u64).to_be_bytes();
        let count = COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let mut text = String::with_capacity(40);
        for byte in process()?.iter().chain(&time).chain(&count) {
            write_hex(*byte, b"0123456789abcdef", &mut text);
        }
        Ok(text)
    }
}

/// A random number that only this process has.
fn process() -> io::Result<[u8; 8]> {
    static PROCESS: OnceLock<[u8; 8]> = OnceLock::new();
    if let Some(bytes) = PROCESS.get() {
        return Ok(*bytes);
    }
    let mut bytes = [0; 8];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| io::Error::other("the system gives no random numbers"))?;
    Ok(*PROCESS.get_or_init(|| bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_spread_and_time_goes_on() {
        let numbers: Vec<f64> = (0..100).map(|_| SystemStamps.random()).collect();
        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)), "{numbers:?}");
        assert!(numbers.iter().any(|number| *number < 0.5) && numbers.iter().any(|number| *number >= 0.5));
        let before = SystemStamps.elapsed();
        assert!(SystemStamps.elapsed() >= before);
    }

    #[test]
    fn unique_texts_differ() {
        let many = || (0..1000).map(|_| SystemStamps.unique().unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..8).map(|_| std::thread::spawn(many)).collect();
        let mut texts: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert!(
            texts.iter().all(|text| text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
        );
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), 8000);
    }
}
