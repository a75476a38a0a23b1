//! What a look at a resource means for the wait, and when to look again.

use super::graph::{self, By};
use super::{Plan, Progress, Sight, Unsettled, UnsettledReason as Reason};
use crate::error::Error;
use crate::schema::Lifecycle;
use std::time::Duration;

/// How long a state may last from which only a call leads to the goal: one that was made may not show yet.
const UNTIL_STARTED: Duration = Duration::from_secs(30);

/// How long a resource that was just made may not be found, and the service not be reached.
const UNTIL_FOUND: Duration = Duration::from_secs(60);

/// The longest wait between two looks, unless a longer one was asked for.
const LONGEST: Duration = Duration::from_secs(30);

/// The shortest, so that no wait floods the service.
const SHORTEST: Duration = Duration::from_millis(100);

/// Nobody waits longer for a second look, and no number overflows.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What has been seen so far.
pub(crate) struct Watch {
    lifecycle: &'static Lifecycle,
    deadline: Duration,
    /// The wait that comes next, before chance.
    next: Duration,
    longest: Duration,
    looks: u32,
    last: Sight,
    was_found: bool,
    /// Whether a look has succeeded.
    was_answered: bool,
    /// What the last look failed with, if it did.
    failure: Option<Error>,
    /// Since when the resource has been in a state from which only a call leads on.
    stuck: Option<Duration>,
}

/// What a look means.
#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The goal is reached, in this state.
    Reached(Option<String>),
    /// The goal cannot be reached.
    Failed(Reason),
    /// It may still be.
    Pending,
}

impl Watch {
    pub(crate) fn new(plan: &Plan, lifecycle: &'static Lifecycle) -> Self {
        let every = plan.every.clamp(SHORTEST, DAY);
        Self {
            lifecycle,
            deadline: plan.deadline,
            next: every,
            longest: LONGEST.max(every),
            looks: 0,
            last: Sight::Absent,
            was_found: false,
            was_answered: false,
            failure: None,
            stuck: None,
        }
    }

    /// Judges what a look has shown after this time.
    pub(crate) fn judge(&mut self, plan: &Plan, seen: Sight, elapsed: Duration) -> Verdict {
        self.looks += 1;
        (self.was_answered, self.failure) = (true, None);
        self.was_found |= seen != Sight::Absent;
        self.last = seen;
        let goals = plan.goal.states();
        match self.last.clone() {
            Sight::Absent => self.judge_absence(&goals, elapsed),
            Sight::Stateless => Verdict::Pending,
            Sight::State(state) => self.judge_state(state, &goals, elapsed),
        }
    }

    /// Judges that a look has failed for a reason that passes. Where none has succeeded yet, the service may not be there at
    /// all.
    pub(crate) fn judge_failure(&mut self, failure: Error, elapsed: Duration) -> Verdict {
        self.looks += 1;
        self.failure = Some(failure);
        if !self.was_answered && elapsed >= UNTIL_FOUND {
            return Verdict::Failed(Reason::NoAnswer);
        }
        Verdict::Pending
    }

    fn judge_state(&mut self, spelling: String, goals: &[&str], elapsed: Duration) -> Verdict {
        let known = graph::state(self.lifecycle, &spelling).map(|state| state.name);
        if graph::is_goal(self.lifecycle, known.unwrap_or(&spelling), goals) {
            return Verdict::Reached(Some(spelling));
        }
        // Nothing is known of the ways from or to a state that the spec does not know.
        let are_known = goals.iter().all(|goal| graph::state(self.lifecycle, goal).is_some());
        let known = known.filter(|_| are_known);
        let leads = |by| known.is_none_or(|state| graph::leads(self.lifecycle, state, goals, by));
        if leads(By::Itself) {
            self.stuck = None;
            return Verdict::Pending;
        }
        if !leads(By::Calls) {
            return Verdict::Failed(Reason::Unreachable);
        }
        let since = *self.stuck.get_or_insert(elapsed);
        if elapsed.saturating_sub(since) >= UNTIL_STARTED {
            return Verdict::Failed(Reason::NothingStarted);
        }
        Verdict::Pending
    }

    fn judge_absence(&mut self, goals: &[&str], elapsed: Duration) -> Verdict {
        match (goals, self.was_found) {
            ([], _) => Verdict::Reached(None),
            (_, true) => Verdict::Failed(Reason::Gone),
            (_, false) if elapsed >= UNTIL_FOUND => Verdict::Failed(Reason::NotFound),
            (_, false) => Verdict::Pending,
        }
    }

    /// How long to wait before the next look, with a random number below 1; none once the deadline is over.
    pub(crate) fn pause(&mut self, elapsed: Duration, random: f64) -> Option<Duration> {
        let left = self.deadline.checked_sub(elapsed).filter(|left| !left.is_zero())?;
        // Also a source of chance that is no number, or out of bounds, gives a wait.
        let chance = if random.is_nan() { 0.0 } else { random.clamp(0.0, 1.0) };
        let pause = self.next.min(self.longest).mul_f64(0.75 + chance / 2.0);
        self.next = self.next.saturating_mul(3) / 2;
        Some(pause.max(SHORTEST).min(left))
    }

    fn state(&self) -> Option<&str> {
        match &self.last {
            Sight::State(state) => Some(state),
            Sight::Absent | Sight::Stateless => None,
        }
    }

    /// What the last look has shown.
    pub(crate) fn progress(&self, elapsed: Duration) -> Progress<'_> {
        Progress {
            resource: self.lifecycle.resource,
            state: self.state(),
            looks: self.looks,
            elapsed,
            failure: self.failure.as_ref(),
        }
    }

    /// The error of a wait that ended without its goal, and what the last look failed with.
    pub(crate) fn unsettled(
        self,
        plan: &Plan,
        reason: Reason,
        elapsed: Duration,
    ) -> (Unsettled, Option<Error>) {
        // A deadline that comes before any answer does says nothing of the resource.
        let reason = if self.was_answered || self.failure.is_none() { reason } else { Reason::NoAnswer };
        let unsettled = Unsettled {
            resource: self.lifecycle.resource,
            key: plan.key.clone(),
            goal: plan.goal(),
            state: self.state().map(str::to_owned),
            is_found: self.last != Sight::Absent,
            reason,
            looks: self.looks,
            elapsed,
        };
        (unsettled, self.failure)
    }
}
