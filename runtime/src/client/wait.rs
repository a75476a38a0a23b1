//! Looks at a resource until it is where it is to be.

use super::{Client, Inner};
use crate::error::{Error, ErrorKind};
use crate::wait::{Outcome, Plan, Probe, Starts, Tell, UnsettledReason, Verdict, Wait, Watch};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

type Settling<'a> = Pin<Box<dyn Future<Output = Result<Option<String>, Error>> + Send + 'a>>;

impl Client {
    /// Waits until a resource is in a state, or gone; see [`Wait`] for when it ends early.
    ///
    /// # Errors
    /// [`ErrorKind::Unsettled`] when the goal was not reached, and what a look-up failed with if that does not pass by
    /// itself.
    pub async fn wait<T: Outcome>(&self, wait: Wait<T>) -> Result<T, Error> {
        let state = self.settle(wait.plan, wait.tell).await?;
        Ok(T::reached(state.as_deref()))
    }

    /// Sends a request that sets a transition going, and waits for its end.
    ///
    /// # Errors
    /// As for [`send`](Self::send) and [`wait`](Self::wait); an error of the wait tells what the resource is named by.
    pub async fn send_and_wait<R: Starts + Sync>(
        &self,
        request: &R,
    ) -> Result<(R::Response, R::Outcome), Error> {
        if let Some(name) = request.missing() {
            return Err(unnamed(R::ACTION.name, &format!("set {name} in the request, or send it alone")));
        }
        let response = self.send(request).await?;
        let wait = request.wait(&response).ok_or_else(|| {
            unnamed(
                R::ACTION.name,
                "the call succeeded, but its answer does not name the resource to wait for",
            )
        })?;
        let outcome = self.wait(wait).await?;
        Ok((response, outcome))
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
        let begun = self.stamps.elapsed();
        let passed = || self.stamps.elapsed().saturating_sub(begun);
        let mut watch = Watch::new(plan, lifecycle);
        let mut looks_now = !plan.begins_at_goal;
        loop {
            if looks_now {
                let verdict = match self.look(client, plan).await {
                    Ok(seen) => {
                        let verdict = watch.judge(plan, seen.as_deref(), passed());
                        if let Some(tell) = &mut tell {
                            tell(&watch.progress(passed()));
                        }
                        verdict
                    }
                    Err(error) if error.is_retryable() && passed() < plan.deadline => Verdict::Pending,
                    Err(error) => return Err(error),
                };
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

    /// The state of the resource, as the service spells it; none if there is no such resource. It turns the pages of the
    /// look-up as far as it must.
    async fn look(&self, client: &Client, plan: &Plan) -> Result<Option<String>, Error> {
        let lifecycle = plan.lifecycle();
        let Some((lifecycle, (action, mut parameters))) =
            lifecycle.and_then(|lifecycle| Some((lifecycle, plan.look_up(lifecycle)?)))
        else {
            return Err(Error::configuration(format!("the look-up of {} is not compiled in", plan.resource)));
        };
        let pages = action.pages.filter(|_| !lifecycle.lookup.select.is_empty());
        for number in 1_u32.. {
            if let Some(pages) = pages {
                parameters.set(pages.parameter, number.to_string());
            }
            let mut probe = Probe::new(action, lifecycle, &plan.key);
            match client.typed(action, parameters.clone(), &mut probe).await {
                Ok(_) => {}
                Err(error) if error.is_not_found() => return Ok(None),
                Err(error) => return Err(error),
            }
            if let Some(state) = probe.state() {
                return Ok(Some(state.to_owned()));
            }
            if pages.is_none() || probe.count() == 0 {
                break;
            }
        }
        Ok(None)
    }
}

fn unsettled(watch: Watch, plan: &Plan, reason: UnsettledReason, elapsed: Duration) -> Error {
    Error::new(ErrorKind::Unsettled(watch.unsettled(plan, reason, elapsed)))
}
