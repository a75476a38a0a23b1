//! What makes two calls differ: the time and texts that occur once.

use crate::sign::hexadecimal;
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

    /// To ask the system for random bytes each time would be the dearest step of signing.
    fn unique(&self) -> io::Result<String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        Ok(text(process()?, SystemTime::now(), COUNT.fetch_add(1, Ordering::Relaxed)))
    }
}

/// A text that differs from all others by the process, the time or the count. The time is there for a forked process,
/// which goes on with the number and the count of its parent.
fn text(process: [u8; 8], time: SystemTime, count: u32) -> String {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let nanoseconds = since_epoch.as_nanos() as u64;
    hexadecimal(&[&process[..], &nanoseconds.to_be_bytes(), &count.to_be_bytes()].concat())
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
    fn process_time_and_count_each_make_another_text() {
        let at = |nanoseconds| SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds);
        assert_eq!(text([1; 8], at(0x2_0000_0003), 4), "0101010101010101000000020000000300000004");
        assert_eq!(text([0xab; 8], at(0), u32::MAX), "abababababababab0000000000000000ffffffff");
    }

    #[test]
    fn unique_texts_differ() {
        let many = || (0..1000).map(|_| SystemStamps.unique().unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..8).map(|_| std::thread::spawn(many)).collect();
        let mut texts: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), 8000);
    }
}
