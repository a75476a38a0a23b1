//! Takes secrets out of texts that came from elsewhere.
//!
//! When a signature does not match, the service answers with the text that it signed itself, and with it come the
//! security token and every parameter of the call.

/// How the end of a name and the end of a value look, in a text that was encoded not at all, once or twice.
const MARKS: [(&str, &str); 4] = [("=", "&"), ("%3D", "%26"), ("%253D", "%2526"), ("%3d", "%26")];

/// The text with `***` in place of the values of these parameters, and of `SecurityToken` and `Signature`.
pub(crate) fn scrub<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut text = text.to_owned();
    for name in names.chain(["SecurityToken", "Signature"]) {
        for (equals, and) in MARKS {
            text = without_values(&text, &format!("{name}{equals}"), and);
        }
    }
    text
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
            assert_eq!(scrub(text, ["AuthKey"].into_iter()), expected);
        }
    }
}
