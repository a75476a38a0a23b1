//! What makes two calls differ: the time and texts that occur once.

use ring::rand::{SecureRandom as _, SystemRandom};
use std::fmt::{Debug, Write as _};
use std::io;
use std::time::SystemTime;

/// Where a client takes the time and unique texts from, for signatures and idempotency tokens. A test replaces it to
/// get the same request each time.
pub trait Stamps: Send + Sync + Debug {
    /// The time now.
    fn now(&self) -> SystemTime;

    /// A text of at most 64 ASCII characters that was never returned before.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    fn unique(&self) -> io::Result<String>;
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
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
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
    fn unique_texts_differ() {
        assert_ne!(SystemStamps.unique().unwrap(), SystemStamps.unique().unwrap());
    }
}
