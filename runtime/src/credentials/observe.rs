//! What sources of credentials leave in tracing. Nothing without the feature.

use super::CredentialsError;

/// This source of the chain answered, and is kept.
#[cfg_attr(not(feature = "tracing"), allow(unused_variables))]
pub(super) fn answered(source: &str) {
    #[cfg(feature = "tracing")]
    tracing::debug!(source, "credentials found");
}

/// New credentials could not be had; the old ones still serve.
#[cfg_attr(not(feature = "tracing"), allow(unused_variables))]
pub(super) fn not_renewed(error: &CredentialsError) {
    #[cfg(feature = "tracing")]
    tracing::warn!(%error, "credentials not renewed; the old ones are used while they last");
}
