//! Profiles in the files of the provider's tools.

mod cli;
mod ini;

pub use cli::CliProfile;
pub(crate) use cli::region;
pub use ini::CredentialsFile;

use super::access_key::fault;
use super::answer::SecretText;
use super::{
    AssumeRole, AssumeRoleWithOidc, Credentials, CredentialsError, EcsRole, Environment, ProvideCredentials,
    RoleSession,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

type Source = Arc<dyn ProvideCredentials>;

/// A file, wiped from memory on drop.
fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, CredentialsError> {
    let said = |text: String| format!("{}: {text}", path.display());
    std::fs::read(path).map(Zeroizing::new).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => CredentialsError::absent(said("there is no such file".to_owned())),
        _ => CredentialsError::new(said(format!("cannot be read: {error}"))).with_source(error),
    })
}

/// What the two files call a field differently.
struct Names {
    token: &'static str,
    role_arn: &'static str,
    session_name: &'static str,
    role_name: &'static str,
    token_file: &'static str,
}

/// One profile, and what can be made of it.
struct Profile<'a, 'v> {
    /// `profile "default" of /home/me/.aliyun/config.json`.
    place: String,
    /// How to mend it.
    remedy: String,
    names: &'static Names,
    field: &'a dyn Fn(&str) -> Option<&'v SecretText>,
    environment: &'a Environment,
}

impl<'v> Profile<'_, 'v> {
    fn get(&self, name: &str) -> Option<&'v str> {
        (self.field)(name).map(|value| value.as_str())
    }

    fn required(&self, name: &str) -> Result<&'v str, CredentialsError> {
        self.get(name).ok_or_else(|| self.error(&format!("`{name}` is missing")))
    }

    /// A part of a key. What is copied into a file easily brings a stray character along.
    fn key_part(&self, name: &str) -> Result<SecretText, CredentialsError> {
        let value = self.required(name)?;
        match fault(value) {
            Some(fault) => Err(self.error(&format!("`{name}` {fault}"))),
            None => Ok(Zeroizing::new(value.to_owned())),
        }
    }

    fn error(&self, text: &str) -> CredentialsError {
        CredentialsError::new(format!("{}: {text}; {}", self.place, self.remedy))
    }

    /// An access key; a temporary one if there is a token.
    fn access_key(&self) -> Result<Credentials, CredentialsError> {
        let id = self.key_part("access_key_id")?.to_string();
        let secret = self.key_part("access_key_secret")?;
        let token = self.get(self.names.token).map(|_| self.key_part(self.names.token)).transpose()?;
        Ok(Credentials::from_texts(id, secret, token))
    }

    /// A temporary access key.
    fn session_key(&self) -> Result<Credentials, CredentialsError> {
        self.required(self.names.token)?;
        self.access_key()
    }

    fn session(&self) -> Result<RoleSession, CredentialsError> {
        let mut session = RoleSession::new(self.required(self.names.role_arn)?);
        if let Some(name) = self.get(self.names.session_name) {
            session = session.name(name);
        }
        // 0 is what the command line tool writes for an unset number.
        if let Some(seconds) = self.get("expired_seconds").filter(|seconds| *seconds != "0") {
            let seconds =
                seconds.parse().map_err(|_| self.error("`expired_seconds` is no number of seconds"))?;
            session = session.duration(Duration::from_secs(seconds));
        }
        if let Some(policy) = self.get("policy") {
            session = session.policy(policy);
        }
        if let Some(region) = self.get("sts_region") {
            session = session.sts_region(region);
        }
        if let Some(endpoint) = self.get("sts_endpoint") {
            session = session.sts_endpoint(endpoint);
        }
        Ok(session.vpc(self.get("enable_vpc") == Some("true")).or_environment(self.environment))
    }

    /// A role, assumed with the credentials of another source.
    fn assume_role(&self, source: Source) -> Result<Source, CredentialsError> {
        let role = AssumeRole::over(self.session()?, source);
        Ok(match self.get("external_id") {
            Some(id) => Arc::new(role.external_id(id)),
            None => Arc::new(role),
        })
    }

    fn oidc(&self) -> Result<Source, CredentialsError> {
        let provider = self.required("oidc_provider_arn")?;
        let file = self.required(self.names.token_file)?;
        Ok(Arc::new(AssumeRoleWithOidc::new(self.session()?, provider, file)))
    }

    /// The role of the instance; by whatever name if the profile has none.
    fn ecs_role(&self, metadata: Option<&str>) -> Result<Source, CredentialsError> {
        let role = EcsRole::of(self.environment, metadata).map_err(|error| self.error(&error.to_string()))?;
        Ok(match self.get(self.names.role_name) {
            Some(name) => Arc::new(role.role(name)),
            None => Arc::new(role),
        })
    }
}

/// The source that a profile makes, once it was read.
#[derive(Debug, Default)]
struct Opened(std::sync::OnceLock<Source>);

impl Opened {
    fn or_open(
        &self,
        open: impl FnOnce() -> Result<Source, CredentialsError>,
    ) -> Result<&Source, CredentialsError> {
        match self.0.get() {
            Some(source) => Ok(source),
            None => {
                let source = open()?;
                Ok(self.0.get_or_init(|| source))
            }
        }
    }
}
