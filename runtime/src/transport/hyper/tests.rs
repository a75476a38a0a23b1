use super::*;
use crate::transport::tests::{PATIENT, Server, Then, within_runtime};
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

#[test]
fn outside_of_a_runtime_there_is_an_error() {
    let limits = Limits::new(Duration::from_secs(30), Duration::from_secs(60), 1000);
    let transport = HyperTransport::without_tls(Duration::from_secs(30), &Proxy::None).unwrap();
    let request = http::Request::get("http://127.0.0.1:1/").body(Vec::new()).unwrap();
    let mut sending = transport.send(request, limits);
    let Poll::Ready(outcome) = sending.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop()))
    else {
        panic!("waits without a runtime");
    };
    let error = outcome.unwrap_err();
    assert!(error.to_string().contains("no Tokio runtime"), "{error}");
    assert!(!error.may_have_been_sent());
}

/// As `client::tests::a_call_fits_into_memory_at_hand`.
#[test]
fn a_request_on_its_way_fits_into_memory_at_hand() {
    let transport = HyperTransport::without_tls(PATIENT.read, &Proxy::None).unwrap();
    let sending = transport.send(http::Request::default(), PATIENT);
    let size = size_of_val(sending.as_ref().get_ref());
    assert!(size <= 1032, "{size} bytes");
}

/// A connection lives in the runtime in which it was made; another runtime makes one of its own.
#[test]
fn calls_of_one_runtime_share_connections() {
    let server = Server::start(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", Then::Serve);
    let transport = HyperTransport::without_tls(PATIENT.read, &Proxy::None).unwrap();
    let call = async || {
        let request = http::Request::get(server.url()).body(Vec::new()).unwrap();
        assert_eq!(transport.send(request, PATIENT).await.unwrap().body(), b"hi");
    };
    for connections in [1, 2] {
        within_runtime(async {
            for _ in 0..10 {
                call().await;
            }
        });
        assert_eq!(server.connections.load(Ordering::SeqCst), connections);
    }
    within_runtime(futures_util::future::join_all((0..8).map(|_| call())));
    let connections = server.connections.load(Ordering::SeqCst);
    assert!((3..=10).contains(&connections), "{connections}");
}

/// The other end may close a connection while it is idle.
#[test]
fn a_connection_that_has_ended_is_not_used_again() {
    let server =
        Server::start(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi", Then::Close);
    let transport = HyperTransport::without_tls(PATIENT.read, &Proxy::None).unwrap();
    within_runtime(async {
        for _ in 0..10 {
            let request = http::Request::get(server.url()).body(Vec::new()).unwrap();
            assert_eq!(transport.send(request, PATIENT).await.unwrap().body(), b"hi");
        }
    });
    assert_eq!(server.connections.load(Ordering::SeqCst), 10);
}

/// A user may set any limit.
#[test]
fn a_limit_may_be_endless() {
    let server = Server::start(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", Then::Serve);
    let transport = HyperTransport::without_tls(Duration::MAX, &Proxy::None).unwrap();
    let endless = Limits::new(Duration::MAX, Duration::MAX, usize::MAX);
    for _ in 0..2 {
        let request = http::Request::get(server.url()).body(Vec::new()).unwrap();
        assert_eq!(within_runtime(transport.send(request, endless)).unwrap().body(), b"hi");
    }
}
