//! The signatures that calls can carry, as pure functions.

pub mod acs3;
pub mod v1;

use crate::parameters::Parameters;

/// The parameters as a query or a form body, percent-encoded as RFC 3986 has it.
#[must_use]
pub fn query(parameters: &Parameters) -> String {
    let mut text = String::with_capacity(size(parameters) * 5 / 4);
    write_query(parameters.iter(), &mut text);
    text
}

/// A text, percent-encoded as RFC 3986 has it.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    write_encoded(text, &mut encoded);
    encoded
}

/// Bytes of the parameters before encoding.
fn size(parameters: &Parameters) -> usize {
    parameters.iter().map(|(name, value)| name.len() + value.len() + 6).sum()
}

/// A text that a query is written to.
trait Sink {
    /// Unreserved characters.
    fn plain(&mut self, run: &str);
    /// A byte of any other character, as a percent sign and two digits.
    fn escaped(&mut self, byte: u8);
    /// What stands between names and values.
    fn mark(&mut self, mark: u8);
}

impl Sink for String {
    fn plain(&mut self, run: &str) {
        self.push_str(run);
    }

    fn escaped(&mut self, byte: u8) {
        self.push('%');
        write_hex(byte, HEX, self);
    }

    fn mark(&mut self, mark: u8) {
        self.push(char::from(mark));
    }
}

fn write_query<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, sink: &mut impl Sink) {
    for (index, (name, value)) in pairs.enumerate() {
        if index > 0 {
            sink.mark(b'&');
        }
        write_encoded(name, sink);
        sink.mark(b'=');
        write_encoded(value, sink);
    }
}

fn write_encoded(part: &str, sink: &mut impl Sink) {
    let mut rest = part;
    while let Some((plain, other)) =
        rest.bytes().position(is_reserved).and_then(|at| rest.split_at_checked(at))
    {
        sink.plain(plain);
        let mut others = other.chars();
        for byte in others.next().unwrap_or_default().encode_utf8(&mut [0; 4]).bytes() {
            sink.escaped(byte);
        }
        rest = others.as_str();
    }
    sink.plain(rest);
}

/// Bytes in hexadecimal, in small letters.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|byte| write_hex(*byte, b"0123456789abcdef", &mut text));
    text
}

/// Writes a byte as two of these digits.
fn write_hex(byte: u8, digits: &[u8; 16], text: &mut String) {
    for half in [byte >> 4, byte & 15] {
        text.push(char::from(digits[usize::from(half)]));
    }
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

fn is_reserved(byte: u8) -> bool {
    RESERVED[usize::from(byte)]
}

/// Every byte but those of the letters, the digits and `-_.~`.
static RESERVED: [bool; 256] = {
    let mut reserved = [true; 256];
    let mut byte = 0;
    while byte < 128 {
        let plain = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'_' | b'.' | b'~');
        reserved[byte] = !plain;
        byte += 1;
    }
    reserved
};

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::DeserializeOwned;

    /// The vectors of one kind, made by other clients of the cloud.
    pub(super) fn vectors<T: DeserializeOwned>(kind: &str) -> Vec<T> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/signature-vectors.json");
        let text = std::fs::read_to_string(path).unwrap();
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        serde_json::from_value(file[kind].take()).unwrap()
    }

    #[test]
    fn every_reserved_byte_is_encoded_once_and_twice() {
        let parameters = Parameters::from([("K", "aZ09-_.~ *+/:=&%'\"\u{0}\u{7f}é€😀")]);
        let once = "K=aZ09-_.~%20%2A%2B%2F%3A%3D%26%25%27%22%00%7F%C3%A9%E2%82%AC%F0%9F%98%80";
        assert_eq!(query(&parameters), once);
        let twice = once.replace('%', "%25").replace('=', "%3D");
        assert_eq!(v1::string_to_sign("GET", &parameters), format!("GET&%2F&{twice}"));
    }
}
