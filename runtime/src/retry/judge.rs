//! What a failure says about another attempt.

use super::{Cost, NotRepeated};
use crate::error::{ErrorKind, Refusal, Unreadable};
use crate::schema::{Action, Condition, Effect, ErrorClass};
use crate::transport::{TransportError, TransportErrorKind};

/// What makes repeating a call safe, if anything does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// It changes nothing.
    Read,
    /// It carries an idempotency token.
    Token,
    /// Nothing does.
    Unsafe(NotRepeated),
}

impl Repetition {
    /// `token` tells whether a parameter of the call is set.
    pub(crate) fn of(name: &str, action: Option<&'static Action>, is_set: impl Fn(&str) -> bool) -> Self {
        let Some(action) = action else {
            return if is_lookup(name) { Self::Read } else { Self::Unsafe(NotRepeated::UnknownAction) };
        };
        match (action.effect, action.idempotency) {
            (Effect::Read, _) => Self::Read,
            (_, None) => Self::Unsafe(NotRepeated::TakesNoToken),
            (_, Some(token)) if is_set(token) => Self::Token,
            (_, Some(token)) => Self::Unsafe(NotRepeated::TokenNotSet(token)),
        }
    }
}

/// Whether an action that the spec does not know reads, by the provider's naming.
fn is_lookup(name: &str) -> bool {
    ["Describe", "List", "Get"].iter().any(|verb| {
        name.strip_prefix(verb).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    })
}

/// Whether and when the same call may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outlook {
    /// It fails in the same way each time.
    Never,
    /// A little later.
    Soon,
    /// Once a resource has settled.
    Settled,
    /// Once it is signed with the service's time.
    OnTime,
}

/// What a failure says about another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) outlook: Outlook,
    /// Whether the attempt may have had its effect.
    pub(crate) may_have_effect: bool,
    pub(crate) cost: Cost,
}

impl Judgement {
    const fn new(outlook: Outlook, may_have_effect: bool) -> Self {
        Self { outlook, may_have_effect, cost: Cost::Failure }
    }
}

pub(crate) fn judge(kind: &ErrorKind) -> Judgement {
    match kind {
        ErrorKind::Transport(error) => of_transport(error),
        ErrorKind::Refused(refusal) => of_refusal(refusal),
        ErrorKind::Unreadable(unreadable) => of_unreadable(unreadable),
        ErrorKind::Invalid(_)
        | ErrorKind::Configuration(_)
        | ErrorKind::Unfit(_)
        | ErrorKind::Credentials(_)
        | ErrorKind::Intercepted(_)
        | ErrorKind::RepeatedPage { .. }
        | ErrorKind::Unsettled(_) => Judgement::new(Outlook::Never, false),
    }
}

fn of_transport(error: &TransportError) -> Judgement {
    let (outlook, cost) = match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::Interrupted => (Outlook::Soon, Cost::Failure),
        TransportErrorKind::Timeout(_) => (Outlook::Soon, Cost::Timeout),
        // The certificate, or an answer that is too large or no HTTP, will be the same next time.
        TransportErrorKind::Tls
        | TransportErrorKind::TooLarge
        | TransportErrorKind::NotRecorded
        | TransportErrorKind::Other => (Outlook::Never, Cost::Failure),
    };
    Judgement { outlook, may_have_effect: error.may_have_been_sent(), cost }
}

/// A refusal means that nothing was done, but for those by which the service says that it failed itself, and for that
/// of a copy: the other copy may have been carried out.
fn of_refusal(refusal: &Refusal) -> Judgement {
    match (refusal.condition(), refusal.class()) {
        (Some(Condition::Throttled), _) => Judgement::new(Outlook::Soon, false),
        (Some(Condition::Clock), _) => Judgement::new(Outlook::OnTime, false),
        (Some(Condition::Replayed), _) | (_, Some(ErrorClass::Retry)) => Judgement::new(Outlook::Soon, true),
        (_, Some(ErrorClass::Settle)) => Judgement::new(Outlook::Settled, false),
        (_, Some(ErrorClass::Never)) => Judgement::new(Outlook::Never, refusal.status >= 500),
        (_, None) => by_status(refusal.status),
    }
}

fn of_unreadable(unreadable: &Unreadable) -> Judgement {
    match unreadable.status {
        200..300 => Judgement::new(Outlook::Never, true),
        status => by_status(status),
    }
}

/// For codes that the spec does not know, and pages of a proxy.
fn by_status(status: u16) -> Judgement {
    match status {
        429 => Judgement::new(Outlook::Soon, false),
        500 | 502 | 503 | 504 => Judgement::new(Outlook::Soon, true),
        other => Judgement::new(Outlook::Never, other >= 500),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_actions_read_by_their_names() {
        let repetition = |name| Repetition::of(name, None, |_| true);
        for name in ["DescribeRegions", "ListTagResources", "GetNatGateway"] {
            assert_eq!(repetition(name), Repetition::Read, "{name}");
        }
        for name in ["CreateVpc", "Getaway", "Listen", "Describe", "describeRegions", "ResetList", ""] {
            assert_eq!(repetition(name), Repetition::Unsafe(NotRepeated::UnknownAction), "{name}");
        }
    }

    #[test]
    fn a_status_that_passes_is_tried_again_and_only_429_is_harmless() {
        for status in [500, 502, 503, 504] {
            assert_eq!(by_status(status), Judgement::new(Outlook::Soon, true), "{status}");
        }
        assert_eq!(by_status(429), Judgement::new(Outlook::Soon, false));
        for status in [302, 400, 403, 404, 409] {
            assert_eq!(by_status(status), Judgement::new(Outlook::Never, false), "{status}");
        }
        assert_eq!(by_status(501), Judgement::new(Outlook::Never, true));
    }
}
