//! Calls through a proxy, and past it.

use crate::environment::outcome;
use crate::support::config;
use crate::tls::Authority;
use express_connect::physical_connection::*;
use express_connect::transport::TransportErrorKind;
use express_connect::{Client, Config, Error, ErrorKind, Proxy, Retries, blocking};
use express_connect_tests::{ACCESS_KEY_ID, SECRET, Server};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A host that only the proxy knows.
const HOST: &str = "vpc.cn-hangzhou.example";

/// `me:CanaryPass@word` in the proxy's URL, and as the proxy gets it.
const USER: &str = "me:CanaryPass%40word@";
const AUTHORIZATION: &str = "proxy-authorization: Basic bWU6Q2FuYXJ5UGFzc0B3b3Jk";

/// A proxy that brings every call to one server, whatever host it names.
struct Forwarder {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Forwarder {
    /// A proxy to this server; it answers with `refusal` instead, if there is one.
    async fn start(server: &Server, refusal: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let port = server.endpoint().rsplit(':').next().unwrap().parse().unwrap();
        let (seen, target) = (Arc::clone(&heads), SocketAddr::from(([127, 0, 0, 1], port)));
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(forward(client, target, refusal, Arc::clone(&seen)));
            }
        });
        Self { address, heads, task }
    }

    /// Its URL, with this user name and password.
    fn url(&self, user: &str) -> String {
        format!("http://{user}{}", self.address)
    }

    /// The heads of the first requests on each connection.
    fn heads(&self) -> Vec<String> {
        let heads = self.heads.lock().unwrap().clone();
        heads.into_iter().map(|head| head.replace("Proxy-Authorization:", "proxy-authorization:")).collect()
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn forward(
    client: TcpStream,
    target: SocketAddr,
    refusal: Option<&'static str>,
    seen: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let mut client = BufReader::new(client);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && client.read_line(&mut head).await? > 0 {}
    seen.lock().unwrap().push(head.clone());
    if let Some(refusal) = refusal {
        return client.write_all(refusal.as_bytes()).await;
    }
    let mut server = TcpStream::connect(target).await?;
    match head.starts_with("CONNECT ") {
        true => client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?,
        false => server.write_all(head.as_bytes()).await?,
    }
    copy_bidirectional(&mut client, &mut server).await.map(drop)
}

type Outcome = Result<OpenPhysicalConnectionServiceResponse, Error>;

/// Two calls through one client of each kind, or the first that fails.
async fn calls(config: Config) -> [Outcome; 2] {
    let of_blocking = config.clone();
    let blocking = tokio::task::spawn_blocking(move || {
        let client = blocking::Client::new(of_blocking)?;
        OpenPhysicalConnectionService::new().send(&client)?;
        OpenPhysicalConnectionService::new().send(&client)
    });
    let polled = async {
        let client = Client::new(config)?;
        OpenPhysicalConnectionService::new().send(&client).await?;
        OpenPhysicalConnectionService::new().send(&client).await
    };
    [polled.await, blocking.await.unwrap()]
}

fn good(outcomes: [Outcome; 2]) {
    for outcome in outcomes {
        outcome.unwrap();
    }
}

fn through(forwarder: &Forwarder, user: &str, server: &Server) -> Config {
    config(server).proxy(Proxy::Url(forwarder.url(user)))
}

/// The texts of failures to connect, which show no secret.
async fn failures(config: Config, kind: TransportErrorKind) -> [String; 2] {
    let trusting = config.ca_certificates(Authority::new("ours").certificate.pem());
    calls(trusting).await.map(|outcome| failure(outcome, kind))
}

fn failure(outcome: Outcome, kind: TransportErrorKind) -> String {
    let error = outcome.unwrap_err();
    let ErrorKind::Transport(failure) = error.kind() else { panic!("{error}") };
    assert_eq!((failure.kind(), failure.may_have_been_sent()), (kind, false), "{error}");
    let text = error.to_string();
    let all = format!("{text} {error:?} {failure:?}");
    for part in ["Canary", "bWU6Q2FuYXJ5", "Signature="] {
        assert!(!all.contains(part), "{all}");
    }
    text
}

#[tokio::test]
async fn https_goes_through_a_tunnel() {
    let authority = Authority::new("ours");
    let server = Server::start_tls(authority.server(HOST)).await;
    let forwarder = Forwarder::start(&server, None).await;
    let config = through(&forwarder, USER, &server)
        .endpoint(format!("https://{HOST}"))
        .ca_certificates(authority.certificate.pem());
    assert!(!format!("{config:?}").contains("Canary"), "{config:?}");
    good(calls(config).await);
    assert_eq!(server.received().len(), 4);
    for call in server.received() {
        assert!(call.target.starts_with("/?") && call.refused.is_none(), "{call:?}");
        assert!(!call.headers.iter().any(|(name, _)| name == "proxy-authorization"), "{call:?}");
    }
    // One tunnel serves both calls of a client, and shows the proxy nothing of them.
    assert_eq!(forwarder.heads().len(), 2);
    for head in forwarder.heads() {
        assert!(head.starts_with(&format!("CONNECT {HOST}:443 HTTP/1.1\r\n")), "{head}");
        assert!(head.contains(AUTHORIZATION) && !head.contains("Signature"), "{head}");
    }
}

#[tokio::test]
async fn http_is_forwarded_or_goes_through_a_tunnel() {
    let server = Server::start().await;
    let forwarder = Forwarder::start(&server, None).await;
    let config = through(&forwarder, USER, &server).endpoint(format!("http://{HOST}")).allow_http(true);
    good(calls(config).await);
    assert!(server.received().iter().all(|call| call.refused.is_none()));
    let mut heads = forwarder.heads();
    assert!(heads.iter().all(|head| head.contains(AUTHORIZATION)), "{heads:?}");
    heads.sort();
    let [tunnelled, forwarded] = &heads[..] else { panic!("{heads:?}") };
    assert!(tunnelled.starts_with(&format!("CONNECT {HOST}:80 ")), "{tunnelled}");
    assert!(forwarded.starts_with(&format!("GET http://{HOST}/?")), "{forwarded}");
}

#[tokio::test]
async fn this_machine_is_reached_without() {
    let server = Server::start().await;
    let forwarder = Forwarder::start(&server, None).await;
    good(calls(through(&forwarder, "", &server)).await);
    assert_eq!((server.received().len(), forwarder.heads().len()), (4, 0));
}

#[tokio::test]
async fn a_refusing_proxy_is_named() {
    let server = Server::start().await;
    let unauthorized = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
    let forwarder = Forwarder::start(&server, Some(unauthorized)).await;
    let named =
        format!("the proxy {}: it asks for another user name and password (HTTP 407)", forwarder.address);
    for endpoint in [format!("https://{HOST}"), format!("http://{HOST}")] {
        let config = through(&forwarder, USER, &server).endpoint(endpoint).allow_http(true);
        for text in failures(config, TransportErrorKind::Other).await {
            assert!(text.contains(&named), "{text}");
        }
    }
    // It would be so the next time.
    assert_eq!(forwarder.heads().len(), 4);
    let forwarder = Forwarder::start(&server, Some("HTTP/1.1 403 Forbidden\r\n\r\n")).await;
    let forbidden = through(&forwarder, USER, &server).endpoint(format!("https://{HOST}"));
    for text in failures(forbidden.retries(Retries::off()), TransportErrorKind::Connect).await {
        assert!(text.contains(&format!("the proxy {}: ", forwarder.address)), "{text}");
    }

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for endpoint in [format!("https://{HOST}"), format!("http://{HOST}")] {
        let proxy = Proxy::Url(format!("http://{USER}{closed}"));
        let unreachable = config(&server).endpoint(endpoint).allow_http(true).proxy(proxy);
        for text in failures(unreachable.retries(Retries::off()), TransportErrorKind::Connect).await {
            assert!(text.contains(&format!("the proxy {closed}: ")), "{text}");
        }
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn what_is_no_proxy_is_refused() {
    let server = Server::start().await;
    for outcome in calls(config(&server).proxy(Proxy::Url(format!("socks5://{USER}proxy")))).await {
        let error = outcome.unwrap_err();
        let text = error.to_string();
        let start = "configuration: proxy (from Config::proxy): its scheme is `socks5`";
        assert!(text.starts_with(start) && !format!("{text} {error:?}").contains("Canary"), "{text}");
    }
}

/// `0.0.0.0` reaches this machine, but is none of the addresses that never go through a proxy.
#[tokio::test]
async fn the_environment_names_proxy_and_exceptions() {
    let server = Server::start().await;
    let forwarder = Forwarder::start(&server, Some("HTTP/1.1 407 \r\n\r\n")).await;
    let port = server.endpoint().rsplit(':').next().unwrap().to_owned();
    let variables = |more: &[(&'static str, &str)]| {
        let mut all = vec![
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCESS_KEY_ID.to_owned()),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET.to_owned()),
            ("ALIBABA_CLOUD_REGION_ID", "cn-hangzhou".to_owned()),
            ("ALIBABA_CLOUD_ENDPOINT", format!("https://0.0.0.0:{port}")),
        ];
        all.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        all
    };
    let proxy = forwarder.url(USER);
    for name in ["HTTPS_PROXY", "https_proxy"] {
        let text = outcome(variables(&[(name, &proxy)])).await;
        if text.contains("CA certificates") {
            return; // The platform trusts nobody, so there is no client for https.
        }
        assert!(text.contains(&format!("the proxy {}: it asks", forwarder.address)), "{text}");
        assert!(!text.contains("Canary"), "{text}");
    }
    assert_eq!(forwarder.heads().len(), 2);
    for (name, hosts) in [("NO_PROXY", "example.com,0.0.0.0"), ("no_proxy", "0.0.0.0/8")] {
        let text = outcome(variables(&[("HTTPS_PROXY", &proxy), (name, hosts)])).await;
        assert!(text.contains("error:") && !text.contains("the proxy"), "{text}");
    }
    assert_eq!(forwarder.heads().len(), 2);

    let text = outcome(variables(&[("https_proxy", "socks5://me:Canary@proxy")])).await;
    assert!(text.contains("no client: configuration: proxy (from https_proxy): its scheme"), "{text}");
    assert!(!text.contains("Canary"), "{text}");
}
