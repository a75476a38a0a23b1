//! Waiting until a resource is in a state, or gone.
//!
//! What there is to know of a resource comes from its [`Lifecycle`]; the types here only say which one it is.

mod graph;
mod look;
#[cfg(test)]
mod tests;
mod watch;

pub(crate) use look::{Probe, Sight};
pub(crate) use watch::{Verdict, Watch};

use crate::error::Error;
use crate::parameters::Parameters;
use crate::schema::{Lifecycle, Service};
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// The states of a resource: an open enum whose values are those of its lifecycle.
pub trait State: for<'a> From<&'a str> + fmt::Display {
    /// Name of the resource: that of its lifecycle.
    const RESOURCE: &'static str;

    /// The service that has the lifecycle.
    fn service() -> &'static Service;
}

/// What names one resource of a lifecycle.
pub trait Key<S: State> {
    /// The values by which the look-up selects it, in the order of the lifecycle's `keys` and then of its `select`.
    fn values(&self) -> Vec<String>;
}

/// A request that sets a transition of a resource going.
pub trait Starts: crate::Request {
    /// What is to be reached: a state, or nothing if the resource is gone then.
    type Outcome: Outcome;

    /// What the request does not say that names the resource; none if it says all that the answer does not.
    fn missing(&self) -> Option<&'static str>;

    /// The wait for the end of the transition; none if the answer lacks what names the resource.
    fn wait(&self, response: &Self::Response) -> Option<Wait<Self::Outcome>>;
}

/// What a wait ends with: the state that was reached, or nothing for one until a resource is gone.
pub trait Outcome: Sized {
    #[doc(hidden)]
    fn reached(state: Option<&str>) -> Self;
}

impl<S: State> Outcome for S {
    fn reached(state: Option<&str>) -> Self {
        S::from(state.unwrap_or_default())
    }
}

impl Outcome for () {
    fn reached(_: Option<&str>) -> Self {}
}

/// A wait until a resource is in a state, or gone, for [`Client::wait`](crate::Client::wait).
///
/// The resource is looked at at once, and then again and again: after about two seconds at first, later after up to half
/// a minute. The wait ends early where the goal cannot be reached:
///
/// - at once in a state from which no way leads there;
/// - after half a minute in a state from which only a call of yours leads there, as one that was just made may not show
///   yet;
/// - after a minute if the resource was never found, and at once if it was there and is gone;
/// - after a minute if no look has succeeded yet.
///
/// A state that the spec does not know is waited out, and so is a failure of a look that may pass by itself. Giving up
/// the wait harms nothing: it only reads.
#[must_use = "a wait does nothing until a client waits"]
pub struct Wait<T> {
    pub(crate) plan: Plan,
    pub(crate) tell: Tell,
    outcome: PhantomData<fn() -> T>,
}

/// What is called after each look.
pub(crate) type Tell = Option<Box<dyn FnMut(&Progress<'_>) + Send>>;

/// A wait, whatever it ends with.
pub(crate) struct Plan {
    pub(crate) service: &'static Service,
    pub(crate) resource: &'static str,
    pub(crate) key: Vec<String>,
    pub(crate) goal: Goal,
    /// Whether the state from which it starts may be the goal: then it is not looked at at once.
    pub(crate) begins_at_goal: bool,
    pub(crate) region: Option<String>,
    pub(crate) deadline: Duration,
    pub(crate) every: Duration,
}

/// What is waited for.
pub(crate) enum Goal {
    /// One of these states, as the spec spells them.
    States(Vec<String>),
    /// That the resource is gone.
    Gone,
}

impl Goal {
    /// The states; none for a wait until the resource is gone.
    fn states(&self) -> Vec<&str> {
        match self {
            Goal::States(states) => states.iter().map(String::as_str).collect(),
            Goal::Gone => Vec::new(),
        }
    }
}

/// What a look at a resource has shown, for [`Wait::on_progress`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// Kind of the resource, `VirtualBorderRouter`.
    pub resource: &'static str,
    /// Its state, as the service spells it; none if it was not found, or is shown without one.
    pub state: Option<&'a str>,
    /// How often it was looked at.
    pub looks: u32,
    /// How long the wait has lasted.
    pub elapsed: Duration,
    /// What the look failed with, if it did; the state is that of the last one that did not.
    pub failure: Option<&'a Error>,
}

impl<S: State> Wait<S> {
    /// A wait until the resource is in this state.
    pub fn until(key: &impl Key<S>, state: &S) -> Self {
        Self::until_any(key, [state])
    }

    /// A wait until the resource is in one of these states, of which there must be one at least.
    pub fn until_any<'a>(key: &impl Key<S>, states: impl IntoIterator<Item = &'a S>) -> Self
    where
        S: 'a,
    {
        let states = states.into_iter().map(|state| state.to_string()).collect();
        Self { plan: Plan::new::<S>(key, Goal::States(states)), tell: None, outcome: PhantomData }
    }
}

impl Wait<()> {
    /// A wait until the resource is gone: not found any more, or in a state that means as much.
    pub fn until_gone<S: State>(key: &impl Key<S>) -> Self {
        Self { plan: Plan::new::<S>(key, Goal::Gone), tell: None, outcome: PhantomData }
    }
}

