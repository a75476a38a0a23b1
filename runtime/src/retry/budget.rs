//! What a client may spend on repetitions, so that many failing calls do not become three times as many.

use std::sync::atomic::{AtomicU32, Ordering};

/// Enough for a hundred repetitions in a row.
const FULL: u32 = 500;

/// What one repetition costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    /// After a failure that was quick to come.
    Failure,
    /// After waiting in vain: more of these make a call no better.
    Timeout,
}

impl Cost {
    const fn units(self) -> u32 {
        match self {
            Cost::Failure => 5,
            Cost::Timeout => 10,
        }
    }
}

/// A budget of repetitions. Repetitions draw on it and successes fill it up again.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) const fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Pays for a repetition, if there is enough left.
    pub(crate) fn pay(&self, cost: Cost) -> bool {
        let paid = |left: u32| left.checked_sub(cost.units());
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, paid).is_ok()
    }

    /// Notes a success: what its last repetition cost comes back; one unit, if there was none.
    pub(crate) fn succeeded(&self, paid: Option<Cost>) {
        let back = paid.map_or(1, Cost::units);
        let filled = |left: u32| (left < FULL).then(|| left.saturating_add(back).min(FULL));
        // Where it is full already, nothing changes.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, filled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_failures_use_it_up_and_successes_fill_it() {
        let budget = Budget::full();
        assert_eq!((0..200).filter(|_| budget.pay(Cost::Failure)).count(), 100);
        for _ in 0..4 {
            budget.succeeded(None);
        }
        assert!(!budget.pay(Cost::Failure));
        budget.succeeded(None);
        assert!(budget.pay(Cost::Failure) && !budget.pay(Cost::Failure));
        budget.succeeded(Some(Cost::Timeout));
        assert!(budget.pay(Cost::Timeout) && !budget.pay(Cost::Failure));
    }

    #[test]
    fn it_is_never_more_than_full() {
        let budget = Budget::full();
        budget.succeeded(Some(Cost::Timeout));
        assert_eq!((0..200).filter(|_| budget.pay(Cost::Timeout)).count(), 50);
    }
}
