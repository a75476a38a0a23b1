//! Why a signature did not match: the service answers with the text that it signed itself.

use super::{Secrets, one_line};
use crate::sign::acs3;
use std::fmt;

/// Why a signature did not match.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureFault {
    /// The service signed the same text, so the access key secret is wrong.
    Secret,
    /// The service signed another text: the request was changed on its way, or put together wrongly. These are the
    /// first parts that differ, with `***` in place of what is secret.
    Text {
        /// What the client signed there.
        ours: String,
        /// What the service signed there.
        theirs: String,
    },
}

impl fmt::Display for SignatureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret => f.write_str(
                "The service signed the same text as the client, so the access key secret is wrong. Remedy: Check the secret; it \
                 must be that of the access key id.",
            ),
            Self::Text { ours, theirs } => write!(
                f,
                "The service signed another text than the client, {} where the client has {}; the secret may be right. Remedy: \
                 Look for what changes requests on their way, such as a proxy; else report it to the authors of this crate.",
                quoted(theirs),
                quoted(ours)
            ),
        }
    }
}

fn quoted(part: &str) -> String {
    if part.is_empty() { "nothing".to_owned() } else { format!("`{}`", one_line(part)) }
}

/// What the service says before the text that it signed.
const MARKER: &str = "string to sign is";

impl SignatureFault {
    /// Compares the text that the client signed with the one in the message of the service; none if there is none.
    pub(crate) fn of(message: &str, ours: &str, secrets: &Secrets) -> Option<Self> {
        let at = message.to_ascii_lowercase().find(MARKER)?;
        let echo = message.get(at + MARKER.len()..)?.trim_start_matches([':', ' ']);
        let end = echo.strip_prefix(ours).map(|rest| rest.trim_end_matches('.'));
        if end.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            return Some(Self::Secret);
        }
        let theirs = secrets.hide(echo.split(' ').next()?);
        let ours = secrets.hide(ours);
        let (ours, theirs) = first_difference(&ours, &theirs);
        Some(Self::Text { ours: shortened(ours), theirs: shortened(theirs) })
    }

    /// The same with ACS3-HMAC-SHA256, where both texts end with a hash of the request; none if there is none in the
    /// message.
    pub(crate) fn of_hash(message: &str, ours: &str) -> Option<Self> {
        let (_, ours) = ours.split_once('\n')?;
        let (_, echo) = message.split_once(acs3::ALGORITHM)?;
        let mut hashes = echo.split(|c: char| !c.is_ascii_hexdigit());
        let theirs = hashes.find(|part| part.len() == ours.len())?;
        if theirs.eq_ignore_ascii_case(ours) {
            return Some(Self::Secret);
        }
        Some(Self::Text { ours: ours.to_owned(), theirs: theirs.to_owned() })
    }
}

/// The first parts that differ; where only what is secret differs, the last ones.
fn first_difference<'a>(ours: &'a str, theirs: &'a str) -> (&'a str, &'a str) {
    let (mut ours, mut theirs) = (parts(ours), parts(theirs));
    let mut secret = ("***", "***");
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return secret,
            (ours, theirs) if ours != theirs => {
                return (ours.unwrap_or_default(), theirs.unwrap_or_default());
            }
            (Some(ours), Some(theirs)) if ours.ends_with("***") => secret = (ours, theirs),
            _ => {}
        }
    }
}

/// Parameters stand in a text of version 1.0 encoded twice, lines in one of a later version.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['&', '\n']).flat_map(|part| part.split("%26"))
}

fn shortened(part: &str) -> String {
    const LONGEST: usize = 100;
    match part.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", part.get(..end).unwrap_or_default()),
        None => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    const OURS: &str = "GET&%2F&A%3Da%2520b%26SecurityToken%3DTOKEN%26Version%3D1";

    fn of(message: &str) -> Option<SignatureFault> {
        let secrets = Secrets::of(None, &Parameters::from([("SecurityToken", "TOKEN")]));
        SignatureFault::of(message, OURS, &secrets)
    }

    #[test]
    fn the_same_text_means_a_wrong_secret() {
        for message in [
            format!("Specified signature is not matched. server string to sign is:{OURS}"),
            format!("Server String To Sign is: {OURS}."),
            format!("string to sign is:{OURS} and so on"),
        ] {
            assert_eq!(of(&message), Some(SignatureFault::Secret), "{message}");
        }
    }

    #[test]
    fn the_first_difference_is_shown_and_no_secret() {
        let theirs = |text: &str| match of(&format!("server string to sign is:{text}")) {
            Some(SignatureFault::Text { ours, theirs }) => (ours, theirs),
            other => panic!("{other:?}"),
        };
        let pair = |ours: &str, theirs: &str| (ours.to_owned(), theirs.to_owned());
        assert_eq!(theirs(&OURS.replace("GET", "POST")), pair("GET", "POST"));
        assert_eq!(theirs(&OURS.replace("a%2520b", "a%2Bb")), pair("A%3Da%2520b", "A%3Da%2Bb"));
        assert_eq!(theirs(&OURS.replace("%26Version%3D1", "")), pair("Version%3D1", ""));
        assert_eq!(theirs(&format!("{OURS}%26X%3D1")), pair("", "X%3D1"));
        let hidden = "SecurityToken%3D***";
        assert_eq!(theirs(&OURS.replace("TOKEN", "OTHER")), pair(hidden, hidden));
    }

    #[test]
    fn hashes_are_compared_with_acs3() {
        let text = |hash: &str| format!("{}\n{hash}", acs3::ALGORITHM);
        let (ours, other) = ("0a".repeat(32), "1b".repeat(32));
        for (theirs, expected) in [
            (&ours, SignatureFault::Secret),
            (&other, SignatureFault::Text { ours: ours.clone(), theirs: other.clone() }),
        ] {
            for message in [
                format!("server string to sign is:{}", text(theirs)),
                format!(
                    "stringToSign is [{}], canonicalString is [POST\n/\n{}]",
                    text(theirs),
                    "2c".repeat(32)
                ),
            ] {
                assert_eq!(
                    SignatureFault::of_hash(&message, &text(&ours)),
                    Some(expected.clone()),
                    "{message}"
                );
            }
        }
        assert_eq!(SignatureFault::of_hash("The signature is not matched.", &text(&ours)), None);
    }

    #[test]
    fn without_an_echo_nothing_is_known() {
        assert_eq!(of("Specified signature is not matched with our calculation."), None);
    }
}
