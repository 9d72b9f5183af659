//! What a text of each format looks like on the wire.
//!
//! Milder than the RFCs where real answers are: a moment may lack its offset, or write it without a colon.

/// Says whether a text has a format.
pub(crate) type Check = fn(&str) -> bool;

/// Formats with the check of their texts.
pub(crate) const CHECKS: &[(&str, Check)] = &[
    ("decimal", is_decimal),
    ("boolean", is_boolean),
    ("date", is_date),
    ("time", is_time),
    ("date-time", is_date_time),
    ("moment", is_date_time),
    ("uuid", is_uuid),
];

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    all_digits(whole) && all_digits(fraction)
}

fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    year.len() == 4
        && within(year, 0, 9999)
        && month.len() == 2
        && day.len() == 2
        && within(month, 1, 12)
        && within(day, 1, 31)
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let [hour, minute, second] = parts.as_slice() else { return false };
    let two = parts.iter().all(|part| part.len() == 2);
    // A leap second is sixty.
    two && within(hour, 0, 23) && within(minute, 0, 59) && within(second, 0, 60) && all_digits(fraction)
}

fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't', ' ']) else { return false };
    let rest = rest.strip_suffix(" UTC").unwrap_or(rest);
    let time = match rest.rfind(['+', '-']) {
        Some(at) if is_offset(&rest[at + 1..]) => &rest[..at],
        Some(_) => return false,
        None => rest.strip_suffix(['Z', 'z']).unwrap_or(rest),
    };
    is_date(date) && is_time(time)
}

fn is_offset(text: &str) -> bool {
    let digits = text.replacen(':', "", 1);
    matches!(digits.len(), 2 | 4) && all_digits(&digits)
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|char| char == '-' || char.is_ascii_hexdigit())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn within(text: &str, low: u32, high: u32) -> bool {
    all_digits(text) && text.parse::<u32>().is_ok_and(|number| (low..=high).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart() {
        for (check, right, wrong) in [
            (is_decimal as Check, ["-0.10", "999999999999999.9999", "12"], ["1,5", "", "1e3"]),
            (is_date, ["2024-01-31", "1999-12-01", "2024-02-29"], ["2024-1-31", "2024-13-01", "31/01/2024"]),
            (is_time, ["23:59:00", "00:00:60", "12:30:00.123"], ["24:00:00", "12:30", "noon"]),
            (
                is_date_time,
                ["2022-11-30T01:55:00-0300", "2024-01-31T12:00:00Z", "2024-01-31 12:00:00.5 UTC"],
                ["2024-01-31", "2024-01-31T12:00:00-3", "é-T:"],
            ),
            (
                is_uuid,
                ["123e4567-e89b-12d3-a456-426614174000"; 3],
                ["123e4567", "123e4567-e89b-12d3-a456-42661417400g", ""],
            ),
        ] {
            for text in right {
                assert!(check(text), "{text}");
            }
            for text in wrong {
                assert!(!check(text), "{text}");
            }
        }
    }
}
