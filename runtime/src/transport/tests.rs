//! What every transport of this crate does alike, over real sockets.

use super::*;
use crate::config::Proxy;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
#[cfg(feature = "blocking")]
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use TransportErrorKind as Kind;

pub(super) const PATIENT: Limits = Limits::new(Duration::from_secs(30), Duration::from_secs(60), 1000);
const BRIEF: Duration = Duration::from_millis(50);

type Make = fn(Duration) -> Arc<dyn Transport>;

/// How each transport is made, and what it is called.
const TRANSPORTS: &[(&str, Make)] = &[
    #[cfg(feature = "hyper")]
    ("hyper", |connect| Arc::new(HyperTransport::without_tls(connect, &Proxy::None).unwrap())),
    #[cfg(feature = "blocking")]
    ("ureq", |connect| Arc::new(UreqTransport::without_tls(connect, &Proxy::None).unwrap())),
];

fn each(test: impl Fn(&str, Make)) {
    for (name, make) in TRANSPORTS {
        test(name, *make);
    }
}

/// Runs a future within a Tokio runtime, which one transport needs and the other must not mind.
pub(super) fn within_runtime<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// What a server does once it has answered.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Then {
    Close,
    Reset,
    StaySilent,
    /// Answers the next request on the same connection.
    Serve,
}

/// A server that reads each request and answers with these bytes. It counts its connections.
pub(super) struct Server {
    address: SocketAddr,
    pub(super) connections: Arc<AtomicUsize>,
}

impl Server {
    pub(super) fn start(answer: &'static [u8], then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        thread::spawn(move || {
            for connection in listener.incoming() {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut connection = connection.unwrap();
                thread::spawn(move || {
                    // To close a socket with unread bytes resets the connection.
                    let length = if then == Then::Reset { 1 } else { 4096 };
                    while connection.read(&mut vec![0; length]).is_ok_and(|read| read > 0) {
                        connection.write_all(answer).unwrap();
                        match then {
                            Then::Serve => {}
                            Then::Close | Then::Reset => return,
                            Then::StaySilent => loop {
                                thread::park();
                            },
                        }
                    }
                });
            }
        });
        Self { address, connections }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/?Signature=HIDDEN", self.address)
    }
}

fn get(
    transport: &dyn Transport,
    url: &str,
    limits: Limits,
) -> Result<http::Response<Vec<u8>>, TransportError> {
    let request = http::Request::get(url).body(Vec::new()).unwrap();
    within_runtime(transport.send(request, limits))
}

/// What kind of failure it is and whether the request may have been sent; its texts show nothing of the URL.
fn failure(outcome: Result<http::Response<Vec<u8>>, TransportError>) -> (Kind, bool) {
    let error = outcome.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(!text.contains("Signature") && !text.contains("HIDDEN"), "{text}");
    (error.kind(), error.may_have_been_sent())
}

#[test]
fn an_answer_arrives_whole_and_a_redirect_is_not_followed() {
    let moved =
        b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 2\r\n\r\nhi" as &[u8];
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n";
    let refused = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\nno";
    let continued = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1";
    let cases = [(moved, 302, "hi"), (chunked, 200, "hi!"), (refused, 400, "no"), (continued, 200, "1")];
    for (answer, status, body) in cases {
        let server = Server::start(answer, Then::StaySilent);
        each(|name, make| {
            let answer = get(&*make(PATIENT.read), &server.url(), PATIENT).unwrap();
            assert_eq!(
                (answer.status().as_u16(), answer.body().as_slice()),
                (status, body.as_bytes()),
                "{name}"
            );
        });
    }
}

