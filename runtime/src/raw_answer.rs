//! Answers of which nothing is known but that they are answers.

use crate::decode::{Decode, Slot};
use std::fmt;

/// The text of an answer whose fields are not known. It is well-formed JSON or XML, as the client asked for.
///
/// `Debug` shows its length alone: what it holds may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawAnswer {
    text: String,
}

impl RawAnswer {
    /// The text as the service sent it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text itself.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

impl Decode for RawAnswer {
    fn slot(&mut self, _: &str) -> Option<Slot<'_>> {
        None
    }

    fn keep(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer").field("bytes", &self.text.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::RawAnswer;
    use crate::decode::answer;

    #[test]
    fn a_raw_answer_keeps_the_text() {
        for text in [
            r#"{"RegionId": "cn-hangzhou", "Key": "s3cret"}"#,
            "<DescribeXResponse><Key>s3cret</Key></DescribeXResponse>",
        ] {
            let mut raw = RawAnswer::default();
            answer(text.as_bytes(), "DescribeX", &mut raw).unwrap();
            assert_eq!(raw.text(), text);
            assert_eq!(format!("{raw:?}"), format!("RawAnswer {{ bytes: {} }}", text.len()));
            assert_eq!(raw.into_text(), text);
        }
    }

    #[test]
    fn a_broken_answer_is_an_error_all_the_same() {
        let mut raw = RawAnswer::default();
        assert!(answer(b"{\"RegionId\": ", "DescribeX", &mut raw).is_err());
        assert!(answer(b"<html></html>", "DescribeX", &mut raw).is_err());
        assert_eq!(raw.text(), "");
    }
}
