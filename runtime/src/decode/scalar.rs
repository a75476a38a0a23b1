//! How single values are read: leniently, as the service quotes numbers and booleans or does not.

use super::{Mismatch, Raw, Read};

/// From here on a float may have lost digits.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a text of a type with a meaning; an empty one stands for an absent value.
///
/// # Errors
/// When the value is a number that cannot be held exactly.
pub fn read_text(raw: Raw<'_>) -> Result<Option<String>, Mismatch> {
    Ok(String::read(raw)?.filter(|text| !text.is_empty()))
}

impl Read for String {
    fn read(raw: Raw<'_>) -> Result<Option<Self>, Mismatch> {
        Ok(Some(match raw {
            Raw::Text(text) => text.to_owned(),
            Raw::Int(number) => number.to_string(),
            Raw::Uint(number) => number.to_string(),
            Raw::Bool(flag) => flag.to_string(),
            // Better an error than another account's id.
            Raw::Float(number) if number.abs() < EXACT => number.to_string(),
            Raw::Float(_) => return Err(Mismatch("a text, or a number that fits 64 bits")),
        }))
    }
}

impl Read for i64 {
    fn read(raw: Raw<'_>) -> Result<Option<Self>, Mismatch> {
        const WHOLE: Mismatch = Mismatch("a whole number of at most 64 bits");
        match raw {
            Raw::Int(number) => Ok(Some(number)),
            Raw::Uint(_) | Raw::Bool(_) => Err(WHOLE),
            Raw::Text(text) => match text.trim() {
                "" => Ok(None),
                digits => digits.parse().map(Some).map_err(|_| WHOLE),
            },
            #[allow(clippy::cast_possible_truncation)] // checked to be whole and small
            Raw::Float(number) if number.fract() == 0.0 && number.abs() < EXACT => Ok(Some(number as i64)),
            Raw::Float(_) => Err(WHOLE),
        }
    }
}

impl Read for bool {
    fn read(raw: Raw<'_>) -> Result<Option<Self>, Mismatch> {
        const FLAG: Mismatch = Mismatch("true or false");
        match raw {
            Raw::Bool(flag) => Ok(Some(flag)),
            Raw::Int(1) => Ok(Some(true)),
            Raw::Int(0) => Ok(Some(false)),
            Raw::Text(text) => match text.trim() {
                "" => Ok(None),
                "1" => Ok(Some(true)),
                "0" => Ok(Some(false)),
                word if word.eq_ignore_ascii_case("true") => Ok(Some(true)),
                word if word.eq_ignore_ascii_case("false") => Ok(Some(false)),
                _ => Err(FLAG),
            },
            Raw::Int(_) | Raw::Uint(_) | Raw::Float(_) => Err(FLAG),
        }
    }
}
