//! The three written forms of a time, and the one that requests use.

use std::time::SystemTime;

/// Reads a time in any of the forms that the API answers with.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    if !is_civil(text) {
        return None;
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    let time = jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?;
    Some(time.into())
}

/// Whether it is written `2021-06-08T12:20` or `2021-06-08T12:20:55`. The parser alone would take other forms too,
/// and pass over an offset.
fn is_civil(text: &str) -> bool {
    let form = b"0000-00-00T00:00:00";
    (text.len() == 16 || text.len() == form.len())
        && text
            .bytes()
            .zip(form)
            .all(|(byte, due)| if *due == b'0' { byte.is_ascii_digit() } else { byte == *due })
}

/// Writes a time as requests do: `2022-02-28T16:00:00Z`. A time outside the years 1 to 9999 becomes the epoch.
pub(crate) fn format(time: SystemTime) -> String {
    let time = jiff::Timestamp::try_from(time).unwrap_or_default();
    jiff::Timestamp::from_second(time.as_second()).unwrap_or_default().to_string()
}

/// Reads the time in a header of an answer: `Sun, 06 Nov 1994 08:49:37 GMT`.
#[cfg(feature = "client")]
pub(crate) fn parse_http_date(text: &str) -> Option<SystemTime> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(SystemTime::from)
}

#[cfg(test)]
mod tests {
    use super::{format, parse};
    use std::time::{Duration, SystemTime};

    fn at(seconds: u64) -> Option<SystemTime> {
        Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    }

    #[test]
    fn three_forms() {
        for text in ["2021-06-08T12:20:55Z", "2021-06-08T12:20:55"] {
            assert_eq!(parse(text), at(1_623_154_855), "{text}");
        }
        for text in ["2021-10-08T10:44Z", "2021-10-08T10:44"] {
            assert_eq!(parse(text), at(1_633_689_840), "{text}");
        }
        assert_eq!(parse("2024-02-29T00:00:00Z"), at(1_709_164_800));
    }

    #[test]
    fn nothing_else() {
        for text in [
            "",
            "Z",
            "2021-06-08",
            "2021-06-08T12",
            "2021-06-08 12:20:55",
            "2021-06-08t12:20:55Z",
            "2021-06-08T12:20:55z",
            "2021-06-08T12:20:55ZZ",
            "2021-06-08T12:20:55.5",
            "2021-06-08T12:20:55+08:00",
            "2021-06-08T12:20+08",
            "20210608T122055Z",
            "2021-02-29T12:20:55Z",
            "2021-13-01T12:20:55Z",
            "2021-06-08T24:00:00Z",
            "+021-06-08T12:20",
            "2021-06-08T12:2中",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn written_as_requests_do() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_646_064_000_999);
        assert_eq!(format(time), "2022-02-28T16:00:00Z");
        assert_eq!(format(SystemTime::UNIX_EPOCH), "1970-01-01T00:00:00Z");
        assert_eq!(format(SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 50)), "1970-01-01T00:00:00Z");
        assert_eq!(parse(&format(time)), at(1_646_064_000));
    }
}
