//! Takes secrets out of texts that came from elsewhere.
//!
//! When a signature does not match, the service answers with the text that it signed itself, and with it come the
//! security token and every parameter of the call.

use crate::parameters::Parameters;
use crate::schema::Action;
use crate::sign;

/// How the end of a name and the end of a value look, in a text that was encoded not at all, once or twice.
const MARKS: [(&str, &str); 4] = [("=", "&"), ("%3D", "%26"), ("%253D", "%2526"), ("%3d", "%26")];

/// Names of what a call is signed with, or proves itself with in place of a signature.
pub(crate) const SIGNED_WITH: [&str; 3] = ["OIDCToken", "SecurityToken", "Signature"];

/// What no text may show: the values of a call's sensitive parameters, and what it was signed with.
#[derive(Default)]
pub(crate) struct Secrets {
    names: Vec<String>,
    values: Vec<String>,
}

impl Secrets {
    /// The secrets among the parameters of a call.
    pub(crate) fn of(action: Option<&'static Action>, parameters: &Parameters) -> Self {
        Self::named(sensitive(action).chain(SIGNED_WITH).collect(), parameters)
    }

    /// The values of parameters whose names end in one of these.
    pub(crate) fn named(sensitive: Vec<&str>, parameters: &Parameters) -> Self {
        let mut values = Vec::new();
        for (_, value) in parameters.iter().filter(|(name, _)| sensitive.contains(&last_part(name))) {
            // One or two bytes stand everywhere by chance, and after their name they are hidden anyway.
            if value.len() > 2 {
                let (once, twice) = (sign::encoded(value), sign::encoded(&sign::encoded(value)));
                values.extend([value.to_owned(), once, twice]);
            }
        }
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self { names: sensitive.into_iter().map(str::to_owned).collect(), values }
    }

    /// The text with `***` in place of each secret: by its value, in every encoding, and by its name, should the text
    /// have another value there.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for value in &self.values {
            text = text.replace(value.as_str(), "***");
        }
        for name in &self.names {
            for (equals, and) in MARKS {
                text = without_values(&text, &format!("{name}{equals}"), and);
            }
        }
        text
    }
}

/// Last parts of the names of an action's sensitive parameters: `PMName` of `PMInfo.N.PMName`.
pub(crate) fn sensitive(action: Option<&'static Action>) -> impl Iterator<Item = &'static str> {
    let parameters = action.map_or(&[][..], |action| action.parameters);
    parameters.iter().filter(|parameter| parameter.sensitive).map(|parameter| last_part(parameter.name))
}

pub(crate) fn last_part(name: &str) -> &str {
    let is_index = |part: &&str| *part == "N" || part.bytes().all(|byte| byte.is_ascii_digit());
    name.rsplit('.').find(|part| !is_index(part)).unwrap_or(name)
}

fn without_values(text: &str, start: &str, and: &str) -> String {
    let mut scrubbed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(start) {
        scrubbed.push_str(before);
        scrubbed.push_str(start);
        scrubbed.push_str("***");
        rest = after.get(end(after, and)..).unwrap_or_default();
    }
    scrubbed.push_str(rest);
    scrubbed
}

/// Where the value ends that the text begins with.
fn end(text: &str, and: &str) -> usize {
    let by_mark = text.find(and);
    let by_character = text.find(|c: char| c.is_whitespace() || matches!(c, '&' | '"' | '\'' | '<' | '>'));
    by_mark.into_iter().chain(by_character).min().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(names: &[&str], values: &[&str]) -> Secrets {
        let names = names.iter().copied().chain(SIGNED_WITH).map(str::to_owned).collect();
        Secrets { names, values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    #[test]
    fn values_go_in_every_encoding() {
        let cases = [
            ("a SecurityToken=CAIS%2F%2B&X=1", "a SecurityToken=***&X=1"),
            (
                "GET&%2F&A%3D1%26SecurityToken%3DCAIS%252F%26Version%3D2",
                "GET&%2F&A%3D1%26SecurityToken%3D***%26Version%3D2",
            ),
            ("SecurityToken%253DCAIS%2526X%253D1", "SecurityToken%253D***%2526X%253D1"),
            ("SecurityToken%3dCAIS", "SecurityToken%3d***"),
            ("<a href=\"/?Signature=abc%3D\">here</a>", "<a href=\"/?Signature=***\">here</a>"),
            ("SignatureMethod=HMAC-SHA1&AuthKey%3Dk", "SignatureMethod=HMAC-SHA1&AuthKey%3D***"),
            ("Peer.1.AuthKey=k 你好", "Peer.1.AuthKey=*** 你好"),
            ("nothing to hide", "nothing to hide"),
        ];
        for (text, expected) in cases {
            assert_eq!(secrets(&["AuthKey"], &[]).hide(text), expected);
        }
    }

    #[test]
    fn values_go_without_their_names() {
        let parameters =
            Parameters::from([("SecurityToken", "CA IS/+"), ("Name", "CA"), ("Signature", "a=")]);
        let secrets = Secrets::of(None, &parameters);
        for (text, expected) in [
            ("the token [CA IS/+] of CA is illegal", "the token [***] of CA is illegal"),
            ("CA%20IS%2F%2B and CA%2520IS%252F%252B", "*** and ***"),
            ("SecurityToken=CA IS/+", "SecurityToken=***"),
        ] {
            assert_eq!(secrets.hide(text), expected);
        }
    }
}
