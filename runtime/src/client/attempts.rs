//! The attempts of one call: each signed anew, and another one only where that can help and is safe.

use super::signed::{Signed, SignedText};
use super::{Call, Inner, observe};
use crate::decode;
use crate::error::{Course, Error, ErrorKind, Refusal, Secrets, Unreadable};
use crate::parameters::Parameters;
use crate::retry::{self, Cost, Judgement, NotRepeated, Outlook, Repetition, judge};
use crate::schema::{Condition, Effect};
use crate::time;
use crate::transport::http::{self, header};
use crate::transport::{Limits, Sending};
use std::time::{Duration, SystemTime};

/// An attempt that failed, with what the headers of the answer say.
pub(super) struct Failure {
    pub(super) error: Error,
    /// The wait that the service asks for.
    asked: Option<Duration>,
    /// The service's time.
    date: Option<SystemTime>,
    pub(super) answer: Option<http::Response<Vec<u8>>>,
}

impl Failure {
    fn new(kind: ErrorKind, base: &str) -> Self {
        Self { error: Error::new(kind).towards(base), asked: None, date: None, answer: None }
    }
}

impl Inner {
    /// Sends a call, and again if that can help and is safe, and takes the answer of the attempt that succeeds.
    pub(super) async fn exchange(
        &self,
        call: &Call<'_>,
        parameters: &mut Parameters,
    ) -> Result<(http::Response<Vec<u8>>, Course), Error> {
        let base = self.base(call, parameters)?;
        let mut attempts = Attempts::of(self, call, parameters, base);
        self.add_common(call, parameters);
        // Interceptors get each attempt as the call is, not as they left the one before.
        let unchanged = (!self.interceptors.is_empty()).then(|| parameters.clone());
        loop {
            if let Some(unchanged) = &unchanged {
                parameters.clone_from(unchanged);
            }
            let number = attempts.course.attempts + 1;
            let Signed { request, text } =
                match self.prepared(call, attempts.base(), number, parameters).await {
                    Ok(signed) => signed,
                    Err(error) => return Err(error.after(attempts.course)),
                };
            let begun = self.stamps.elapsed();
            let limits = attempts.begin(begun);
            let sending = self.transport.send(request, limits);
            let outcome = self.attempt(call, attempts.base(), parameters, &text, sending).await;
            let latency = self.stamps.elapsed().saturating_sub(begun);
            self.after_attempt(call.name, number, latency, &outcome);
            let failure = match outcome {
                Ok(answer) => {
                    observe::success(number, &answer, latency);
                    return Ok((answer, attempts.succeeded()));
                }
                Err(failure) => failure,
            };
            let wait = attempts.next(&failure);
            observe::failure(number, &failure.error, latency, wait);
            match wait {
                None => return Err(failure.error.after(attempts.course)),
                Some(Duration::ZERO) => {}
                Some(wait) => self.sleep.sleep(wait).await,
            }
        }
    }

    /// The request of the next attempt, with a nonce, a time and a signature of its own.
    async fn prepared(
        &self,
        call: &Call<'_>,
        base: &str,
        number: u32,
        parameters: &mut Parameters,
    ) -> Result<Signed, Error> {
        let credentials = self.provide().await?;
        // The credentials of the attempt before may have had one.
        parameters.remove("SecurityToken");
        let headers = self.before_signing(call, base, number, parameters)?;
        let mut signed = self.signed(call, base, parameters, &credentials)?;
        signed.request.headers_mut().extend(headers);
        Ok(signed)
    }

    /// One attempt: sends, and tells success from refusal.
    async fn attempt(
        &self,
        call: &Call<'_>,
        base: &str,
        parameters: &Parameters,
        text: &SignedText,
        sending: Sending<'_>,
    ) -> Result<http::Response<Vec<u8>>, Failure> {
        let answer = sending.await.map_err(|error| Failure::new(ErrorKind::Transport(error), base))?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let date = answer.headers().get(header::DATE).and_then(|value| value.to_str().ok());
        Err(Failure {
            error: Error::new(refused(call, parameters, text, &answer)).towards(base),
            asked: retry::asked(answer.headers(), self.skew.corrected(self.stamps.now())),
            date: date.and_then(time::parse_http_date),
            answer: Some(answer),
        })
    }
}

/// What an answer means that is no success.
fn refused(
    call: &Call<'_>,
    parameters: &Parameters,
    text: &SignedText,
    answer: &http::Response<Vec<u8>>,
) -> ErrorKind {
    let (status, body) = (answer.status().as_u16(), answer.body());
    let secrets = Secrets::of(call.action, parameters);
    let Some(said) = decode::refusal(body) else {
        let reason = "it is no error message of the service".to_owned();
        return ErrorKind::Unreadable(Unreadable::new(status, call.action, reason, body, &secrets));
    };
    let message = said.message.clone();
    let refusal = Refusal::new(status, said, call.service, call.action, &secrets);
    if refusal.condition() != Some(Condition::Signature) {
        return ErrorKind::Refused(refusal);
    }
    ErrorKind::Refused(refusal.with_signature(text.fault(&message, parameters, &secrets)))
}

