//! A whole call over loopback (build, validate, sign, send, decode) beside bare hyper plus serde_json into derived
//! structs on the same bytes: one connection each, to the same server, in turns. `cargo bench --bench call`.
//!
//! The floor does what cannot be left out: it sends a request of the same size, whose text was made before, over a
//! connection that it holds itself, without a pool, a signature, a timeout or a check, and reads the answer.
//!
//! Each call begins at rest, a while after the one before. Back to back, whoever sends sooner after the last answer
//! finds the server's thread still awake: the floor, which has nothing to make or to check before it sends, by tens of
//! microseconds, which are the machine's and not the client's.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Derived, median, page};
use express_connect::physical_connection::*;
use express_connect::{Client, Config, Credentials};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::hint::black_box;
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

const WARM_UP: usize = 500;
const CALLS: usize = 5_001;

/// By then every thread that has nothing to do is asleep.
const REST: Duration = Duration::from_micros(300);

fn main() {
    println!(
        "| runtime | answer | ours | bare hyper and serde_json | ratio | aim |\n|---|---|---|---|---|---|"
    );
    for (name, flavour, aims) in [
        ("many threads, Tokio's default", Builder::new_multi_thread as fn() -> Builder, ["1.10", "1.30"]),
        ("one thread", Builder::new_current_thread, ["", "1.30"]),
    ] {
        for (lines, aim) in [1, 50].into_iter().zip(aims) {
            let body = page(lines);
            let (ours, floor) = runtime(flavour).block_on(compare(lines, serve(&body)));
            let (bytes, ratio) = (body.len(), ours.as_secs_f64() / floor.as_secs_f64());
            println!(
                "| {name} | {lines} of 34 fields, {bytes} bytes | {ours:.1?} | {floor:.1?} | {ratio:.2} | {aim} |"
            );
        }
    }
}

fn runtime(flavour: fn() -> Builder) -> Runtime {
    flavour().enable_all().build().expect("a runtime")
}

/// A server that answers every request with the same bytes. One thread serves both sides, so that where the system
/// runs it concerns both alike.
fn serve(body: &str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("an address");
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    thread::spawn(move || {
        runtime(Builder::new_current_thread).block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(answer_all(connection, answer.clone()));
            }
        });
    });
    address
}

async fn answer_all(mut connection: TcpStream, answer: String) {
    connection.set_nodelay(true).expect("a socket");
    let (mut request, mut part) = (Vec::new(), [0; 8192]);
    while let Ok(length @ 1..) = connection.read(&mut part).await {
        request.extend_from_slice(&part[..length]);
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            connection.write_all(answer.as_bytes()).await.expect("the client reads");
        }
    }
}

/// Median times of one call of ours and of the floor.
async fn compare(lines: usize, server: SocketAddr) -> (Duration, Duration) {
    let client = client(server);
    let mut floor = connect(server).await;
    let uri = uri(server).await;
    let (mut ours_times, mut floor_times) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + CALLS {
        let started = at_rest();
        assert_eq!(call(&client).await, lines);
        let ours = started.elapsed();
        let started = at_rest();
        assert_eq!(bare(&mut floor, &uri).await, lines);
        let floor = started.elapsed();
        if round >= WARM_UP {
            ours_times.push(ours);
            floor_times.push(floor);
        }
    }
    (median(ours_times), median(floor_times))
}

/// The time, once everything has come to rest. It keeps this thread awake, as that of a program is which has just
/// decided to call.
fn at_rest() -> Instant {
    let begun = Instant::now();
    while begun.elapsed() < REST {
        std::hint::spin_loop();
    }
    Instant::now()
}

fn client(server: SocketAddr) -> Client {
    let config = Config::new().endpoint(format!("http://{server}")).region("cn-hangzhou");
    let credentials = Credentials::new("LTAI5tTESTKEYID00000", "TestSecret/With+Slash==0000000");
    Client::new(config.credentials(credentials)).expect("a client")
}

/// Build, validate, sign, send, decode.
async fn call(client: &Client) -> usize {
    let request = DescribePhysicalConnections::new()
        .page_number(1)
        .page_size(50)
        .filter(PhysicalConnectionFilter::status([PhysicalConnectionStatus::Enabled]));
    let answer = request.send(client).await.expect("an answer");
    black_box(answer).physical_connection_set.len()
}

type Floor = http1::SendRequest<Empty<Bytes>>;

async fn connect(server: SocketAddr) -> Floor {
    let stream = TcpStream::connect(server).await.expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    let (floor, connection) = http1::handshake(TokioIo::new(stream)).await.expect("a connection");
    tokio::spawn(connection);
    floor
}

/// The query that our client sends, taken from what it puts on the wire.
async fn uri(server: SocketAddr) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let client = client(listener.local_addr().expect("an address"));
    let calling = tokio::spawn(async move { call(&client).await });
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let mut head = [0; 4096];
    let length = stream.read(&mut head).await.expect("a request");
    calling.abort();
    let head = std::str::from_utf8(&head[..length]).expect("a request");
    let path = head.split(' ').nth(1).unwrap_or_else(|| panic!("a request line in {head:?}"));
    format!("http://{server}{path}")
}

async fn bare(floor: &mut Floor, uri: &str) -> usize {
    let uri: hyper::Uri = uri.parse().expect("a URI");
    let request = hyper::Request::get(uri.path_and_query().expect("a query").as_str())
        .header(hyper::header::HOST, uri.authority().expect("a host").as_str())
        .header(hyper::header::USER_AGENT, "floor")
        .body(Empty::new())
        .expect("a request");
    floor.ready().await.expect("the connection is open");
    let answer = floor.send_request(request).await.expect("an answer");
    let body = answer.into_body().collect().await.expect("a body").to_bytes();
    let answer: Derived = serde_json::from_slice(&body).expect("the page decodes");
    black_box(answer).physical_connection_set.physical_connection_type.len()
}
