//! Calls over TLS, with a certificate of an authority of one's own.

use crate::blocking::outside;
use crate::support::{config, credentials};
use express_connect::credentials::{AssumeRole, RoleSession};
use express_connect::physical_connection::*;
use express_connect::transport::TransportErrorKind;
use express_connect::{Client, Config, Error, ErrorKind, Retries, blocking};
use express_connect_tests::Server;
use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::io::Read as _;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{self, ServerConfig};

/// An authority that certifies hosts.
pub(crate) struct Authority {
    pub(crate) certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::new([]).unwrap();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(parameters, key) }
    }

    /// Its own certificate.
    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// What a server of this host is configured with.
    pub(crate) fn server(&self, host: &str) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new([host.to_owned()]).unwrap();
        let certificate = parameters.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap()
    }
}

async fn call(config: Config) -> Result<OpenPhysicalConnectionServiceResponse, Error> {
    OpenPhysicalConnectionService::new().send(&Client::new(config)?).await
}

/// The text of an error of TLS.
fn failure(outcome: Result<OpenPhysicalConnectionServiceResponse, Error>) -> String {
    failure_of(TransportErrorKind::Tls, outcome)
}

fn failure_of(
    kind: TransportErrorKind,
    outcome: Result<OpenPhysicalConnectionServiceResponse, Error>,
) -> String {
    let error = outcome.unwrap_err();
    let ErrorKind::Transport(failure) = error.kind() else { panic!("{error}") };
    assert_eq!(failure.kind(), kind);
    assert!(!failure.may_have_been_sent());
    let text = format!("{error} {error:?} {failure:?}");
    for part in ["?", "Signature=", "AccessKeyId", "RegionId"] {
        assert!(!text.contains(part), "{text}");
    }
    text
}

/// The first message on a TLS connection to this listener.
fn hello(listener: &std::net::TcpListener) -> Vec<u8> {
    let (mut stream, _) = listener.accept().unwrap();
    let mut head = [0; 5];
    stream.read_exact(&mut head).unwrap();
    let mut message = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
    stream.read_exact(&mut message).unwrap();
    message
}

#[tokio::test]
async fn tls_1_2_is_the_oldest_that_is_offered() {
    // The extension `supported_versions`: 5 bytes, of which 4 are 1.3 and 1.2.
    const VERSIONS: [u8; 9] = [0, 43, 0, 5, 4, 3, 4, 3, 3];
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let config = Config::new().region("cn-hangzhou").endpoint(endpoint).retries(Retries::off());
    let config = config.credentials(credentials()).ca_certificates(Authority::new("ours").pem());
    let server = std::thread::spawn(move || [hello(&listener), hello(&listener)]);
    assert!(call(config.clone()).await.is_err());
    let blocking = blocking::Client::new(config).unwrap();
    assert!(outside(move || OpenPhysicalConnectionService::new().send(&blocking).is_err()).await);
    for hello in server.join().unwrap() {
        assert!(hello.windows(VERSIONS.len()).any(|part| part == VERSIONS), "{hello:?}");
    }
}

#[tokio::test]
async fn an_own_authority_can_be_trusted() {
    let authority = Authority::new("ours");
    let server = Server::start_tls(authority.server("localhost")).await;
    let trusting = config(&server).ca_certificates(authority.pem());
    let answer = call(trusting).await.unwrap();
    assert_eq!(answer.request_id, "54B48E3D-DF70-471B-AA93-08E683A1B45");
    assert_eq!(server.last().refused, None);
}

#[tokio::test]
async fn a_stranger_is_not_trusted() {
    let server = Server::start_tls(Authority::new("ours").server("localhost")).await;
    let other = Authority::new("another").pem();
    let text = failure(call(config(&server).ca_certificates(other)).await);
    assert!(text.contains("UnknownIssuer"), "{text}");
    // Where the platform trusts no certificate at all, there is no client.
    if let Ok(client) = Client::new(config(&server)) {
        failure(OpenPhysicalConnectionService::new().send(&client).await);
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_certificate_must_name_the_host() {
    let authority = Authority::new("ours");
    let server = Server::start_tls(authority.server("vpc.aliyuncs.com")).await;
    failure(call(config(&server).ca_certificates(authority.pem())).await);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn http_on_the_port_is_no_tls() {
    let server = Server::start().await;
    let https = server.endpoint().replace("http://", "https://");
    // The server hangs up on what is no HTTP.
    let config = config(&server).endpoint(https).ca_certificates(Authority::new("ours").pem());
    let text = failure_of(TransportErrorKind::Connect, call(config).await);
    assert!(text.contains("tls handshake eof") || text.contains("reset"), "{text}");
}

/// A client whose endpoint is `http` makes TLS once its credentials need it. The server stands for STS, and signs
/// nobody in, as it does not know its version.
#[tokio::test]
async fn credentials_come_over_https_though_the_endpoint_is_http() {
    let authority = Authority::new("ours");
    let sts = Server::start_tls(authority.server("localhost")).await;
    let plain = Server::start().await;
    let session = RoleSession::new("acs:ram::1:role/r").sts_endpoint(sts.endpoint());
    let role = || AssumeRole::new(session.clone(), crate::support::credentials());
    let trusting = config(&plain).credentials(role()).ca_certificates(authority.certificate.pem());
    let error = call(trusting).await.unwrap_err().to_string();
    assert!(error.contains("refused with HTTP 400 NoSuchVersion"), "{error}");
    assert_eq!(sts.last().parameters["Action"], "AssumeRole");
    let broken = config(&plain).credentials(role()).ca_certificates("no PEM");
    let error = call(broken).await.unwrap_err().to_string();
    assert!(error.contains("no TLS session"), "{error}");
    assert!(error.contains("CA certificates: no certificate in PEM was found"), "{error}");
    assert!(plain.received().is_empty());
}