#[test]
fn an_answer_may_be_as_long_as_the_limit() {
    let limits = Limits { answer_bytes: 3, ..PATIENT };
    let fits = Server::start(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", Then::StaySilent);
    // The rest never comes: the declared length alone is enough.
    let declared = Server::start(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n", Then::StaySilent);
    let chunks = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n";
    let chunks = Server::start(chunks, Then::StaySilent);
    each(|name, make| {
        let transport = make(PATIENT.read);
        assert_eq!(get(&*transport, &fits.url(), limits).unwrap().body(), b"abc", "{name}");
        for server in [&declared, &chunks] {
            let found = failure(get(&*transport, &server.url(), limits));
            assert_eq!(found, (Kind::TooLarge, true), "{name}");
        }
    });
}

#[test]
fn a_broken_off_answer_is_an_error() {
    let cases: [(&[u8], Then, Kind); 6] = [
        (b"", Then::Close, Kind::Interrupted),
        (b"", Then::Reset, Kind::Interrupted),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab", Then::Close, Kind::Interrupted),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n", Then::Close, Kind::Interrupted),
        // Only a close in good order ends an answer of unknown length.
        (b"HTTP/1.1 200 OK\r\n\r\nab", Then::Reset, Kind::Interrupted),
        (b"no HTTP at all\r\n\r\n", Then::Close, Kind::Other),
    ];
    for (answer, then, kind) in cases {
        let server = Server::start(answer, then);
        each(|name, make| {
            let found = failure(get(&*make(PATIENT.read), &server.url(), PATIENT));
            assert_eq!(found, (kind, true), "{name}: {:?}", String::from_utf8_lossy(answer));
        });
    }
}

#[test]
fn silence_ends_after_the_read_timeout_and_all_ends_after_the_total_one() {
    let read = Limits { read: BRIEF, ..PATIENT };
    let total = Limits { total: 4 * BRIEF, ..PATIENT };
    let mute = Server::start(b"", Then::StaySilent);
    let half = Server::start(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab", Then::StaySilent);
    each(|name, make| {
        let transport = make(PATIENT.read);
        for server in [&mute, &half] {
            let found = failure(get(&*transport, &server.url(), read));
            assert_eq!(found, (Kind::Timeout(Phase::Read), true), "{name}");
            let found = failure(get(&*transport, &server.url(), total));
            assert_eq!(found, (Kind::Timeout(Phase::Total), true), "{name}");
        }
    });
}

#[test]
fn without_a_connection_nothing_was_sent() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let plain = Server::start(b"this is no TLS\r\n\r\n", Then::Close).address;
    let ended = Server::start(b"", Then::Close).address;
    let cases = [
        (format!("http://{closed}/?Signature=HIDDEN"), Kind::Connect),
        (format!("https://{ended}/?Signature=HIDDEN"), Kind::Connect),
        (format!("https://{plain}/?Signature=HIDDEN"), Kind::Tls),
        ("http://no-such-host.invalid/?Signature=HIDDEN".to_owned(), Kind::Connect),
    ];
    each(|name, make| {
        for (url, kind) in &cases {
            let found = failure(get(&*make(PATIENT.read), url, PATIENT));
            assert_eq!(found, (*kind, false), "{name}: {url}");
        }
    });
}

/// What a server of TLS 1.1 answers to a greeting: its version, random bytes, no session, a cipher that was offered,
/// no compression.
const OLD_GREETING: &[u8] =
    b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\x00\xc0\x2f\x00";

#[test]
fn tls_is_of_version_1_2_at_least() {
    let old = Server::start(OLD_GREETING, Then::StaySilent);
    let url = old.url().replace("http://", "https://");
    each(|name, make| {
        let error = get(&*make(PATIENT.read), &url, PATIENT).unwrap_err();
        assert!(error.to_string().contains("ServerDoesNotSupportTls12Or13"), "{name}: {error}");
        assert_eq!(failure(Err(error)), (Kind::Tls, false), "{name}");
    });
}

#[test]
fn a_handshake_that_does_not_end_is_a_connect_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    each(|name, make| {
        let found = failure(get(&*make(BRIEF), &url, PATIENT));
        assert_eq!(found, (Kind::Timeout(Phase::Connect), false), "{name}");
        let limits = Limits { total: BRIEF, ..PATIENT };
        let found = failure(get(&*make(PATIENT.read), &url, limits));
        assert_eq!(found, (Kind::Timeout(Phase::Total), false), "{name}");
    });
}

#[test]
fn a_form_is_sent_as_the_body() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    each(|name, make| {
        let received = thread::scope(|scope| {
            let server = scope.spawn(|| {
                let (mut connection, _) = listener.accept().unwrap();
                let mut text = String::new();
                while !text.ends_with("A=1&B=2") {
                    let mut bytes = [0; 1024];
                    let read = connection.read(&mut bytes).unwrap();
                    text.push_str(str::from_utf8(&bytes[..read]).unwrap());
                }
                connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
                text
            });
            let request = http::Request::post(&url).header("x-test", "1").body(b"A=1&B=2".to_vec()).unwrap();
            let answer = within_runtime(make(PATIENT.read).send(request, PATIENT)).unwrap();
            assert_eq!((answer.status().as_u16(), answer.body().len()), (200, 0), "{name}");
            server.join().unwrap()
        });
        assert!(received.starts_with("POST / HTTP/1.1\r\n"), "{name}: {received}");
        let headers = received.to_ascii_lowercase();
        for header in ["content-length: 7\r\n", "x-test: 1\r\n"] {
            assert!(headers.contains(header), "{name}: {received}");
        }
        for header in ["accept-encoding:", "user-agent:", "transfer-encoding:", "expect:"] {
            assert!(!headers.contains(header), "{name}: {received}");
        }
    });
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_share_connections_and_run_at_once() {
    let server = Server::start(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", Then::Serve);
    let transport = UreqTransport::without_tls(PATIENT.read, &Proxy::None).unwrap();
    let call = || {
        let request = http::Request::get(server.url()).body(Vec::new()).unwrap();
        crate::blocking::block_on(transport.send(request, PATIENT)).unwrap()
    };
    for _ in 0..10 {
        assert_eq!(call().body(), b"hi");
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    let start = Barrier::new(8);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                start.wait();
                (0..10).for_each(|_| assert_eq!(call().body(), b"hi"));
            });
        }
    });
    assert!(server.connections.load(Ordering::SeqCst) <= 9);
}
