//! Moments and days. Banks in Brazil keep the time of Brasília, three hours behind UTC all year.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

const BRASILIA: Offset = Offset::constant(-3);

/// A moment as Belvo writes it, with microseconds.
pub(super) fn stamp(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// The day in Brasília.
pub(super) fn today(at: Timestamp) -> Date {
    BRASILIA.to_datetime(at).date()
}

/// When payments planned for a day are carried out: eight in the morning.
pub(super) fn morning(day: Date) -> Timestamp {
    on(day, 8, 0)
}

/// An hour of the day before.
pub(super) fn eve(day: Date, hour: i8, minute: i8) -> Timestamp {
    on(day.yesterday().unwrap_or(day), hour, minute)
}

/// A moment some seconds on.
pub(super) fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

fn on(day: Date, hour: i8, minute: i8) -> Timestamp {
    BRASILIA.to_timestamp(day.at(hour, minute, 0, 0)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_brasilia() {
        let night: Timestamp = "2026-03-03T02:59:00Z".parse().unwrap();
        let day = today(night);
        assert_eq!(day.to_string(), "2026-03-02");
        assert_eq!(stamp(morning(day)), "2026-03-02T11:00:00.000000Z");
        assert_eq!(stamp(eve(day, 22, 0)), "2026-03-02T01:00:00.000000Z");
    }
}
