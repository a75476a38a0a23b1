//! Answers that are none: each becomes an error, none a panic, and the client goes on working.

use crate::support::{CALLS, FORMATS, client, client_for, config};
use express_connect::physical_connection::*;
use express_connect::transport::TransportErrorKind;
use express_connect::{Client, Error, ErrorKind, Unreadable};
use express_connect_tests::{Answer, Server};

fn unreadable(error: &Error) -> &Unreadable {
    let ErrorKind::Unreadable(unreadable) = error.kind() else { panic!("{error}") };
    unreadable
}

fn transport_kind(error: &Error) -> TransportErrorKind {
    let ErrorKind::Transport(failure) = error.kind() else { panic!("{error}") };
    assert!(failure.may_have_been_sent());
    failure.kind()
}

/// Bodies that no action answers with.
pub(crate) fn broken() -> Vec<Vec<u8>> {
    let texts = [
        "",
        " \r\n",
        "null",
        "[1, 2]",
        "\"RequestId\"",
        "{",
        "{\"RequestId\"",
        "{\"RequestId\": \"R-1\"} {}",
        "{\"RequestId\": [\"R-1\"]}",
        "{\"RequestId\": {\"Id\": \"R-1\"}}",
        "{\"RequestId\": 1e999}",
        "{\"RequestId\": \"\\ud800\"}",
        "<",
        "<DescribeResponse>",
        "<DescribeResponse></OtherResponse>",
        "<DescribeResponse><RequestId>R-1</RequestId>",
        "<DescribeResponse><RequestId>&unknown;</RequestId></DescribeResponse>",
        "<html><body><h1>502 Bad Gateway</h1></body></html>",
        "<!DOCTYPE html>\n<HTML><body>It works!</body></HTML>",
        "It works!",
    ];
    let mut bodies: Vec<Vec<u8>> = texts.map(|text| text.as_bytes().to_vec()).into();
    bodies.push(b"\xff\xfe{\0}\0".to_vec());
    bodies.push(b"{\"RequestId\": \"\xe4\xb8\"}".to_vec());
    bodies.push("[".repeat(100_000).into_bytes());
    bodies.push("{\"Any\":".repeat(100_000).into_bytes());
    bodies.push("<a>".repeat(100_000).into_bytes());
    bodies
}

#[tokio::test]
async fn no_broken_answer_is_taken_for_one() {
    let server = Server::start().await;
    for format in FORMATS {
        let client = client_for(&server, format);
        for body in broken() {
            let text = String::from_utf8_lossy(&body).into_owned();
            server.next(Answer::Raw(200, body.clone()));
            let error = DescribePhysicalConnections::new().send(&client).await.unwrap_err();
            let answer = unreadable(&error);
            assert_eq!((answer.status, answer.body.as_str()), (200, text.as_str()));
            assert!(!answer.may_have_changed_something());

            server.next(Answer::Raw(200, body.clone()));
            let error = EnablePhysicalConnection::new("pc-1").send(&client).await.unwrap_err();
            assert!(unreadable(&error).may_have_changed_something());
            assert!(error.to_string().contains("look before repeating it"), "{error}");

            server.next(Answer::Raw(502, body));
            let error = EnablePhysicalConnection::new("pc-1").send(&client).await.unwrap_err();
            assert_eq!((error.status(), error.code()), (Some(502), None));
            assert!(!unreadable(&error).may_have_changed_something());
        }
        assert!(EnablePhysicalConnection::new("pc-1").send(&client).await.is_ok());
    }
}

#[tokio::test]
async fn every_truncated_example_is_an_error() {
    let server = Server::start().await;
    for format in FORMATS {
        let client = client_for(&server, format);
        for call in CALLS {
            let whole = client.call(call.action.name, call.example()).await.unwrap().body;
            let whole = whole.trim_end().as_bytes();
            for length in [1, whole.len() / 4, whole.len() / 2, whole.len() * 3 / 4, whole.len() - 1] {
                server.next(Answer::Raw(200, whole[..length].to_vec()));
                let error = (call.send)(client.clone(), call.example()).await.unwrap_err();
                unreadable(&error);
            }
        }
    }
}

