//! How sessions of TLS come about, 1.2 or later, and whose certificates are trusted.

use crate::error::Error;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier, version};
use rustls_platform_verifier::Verifier;
use std::fmt::Display;
use std::io;
use std::sync::Arc;

/// Trusts what the platform trusts, and the certificates in `extra_roots`, each of which holds one or more in PEM.
pub(super) fn config(extra_roots: &[Vec<u8>]) -> Result<ClientConfig, Error> {
    let mut roots = Vec::new();
    for pem in extra_roots {
        roots.extend(certificates(pem)?);
    }
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider)).map_err(unusable)?;
    Ok(versions(provider)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// Trusts nobody, which saves the time to load the platform's certificates.
pub(super) fn config_without_trust() -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    Ok(versions(provider)?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

fn versions(provider: Arc<CryptoProvider>) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .map_err(unusable)
}

/// Whether the other side ended the connection: no fault of TLS, and it may stay the next time.
pub(super) fn has_ended(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    match error.get_ref().and_then(|inner| inner.downcast_ref::<io::Error>()) {
        Some(inner) => has_ended(inner),
        None => matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof),
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(unusable)?;
    if found.is_empty() {
        return Err(unusable("no certificate in PEM was found in what was given"));
    }
    Ok(found)
}

fn unusable(source: impl Display) -> Error {
    Error::configuration(format!("CA certificates: {source}"))
}
