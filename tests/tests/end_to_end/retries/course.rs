//! How calls are repeated: how often, after which waits, within which limits, and what the error says in the end.

use super::{Kind, Rehearsal, attempts, body, client, config, no_retries, refusal, send};
use crate::support::credentials;
use express_connect::credentials::{ProvideCredentials, ProviderContext, Providing};
use express_connect::physical_connection::*;
use express_connect::transport::{Phase, TransportErrorKind};
use express_connect::{Client, Error, ErrorCode, ErrorKind, NotRepeated, Retries, Timeouts};
use express_connect_tests::{Answer, SECURITY_TOKEN, Server};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn milliseconds(waits: &[Duration]) -> Vec<u128> {
    waits.iter().map(Duration::as_millis).collect()
}

#[tokio::test]
async fn three_attempts_are_made_with_growing_waits() {
    let server = Server::start().await;
    let (client, rehearsal) = client(&server);
    for _ in 0..3 {
        server.next(refusal(503, "ServiceUnavailable"));
    }
    let error = send(Kind::WithToken, &client).await.unwrap_err();
    assert_eq!((error.attempts(), error.code()), (3, Some(ErrorCode::ServiceUnavailable)));
    assert_eq!(attempts(&server).len(), 3);
    assert_eq!(milliseconds(&rehearsal.waits()), [250, 500]);
    assert_eq!(error.not_repeated(), None);
    let token = server.last().parameters["ClientToken"].clone();
    assert_eq!(error.idempotency_token(), Some(token.as_str()));
    let end = format!(
        "; 3 attempts were made; it may have had its effect: repeat it with ClientToken={token} or not at all"
    );
    assert!(error.to_string().ends_with(&end), "{error}");
}

#[tokio::test]
async fn the_reply_tells_how_many_attempts_it_took() {
    let server = Server::start().await;
    let (client, _) = client(&server);
    server.next(Answer::Reset);
    let reply = client.send_for_reply(&DescribePhysicalConnections::new()).await.unwrap();
    assert_eq!(reply.attempts, 2);
    assert_eq!(client.send_for_reply(&DescribePhysicalConnections::new()).await.unwrap().attempts, 1);
}

#[tokio::test]
async fn policy_can_be_set() {
    let server = Server::start().await;
    let rehearsal = Rehearsal::default();
    let retries =
        Retries::default().attempts(5).base_delay(Duration::from_secs(4)).max_delay(Duration::from_secs(9));
    let client = Client::new(config(server.endpoint(), &rehearsal).retries(retries)).unwrap();
    for _ in 0..4 {
        server.next(Answer::Raw(502, Vec::new()));
    }
    send(Kind::Reads, &client).await.unwrap();
    assert_eq!(milliseconds(&rehearsal.waits()), [2000, 4000, 4500, 4500]);
}

