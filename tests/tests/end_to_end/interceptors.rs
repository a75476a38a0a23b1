//! Interceptors see each attempt of a call, before it is signed and after it has ended.

use crate::blocking::outside;
use crate::retries::{Rehearsal, config, refusal};
use express_connect::intercept::{Intercept, Outcome, Outgoing};
use express_connect::physical_connection::*;
use express_connect::transport::TransportErrorKind;
use express_connect::{Client, Config, ErrorKind, SignatureVersion, blocking};
use express_connect_tests::{Answer, Server};
use std::error::Error;
use std::sync::{Arc, Mutex};

type Before = Result<(), Box<dyn Error + Send + Sync>>;

/// Does something before each attempt.
struct Changing<F>(F);

impl<F> std::fmt::Debug for Changing<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Changing")
    }
}

impl<F: Fn(&mut Outgoing<'_>) -> Before + Send + Sync> Intercept for Changing<F> {
    fn before_signing(&self, attempt: &mut Outgoing<'_>) -> Before {
        (self.0)(attempt)
    }
}

/// An interceptor that does something before each attempt.
fn changing(
    change: impl Fn(&mut Outgoing<'_>) -> Before + Send + Sync + 'static,
) -> impl Intercept + 'static {
    Changing(change)
}

/// Writes down what it sees.
#[derive(Debug, Default)]
struct Seen(Mutex<Vec<String>>);

impl Seen {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Intercept for Seen {
    fn before_signing(&self, attempt: &mut Outgoing<'_>) -> Before {
        let line = format!("{} {} to {:?}", attempt.action(), attempt.attempt(), attempt.region());
        self.0.lock().unwrap().push(line);
        Ok(())
    }

    fn after_attempt(&self, outcome: &Outcome<'_>) {
        let length = outcome.body().map(<[u8]>::len);
        let kind = outcome.headers().and_then(|headers| headers.get("content-type"));
        let line = format!(
            "{} {} {:?}: {:?} {:?}, {kind:?}, {length:?}, {:?} {}",
            outcome.action(),
            outcome.attempt(),
            outcome.latency(),
            outcome.status(),
            outcome.request_id(),
            outcome.error_kind().map(std::mem::discriminant),
            outcome.error().map(ToString::to_string).unwrap_or_default(),
        );
        self.0.lock().unwrap().push(line);
    }
}

fn on_stage(server: &Server) -> Config {
    config(server.endpoint(), &Rehearsal::default())
}

#[tokio::test]
async fn what_they_add_is_sent_and_signed() {
    for version in [SignatureVersion::V1, SignatureVersion::Acs3] {
        let server = Server::start().await;
        let config = on_stage(&server)
            .signature(version)
            .interceptor(changing(|attempt| {
                let size = attempt.parameters().get("PageSize").unwrap_or_default().to_owned();
                attempt.set("PageSize", size + "0")?;
                attempt.remove("PageNumber")?;
                Ok(attempt.set_header("X-Job", "nightly")?)
            }))
            .interceptor(changing(|attempt| {
                assert_eq!(attempt.parameters().get("PageSize"), Some("20"));
                Ok(attempt.set_header("x-job", "weekly")?)
            }));
        server.next(refusal(503, "ServiceUnavailable"));
        let request = DescribePhysicalConnections::new().page_size(2).page_number(7);
        request.send(&Client::new(config).unwrap()).await.unwrap();
        let attempts = server.received();
        assert_eq!(attempts.len(), 2);
        for attempt in attempts {
            assert_eq!(attempt.refused, None);
            // Not 200 at the second attempt: each begins as the call is.
            assert_eq!(attempt.parameters["PageSize"], "20");
            assert!(!attempt.parameters.contains_key("PageNumber"));
            let jobs: Vec<_> = attempt.headers.iter().filter(|(name, _)| name == "x-job").collect();
            assert_eq!(jobs, [&("x-job".to_owned(), "weekly".to_owned())]);
        }
    }
}

#[tokio::test]
async fn what_the_client_relies_on_they_cannot_change() {
    let server = Server::start().await;
    let parameters = [
        "",
        "Action",
        "AccessKeyId",
        "Format",
        "Signature",
        "SignatureNonce",
        "SecurityToken",
        "Timestamp",
        "Version",
        "RegionId",
        "ClientToken",
    ];
    for name in parameters {
        for remove in [false, true] {
            let config = on_stage(&server).interceptor(changing(move |attempt| {
                Ok(if remove { attempt.remove(name) } else { attempt.set(name, "mine") }?)
            }));
            let error = EnablePhysicalConnection::new("pc-1").send(&Client::new(config).unwrap()).await;
            let error = error.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Intercepted(_)), "{error}");
            let start = "EnablePhysicalConnection: an interceptor ended the call: parameter";
            assert!(error.to_string().starts_with(&format!("{start} {name:?}: ")), "{error}");
            assert_eq!((error.attempts(), error.may_have_changed_something()), (0, false));
        }
    }
    let headers = [
        ("Host", "h"),
        ("authorization", "a"),
        ("content-length", "0"),
        ("Content-Type", "text/plain"),
        ("x-acs-date", "now"),
        ("X-Acs-Other", "x"),
        ("accept-encoding", "gzip"),
        ("transfer-encoding", "chunked"),
        ("no header", "x"),
        ("", "x"),
        ("x-line", "a\r\nb"),
    ];
    for (name, value) in headers {
        let config =
            on_stage(&server).interceptor(changing(move |attempt| Ok(attempt.set_header(name, value)?)));
        let error = DescribePhysicalConnections::new().send(&Client::new(config).unwrap()).await.unwrap_err();
        assert!(error.to_string().contains(&format!("ended the call: header {name:?}: ")), "{error}");
    }
    assert!(server.received().is_empty());
}

