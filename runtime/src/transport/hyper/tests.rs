use super::*;
use std::net::SocketAddr;
use std::task::Context;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const PATIENT: Limits = Limits::new(Duration::from_secs(30), Duration::from_secs(60), 1000);

fn within_runtime<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
}

/// A server that reads something of each request and answers with these bytes, then closes the connection, or else
/// stays silent on it.
async fn server(answer: &'static [u8], closes: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            let _ = connection.read(&mut [0; 4096]).await;
            connection.write_all(answer).await.unwrap();
            if !closes {
                open.push(connection);
            }
        }
    });
    address
}

async fn get(url: String, limits: Limits) -> Result<http::Response<Vec<u8>>, TransportError> {
    let transport = HyperTransport::without_tls(Duration::from_secs(30), &Proxy::None).unwrap();
    transport.send(http::Request::get(url).body(Vec::new()).unwrap(), limits).await
}

/// What kind of failure it is and whether the request may have been sent; its texts show nothing of the URL.
fn failure(answer: &'static [u8], closes: bool, limits: Limits) -> (Kind, bool) {
    let error = within_runtime(async {
        let address = server(answer, closes).await;
        get(format!("http://{address}/?Signature=HIDDEN"), limits).await.unwrap_err()
    });
    let text = format!("{error} {error:?}");
    assert!(!text.contains("Signature") && !text.contains("HIDDEN"), "{text}");
    (error.kind(), error.may_have_been_sent())
}

#[test]
fn an_answer_arrives_whole_and_a_redirect_is_not_followed() {
    within_runtime(async {
        let moved = server(
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 2\r\n\r\nhi",
            false,
        );
        let answer = get(format!("http://{}/", moved.await), PATIENT).await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.body().as_slice()), (302, &b"hi"[..]));
        let chunked = server(
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n",
            false,
        );
        let answer = get(format!("http://{}/", chunked.await), PATIENT).await.unwrap();
        assert_eq!(answer.body(), b"hi!");
    });
}

#[test]
fn an_answer_may_be_as_long_as_the_limit() {
    let limits = Limits { answer_bytes: 3, ..PATIENT };
    within_runtime(async {
        let address = server(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", false).await;
        assert_eq!(get(format!("http://{address}/"), limits).await.unwrap().body(), b"abc");
    });
    // The rest never comes: the declared length alone is enough.
    assert_eq!(
        failure(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n", false, limits),
        (Kind::TooLarge, true)
    );
    let chunks = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n";
    assert_eq!(failure(chunks, false, limits), (Kind::TooLarge, true));
}

#[test]
fn a_broken_off_answer_is_an_error() {
    assert_eq!(failure(b"", true, PATIENT), (Kind::Interrupted, true));
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab";
    assert_eq!(failure(half, true, PATIENT), (Kind::Interrupted, true));
    assert_eq!(failure(b"no HTTP at all\r\n\r\n", true, PATIENT), (Kind::Other, true));
}

#[test]
fn silence_ends_after_the_read_timeout_and_all_ends_after_the_total_one() {
    let brief = Duration::from_millis(50);
    let read = Limits { read: brief, ..PATIENT };
    assert_eq!(failure(b"", false, read), (Kind::Timeout(Phase::Read), true));
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab";
    assert_eq!(failure(half, false, read), (Kind::Timeout(Phase::Read), true));
    let total = Limits { total: 4 * brief, ..PATIENT };
    assert_eq!(failure(half, false, total), (Kind::Timeout(Phase::Total), true));
}

#[test]
fn without_a_connection_nothing_was_sent() {
    within_runtime(async {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let error = get(format!("http://{closed}/"), PATIENT).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Connect, false));

        let plain = server(b"this is no TLS\r\n\r\n", true).await;
        let error = get(format!("https://{plain}/"), PATIENT).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Tls, false), "{error}");
    });
}

/// What a server of TLS 1.1 answers to a greeting: its version, random bytes, no session, a cipher that was offered,
/// no compression.
const OLD_GREETING: &[u8] =
    b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\x00\xc0\x2f\x00";

#[test]
fn tls_is_of_version_1_2_at_least() {
    within_runtime(async {
        let old = server(OLD_GREETING, false).await;
        let error = get(format!("https://{old}/"), PATIENT).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Tls, false), "{error}");
        assert!(error.to_string().contains("ServerDoesNotSupportTls12Or13"), "{error}");
    });
}

#[test]
fn a_handshake_that_does_not_end_is_a_connect_timeout() {
    within_runtime(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let transport = HyperTransport::without_tls(Duration::from_millis(50), &Proxy::None).unwrap();
        let request = http::Request::get(format!("https://{address}/")).body(Vec::new()).unwrap();
        let error = transport.send(request, PATIENT).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Timeout(Phase::Connect), false));
        let request = http::Request::get(format!("https://{address}/")).body(Vec::new()).unwrap();
        let transport = HyperTransport::without_tls(Duration::from_secs(30), &Proxy::None).unwrap();
        let limits = Limits { total: Duration::from_millis(50), ..PATIENT };
        let error = transport.send(request, limits).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_sent()), (Kind::Timeout(Phase::Total), false));
    });
}

#[test]
fn outside_of_a_runtime_there_is_an_error() {
    let mut sending = std::pin::pin!(get("http://127.0.0.1:1/".to_owned(), PATIENT));
    let Poll::Ready(outcome) = sending.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop()))
    else {
        panic!("waits without a runtime");
    };
    let error = outcome.unwrap_err();
    assert!(error.to_string().contains("no Tokio runtime"), "{error}");
    assert!(!error.may_have_been_sent());
}
