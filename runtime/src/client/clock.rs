//! How far the service's clock is ahead of ours.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// Milliseconds by which the service's clock is ahead, shared by a client and its clones.
#[derive(Debug, Default)]
pub(super) struct Skew(AtomicI64);

impl Skew {
    /// Learns it from a time of the service.
    pub(super) fn learn(&self, ours: SystemTime, theirs: SystemTime) {
        let milliseconds = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let ahead = match theirs.duration_since(ours) {
            Ok(ahead) => milliseconds(ahead),
            Err(behind) => -milliseconds(behind.duration()),
        };
        self.0.store(ahead, Ordering::Relaxed);
    }

    /// Our time as the service has it.
    pub(super) fn corrected(&self, ours: SystemTime) -> SystemTime {
        let ahead = self.0.load(Ordering::Relaxed);
        let by = Duration::from_millis(ahead.unsigned_abs());
        if ahead < 0 { ours.checked_sub(by) } else { ours.checked_add(by) }.unwrap_or(ours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_are_corrected() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let skew = Skew::default();
        assert_eq!(skew.corrected(at(1000)), at(1000));
        skew.learn(at(1000), at(5000));
        assert_eq!(skew.corrected(at(1001)), at(5001));
        skew.learn(at(1000), at(100));
        assert_eq!(skew.corrected(at(1000)), at(100));
    }
}
