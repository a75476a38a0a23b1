//! The client that blocks its thread answers and fails as the other one does.

use crate::support::{CALLS, FORMATS, client_for, config, documented};
use crate::tls::Authority;
use express_connect::blocking::Client;
use express_connect::physical_connection::*;
use express_connect::transport::{Phase, TransportErrorKind};
use express_connect::{Error, ErrorKind, Timeouts};
use express_connect_tests::{Answer, Server};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

fn client(server: &Server) -> Client {
    Client::new(config(server)).unwrap()
}

/// Runs a test on a thread that belongs to no runtime.
pub(crate) async fn outside<T: Send + 'static>(test: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    thread::spawn(move || {
        assert!(tokio::runtime::Handle::try_current().is_err());
        drop(sender.send(test()));
    });
    receiver.await.expect("the test ended well")
}

fn transport_error(error: &Error) -> (TransportErrorKind, bool) {
    let ErrorKind::Transport(error) = error.kind() else { panic!("{error}") };
    (error.kind(), error.may_have_been_sent())
}

#[tokio::test]
async fn every_action_answers_as_with_the_other_client() {
    let server = Server::start().await;
    for format in FORMATS {
        let client = Client::new(config(&server).answer_format(format)).unwrap();
        for call in CALLS {
            let expected = (call.send)(client_for(&server, format), call.example()).await.unwrap();
            let (sent, client) = (server.last(), client.clone());
            let found = outside(move || (call.send_blocking)(&client, call.example()).unwrap()).await;
            assert_eq!(found, expected, "{}", call.action.name);
            let again = server.last();
            assert_eq!((again.refused, again.method), (None, sent.method), "{}", call.action.name);
            // Nonce, time and signature differ, and with them the idempotency token of an example without one.
            let names = |parameters: &express_connect_tests::Form| -> Vec<String> {
                parameters.keys().cloned().collect()
            };
            assert_eq!(names(&again.parameters), names(&sent.parameters), "{}", call.action.name);
        }
    }
}

#[tokio::test]
async fn a_request_goes_to_either_client_and_to_a_pointer_to_one() {
    let server = Server::start().await;
    let request = OpenPhysicalConnectionService::new();
    let from_async = request.send(&client_for(&server, FORMATS[0])).await.unwrap();
    let shared = Arc::new(client_for(&server, FORMATS[0]));
    assert_eq!(request.send(&shared).await.unwrap(), from_async);
    let client = Arc::new(client(&server));
    let from_blocking = outside(move || {
        [request.send(&*client).unwrap(), request.send(&client).unwrap(), request.send(&&*client).unwrap()]
    })
    .await;
    assert!(from_blocking.iter().all(|answer| *answer == from_async));
}

#[tokio::test]
async fn the_raw_answer_and_any_action_are_there_too() {
    let server = Server::start().await;
    let client = client(&server);
    let example = &express_connect_tests::action("DescribePhysicalConnections").examples[0];
    let (typed, untyped) = outside(move || {
        let typed = client.send_for_reply(&DescribePhysicalConnections::new()).unwrap();
        (typed, client.call("DescribePhysicalConnections", documented(example)).unwrap())
    })
    .await;
    assert_eq!((typed.status, Some(&typed.body)), (200, example.json.as_ref()));
    assert_eq!((typed.body, typed.request_id), (untyped.body, untyped.request_id));
}

#[tokio::test]
async fn refusals_and_broken_answers_are_the_same_errors() {
    let server = Server::start().await;
    let spec = express_connect_tests::action("DescribePhysicalConnections");
    let row = spec.errors.first().expect("the action documents errors");
    let answers = [
        Answer::Error(row.clone()),
        Answer::CutOff(400, b"{".to_vec()),
        Answer::Raw(200, b"<html>".to_vec()),
        Answer::Redirect("/other".to_owned()),
    ];
    for answer in answers {
        server.next(answer.clone());
        let request = CreatePhysicalConnection::new("ap-cn-beijing-ft-A", LineOperator::ChinaTelecom);
        let expected = request.send(&client_for(&server, FORMATS[0])).await.unwrap_err();
        let client = client(&server);
        server.next(answer.clone());
        let found = outside(move || request.send(&client).unwrap_err()).await;
        assert_eq!(std::mem::discriminant(found.kind()), std::mem::discriminant(expected.kind()));
        assert_eq!((found.status(), found.code()), (expected.status(), expected.code()), "{answer:?}");
        if let ErrorKind::Transport(_) = found.kind() {
            assert_eq!(transport_error(&found), transport_error(&expected), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn silence_and_nobody_there_end_in_time() {
    let server = Server::start().await;
    let brief = Timeouts::default().read(Duration::from_millis(50));
    let silent = Client::new(config(&server).timeouts(brief)).unwrap();
    let nobody = Client::new(config(&server).endpoint("http://127.0.0.1:1")).unwrap();
    server.next(Answer::Stall);
    outside(move || {
        let request = DeletePhysicalConnection::new("pc-1");
        let error = request.send(&silent).unwrap_err();
        assert_eq!(transport_error(&error), (TransportErrorKind::Timeout(Phase::Read), true));
        let error = request.send(&nobody).unwrap_err();
        assert_eq!(transport_error(&error), (TransportErrorKind::Connect, false));
    })
    .await;
}

#[tokio::test]
async fn an_own_authority_can_be_trusted_and_a_stranger_is_not() {
    let authority = Authority::new("ours");
    let server = Server::start_tls(authority.server("localhost")).await;
    let trusting = Client::new(config(&server).ca_certificates(authority.certificate.pem())).unwrap();
    let other = Authority::new("another").certificate.pem();
    let wary = Client::new(config(&server).ca_certificates(other)).unwrap();
    outside(move || {
        let request = OpenPhysicalConnectionService::new();
        for _ in 0..2 {
            let answer = request.send(&trusting).unwrap();
            assert_eq!(answer.request_id, "54B48E3D-DF70-471B-AA93-08E683A1B45");
        }
        let error = request.send(&wary).unwrap_err();
        assert_eq!(transport_error(&error), (TransportErrorKind::Tls, false));
        assert!(error.to_string().contains("UnknownIssuer"), "{error}");
    })
    .await;
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn threads_share_a_client() {
    let server = Server::start().await;
    let client = client(&server);
    outside(move || {
        thread::scope(|scope| {
            for page in 1..=8 {
                let client = &client;
                scope.spawn(move || {
                    for size in 1..=10 {
                        let request = DescribePhysicalConnections::new().page_number(page).page_size(size);
                        request.send(client).unwrap();
                    }
                });
            }
        });
    })
    .await;
    let mut calls: Vec<(String, String)> = server
        .received()
        .into_iter()
        .map(|call| (call.parameters["PageNumber"].clone(), call.parameters["PageSize"].clone()))
        .collect();
    calls.sort();
    calls.dedup();
    assert_eq!(calls.len(), 80);
}

/// It blocks a worker of the runtime meanwhile, but works.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn within_a_runtime_it_works_all_the_same() {
    let server = Server::start().await;
    let client = client(&server);
    OpenPhysicalConnectionService::new().send(&client).unwrap();
    tokio::task::spawn_blocking(move || OpenPhysicalConnectionService::new().send(&client).unwrap())
        .await
        .unwrap();
    assert_eq!(server.received().len(), 2);
}
