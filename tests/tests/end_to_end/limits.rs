//! Time limits, and hosts that cannot or must not be reached.

use crate::support::{client, config};
use express_connect::physical_connection::*;
use express_connect::transport::{Phase, TransportError, TransportErrorKind};
use express_connect::{Client, Config, Error, ErrorKind, Timeouts, Validation};
use express_connect_tests::{Answer, Server};
use std::net::TcpListener;
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(20);
const LONG: Duration = Duration::from_secs(60);

fn failure(error: &Error) -> &TransportError {
    let ErrorKind::Transport(failure) = error.kind() else { panic!("{error}") };
    failure
}

async fn enable(config: Config) -> Error {
    let client = Client::new(config).unwrap();
    let outcome = tokio::time::timeout(LONG / 2, EnablePhysicalConnection::new("pc-1").send(&client)).await;
    outcome.expect("the call ends in time").unwrap_err()
}

#[tokio::test]
async fn a_silent_service_is_given_up() {
    let server = Server::start().await;
    let cases = [
        (Timeouts::default().read(SHORT).total(LONG), Phase::Read),
        (Timeouts::default().read(LONG).total(SHORT), Phase::Total),
    ];
    for (timeouts, phase) in cases {
        server.next(Answer::Stall);
        let error = enable(config(&server).timeouts(timeouts)).await;
        assert_eq!(failure(&error).kind(), TransportErrorKind::Timeout(phase));
        assert!(failure(&error).may_have_been_sent());
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_silent_host_is_given_up() {
    // It is connected to, but nobody is there to speak TLS.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::start().await;
    let config = config(&server)
        .endpoint(format!("https://{}", listener.local_addr().unwrap()))
        .timeouts(Timeouts::default().connect(SHORT));
    let error = enable(config).await;
    assert_eq!(failure(&error).kind(), TransportErrorKind::Timeout(Phase::Connect));
    assert!(!failure(&error).may_have_been_sent());
}

#[tokio::test]
async fn a_closed_port_was_never_reached() {
    let server = Server::start().await;
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = enable(config(&server).endpoint(format!("http://{closed}"))).await;
    assert_eq!(failure(&error).kind(), TransportErrorKind::Connect);
    assert!(!failure(&error).may_have_been_sent());
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn http_is_for_this_machine_alone() {
    let server = Server::start().await;
    for host in ["vpc.aliyuncs.com", "10.0.0.1", "localhost.example.com"] {
        let error = Client::new(config(&server).endpoint(format!("http://{host}"))).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Configuration(_)), "{error}");
        assert!(error.to_string().contains("allow_http(true)"), "{error}");
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_not_sent() {
    let server = Server::start().await;
    let client = client(&server);
    let request =
        DescribePhysicalConnections::new().parameter("PageSize", "ten").parameter("Filter.x.Key", "Name");
    let error = request.send(&client).await.unwrap_err();
    let ErrorKind::Invalid(violations) = error.kind() else { panic!("{error}") };
    assert_eq!(violations.len(), 2, "{error}");
    assert!(server.received().is_empty());

    // What the provider may have widened is sent, unless strictness is asked for.
    let request = DescribePhysicalConnections::new().page_size(51);
    assert_eq!(request.validate().len(), 1);
    assert!(request.send(&client).await.is_ok());
    let strict = Client::new(config(&server).validation(Validation::Strict)).unwrap();
    let error = request.send(&strict).await.unwrap_err();
    assert!(error.to_string().contains("PageSize: \"51\" is not a number from 1 to 50"), "{error}");
    assert_eq!(server.received().len(), 1);
}
