//! What texts of each format look like in requests and answers.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime;

type Check = fn(&str) -> bool;

/// Formats with the check of their texts.
pub(crate) const FORMATS: &[(&str, Check)] = &[
    ("decimal", is_decimal),
    ("boolean", |text| matches!(text, "true" | "false")),
    ("date", is_date),
    ("date-time", is_date_time),
    ("moment", |text| is_date_time(text) || is_without_colon(text)),
    ("time", is_time),
    ("uuid", is_uuid),
];

fn is_decimal(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-'))
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

/// A moment of RFC 3339.
fn is_date_time(text: &str) -> bool {
    text.get(10..11) == Some("T") && text.parse::<Timestamp>().is_ok() && !is_without_colon(text)
}

/// A moment whose offset lacks its colon: providers write it, standards do not know it.
fn is_without_colon(text: &str) -> bool {
    let offset = text.len().checked_sub(5).and_then(|at| text.get(at..)).unwrap_or_default();
    offset.starts_with(['+', '-']) && !offset.contains(':') && strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text).is_ok()
}

/// A time of the day; banks tell it without an offset.
fn is_time(text: &str) -> bool {
    let Some((time, offset)) = text.split_at_checked(8) else { return false };
    let digits = time.parse::<jiff::civil::Time>().is_ok();
    digits && (offset.is_empty() || is_date_time(&format!("2000-01-01T{text}")))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart() {
        for (check, right, wrong) in [
            (is_decimal as Check, ["-0.10", "12", "999999999999999.9999"], ["1,5", "", "1e3"]),
            (is_date, ["2024-02-29", "1999-12-01", "2026-03-02"], ["2023-02-29", "2024-1-31", "20240131"]),
            (
                is_date_time,
                ["2022-11-30T01:55:00-03:00", "2024-01-31T12:00:00.5Z", "2024-01-31T12:00:00Z"],
                ["2024-01-31", "2024-01-31T12:00:00", "2022-11-30T01:55:00-0300"],
            ),
            (
                is_without_colon,
                ["2022-11-30T01:55:00-0300", "2022-11-30T01:55:00.25+0000", "2022-11-30T01:55:00-1130"],
                ["2022-11-30T01:55:00-03:00", "2022-11-30T01:55:00Z", "-0300"],
            ),
            (is_time, ["18:04:00", "00:00:00Z", "23:59:59.5+01:00"], ["18:04", "24:01:00", "noon"]),
            (
                is_uuid,
                ["123e4567-e89b-12d3-a456-426614174000"; 3],
                ["123e4567", "", "123e4567-e89b-12d3-a456-42661417400g"],
            ),
        ] {
            assert!(right.iter().all(|text| check(text)), "{right:?}");
            assert!(!wrong.iter().any(|text| check(text)), "{wrong:?}");
        }
    }
}