#[tokio::test]
async fn without_retries_one_call_is_one_request() {
    for attempts in [0, 1] {
        let server = Server::start().await;
        let rehearsal = Rehearsal::default();
        let retries = Retries::default().attempts(attempts);
        let client = Client::new(config(server.endpoint(), &rehearsal).retries(retries)).unwrap();
        server.next(refusal(429, "Throttling"));
        let error = send(Kind::Reads, &client).await.unwrap_err();
        assert_eq!((error.attempts(), error.not_repeated()), (1, None));
        assert!(error.is_throttled() && error.is_retryable());
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn without_retries_the_clock_is_right_the_next_time() {
    let server = Server::start().await;
    let client = no_retries(config(server.endpoint(), &Rehearsal::default()));
    let date = vec![("date", "Wed, 06 Jul 2022 07:01:09 GMT".to_owned())];
    server.next(Answer::Headed(400, date, body("InvalidTimeStamp.Expired").into_bytes()));
    assert!(send(Kind::WithToken, &client).await.unwrap_err().is_retryable());
    send(Kind::WithToken, &client).await.unwrap();
    assert_eq!(server.last().parameters["Timestamp"], "2022-07-06T07:01:09Z");
}

#[tokio::test]
async fn the_clock_is_corrected_once_and_beyond_the_other_attempts() {
    let server = Server::start().await;
    let (client, rehearsal) = client(&server);
    let late = || {
        let date = vec![("date", "Wed, 06 Jul 2022 09:00:00 GMT".to_owned())];
        Answer::Headed(400, date, body("InvalidTimeStamp.Expired").into_bytes())
    };
    for answer in [refusal(500, "InternalError"), late(), refusal(500, "InternalError")] {
        server.next(answer);
    }
    send(Kind::Reads, &client).await.unwrap();
    assert_eq!((server.received().len(), rehearsal.waits().len()), (4, 2));

    server.next(late());
    server.next(late());
    let error = send(Kind::Reads, &client).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (2, false), "{error}");
}

#[tokio::test]
async fn a_wait_that_the_service_asks_for_is_kept() {
    let asked = |name, value: &str| {
        Answer::Headed(429, vec![(name, value.to_owned())], body("Throttling.User").into_bytes())
    };
    let cases = [
        (asked("x-acs-retry-after", "1500"), 1500),
        (asked("retry-after", "3"), 3000),
        (asked("retry-after", "Wed, 06 Jul 2022 08:01:29 GMT"), 20_000),
        // Not longer than our own.
        (asked("x-acs-retry-after", "1"), 250),
        (asked("retry-after", "soon"), 250),
    ];
    for (answer, wait) in cases {
        let server = Server::start().await;
        let (client, rehearsal) = client(&server);
        server.next(answer);
        send(Kind::WithoutToken, &client).await.unwrap();
        assert_eq!(milliseconds(&rehearsal.waits()), [wait]);
    }
}

#[tokio::test]
async fn a_resource_gets_time_to_settle() {
    let server = Server::start().await;
    let (client, rehearsal) = client(&server);
    server.next(refusal(400, "IncorrectStatus"));
    server.next(refusal(400, "IncorrectStatus"));
    send(Kind::WithToken, &client).await.unwrap();
    assert_eq!(milliseconds(&rehearsal.waits()), [3000, 6000]);
}

#[tokio::test]
async fn no_wait_goes_beyond_the_deadline() {
    let server = Server::start().await;
    let (client, rehearsal) = client(&server);
    let asked = vec![("x-acs-retry-after", "120000".to_owned())];
    server.next(Answer::Headed(429, asked, body("Throttling").into_bytes()));
    let error = send(Kind::Reads, &client).await.unwrap_err();
    assert_eq!((error.attempts(), error.not_repeated()), (1, Some(NotRepeated::Deadline)));
    assert!(error.to_string().contains("the deadline leaves no time for it"), "{error}");
    assert!(error.is_retryable() && rehearsal.waits().is_empty());

    let timeouts = Timeouts::default().deadline(Duration::from_millis(600));
    let client = Client::new(config(server.endpoint(), &rehearsal).timeouts(timeouts)).unwrap();
    for _ in 0..3 {
        server.next(refusal(503, "ServiceUnavailable"));
    }
    let error = send(Kind::Reads, &client).await.unwrap_err();
    assert_eq!((error.attempts(), error.not_repeated()), (2, Some(NotRepeated::Deadline)), "{error}");
}

#[tokio::test]
async fn no_attempt_goes_beyond_the_deadline() {
    let server = Server::start().await;
    let timeouts = Timeouts::default().deadline(Duration::from_millis(50));
    // The system's clock, so that the time of the attempt counts.
    let endpoint = express_connect::Config::new().endpoint(server.endpoint()).region("cn-hangzhou");
    let client = Client::new(endpoint.credentials(credentials()).timeouts(timeouts)).unwrap();
    server.next(Answer::Stall);
    let error = send(Kind::Reads, &client).await.unwrap_err();
    let ErrorKind::Transport(failure) = error.kind() else { panic!("{error}") };
    assert_eq!(failure.kind(), TransportErrorKind::Timeout(Phase::Total));
    assert_eq!((error.attempts(), error.not_repeated()), (1, Some(NotRepeated::Deadline)));
}

#[tokio::test]
async fn clones_share_the_budget_and_successes_fill_it() {
    let server = Server::start().await;
    let (client, _) = client(&server);
    let mut requests = 0;
    for _ in 0..60 {
        for _ in 0..3 {
            server.next(Answer::Raw(502, Vec::new()));
        }
        let error = send(Kind::Reads, &client.clone()).await.unwrap_err();
        requests += error.attempts();
        // What the call left over is not for the next one.
        server.forget();
    }
    // A hundred repetitions, and one attempt of each call.
    assert_eq!(requests, 160);
    server.next(Answer::Raw(502, Vec::new()));
    let error = send(Kind::Reads, &client).await.unwrap_err();
    assert_eq!((error.attempts(), error.not_repeated()), (1, Some(NotRepeated::BudgetSpent)));
    assert!(error.to_string().contains("too many calls of this client have failed lately"), "{error}");
    for _ in 0..5 {
        send(Kind::Reads, &client).await.unwrap();
    }
    server.next(Answer::Raw(502, Vec::new()));
    send(Kind::Reads, &client).await.unwrap();
}

#[tokio::test]
async fn an_untyped_write_is_repeated_with_its_token_alone() {
    let server = Server::start().await;
    let (client, _) = client(&server);
    let call = |token: Option<&'static str>| {
        let mut parameters = vec![("RegionId", "cn-hangzhou"), ("PhysicalConnectionId", "pc-1")];
        parameters.extend(token.map(|token| ("ClientToken", token)));
        client
            .call("EnablePhysicalConnection", parameters.into_iter().collect::<express_connect::Parameters>())
    };
    for token in [None, Some("")] {
        server.next(refusal(500, "InternalError"));
        let error = call(token).await.unwrap_err();
        assert_eq!(
            (error.attempts(), error.not_repeated()),
            (1, Some(NotRepeated::TokenNotSet("ClientToken")))
        );
        assert!(error.may_have_changed_something() && !error.is_retryable());
        server.next(refusal(400, "Throttling"));
        assert_eq!(call(token).await.unwrap().attempts, 2);
    }
    server.next(refusal(500, "InternalError"));
    assert_eq!(call(Some("mine")).await.unwrap().attempts, 2);
}

