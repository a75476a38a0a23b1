//! What the environment says.

use super::{Credentials, CredentialsError, ProvideCredentials, ProviderContext, Providing};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

type Variable = dyn Fn(&str) -> Option<String> + Send + Sync;

/// The variables of a process: this one's, or a test's.
#[derive(Clone)]
pub(crate) struct Environment(Arc<Variable>);

impl Environment {
    /// That of this process. A variable that is not Unicode counts as missing.
    pub(crate) fn of_process() -> Self {
        Self::new(|name| std::env::var(name).ok())
    }

    pub(crate) fn new(variable: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(variable))
    }

    /// A variable; an empty one counts as missing.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    /// Whether a switch is on: `true` in any case.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The file that a variable names, or else this one below the home directory.
    pub(super) fn file(&self, variable: &str, below_home: &[&str]) -> Result<PathBuf, CredentialsError> {
        if let Some(path) = self.get(variable) {
            return Ok(PathBuf::from(path));
        }
        let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        match self.get(home) {
            Some(home) => Ok(std::iter::once(home.as_str()).chain(below_home.iter().copied()).collect()),
            None => Err(CredentialsError::absent(format!(
                "there is no home directory to look in; set {home}, or name the file in {variable}"
            ))),
        }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment")
    }
}

const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Credentials from `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, with
/// `ALIBABA_CLOUD_SECURITY_TOKEN` for temporary ones. They are read at each call; an empty variable counts as
/// missing.
#[derive(Clone, Debug)]
pub struct EnvironmentCredentials {
    environment: Environment,
}

impl EnvironmentCredentials {
    /// Credentials from the environment of this process.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Environment::of_process())
    }

    pub(super) fn of(environment: Environment) -> Self {
        Self { environment }
    }

    fn read(&self) -> Result<Credentials, CredentialsError> {
        let variable = |name| self.environment.get(name);
        let (id, secret) = match (variable(ACCESS_KEY_ID), variable(ACCESS_KEY_SECRET)) {
            (Some(id), Some(secret)) => (id, secret),
            (Some(_), None) => return Err(half(ACCESS_KEY_SECRET, ACCESS_KEY_ID)),
            (None, Some(_)) => return Err(half(ACCESS_KEY_ID, ACCESS_KEY_SECRET)),
            (None, None) => {
                let text = format!("{ACCESS_KEY_ID} and {ACCESS_KEY_SECRET} are not set");
                return Err(CredentialsError::absent(text));
            }
        };
        let credentials = Credentials::new(id, secret);
        let credentials = match variable(SECURITY_TOKEN) {
            Some(token) => credentials.with_security_token(token),
            None => credentials,
        };
        credentials.checked_as([ACCESS_KEY_ID, ACCESS_KEY_SECRET, SECURITY_TOKEN])
    }
}

fn half(missing: &str, set: &str) -> CredentialsError {
    CredentialsError::new(format!("{set} is set, but {missing} is missing or empty; set both or neither"))
}

impl Default for EnvironmentCredentials {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for EnvironmentCredentials {
    fn provide<'a>(&'a self, _context: ProviderContext<'a>) -> Providing<'a> {
        Box::pin(std::future::ready(self.read()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        lookup: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static,
    ) -> Result<Credentials, CredentialsError> {
        EnvironmentCredentials::of(Environment::new(move |name| lookup(name).map(str::to_owned))).read()
    }

    #[test]
    fn the_environment_gives_all_three() {
        let credentials = read(|name| match name {
            ACCESS_KEY_ID => Some("LTAI"),
            ACCESS_KEY_SECRET => Some("SECRET"),
            SECURITY_TOKEN => Some("TOKEN"),
            _ => None,
        });
        let credentials = credentials.unwrap();
        assert_eq!((credentials.access_key_id(), credentials.secret()), ("LTAI", "SECRET"));
        assert_eq!(credentials.security_token(), Some("TOKEN"));
    }

    #[test]
    fn what_is_missing_or_empty_is_named() {
        let nothing = read(|_| None).unwrap_err();
        assert_eq!(
            nothing.to_string(),
            "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set"
        );
        assert!(nothing.is_absent());
        let no_id = read(|name| (name == ACCESS_KEY_SECRET).then_some("SECRET")).unwrap_err();
        assert!(no_id.to_string().contains("ALIBABA_CLOUD_ACCESS_KEY_ID is missing"), "{no_id}");
        assert!(!no_id.is_absent());
        let empty = read(|name| Some(if name == ACCESS_KEY_ID { "LTAI" } else { "" })).unwrap_err();
        assert!(empty.to_string().contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET is missing"), "{empty}");
    }

    #[test]
    fn what_was_pasted_wrongly_is_named() {
        let error = read(|name| Some(if name == ACCESS_KEY_ID { "LTAI\n" } else { "x" })).unwrap_err();
        let expected = "ALIBABA_CLOUD_ACCESS_KEY_ID has a line break at its end; copy it again";
        assert!(error.to_string().starts_with(expected), "{error}");
    }

    #[test]
    fn an_empty_token_is_none() {
        let credentials = read(|name| Some(if name == SECURITY_TOKEN { "" } else { "x" })).unwrap();
        assert_eq!(credentials.security_token(), None);
    }
}
