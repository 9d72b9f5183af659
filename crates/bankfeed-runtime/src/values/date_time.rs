//! Dates with a time of day.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

use super::date::Date;
use super::stamp::{Stamp, stamp_type};

/// A date and time, such as `2022-11-30T01:55:00-0300`, with what was sent and nothing more.
///
/// A bare date has no [`time`](Self::time); a time without offset has no [`timestamp`](Self::timestamp). Written back
/// as it came: separator, digits of the second's fraction, form of the offset.
///
/// Equality and order go by date, time and offset as sent, so `01:00Z` and `02:00+01:00` differ: compare
/// [`timestamp`](Self::timestamp)s to compare instants.
#[derive(Clone, Copy)]
pub struct DateTime(Stamp);

stamp_type!(DateTime, "a date and time", "expected a date and time, found a text that is none");

impl DateTime {
    fn parse(text: &str) -> Option<Self> {
        Stamp::parse_date(text).map(Self)
    }

    /// The calendar date, as written: in the offset that was sent.
    pub fn date(self) -> civil::Date {
        // Every way to make one sets the date.
        self.0.date.unwrap_or(civil::Date::ZERO)
    }

    /// The time of day, unless a bare date was sent.
    pub fn time(self) -> Option<civil::Time> {
        self.0.time
    }

    /// The offset from UTC, if one was sent.
    pub fn offset(self) -> Option<Offset> {
        self.0.offset
    }

    /// The instant; `None` when time or offset were not sent.
    pub fn timestamp(self) -> Option<Timestamp> {
        let civil = self.date().to_datetime(self.0.time?);
        self.0.offset?.to_timestamp(civil).ok()
    }

    pub(crate) fn of_stamp(stamp: Stamp) -> Self {
        Self(stamp)
    }

    pub(crate) fn stamp(self) -> Stamp {
        self.0
    }
}

impl From<civil::DateTime> for DateTime {
    fn from(value: civil::DateTime) -> Self {
        Self(Stamp::of(Some(value.date()), Some(value.time()), None))
    }
}

impl From<civil::Date> for DateTime {
    fn from(date: civil::Date) -> Self {
        Self(Stamp::of(Some(date), None, None))
    }
}

impl From<Timestamp> for DateTime {
    /// In UTC, written with `Z`.
    fn from(timestamp: Timestamp) -> Self {
        let civil = Offset::UTC.to_datetime(timestamp);
        Self(Stamp::of(Some(civil.date()), Some(civil.time()), Some(Offset::UTC)))
    }
}

impl From<Date> for DateTime {
    fn from(date: Date) -> Self {
        Self(date.stamp())
    }
}