/// A read may carry a token, too, but no attempt relies on it.
#[tokio::test]
async fn the_token_of_a_read_can_be_set() {
    let server = Server::start().await;
    let config = on_stage(&server).interceptor(changing(|attempt| Ok(attempt.set("ClientToken", "mine")?)));
    DescribePhysicalConnections::new().send(&Client::new(config).unwrap()).await.unwrap();
    assert_eq!(server.last().parameters["ClientToken"], "mine");
}

#[tokio::test]
async fn they_see_how_each_attempt_ended() {
    let server = Server::start().await;
    let seen = Arc::new(Seen::default());
    let client = Client::new(on_stage(&server).interceptor(seen.clone())).unwrap();
    server.next(refusal(429, "Throttling.User"));
    server.next(Answer::Reset);
    let answer = EnablePhysicalConnection::new("pc-1").send(&client).await.unwrap();
    let length =
        express_connect_tests::action("EnablePhysicalConnection").examples[0].json.as_ref().unwrap().len();
    let json = "Some(\"application/json;charset=utf-8\")";
    let [first, refused, second, reset, third, answered] = &seen.lines()[..] else { panic!("{seen:?}") };
    for (number, line) in [first, second, third].into_iter().enumerate() {
        assert_eq!(*line, format!("EnablePhysicalConnection {} to Some(\"cn-hangzhou\")", number + 1));
    }
    let start = format!("EnablePhysicalConnection 1 0ns: Some(429) Some(\"R-1\"), {json}, Some(");
    assert!(refused.starts_with(&start) && refused.contains("HTTP 429 Throttling.User: No."), "{refused}");
    let start = "EnablePhysicalConnection 2 0ns: None None, None, None, Some(";
    assert!(reset.starts_with(start) && reset.contains("the connection broke off"), "{reset}");
    let request = answer.request_id;
    let whole = format!("3 0ns: Some(200) Some({request:?}), {json}, Some({length}), None ");
    assert_eq!(*answered, format!("EnablePhysicalConnection {whole}"));
}

#[tokio::test]
async fn an_error_ends_the_call_and_says_what_happened_before() {
    let server = Server::start().await;
    let config = on_stage(&server).interceptor(changing(|attempt| match attempt.attempt() {
        1 => Ok(()),
        _ => Err("the budget\nis spent".into()),
    }));
    server.next(Answer::Reset);
    let request = EnablePhysicalConnection::new("pc-1");
    let error = request.send(&Client::new(config).unwrap()).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("an interceptor ended the call: the budget\\nis spent; it may have had its effect"),
        "{text}"
    );
    assert_eq!((error.attempts(), error.may_have_changed_something()), (1, true));
    assert_eq!(error.idempotency_token(), Some("unique-0"));
    let source = error.source().unwrap();
    assert_eq!(source.source().unwrap().to_string(), "the budget\nis spent");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn untyped_calls_blocking_ones_and_urls_pass_them_too() {
    let server = Server::start().await;
    let config = on_stage(&server).interceptor(changing(|attempt| Ok(attempt.set("PageSize", "20")?)));
    let client = Client::new(config.clone()).unwrap();
    client.call("DescribePhysicalConnections", [("RegionId", "cn-hangzhou")]).await.unwrap();
    assert_eq!(server.last().parameters["PageSize"], "20");

    let url = client.signed_url(&DescribePhysicalConnections::new()).await.unwrap();
    assert!(url.reveal().contains("&PageSize=20&"), "{}", url.reveal());
    let headed = config.clone().interceptor(changing(|attempt| Ok(attempt.set_header("x-job", "1")?)));
    let headed = Client::new(headed).unwrap().signed_url(&DescribePhysicalConnections::new()).await;
    let error = headed.unwrap_err();
    assert!(error.to_string().contains("an interceptor sets the header x-job"), "{error}");

    let seen = Arc::new(Seen::default());
    let client = blocking::Client::new(config.interceptor(seen.clone())).unwrap();
    server.next(refusal(503, "ServiceUnavailable"));
    outside(move || DescribePhysicalConnections::new().send(&client).unwrap()).await;
    assert_eq!((server.last().parameters["PageSize"].as_str(), seen.lines().len()), ("20", 4));
}

#[tokio::test]
async fn nothing_is_seen_that_is_not_sent() {
    let server = Server::start().await;
    let seen = Arc::new(Seen::default());
    let config = on_stage(&server).interceptor(seen.clone());
    let client = Client::new(config.clone()).unwrap();
    let unsigned = DescribePhysicalConnections::new().parameter("Action", "DeleteVbrHa");
    assert!(unsigned.send(&client).await.is_err());
    assert!(seen.lines().is_empty());
    let nobody = Client::new(config.endpoint("http://127.0.0.1:1")).unwrap();
    let error = OpenPhysicalConnectionService::new().send(&nobody).await.unwrap_err();
    let ErrorKind::Transport(inner) = error.kind() else { panic!("{error}") };
    assert_eq!(inner.kind(), TransportErrorKind::Connect);
    assert_eq!(seen.lines().len(), 6);
}
