//! What a call leaves in tracing, as a subscriber prints it.

use crate::retries::{Rehearsal, config, refusal};
use crate::support::credentials;
use express_connect::physical_connection::*;
use express_connect::{Client, Credentials};
use express_connect_tests::{ACCESS_KEY_ID, Answer, SECRET, SECURITY_TOKEN, Server};
use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;
use tracing_subscriber::fmt::format::FmtSpan;

thread_local! {
    /// What this thread has printed. A test has its thread to itself.
    static PRINTED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Prints into the buffer of its thread.
struct Printer;

impl Write for Printer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        PRINTED.with_borrow_mut(|printed| printed.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Prints everything from now on. There is one subscriber for all tests: while several come and go, tracing at times
/// takes an event to be wanted by none.
fn subscribe() {
    static SUBSCRIBED: Once = Once::new();
    SUBSCRIBED.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .without_time()
            .with_writer(|| Printer)
            .init();
    });
}

fn printed() -> Vec<String> {
    let text = String::from_utf8(PRINTED.take()).unwrap();
    text.lines().filter(|line| line.contains("aliyun_rpc")).map(str::to_owned).collect()
}

/// Whether a line holds all of these, in this order.
fn holds(line: &str, parts: &[&str]) -> bool {
    let mut rest = line;
    parts.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event() {
    let server = Server::start().await;
    subscribe();
    let client = Client::new(config(server.endpoint(), &Rehearsal::default())).unwrap();
    server.next(refusal(429, "Throttling.User"));
    let answer = EnablePhysicalConnection::new("pc-1").send(&client).await.unwrap();

    let lines = printed();
    let [failed, answered, closed] = &lines[..] else { panic!("{lines:#?}") };
    let span = "call{action=\"EnablePhysicalConnection\" region=\"cn-hangzhou\"";
    let error = "error=HTTP 429 Throttling.User: No.";
    assert!(
        holds(
            failed,
            &[
                "DEBUG",
                span,
                "}",
                "attempt=1",
                "status=429",
                "request_id=\"R-1\"",
                "latency_ms=0",
                error,
                "wait_ms=250"
            ]
        ),
        "{failed}"
    );
    let request = format!("request_id=\"{}\"", answer.request_id);
    let end = ["DEBUG", span, "}", "attempt=2", "status=200", &request, "latency_ms=0"];
    assert!(holds(answered, &end), "{answered}");
    assert!(holds(closed, &["INFO", span, "status=200", &request, "attempts=2", "latency_ms="]), "{closed}");
    assert!(!closed.contains("error="), "{closed}");
}

#[tokio::test]
async fn a_failed_call_tells_why() {
    let server = Server::start().await;
    subscribe();
    let client = Client::new(config(server.endpoint(), &Rehearsal::default())).unwrap();
    server.next(Answer::Reset);
    let outcome = client.call("OpenPhysicalConnectionService", [("RegionId", "cn-beijing")]).await;
    assert!(outcome.is_err());

    let lines = printed();
    let [failed, closed] = &lines[..] else { panic!("{lines:#?}") };
    assert!(
        holds(
            failed,
            &[
                "region=\"cn-beijing\"",
                "attempt=1",
                "error=no answer from 127.0.0.1",
                "the connection broke off"
            ]
        ),
        "{failed}"
    );
    assert!(!failed.contains("wait_ms"), "{failed}");
    let end = ["attempts=1", "latency_ms=", "error=", "; not repeated, since"];
    assert!(holds(closed, &end) && !closed.contains("status="), "{closed}");
}

#[tokio::test]
async fn violations_are_events_inside_the_span() {
    let server = Server::start().await;
    subscribe();
    let client = Client::new(config(server.endpoint(), &Rehearsal::default())).unwrap();
    DescribePhysicalConnections::new().page_size(51).send(&client).await.unwrap();
    let lines = printed();
    let reported = ["WARN", "call{action=\"DescribePhysicalConnections\"", "PageSize: \"51\" is not"];
    assert!(holds(&lines[0], &reported), "{lines:#?}");
}

#[tokio::test]
async fn no_trace_tells_a_secret() {
    let server = Server::start().await;
    subscribe();
    let engineer = ProjectManager::new().pm_certificate_no("CanaryCertificate").pm_name("CanaryName");
    let request = ApplyPhysicalConnectionLoa::new(ApplyPhysicalConnectionLoaRequired {
        instance_id: "pc-1".into(),
        company_name: "company".into(),
        line_type: LoaLineType::Fibre,
        si: "si".into(),
        construction_time: "2022-02-28T16:00:00Z".into(),
    })
    .pm_info([engineer]);
    let quote = r#"{"Code": "InternalError", "Message": "PMName=CanaryName, [CanaryCertificate]"}"#;
    // The second repeats everything that it was sent.
    let keys = [credentials(), Credentials::new(ACCESS_KEY_ID, "CanaryKey")];
    for key in keys {
        let config = config(server.endpoint(), &Rehearsal::default());
        let config = config.credentials(key.with_security_token(SECURITY_TOKEN));
        for answer in [Answer::Reset, Answer::Raw(500, quote.into()), Answer::Raw(200, quote.into())] {
            server.next(answer);
        }
        // A number of elements that is out of range is reported.
        let crowd = request.clone().pm_info(vec![ProjectManager::new().pm_name("CanaryName"); 17]);
        for request in [request.clone(), crowd] {
            let _ = request.send(&Client::new(config.clone()).unwrap()).await;
        }
        let key_quote = r#"{"Code": "InvalidParameter", "Message": "AuthKey=CanaryName, [CanaryName]"}"#;
        server.next(Answer::Raw(400, key_quote.into()));
        let key =
            [("RegionId", "cn-hangzhou"), ("RouterId", "vbr-1"), ("PeerAsn", "0"), ("AuthKey", "CanaryName")];
        let _ = Client::new(config.clone()).unwrap().call("CreateBgpGroup", key).await;
        server.forget();
    }
    let text = printed().join("\n");
    assert!(text.contains("ApplyPhysicalConnectionLOA") && text.contains("***"), "{text}");
    for secret in ["Canary", SECRET, SECURITY_TOKEN] {
        assert!(!text.contains(secret), "{secret} is in: {text}");
    }
    for call in server.received() {
        assert!(!text.contains(&call.parameters["Signature"]), "{text}");
    }
}
