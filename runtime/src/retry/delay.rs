//! How long to wait before the next attempt.

use super::Retries;
use crate::time;
use crate::transport::http::{HeaderMap, header};
use std::time::{Duration, SystemTime};

/// How much longer a resource takes to settle than a gateway.
const SETTLING: u32 = 8;

/// The wait before a repetition, the first of which has the number 0. `random` is at least 0 and below 1.
pub(crate) fn backoff(retries: &Retries, number: u32, settling: bool, random: f64) -> Duration {
    let doubled = 1_u32.checked_shl(number).unwrap_or(u32::MAX);
    let factor = if settling { doubled.saturating_mul(SETTLING) } else { doubled };
    let longest = retries.base_delay.saturating_mul(factor).min(retries.max_delay);
    // A resource has hardly settled at once, so half of the wait is certain.
    let certain = if settling { longest / 2 } else { Duration::ZERO };
    let open = longest - certain;
    certain + Duration::try_from_secs_f64(open.as_secs_f64() * random).map_or(open, |part| part.min(open))
}

/// The wait that an answer asks for: `x-acs-retry-after` in milliseconds, or else `Retry-After` in seconds or as a
/// date.
pub(crate) fn asked(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if let Some(milliseconds) = text("x-acs-retry-after").and_then(|value| value.parse().ok()) {
        return Some(Duration::from_millis(milliseconds));
    }
    let value = text(header::RETRY_AFTER.as_str())?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    // Both dates are by the service's clock.
    let now = text(header::DATE.as_str()).and_then(time::parse_http_date).unwrap_or(now);
    Some(time::parse_http_date(value)?.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RETRIES: Retries =
        Retries { attempts: 9, base_delay: Duration::from_millis(500), max_delay: Duration::from_secs(20) };

    fn milliseconds(number: u32, settling: bool, random: f64) -> u128 {
        backoff(&RETRIES, number, settling, random).as_millis()
    }

    #[test]
    fn it_doubles_up_to_the_longest() {
        let longest = [0, 1, 2, 5, 6, 31, 32, u32::MAX].map(|number| milliseconds(number, false, 1.0));
        assert_eq!(longest, [500, 1000, 2000, 16_000, 20_000, 20_000, 20_000, 20_000]);
        assert_eq!([0.0, 0.25, 0.5].map(|random| milliseconds(2, false, random)), [0, 500, 1000]);
    }

    #[test]
    fn settling_takes_longer_and_never_nothing() {
        assert_eq!([0, 1, 2, 3].map(|number| milliseconds(number, true, 0.0)), [2000, 4000, 8000, 10_000]);
        assert_eq!([0, 1, 2, 3].map(|number| milliseconds(number, true, 1.0)), [4000, 8000, 16_000, 20_000]);
    }

    #[test]
    fn a_source_of_randomness_that_is_none_does_no_harm() {
        for random in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            assert_eq!(milliseconds(0, false, random), 500);
        }
    }

    /// The wait in milliseconds that these headers ask for.
    fn wait(pairs: &[(&str, &str)]) -> Option<u128> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        asked(&HeaderMap::from_iter(headers), now).map(|wait| wait.as_millis())
    }

    #[test]
    fn the_service_can_ask_in_three_ways() {
        let (acs, standard) = ("x-acs-retry-after", "retry-after");
        assert_eq!(wait(&[]), None);
        assert_eq!(wait(&[(acs, "1500")]), Some(1500));
        assert_eq!(wait(&[(acs, "1500"), (standard, "9")]), Some(1500));
        assert_eq!(wait(&[(acs, "soon"), (standard, " 9 ")]), Some(9000));
        assert_eq!(wait(&[(standard, "0")]), Some(0));
        assert_eq!(wait(&[(standard, "-1")]), None);
        assert_eq!(wait(&[(standard, "soon")]), None);
        assert_eq!(wait(&[(standard, "Sun, 06 Nov 1994 08:49:47 GMT")]), Some(10_000));
        assert_eq!(wait(&[(standard, "Sun, 06 Nov 1994 08:49:00 GMT")]), Some(0));
        let date = ("date", "Sun, 06 Nov 1994 10:00:00 GMT");
        assert_eq!(wait(&[(standard, "Sun, 06 Nov 1994 10:00:03 GMT"), date]), Some(3000));
        assert_eq!(wait(&[(standard, "18446744073709551615")]), Some(u128::from(u64::MAX) * 1000));
    }
}