/// What was tried so far, and whether there is to be another attempt.
struct Attempts<'a> {
    client: &'a Inner,
    repetition: Repetition,
    token_is_made: bool,
    is_dry_run: bool,
    /// When the call began.
    begun: Duration,
    /// How long there may be another attempt, where that is less than until the deadline.
    within: Option<Duration>,
    /// Repetitions after failures that pass.
    repeated: u32,
    clock_is_corrected: bool,
    /// What the last repetition cost.
    paid: Option<Cost>,
    course: Course,
}

impl<'a> Attempts<'a> {
    fn of(client: &'a Inner, call: &Call<'_>, parameters: &Parameters, base: String) -> Self {
        let action = call.action.filter(|action| action.effect != Effect::Read && !call.is_dry_run);
        let token = action.and_then(|action| action.idempotency);
        let token = token.and_then(|name| Some((name, parameters.given(name)?.to_owned())));
        Self {
            client,
            repetition: call.repetition(parameters),
            token_is_made: call.token_is_made,
            is_dry_run: call.is_dry_run,
            begun: client.stamps.elapsed(),
            within: call.within,
            repeated: 0,
            clock_is_corrected: false,
            paid: None,
            course: Course { endpoint: Some(base), token, ..Course::default() },
        }
    }

    /// Counts an attempt that begins now, and tells its limits.
    fn begin(&mut self, now: Duration) -> Limits {
        self.course.attempts += 1;
        let limits = self.client.limits;
        Limits::new(limits.read, limits.total.min(self.left(now)), limits.answer_bytes)
    }

    /// The time until the deadline.
    fn left(&self, now: Duration) -> Duration {
        self.client.deadline.saturating_sub(now.saturating_sub(self.begun))
    }

    /// The time within which another attempt may begin.
    fn left_to_repeat(&self) -> Duration {
        let now = self.client.stamps.elapsed();
        let within = self.within.map(|within| within.saturating_sub(now.saturating_sub(self.begun)));
        self.left(now).min(within.unwrap_or(Duration::MAX))
    }

    fn succeeded(self) -> Course {
        self.client.budget.succeeded(self.paid);
        self.course
    }

    /// Where the call goes.
    fn base(&self) -> &str {
        self.course.endpoint.as_deref().unwrap_or_default()
    }

    /// How long to wait before the next attempt; none if there is to be none.
    fn next(&mut self, failure: &Failure) -> Option<Duration> {
        let judgement = judge(failure.error.kind());
        self.course.may_have_changed_something |=
            judgement.may_have_effect && self.repetition != Repetition::Read;
        let next = match judgement.outlook {
            Outlook::Never => return None,
            // That it would be refused as things are is what it was to find out.
            Outlook::Settled if self.is_dry_run => return None,
            // It was signed with the service's own time: that is not what is wrong.
            Outlook::OnTime if self.clock_is_corrected => return None,
            Outlook::OnTime => {
                self.client.skew.learn(self.client.stamps.now(), failure.date?);
                self.on_time()
            }
            Outlook::Soon | Outlook::Settled => self.once_more(judgement, failure.asked),
        };
        match next {
            Ok(wait) => Some(wait),
            Err(why) => {
                self.course.not_repeated = why;
                self.course.is_retryable = self.is_retryable();
                None
            }
        }
    }

    /// Another attempt after the clock was corrected. It is beyond those that the policy allows, but there is one
    /// only, and none where retries are off; the next call will be on time.
    fn on_time(&mut self) -> Result<Duration, Option<NotRepeated>> {
        if self.client.retries.are_off() {
            return Err(None);
        }
        if self.left(self.client.stamps.elapsed()).is_zero() {
            return Err(Some(NotRepeated::Deadline));
        }
        self.clock_is_corrected = true;
        Ok(Duration::ZERO)
    }

    /// Another attempt after a failure that passes.
    fn once_more(
        &mut self,
        judgement: Judgement,
        asked: Option<Duration>,
    ) -> Result<Duration, Option<NotRepeated>> {
        let retries = &self.client.retries;
        if retries.are_off() {
            return Err(None);
        }
        if let (true, Repetition::Unsafe(why)) = (judgement.may_have_effect, self.repetition) {
            return Err(Some(why));
        }
        if self.repeated + 1 >= retries.attempts {
            return Err(None);
        }
        let settling = judgement.outlook == Outlook::Settled;
        let wait = retry::backoff(retries, self.repeated, settling, self.client.stamps.random());
        let wait = wait.max(asked.unwrap_or_default());
        if wait >= self.left_to_repeat() {
            return Err(Some(NotRepeated::Deadline));
        }
        if !self.client.budget.pay(judgement.cost) {
            return Err(Some(NotRepeated::BudgetSpent));
        }
        self.paid = Some(judgement.cost);
        self.repeated += 1;
        Ok(wait)
    }

    /// Whether a call that the user makes again, in the same way, is safe.
    fn is_retryable(&self) -> bool {
        !self.course.may_have_changed_something || (self.course.token.is_some() && !self.token_is_made)
    }
}
