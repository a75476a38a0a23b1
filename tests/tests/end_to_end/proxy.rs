//! Calls through a proxy, and past it.

use crate::environment::outcome;
use crate::support::config;
use crate::tls::Authority;
use express_connect::physical_connection::*;
use express_connect::transport::TransportErrorKind;
use express_connect::{Client, Config, Error, ErrorKind, Proxy};
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

    /// The heads of the requests that came, in lower case but for the values.
    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
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
        // The server is asked for the path alone.
        false => server.write_all(head.replacen(&format!("http://{HOST}"), "", 1).as_bytes()).await?,
    }
    copy_bidirectional(&mut client, &mut server).await.map(drop)
}

async fn call(config: Config) -> Result<OpenPhysicalConnectionServiceResponse, Error> {
    OpenPhysicalConnectionService::new().send(&Client::new(config)?).await
}

fn through(forwarder: &Forwarder, user: &str, server: &Server) -> Config {
    config(server).proxy(Proxy::Url(forwarder.url(user)))
}

/// The text of a failure to connect, which shows no secret.
fn failure(outcome: Result<OpenPhysicalConnectionServiceResponse, Error>) -> String {
    let error = outcome.unwrap_err();
    let ErrorKind::Transport(failure) = error.kind() else { panic!("{error}") };
    assert_eq!(
        (failure.kind(), failure.may_have_been_sent()),
        (TransportErrorKind::Connect, false),
        "{error}"
    );
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
    let client = Client::new(config).unwrap();
    for _ in 0..2 {
        OpenPhysicalConnectionService::new().send(&client).await.unwrap();
    }
    assert_eq!(server.received().len(), 2);
    let last = server.last();
    assert!(last.target.starts_with("/?") && last.refused.is_none(), "{last:?}");
    assert!(!last.headers.iter().any(|(name, _)| name == "proxy-authorization"), "{last:?}");
    // One tunnel serves both calls, and shows the proxy nothing of them.
    let [head] = &forwarder.heads()[..] else { panic!("{:?}", forwarder.heads()) };
    assert!(head.starts_with(&format!("CONNECT {HOST}:443 HTTP/1.1\r\n")), "{head}");
    assert!(head.replace("Proxy-A", "proxy-a").contains(AUTHORIZATION), "{head}");
    assert!(!head.contains("Signature"), "{head}");
}

#[tokio::test]
async fn http_is_forwarded() {
    let server = Server::start().await;
    let forwarder = Forwarder::start(&server, None).await;
    let config = through(&forwarder, USER, &server).endpoint(format!("http://{HOST}")).allow_http(true);
    call(config).await.unwrap();
    assert_eq!(server.last().refused, None);
    let head = forwarder.heads().concat();
    assert!(head.starts_with(&format!("GET http://{HOST}/?")) && head.contains(AUTHORIZATION), "{head}");
}

#[tokio::test]
async fn this_machine_is_reached_without() {
    let server = Server::start().await;
    let forwarder = Forwarder::start(&server, None).await;
    call(through(&forwarder, "", &server)).await.unwrap();
    assert_eq!((server.received().len(), forwarder.heads().len()), (1, 0));
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
        let text = failure(call(config.ca_certificates(Authority::new("ours").certificate.pem())).await);
        assert!(text.contains(&named), "{text}");
    }
    let forwarder = Forwarder::start(&server, Some("HTTP/1.1 403 Forbidden\r\n\r\n")).await;
    let forbidden = through(&forwarder, USER, &server).endpoint(format!("https://{HOST}"));
    let text = failure(call(forbidden.ca_certificates(Authority::new("ours").certificate.pem())).await);
    assert!(text.contains(&format!("the proxy {}: tunnel error", forwarder.address)), "{text}");

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for endpoint in [format!("https://{HOST}"), format!("http://{HOST}")] {
        let proxy = Proxy::Url(format!("http://{USER}{closed}"));
        let unreachable = config(&server).endpoint(endpoint).allow_http(true).proxy(proxy);
        let text = failure(call(unreachable.ca_certificates(Authority::new("ours").certificate.pem())).await);
        assert!(text.contains(&format!("the proxy {closed}: ")), "{text}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn what_is_no_proxy_is_refused() {
    let server = Server::start().await;
    let error = call(config(&server).proxy(Proxy::Url(format!("socks5://{USER}proxy")))).await.unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("configuration: proxy (from Config::proxy): its scheme is `socks5`"), "{text}");
    assert!(!format!("{text} {error:?}").contains("Canary"), "{text}");
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