#[tokio::test]
async fn a_user_may_repeat_what_cannot_do_harm() {
    let server = Server::start().await;
    let client = no_retries(config(server.endpoint(), &Rehearsal::default()));
    let enable = EnablePhysicalConnection::new("pc-1");
    // Whether it may be repeated, and whether it may have had an effect.
    let told = |error: &Error| (error.is_retryable(), error.may_have_changed_something());

    server.next(refusal(500, "InternalError"));
    assert_eq!(told(&enable.clone().send(&client).await.unwrap_err()), (false, true));
    server.next(refusal(500, "InternalError"));
    assert_eq!(told(&enable.clone().client_token("mine").send(&client).await.unwrap_err()), (true, true));
    server.next(refusal(400, "Throttling"));
    assert_eq!(told(&enable.send(&client).await.unwrap_err()), (true, false));
    server.next(refusal(500, "InternalError"));
    assert_eq!(told(&send(Kind::Reads, &client).await.unwrap_err()), (true, false));
    server.next(refusal(400, "InvalidParameter"));
    assert_eq!(told(&send(Kind::Reads, &client).await.unwrap_err()), (false, false));
    server.next(Answer::Raw(200, b"{".to_vec()));
    assert_eq!(told(&send(Kind::WithoutToken, &client).await.unwrap_err()), (false, true));
}

#[tokio::test]
async fn a_doubtful_attempt_is_remembered() {
    let server = Server::start().await;
    let (client, _) = client(&server);
    server.next(Answer::Reset);
    server.next(refusal(404, "InvalidPhysicalConnectionId.NotFound"));
    let error = send(Kind::WithToken, &client).await.unwrap_err();
    assert!(error.is_not_found() && error.may_have_changed_something(), "{error}");
    assert!(error.to_string().contains("; 2 attempts were made; it may have had its effect"), "{error}");
}

/// Gives a temporary key first, and a lasting one from then on.
#[derive(Debug, Default)]
struct Changing(AtomicUsize);

impl ProvideCredentials for Changing {
    fn provide<'a>(&'a self, _context: ProviderContext<'a>) -> Providing<'a> {
        let lasting = credentials();
        let is_first = self.0.fetch_add(1, Ordering::Relaxed) == 0;
        let given = if is_first { lasting.with_security_token(SECURITY_TOKEN) } else { lasting };
        Box::pin(std::future::ready(Ok(given)))
    }
}

#[tokio::test]
async fn each_attempt_has_the_credentials_of_its_time() {
    let server = Server::start().await;
    let config = config(server.endpoint(), &Rehearsal::default()).credentials(Changing::default());
    server.next(Answer::Reset);
    send(Kind::Reads, &Client::new(config).unwrap()).await.unwrap();
    let tokens: Vec<bool> =
        attempts(&server).iter().map(|call| call.parameters.contains_key("SecurityToken")).collect();
    assert_eq!(tokens, [true, false]);
}
