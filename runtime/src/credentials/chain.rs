//! The provider's default chain.

use super::cache::Turns;
use super::{
    AssumeRoleWithOidc, CliProfile, Credentials, CredentialsError, CredentialsFile, CredentialsUri, EcsRole,
    Environment, EnvironmentCredentials, ProvideCredentials, ProviderContext, Providing, observe, obtain,
};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The sources where the provider's own tools look for credentials, one after another:
///
/// | | source | set up by |
/// |---|---|---|
/// | 1 | [`EnvironmentCredentials`] | `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, and for temporary ones `ALIBABA_CLOUD_SECURITY_TOKEN` |
/// | 2 | [`AssumeRoleWithOidc`] | `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and `ALIBABA_CLOUD_ROLE_ARN` |
/// | 3 | [`CliProfile`] | `~/.aliyun/config.json` |
/// | 4 | [`CredentialsFile`] | `~/.alibabacloud/credentials.ini` |
/// | 5 | [`EcsRole`] | a RAM role that is attached to the ECS instance |
/// | 6 | [`CredentialsUri`] | `ALIBABA_CLOUD_CREDENTIALS_URI` |
///
/// A source that is not set up is passed over. One that is set up but fails ends the search, for the next one may be
/// of another identity; only the metadata service may fail, as nobody sets it up. The source that answered is kept.
/// Nothing is read before the first call.
pub struct DefaultChain {
    environment: Environment,
    /// Where the metadata service is, if not where it always is.
    metadata: Option<String>,
    kept: OnceLock<Arc<dyn ProvideCredentials>>,
    turns: Turns,
}

/// A source as it is set up now.
struct Source {
    name: &'static str,
    provider: Result<Arc<dyn ProvideCredentials>, CredentialsError>,
    /// Whether the search goes on even if it fails, since nobody sets it up.
    may_fail: bool,
}

impl Source {
    fn new<P: ProvideCredentials + 'static>(
        name: &'static str,
        provider: Result<P, CredentialsError>,
    ) -> Self {
        Self { name, provider: provider.map(|provider| Arc::new(provider) as _), may_fail: false }
    }
}

impl DefaultChain {
    /// The chain, as the environment of this process sets it up.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Environment::of_process(), None)
    }

    pub(super) fn of(environment: Environment, metadata: Option<String>) -> Self {
        Self { environment, metadata, kept: OnceLock::new(), turns: Turns::default() }
    }

    fn sources(&self) -> [Source; 6] {
        let environment = &self.environment;
        let metadata = EcsRole::of(environment, self.metadata.as_deref());
        let cli = CliProfile::of(environment.clone()).metadata(self.metadata.clone());
        let file = CredentialsFile::of(environment.clone()).metadata(self.metadata.clone());
        [
            Source::new("environment", Ok(EnvironmentCredentials::of(environment.clone()))),
            Source::new("OIDC", AssumeRoleWithOidc::of(environment)),
            Source::new("CLI profile", Ok(cli)),
            Source::new("credentials file", Ok(file)),
            Source { may_fail: true, ..Source::new("ECS metadata", metadata) },
            Source::new("credentials URI", CredentialsUri::of(environment)),
        ]
    }

    /// Asks one source after another, by one caller at a time, and keeps the first that answers.
    async fn search(&self, context: ProviderContext<'_>) -> Result<Credentials, CredentialsError> {
        let _turn = self.turns.wait().await?;
        if let Some(kept) = self.kept.get() {
            return kept.provide(context).await;
        }
        let mut tried = Vec::new();
        for source in self.sources() {
            let answer = match source.provider {
                Ok(provider) => {
                    obtain(provider.as_ref(), context).await.map(|credentials| (provider, credentials))
                }
                Err(error) => Err(error),
            };
            match answer {
                Ok((provider, credentials)) => {
                    observe::answered(source.name);
                    // There is none yet: it is our turn.
                    let _ = self.kept.set(provider);
                    return Ok(credentials);
                }
                Err(error) => {
                    tried.push(format!("{} {}: {error}", tried.len() + 1, source.name));
                    if !error.is_absent() && !source.may_fail {
                        return Err(self.turns.failed(stopped(&tried, error)));
                    }
                }
            }
        }
        Err(self.turns.failed(nowhere(&tried)))
    }
}

fn stopped(tried: &[String], error: CredentialsError) -> CredentialsError {
    CredentialsError::new(format!(
        "tried: {}; this source is set up, so no later one was asked, which may be of another identity: mend it, or \
         take its settings away",
        tried.join("; ")
    ))
    .with_source(error)
}

fn nowhere(tried: &[String]) -> CredentialsError {
    CredentialsError::new(format!(
        "tried: {}; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, run `aliyun configure`, or \
         hand credentials to the configuration",
        tried.join("; ")
    ))
}

impl fmt::Debug for DefaultChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultChain").field("kept", &self.kept.get()).finish_non_exhaustive()
    }
}

impl Default for DefaultChain {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for DefaultChain {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        match self.kept.get() {
            Some(kept) => kept.provide(context),
            None => Box::pin(self.search(context)),
        }
    }
}