#[tokio::test]
async fn values_of_the_wrong_kind_are_named() {
    let server = Server::start().await;
    let client = client(&server);
    let cases = [
        (r#"{"PageNumber": "one"}"#, "PageNumber: expected a whole number"),
        (r#"{"PageNumber": 9223372036854775808}"#, "PageNumber: expected a whole number"),
        (r#"{"PageNumber": 1.5}"#, "PageNumber: expected a whole number"),
        (
            r#"{"PhysicalConnectionSet": 5}"#,
            "PhysicalConnectionSet[0]: expected an object, found a whole number",
        ),
        (r#"{"PhysicalConnectionSet": [{}, 5]}"#, "PhysicalConnectionSet[1]: expected an object"),
        (r#"{"PhysicalConnectionSet": {"Strange": [{}]}}"#, "PhysicalConnectionSet: expected a list inside"),
        (
            r#"{"PhysicalConnectionSet": [{"Bandwidth": "fast"}]}"#,
            "PhysicalConnectionSet[0].Bandwidth: expected a whole number",
        ),
        ("<R><PageNumber>one</PageNumber></R>", "PageNumber: expected a whole number"),
        (
            "<R><PhysicalConnectionSet><Bandwidth>fast</Bandwidth></PhysicalConnectionSet></R>",
            "PhysicalConnectionSet[0].Bandwidth: expected a whole number",
        ),
    ];
    for (body, expected) in cases {
        server.next(Answer::Raw(200, body.into()));
        let error = DescribePhysicalConnections::new().send(&client).await.unwrap_err();
        assert!(unreadable(&error).reason.starts_with(expected), "{body}: {error}");
    }
}

#[tokio::test]
async fn an_unreadable_success_of_a_write_keeps_id_and_text() {
    let server = Server::start().await;
    let cases = [
        r#"{"RequestId": "8A6A5EC5", "PhysicalConnectionId": {"Id": "pc-1"}}"#,
        r#"{"RequestId": "8A6A5EC5", "PhysicalConnec"#,
        "<CreatePhysicalConnectionResponse><RequestId>8A6A5EC5</RequestId><PhysicalConnectionId>pc-",
    ];
    for body in cases {
        server.next(Answer::Raw(200, body.into()));
        let request = CreatePhysicalConnection::new("ap-1", LineOperator::ChinaTelecom);
        let error = request.send(&client(&server)).await.unwrap_err();
        let answer = unreadable(&error);
        assert_eq!((answer.request_id.as_deref(), answer.body.as_str()), (Some("8A6A5EC5"), body));
        assert_eq!((error.status(), error.request_id()), (Some(200), Some("8A6A5EC5")));
        assert!(answer.may_have_changed_something());
    }
}

#[tokio::test]
async fn what_is_missing_or_unknown_costs_no_answer() {
    let server = Server::start().await;
    for body in [r#"{"New": [{"A": null}]}"#, "<R><New><A/></New></R>", "{}", "<R/>"] {
        server.next(Answer::Raw(200, body.into()));
        let answer = DescribePhysicalConnections::new().send(&client(&server)).await.unwrap();
        assert_eq!(answer, DescribePhysicalConnectionsResponse::default());
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let server = Server::start().await;
    let elsewhere = Server::start().await;
    for answer in [Answer::Redirect(format!("{}/", elsewhere.endpoint())), Answer::Redirect("/other".into())]
    {
        server.next(answer);
        let error = EnablePhysicalConnection::new("pc-1").send(&client(&server)).await.unwrap_err();
        assert_eq!(error.status(), Some(302));
        unreadable(&error);
    }
    assert_eq!((server.received().len(), elsewhere.received().len()), (2, 0));
}

#[tokio::test]
async fn an_answer_has_a_limit() {
    let server = Server::start().await;
    let client = Client::new(config(&server).answer_limit(1000)).unwrap();
    let padded = |length| format!("{:length$}", r#"{"RequestId": "R-1"}"#).into_bytes();
    for large in [Answer::Raw(200, padded(1001)), Answer::WithoutLength(200, padded(1001))] {
        server.next(large);
        let error = EnablePhysicalConnection::new("pc-1").send(&client).await.unwrap_err();
        assert_eq!(transport_kind(&error), TransportErrorKind::TooLarge);
    }
    for small in [Answer::Raw(200, padded(1000)), Answer::WithoutLength(200, padded(1000))] {
        server.next(small);
        assert_eq!(EnablePhysicalConnection::new("pc-1").send(&client).await.unwrap().request_id, "R-1");
    }
}

#[tokio::test]
async fn a_large_answer_arrives_whole() {
    let server = Server::start().await;
    let line = r#"{"PhysicalConnectionId": "pc-1", "Name": "线路"}"#;
    let body = format!(r#"{{"PhysicalConnectionSet": [{}]}}"#, vec![line; 20_000].join(","));
    server.next(Answer::WithoutLength(200, body.into()));
    let answer = DescribePhysicalConnections::new().send(&client(&server)).await.unwrap();
    assert_eq!(answer.physical_connection_set.len(), 20_000);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_none() {
    let server = Server::start().await;
    let client = client(&server);
    for body in [&b"{\"RequestId\": \"R-1\"}"[..], b""] {
        server.next(Answer::CutOff(200, body.to_vec()));
        let error = EnablePhysicalConnection::new("pc-1").send(&client).await.unwrap_err();
        assert_eq!(transport_kind(&error), TransportErrorKind::Interrupted);
        assert!(EnablePhysicalConnection::new("pc-1").send(&client).await.is_ok());
    }
}
