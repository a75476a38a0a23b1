//! Looks at a resource until it is where it is to be.

use super::{Call, Client, Inner};
use crate::error::{Error, ErrorKind, Started};
use crate::pages::Turner;
use crate::schema::Lifecycle;
use crate::wait::{Outcome, Plan, Probe, Sight, Starts, Tell, UnsettledReason, Verdict, Wait, Watch};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

type Settling<'a> = Pin<Box<dyn Future<Output = Result<Option<String>, Error>> + Send + 'a>>;

impl Client {
    /// Waits until a resource is in a state, or gone; see [`Wait`] for when it ends early.
    ///
    /// # Errors
    /// [`ErrorKind::Unsettled`] when the goal was not reached, what a look-up failed with if that does not pass by
    /// itself, and [`ErrorKind::Unfit`] for an empty id or no state, before anything is sent.
    pub async fn wait<T: Outcome>(&self, wait: Wait<T>) -> Result<T, Error> {
        let state = self.settle(wait.plan, wait.tell).await?;
        Ok(T::reached(state.as_deref()))
    }

    /// Sends a request that sets a transition going, and waits for its end.
    ///
    /// # Errors
    /// As for [`send`](Self::send) and [`wait`](Self::wait). After an error of the wait the call has had its effect, and
    /// must not be sent again: [`Error::started`] tells which it was and what names the resource.
    pub async fn send_and_wait<R: Starts + Sync>(
        &self,
        request: &R,
    ) -> Result<(R::Response, R::Outcome), Error> {
        if let Some(name) = request.missing() {
            return Err(unnamed(R::ACTION.name, &format!("set {name} in the request, or send it alone")));
        }
        let reply = self.send_for_reply(request).await?;
        let mut started = Started { action: R::ACTION.name, request_id: reply.request_id, key: Vec::new() };
        let Some(wait) = request.wait(&reply.response) else {
            let error = unnamed(R::ACTION.name, "its answer does not name the resource to wait for");
            return Err(error.behind(started));
        };
        started.key.clone_from(&wait.plan.key);
        match self.wait(wait).await {
            Ok(outcome) => Ok((reply.response, outcome)),
            Err(error) => Err(error.behind(started)),
        }
    }

    /// It is neither generic nor an `async fn`, so that it is compiled once.
    fn settle(&self, plan: Plan, tell: Tell) -> Settling<'_> {
        Box::pin(async move { self.0.settle(self, &plan, tell).await })
    }
}

fn unnamed(action: &str, text: &str) -> Error {
    Error::new(ErrorKind::Unfit(text.to_owned())).of(action)
}

impl Inner {
    async fn settle(&self, client: &Client, plan: &Plan, mut tell: Tell) -> Result<Option<String>, Error> {
        let Some(lifecycle) = plan.lifecycle() else {
            return Err(Error::configuration(format!("the spec knows no lifecycle of {}", plan.resource)));
        };
        if let Some(fault) = plan.fault(lifecycle) {
            return Err(Error::new(ErrorKind::Unfit(fault)));
        }
        let begun = self.stamps.elapsed();
        let passed = || self.stamps.elapsed().saturating_sub(begun);
        let mut watch = Watch::new(plan, lifecycle);
        let mut looks_now = !plan.begins_at_goal;
        loop {
            if looks_now {
                let left = plan.deadline.saturating_sub(passed());
                let verdict = match look(client, plan, lifecycle, left).await {
                    Ok(seen) => watch.judge(plan, seen, passed()),
                    Err(error) if error.is_retryable() => watch.judge_failure(error, passed()),
                    Err(error) => return Err(error),
                };
                if let Some(tell) = &mut tell {
                    tell(&watch.progress(passed()));
                }
                match verdict {
                    Verdict::Reached(state) => return Ok(state),
                    Verdict::Failed(reason) => return Err(unsettled(watch, plan, reason, passed())),
                    Verdict::Pending => {}
                }
            }
            looks_now = true;
            match watch.pause(passed(), self.stamps.random()) {
                Some(pause) => self.sleep.sleep(pause).await,
                None => return Err(unsettled(watch, plan, UnsettledReason::Deadline, passed())),
            }
        }
    }
}

/// What the service shows of the resource. It turns the pages of the look-up as far as it must.
/// Failed calls are repeated as long as the wait lasts.
async fn look(
    client: &Client,
    plan: &Plan,
    lifecycle: &'static Lifecycle,
    left: Duration,
) -> Result<Sight, Error> {
    let Some((action, parameters)) = plan.look_up(lifecycle) else {
        return Err(Error::configuration(format!("the look-up of {} is not compiled in", plan.resource)));
    };
    // Where the parameters select one resource, there is one page.
    let is_one_page = lifecycle.lookup.select.is_empty();
    let mut turner =
        if is_one_page { Turner::of_one(action, parameters) } else { Turner::new(action, parameters) };
    while let Some(parameters) = turner.next() {
        let mut probe = Probe::new(action, lifecycle, &plan.key);
        let call = Call { within: Some(left), ..Call::of(action) };
        match client.typed_within(call, action, parameters?, &mut probe).await {
            Ok(_) => {}
            Err(error) if error.is_not_found() => return Ok(Sight::Absent),
            Err(error) => return Err(error),
        }
        match probe.sight() {
            Sight::Absent => turner.turn(&probe.mark()),
            seen => return Ok(seen),
        };
    }
    Ok(Sight::Absent)
}

fn unsettled(watch: Watch, plan: &Plan, reason: UnsettledReason, elapsed: Duration) -> Error {
    let (unsettled, failure) = watch.unsettled(plan, reason, elapsed);
    Error::new(ErrorKind::Unsettled(unsettled)).caused_by(failure)
}
