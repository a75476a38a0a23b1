//! An access key.

use super::CredentialsError;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;
use zeroize::Zeroizing;

/// An access key, with the security token that belongs to it if it is a temporary one.
///
/// Secret and token are wiped from memory on drop, and no text shows them. Clones share them. Whether they can be a
/// key at all is checked before a call is signed.
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    access_key_id: String,
    secret: Zeroizing<String>,
    security_token: Option<Zeroizing<String>>,
    expiry: Option<SystemTime>,
}

impl Credentials {
    /// The access key of this id, with its secret.
    pub fn new(access_key_id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::from_texts(access_key_id.into(), Zeroizing::new(secret.into()), None)
    }

    /// The same from texts that are wiped from memory already.
    pub(super) fn from_texts(
        access_key_id: String,
        secret: Zeroizing<String>,
        security_token: Option<Zeroizing<String>>,
    ) -> Self {
        Self(Arc::new(Inner { access_key_id, secret, security_token, expiry: None }))
    }

    /// Adds the security token that came with a temporary access key.
    #[must_use]
    pub fn with_security_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).security_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Adds the time from which on the key no longer serves. [`Cached`](super::Cached) fetches new ones before it.
    #[must_use]
    pub fn with_expiry(mut self, expiry: SystemTime) -> Self {
        Arc::make_mut(&mut self.0).expiry = Some(expiry);
        self
    }

    /// Id of the access key.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// Secret of the access key.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0.secret
    }

    /// The security token, with temporary credentials.
    #[must_use]
    pub fn security_token(&self) -> Option<&str> {
        self.0.security_token.as_ref().map(|token| token.as_str())
    }

    /// From when on the key no longer serves; none if that is not known, or never.
    #[must_use]
    pub fn expiry(&self) -> Option<SystemTime> {
        self.0.expiry
    }

    /// The same, if each part can be what it is meant to be.
    pub(super) fn checked(self) -> Result<Self, CredentialsError> {
        self.checked_as(["the access key id", "the access key secret", "the security token"])
    }

    /// The same check, with the names under which a user knows id, secret and token.
    pub(super) fn checked_as(self, names: [&str; 3]) -> Result<Self, CredentialsError> {
        let parts = [Some(self.access_key_id()), Some(self.secret()), self.security_token()];
        for (name, part) in names.iter().zip(parts) {
            if let Some(fault) = part.and_then(fault) {
                return Err(CredentialsError::new(format!("{name} {fault}")));
            }
        }
        Ok(self)
    }
}

/// What keeps a text from being a part of a key, without showing any of it: both are visible ASCII throughout.
pub(super) fn fault(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("is empty".to_owned());
    }
    let at = text.bytes().position(|byte| !byte.is_ascii_graphic())?;
    let stray = text.get(at..)?.chars().next()?;
    let place = match at {
        0 => "at its beginning",
        _ if text.get(at..).is_some_and(|rest| rest.trim_end_matches(is_stray).is_empty()) => "at its end",
        _ => "inside it",
    };
    let what = match stray {
        '\n' | '\r' => "a line break",
        _ if stray.is_whitespace() => "white space",
        _ if stray.is_control() => "a control character",
        _ => "a character that is not ASCII",
    };
    Some(format!("has {what} {place}; copy it again, without what stands around it"))
}

fn is_stray(character: char) -> bool {
    !character.is_ascii_graphic()
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &masked(self.access_key_id()))
            .field("secret", &"***")
            .field("security_token", &self.security_token().map(|_| "***"))
            .field("expiry", &self.expiry())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_shows_a_secret() {
        let credentials = Credentials::new("LTAI5tTESTKEYID00000", "SECRET").with_security_token("TOKEN");
        let expected = r#"Credentials { access_key_id: "LTAI****", secret: "***", security_token: Some("***"), expiry: None }"#;
        assert_eq!(format!("{credentials:?}"), expected);
        assert!(format!("{:?}", Credentials::new("short", "SECRET")).contains(r#"access_key_id: "***""#));
        assert!(format!("{:?}", Credentials::new("éééééééé", "SECRET")).contains(r#""éé****""#));
        assert!(format!("{:?}", Credentials::new("ab€éééééé", "SECRET")).contains(r#"access_key_id: "***""#));
    }

    #[test]
    fn what_cannot_be_a_key_is_refused() {
        let cases = [
            (("", "SECRET", "TOKEN"), "the access key id is empty"),
            (("LTAI", "", "TOKEN"), "the access key secret is empty"),
            (("LTAI", "SECRET", ""), "the security token is empty"),
            (
                ("LTAI", "SECRET\n", "TOKEN"),
                "the access key secret has a line break at its end; copy it again",
            ),
            (("LTAI", "SECRET\r\n", "TOKEN"), "the access key secret has a line break at its end"),
            ((" LTAI", "SECRET", "TOKEN"), "the access key id has white space at its beginning"),
            (("LTAI", "SEC RET", "TOKEN"), "the access key secret has white space inside it"),
            (("LTAI", "SECRET", "TO\u{0}KEN"), "the security token has a control character inside it"),
            (
                ("LTAI\u{200b}", "SECRET", "TOKEN"),
                "the access key id has a character that is not ASCII at its end",
            ),
        ];
        for ((id, secret, token), expected) in cases {
            let error = Credentials::new(id, secret).with_security_token(token).checked().unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
            assert!(!format!("{error:?}").contains("RET"), "{error:?}");
        }
        assert!(Credentials::new("LTAI", "a/+=-_.~!").checked().is_ok());
    }

    #[test]
    fn a_clone_is_not_changed_by_what_is_added_to_the_other() {
        let plain = Credentials::new("LTAI", "SECRET");
        let session = plain.clone().with_security_token("TOKEN").with_expiry(SystemTime::UNIX_EPOCH);
        assert_eq!((plain.security_token(), plain.expiry()), (None, None));
        assert_eq!(session.security_token(), Some("TOKEN"));
        assert_eq!(session.expiry(), Some(SystemTime::UNIX_EPOCH));
    }
}
