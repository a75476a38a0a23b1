//! Calls over TLS, with a certificate of an authority of one's own.

use crate::support::config;
use express_connect::credentials::{AssumeRole, RoleSession};
use express_connect::physical_connection::*;
use express_connect::transport::TransportErrorKind;
use express_connect::{Client, Config, Error, ErrorKind};
use express_connect_tests::Server;
use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair};
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
