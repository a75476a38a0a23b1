//! Session credentials in the answer of a server.

use super::{Credentials, CredentialsError};
use crate::decode::{self, Decode, Mismatch, Raw, Read, Slot};
use zeroize::Zeroizing;

/// A text that is wiped from memory on drop; an empty one stands for an absent value.
pub(super) type SecretText = Zeroizing<String>;

impl Read for SecretText {
    fn read(raw: Raw<'_>) -> Result<Option<Self>, Mismatch> {
        Ok(decode::read_text(raw)?.map(Zeroizing::new))
    }
}

/// What STS, the metadata service and a credentials URI answer; STS has it inside of `Credentials`.
#[derive(Default)]
struct Answer {
    code: Option<String>,
    id: Option<String>,
    secret: Option<SecretText>,
    token: Option<SecretText>,
    expiration: Option<String>,
}

impl Decode for Answer {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        Some(match key {
            "Code" => Slot::Scalar(&mut self.code),
            "AccessKeyId" => Slot::Scalar(&mut self.id),
            "AccessKeySecret" => Slot::Scalar(&mut self.secret),
            "SecurityToken" => Slot::Scalar(&mut self.token),
            "Expiration" => Slot::Scalar(&mut self.expiration),
            "Credentials" => Slot::Object(self),
            _ => return None,
        })
    }
}

/// The session credentials in an answer to a successful request. No error shows a part of the answer but its code.
pub(super) fn session(body: &[u8]) -> Result<Credentials, CredentialsError> {
    let mut answer = Answer::default();
    decode::answer(body, "", &mut answer).map_err(|error| {
        CredentialsError::new(format!("the answer cannot be read: {error}")).with_source(error)
    })?;
    if let Some(code) = answer.code.filter(|code| code != "Success") {
        let is_code = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        let code = if is_code && code.len() <= 64 { code } else { "***".to_owned() };
        return Err(CredentialsError::new(format!("the answer is no success but has the code {code}")));
    }
    let missing = |name: &str| CredentialsError::new(format!("the answer has no `{name}`"));
    let id = answer.id.filter(|id| !id.is_empty()).ok_or_else(|| missing("AccessKeyId"))?;
    let secret = answer.secret.ok_or_else(|| missing("AccessKeySecret"))?;
    let token = answer.token.ok_or_else(|| missing("SecurityToken"))?;
    let expiration = answer.expiration.ok_or_else(|| missing("Expiration"))?;
    let expiry = crate::time::parse(&expiration).ok_or_else(|| {
        CredentialsError::new("`Expiration` in the answer is no time such as `2026-01-31T12:00:00Z`")
    })?;
    Credentials::from_texts(id, secret, Some(token)).with_expiry(expiry).checked()
}

#[cfg(test)]
mod tests {
    use super::session;

    const WHOLE: &str = r#"{"Code":"Success","AccessKeyId":"STS.NU","AccessKeySecret":"SECRET","SecurityToken":"TOKEN","Expiration":"2026-01-31T12:00:00Z"}"#;

    #[test]
    fn a_session_is_read_flat_or_nested_with_or_without_a_code() {
        let texts = [
            WHOLE.to_owned(),
            WHOLE.replace(r#""Code":"Success","#, ""),
            format!(r#"{{"RequestId":"1","Credentials":{WHOLE},"AssumedRoleUser":{{"Arn":"a"}}}}"#),
        ];
        for text in texts {
            let credentials = session(text.as_bytes()).unwrap();
            assert_eq!((credentials.access_key_id(), credentials.secret()), ("STS.NU", "SECRET"));
            assert_eq!(credentials.security_token(), Some("TOKEN"));
            assert_eq!(credentials.expiry(), crate::time::parse("2026-01-31T12:00:00Z"));
        }
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said_and_nothing_of_it_shown() {
        let cases = [
            (WHOLE.replace("AccessKeyId", "Other"), "no `AccessKeyId`"),
            (WHOLE.replace("AccessKeySecret", "Other"), "no `AccessKeySecret`"),
            (WHOLE.replace("SecurityToken", "Other"), "no `SecurityToken`"),
            (WHOLE.replace("Expiration", "Other"), "no `Expiration`"),
            (WHOLE.replace("\"TOKEN\"", "\"\""), "no `SecurityToken`"),
            (WHOLE.replace("2026-01-31T12:00:00Z", "SECRET"), "`Expiration` in the answer is no time"),
            (WHOLE.replace("Success", "Failed"), "the code Failed"),
            (WHOLE.replace("Success", "the SECRET"), "the code ***"),
            (
                WHOLE.replace("\"SECRET\"", "[\"SECRET\", \"SECRET\"]"),
                "AccessKeySecret: expected a single value",
            ),
            (WHOLE.replace("SECRET", "SEC RET"), "secret has white space inside"),
            ("SECRET".to_owned(), "expected a JSON object"),
            (WHOLE.replace('}', ""), "cannot be read"),
            (String::new(), "empty"),
        ];
        for (text, expected) in cases {
            let error = session(text.as_bytes()).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(
                !format!("{error:?}").contains("RET") && !format!("{error:?}").contains("TOKEN"),
                "{error:?}"
            );
        }
    }
}
