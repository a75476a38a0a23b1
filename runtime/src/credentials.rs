//! The key with which calls are signed, and where it comes from.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use zeroize::Zeroizing;

/// An access key, with the security token that belongs to it if it is a temporary one.
///
/// Secret and token are wiped from memory on drop, and no text shows them.
#[derive(Clone)]
pub struct Credentials {
    access_key_id: String,
    secret: Zeroizing<String>,
    security_token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// The access key of this id, with its secret.
    pub fn new(access_key_id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            access_key_id: access_key_id.into(),
            secret: Zeroizing::new(secret.into()),
            security_token: None,
        }
    }

    /// Adds the security token that came with a temporary access key.
    #[must_use]
    pub fn with_security_token(mut self, token: impl Into<String>) -> Self {
        self.security_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Id of the access key.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// Secret of the access key.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The security token, with temporary credentials.
    #[must_use]
    pub fn security_token(&self) -> Option<&str> {
        self.security_token.as_ref().map(|token| token.as_str())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &masked(&self.access_key_id))
            .field("secret", &"***")
            .field("security_token", &self.security_token.as_ref().map(|_| "***"))
            .finish()
    }
}

/// The first four characters, which only tell the kind of key; nothing of an id that is short.
fn masked(id: &str) -> String {
    match id.get(..4) {
        Some(start) if id.len() >= 12 => format!("{start}****"),
        _ => "***".to_owned(),
    }
}

/// A future with credentials.
pub type Providing<'a> = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials. It is asked before each attempt, so one that takes long keeps what it got.
pub trait ProvideCredentials: Send + Sync + fmt::Debug {
    /// The credentials to sign with now.
    ///
    /// # Errors
    /// When the source has none.
    fn provide(&self) -> Providing<'_>;
}

impl ProvideCredentials for Credentials {
    fn provide(&self) -> Providing<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// Why there are no credentials. A text that holds a secret must not go in here.
#[derive(Debug)]
pub struct CredentialsError {
    text: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl CredentialsError {
    /// An error with this text: what is missing, where, and what to do about it.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), source: None }
    }

    /// Adds the error that led to this one.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for CredentialsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

/// Looks a variable of the environment up; an empty one counts as missing.
pub(crate) type Lookup = fn(&str) -> Option<String>;

/// Looks a variable of this process up. One that is not Unicode counts as missing.
pub(crate) fn process_environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Credentials from `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, with
/// `ALIBABA_CLOUD_SECURITY_TOKEN` for temporary ones. They are read at each call; an empty variable counts as
/// missing.
#[derive(Clone)]
pub struct EnvironmentCredentials {
    lookup: Lookup,
}

impl EnvironmentCredentials {
    /// Credentials from the environment of this process.
    #[must_use]
    pub fn new() -> Self {
        Self { lookup: process_environment }
    }

    fn read(&self) -> Result<Credentials, CredentialsError> {
        let variable = |name| (self.lookup)(name).filter(|value| !value.is_empty());
        let (id, secret) = match (variable(ACCESS_KEY_ID), variable(ACCESS_KEY_SECRET)) {
            (Some(id), Some(secret)) => (id, secret),
            (id, secret) => return Err(missing(id.is_none(), secret.is_none())),
        };
        let credentials = Credentials::new(id, secret);
        Ok(match variable(SECURITY_TOKEN) {
            Some(token) => credentials.with_security_token(token),
            None => credentials,
        })
    }
}

fn missing(id: bool, secret: bool) -> CredentialsError {
    let names = match (id, secret) {
        (true, true) => format!("{ACCESS_KEY_ID} and {ACCESS_KEY_SECRET} are"),
        (true, false) => format!("{ACCESS_KEY_ID} is"),
        (false, _) => format!("{ACCESS_KEY_SECRET} is"),
    };
    CredentialsError::new(format!(
        "{names} missing from the environment, or empty; set both, or hand credentials to the configuration"
    ))
}

impl fmt::Debug for EnvironmentCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EnvironmentCredentials")
    }
}

impl Default for EnvironmentCredentials {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for EnvironmentCredentials {
    fn provide(&self) -> Providing<'_> {
        Box::pin(std::future::ready(self.read()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_shows_a_secret() {
        let credentials = Credentials::new("LTAI5tTESTKEYID00000", "SECRET").with_security_token("TOKEN");
        let expected =
            r#"Credentials { access_key_id: "LTAI****", secret: "***", security_token: Some("***") }"#;
        assert_eq!(format!("{credentials:?}"), expected);
        assert!(format!("{:?}", Credentials::new("short", "SECRET")).contains(r#"access_key_id: "***""#));
        assert!(format!("{:?}", Credentials::new("éééééééé", "SECRET")).contains(r#""éé****""#));
        assert!(format!("{:?}", Credentials::new("ab€éééééé", "SECRET")).contains(r#"access_key_id: "***""#));
    }

    #[test]
    fn the_environment_gives_all_three() {
        let source = EnvironmentCredentials { lookup: |name| Some(format!("value of {name}")) };
        let credentials = source.read().unwrap();
        assert_eq!(credentials.access_key_id(), "value of ALIBABA_CLOUD_ACCESS_KEY_ID");
        assert_eq!(credentials.secret(), "value of ALIBABA_CLOUD_ACCESS_KEY_SECRET");
        assert_eq!(credentials.security_token(), Some("value of ALIBABA_CLOUD_SECURITY_TOKEN"));
    }

    #[test]
    fn what_is_missing_or_empty_is_named() {
        let error = |lookup| EnvironmentCredentials { lookup }.read().unwrap_err().to_string();
        assert!(error(|_| None).starts_with(&format!("{ACCESS_KEY_ID} and {ACCESS_KEY_SECRET} are missing")));
        let no_id = error(|name| (name == ACCESS_KEY_SECRET).then(|| "SECRET".to_owned()));
        assert!(no_id.starts_with(&format!("{ACCESS_KEY_ID} is missing")), "{no_id}");
        let empty_secret = error(|name| Some(if name == ACCESS_KEY_ID { "LTAI" } else { "" }.to_owned()));
        assert!(empty_secret.starts_with(&format!("{ACCESS_KEY_SECRET} is missing")), "{empty_secret}");
    }

    #[test]
    fn an_empty_token_is_none() {
        let lookup: Lookup = |name| Some(if name == SECURITY_TOKEN { "" } else { "x" }.to_owned());
        assert_eq!(EnvironmentCredentials { lookup }.read().unwrap().security_token(), None);
    }
}