impl<T> Wait<T> {
    /// How long the wait may last; ten minutes by default. A look that is under way then is not cut off, but it is not
    /// repeated any more if it fails.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.plan.deadline = deadline;
        self
    }

    /// How long to wait before the second look, two seconds by default. Each wait is half as long again as the one
    /// before, up to half a minute or this, whichever is longer, and a quarter shorter or longer at random; none but
    /// the last before the deadline is shorter than a tenth of a second.
    pub fn every(mut self, time: Duration) -> Self {
        self.plan.every = time;
        self
    }

    /// The region of the resource, if it is not that of the client.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.plan.region = Some(region.into());
        self
    }

    /// Calls this after each look.
    pub fn on_progress(mut self, progress: impl FnMut(&Progress<'_>) + Send + 'static) -> Self {
        self.tell = Some(Box::new(progress));
        self
    }

    /// The resource may still be in the state that is waited for, from before: the first look is put off.
    #[doc(hidden)]
    pub fn begins_at_goal(mut self) -> Self {
        self.plan.begins_at_goal = true;
        self
    }
}

impl Plan {
    fn new<S: State>(key: &impl Key<S>, goal: Goal) -> Self {
        Self {
            service: S::service(),
            resource: S::RESOURCE,
            key: key.values(),
            goal,
            begins_at_goal: false,
            region: None,
            deadline: Duration::from_secs(10 * 60),
            every: Duration::from_secs(2),
        }
    }

    pub(crate) fn lifecycle(&self) -> Option<&'static Lifecycle> {
        self.service.lifecycles.iter().find(|lifecycle| lifecycle.resource == self.resource)
    }

    /// What the wait is for, in words.
    fn goal(&self) -> String {
        match &self.goal {
            Goal::Gone => "gone".to_owned(),
            Goal::States(states) => states.join(" or "),
        }
    }

    /// Why nothing can come of the wait. A look-up with an empty value would find any resource.
    pub(crate) fn fault(&self, lifecycle: &Lifecycle) -> Option<String> {
        let lookup = &lifecycle.lookup;
        let mut named = lookup.keys.iter().chain(lookup.select).zip(&self.key);
        if let Some((name, _)) = named.find(|(_, value)| value.trim().is_empty()) {
            let name = name.rsplit('.').next().unwrap_or(name);
            let resource = self.resource;
            return Some(format!(
                "{name} is empty, which would stand for any {resource}; give the one to wait for"
            ));
        }
        matches!(&self.goal, Goal::States(states) if states.is_empty()).then(|| {
            "there is no state to wait for; name one at least, or wait until the resource is gone".to_owned()
        })
    }

    /// The parameters of the look-up.
    pub(crate) fn look_up(
        &self,
        lifecycle: &Lifecycle,
    ) -> Option<(&'static crate::schema::Action, Parameters)> {
        let action = self.service.action(lifecycle.lookup.action)?;
        let mut parameters = look::parameters(action, lifecycle, &self.key);
        if let Some(region) = &self.region {
            parameters.set(self.service.region_parameter, region.as_str());
        }
        Some((action, parameters))
    }
}

impl<T> fmt::Debug for Wait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("resource", &self.plan.resource)
            .field("key", &self.plan.key)
            .field("goal", &self.plan.goal())
            .finish_non_exhaustive()
    }
}

/// Why a wait ended without its goal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsettled {
    /// Kind of the resource, `VirtualBorderRouter`.
    pub resource: &'static str,
    /// What names it: its id, most often.
    pub key: Vec<String>,
    /// What was waited for: states, or `gone`.
    pub goal: String,
    /// The state that was seen last; none if the resource was not found then, or shown without one.
    pub state: Option<String>,
    /// Whether the last look found the resource.
    pub is_found: bool,
    /// Why it ended.
    pub reason: UnsettledReason,
    /// How often the resource was looked at.
    pub looks: u32,
    /// How long the wait lasted.
    pub elapsed: Duration,
}

/// Why a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnsettledReason {
    /// The time was over.
    Deadline,
    /// No way leads from the state to the goal.
    Unreachable,
    /// Only a call leads from the state to the goal, and none shows.
    NothingStarted,
    /// The resource was there, and is gone.
    Gone,
    /// The resource was never found.
    NotFound,
    /// No look has succeeded.
    NoAnswer,
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { resource, goal, looks, .. } = self;
        let key = self.key.iter().map(|value| crate::error::one_line(value)).collect::<Vec<_>>().join(", ");
        let state = self.state.as_deref().map(crate::error::one_line);
        write!(f, "{resource} {key} is not {goal}: ")?;
        match (&state, self.reason) {
            (Some(state), UnsettledReason::Unreachable) => {
                write!(f, "it is {state}, from which no way leads there")?
            }
            (Some(state), UnsettledReason::NothingStarted) => {
                write!(f, "it stays {state}, from which only a call leads there; make it first")?;
            }
            (Some(state), _) => write!(f, "it is {state}")?,
            (None, UnsettledReason::NoAnswer) => f.write_str("no look at it has succeeded")?,
            (None, UnsettledReason::Gone) => f.write_str("it was there, and is gone")?,
            (None, _) if self.is_found => f.write_str("it is shown without a state")?,
            (None, _) => f.write_str("it is not found; check its id and the region")?,
        }
        let times = if *looks == 1 { "look" } else { "looks" };
        write!(f, " ({looks} {times} in {:.0?}", self.elapsed)?;
        f.write_str(if self.reason == UnsettledReason::Deadline { ", the deadline)" } else { ")" })
    }
}
