//! retries.md: which calls are repeated after which failures.

use super::links::Links;
use super::markdown::{bullets, code, listed, table};
use crate::model::{Action, Model};
use crate::spec::{Class, Condition, Effect};

/// The failures that the client tells apart. It acts on these facts in its module `retry`; tests hold it against each row.
struct Failure {
    name: &'static str,
    /// Whether a call that reads, one with a token and one without are repeated.
    repeated: [bool; 3],
    why: &'static str,
}

const ALL: [bool; 3] = [true, true, true];
const SAFE: [bool; 3] = [true, true, false];
const NONE: [bool; 3] = [false, false, false];

const FAILURES: [Failure; 19] = [
    failure("Connection refused", ALL, "the request certainly did not leave"),
    failure("Connection reset before the request", ALL, "the request certainly did not leave"),
    failure("Connecting takes too long", ALL, "the request certainly did not leave"),
    failure("Connection reset after the request", SAFE, "the service may have carried it out"),
    failure("Silence after the request", SAFE, "the service may have carried it out"),
    failure("Answer that stalls", SAFE, "the service has most likely carried it out"),
    failure("Answer that is cut off", SAFE, "the service has most likely carried it out"),
    failure("HTTP 429", ALL, "the call was turned away before it had any effect"),
    failure("Throttling code", ALL, "the call was turned away before it had any effect"),
    failure("HTTP 500 InternalError", SAFE, "the service failed, perhaps half-way"),
    failure("HTTP 502 from a gateway", SAFE, "nobody knows how far the request came"),
    failure("HTTP 503 ServiceUnavailable", SAFE, "nobody knows how far the request came"),
    failure(
        "Expired timestamp",
        ALL,
        "the clock is corrected by the service's; the call was turned away unread",
    ),
    failure("Nonce used before", SAFE, "a copy of the request arrived before, and may have been carried out"),
    failure("Code of class settle", ALL, "the call was refused without effect; the wait is longer"),
    failure("Code of class never", NONE, "the same call would be refused in the same way"),
    failure("Unknown code, other status", NONE, "nothing tells that it passes"),
    failure("Success that cannot be read", NONE, "the call has most likely had its effect"),
    failure("Untrusted certificate", NONE, "it will be the same the next time"),
];

const fn failure(name: &'static str, repeated: [bool; 3], why: &'static str) -> Failure {
    Failure { name, repeated, why }
}

pub(super) fn page(model: &Model, links: &Links<'_>) -> String {
    let rows: Vec<Vec<String>> = model.actions().map(|action| row(action, links)).collect();
    format!(
        "# Retries\n\n\
         A call is made again when its failure passes by itself and a second one can do no harm. By default there are up to three \
         attempts within two minutes; `Config::retries` and `Timeouts::deadline` change that, and with `Retries::off()` one call is \
         exactly one request.\n\
         \n## Failures\n\n\
         What decides is the failure, and what kind of call it is: one that reads, one that changes something and carries an \
         idempotency token, or one that changes something without a token.\n{}{}\
         \n## How it is repeated\n{}\
         \n## Why it is safe\n{}\
         \n## Actions\n{}",
        failures(),
        codes(model, links),
        bullets(&manner().map(str::to_owned)),
        bullets(&reasons().map(str::to_owned)),
        table(&["Action", "Kind of call", "Repeated after"], &rows)
    )
}

fn failures() -> String {
    let rows: Vec<Vec<String>> = FAILURES
        .iter()
        .map(|failure| {
            let [reads, with, without] =
                failure.repeated.map(|yes| if yes { "yes" } else { "no" }.to_owned());
            vec![failure.name.to_owned(), reads, with, without, failure.why.to_owned()]
        })
        .collect();
    table(&["Failure", "Reads", "Write with token", "Write without token", "Because"], &rows)
}

/// The codes behind those rows that speak of codes.
fn codes(model: &Model, links: &Links<'_>) -> String {
    let of = |wanted: &dyn Fn(Class, Option<Condition>) -> bool| {
        let codes = model.errors.iter().filter(|error| wanted(error.class, error.condition));
        let codes: Vec<String> = codes.map(|error| links.error_code(&error.code)).collect();
        if codes.is_empty() { "none is known".to_owned() } else { listed(&codes, "and") }
    };
    let told = [Condition::Throttled, Condition::Clock, Condition::Replayed];
    let is_told = |condition: Option<Condition>| condition.is_some_and(|condition| told.contains(&condition));
    bullets(&[
        format!(
            "Throttling codes: {}, and any other that begins with `Throttling.`.",
            of(&|_, condition| condition == Some(Condition::Throttled))
        ),
        format!("Expired timestamp: {}.", of(&|_, condition| condition == Some(Condition::Clock))),
        format!("Nonce used before: {}.", of(&|_, condition| condition == Some(Condition::Replayed))),
        format!(
            "Treated as an internal error: {}; of codes that the spec does not know those with HTTP 500, 502, 503 or 504.",
            of(&|class, condition| class == Class::Retry && !is_told(condition))
        ),
        format!("Class settle: {}.", of(&|class, _| class == Class::Settle)),
    ])
}

const fn manner() -> [&'static str; 6] {
    [
        "Each attempt has its own nonce, time and signature. The idempotency token stays the same.",
        "The wait before the second attempt is random between nothing and half a second, before the third between nothing and one \
         second. Where a resource has to settle first it is two to four seconds, then four to eight.",
        "A longer wait that the service asks for, with `x-acs-retry-after` or `Retry-After`, is kept. If it goes beyond the \
         deadline, the call fails at once.",
        "A client and its clones share a budget of a hundred repetitions (a repetition after a timeout counts twice). Successes \
         fill it up again: one that needed a repetition gives back what that cost, five others are worth one. While most calls \
         fail, each is made but once.",
        "A wrong clock is put right with one attempt beyond the others, without a wait. The client remembers the difference. With \
         retries off it only remembers, so that the next call is on time.",
        "An error tells how many attempts were made, whether the call may have had its effect, and, where repeating would not have \
         been safe, that it was not repeated and why.",
    ]
}

const fn reasons() -> [&'static str; 5] {
    [
        "With an idempotency token the service carries a call out once, however often it arrives. The client makes one for each \
         call that takes one and does not set it.",
        "A refusal says that nothing was done, but for those by which the service says that it failed itself. That goes for \
         throttling: requests are counted before they are carried out. It is repeated even without a token.",
        "A refusal of class settle is repeated with the same token. If the service should remember the refusal under the token, the \
         second attempt gets it again, which harms nothing; a new token could carry out twice what an earlier attempt began.",
        "A nonce is never used twice. If one was used before all the same, something below the client has sent the request \
         again, and the answer to the first copy was lost.",
        "`Client::call` fills in nothing: a write whose token is not set counts as one without. An action that the spec does not \
         know counts as one that reads if its name begins with `Describe`, `List` or `Get`, and otherwise as a write without a token.",
    ]
}

const EVERY: &str = "every failure that passes";

fn row(action: &Action, links: &Links<'_>) -> Vec<String> {
    let (kind, after) = match (action.effect, &action.idempotency) {
        (Effect::Read, _) => ("reads".to_owned(), EVERY),
        (_, Some(token)) => (format!("write with {}", code(token)), EVERY),
        (_, None) => ("write without token".to_owned(), "failures that certainly had no effect"),
    };
    vec![links.action(&action.name), kind, after.to_owned()]
}
