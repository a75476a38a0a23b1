//! Parameters from a query or a form body.

use std::collections::BTreeMap;

/// Parameters by name, sorted by the bytes of the names.
pub type Form = BTreeMap<String, String>;

/// Reads a query or a form body.
///
/// # Errors
/// What is wrong with the text.
pub fn parse(text: &str) -> Result<Form, String> {
    let mut form = Form::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name)?;
        if form.insert(name.clone(), decoded(value)?).is_some() {
            return Err(format!("{name} is there twice"));
        }
    }
    Ok(form)
}

fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => (16 * digit(*high)? + digit(*low)?, after),
            (b'%', _) => return Err("a percent sign at the end".to_owned()),
            (b'+', after) => (b' ', after),
            (byte, after) => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| "a value is not UTF-8".to_owned())
}

fn digit(byte: u8) -> Result<u8, String> {
    let digit = char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    digit.ok_or_else(|| "a percent sign without two digits".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_is_decoded() {
        let expected = form(&[("Name", "a b+c%&=中"), ("Empty", ""), ("Filter.1.Key", "x y")]);
        let text = "Name=a%20b%2Bc%25%26%3d%E4%B8%AD&Empty=&Filter.1.Key=x+y";
        assert_eq!(parse(text), Ok(expected));
        assert_eq!(parse(""), Ok(Form::new()));
    }

    #[test]
    fn what_is_broken_is_refused() {
        for text in ["a=%", "a=%4", "a=%zz", "a=%FF", "a=1&a=2", "a=%+1"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
