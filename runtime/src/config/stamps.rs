//! What makes two calls differ: the time and texts that occur once.

use ring::rand::{SecureRandom as _, SystemRandom};
use std::fmt::Debug;
use std::io;
use std::sync::LazyLock;
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

/// The system's clock and random UUIDs.
#[derive(Debug)]
pub(crate) struct SystemStamps;

impl Stamps for SystemStamps {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn unique(&self) -> io::Result<String> {
        let mut bytes = [0; 16];
        SystemRandom::new()
            .fill(&mut bytes)
            .map_err(|_| io::Error::other("the system gives no random numbers"))?;
        Ok(uuid(bytes))
    }
}

/// A UUID of version 4 with these random bits.
fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or_default());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_tells_its_version() {
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
    }

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
        assert_ne!(SystemStamps.unique().unwrap(), SystemStamps.unique().unwrap());
    }
}
