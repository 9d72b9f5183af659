//! Calendar dates.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

use super::date_time::DateTime;
use super::stamp::{Stamp, stamp_type};
use super::time::Time;

/// A calendar date, such as `2022-11-30`.
///
/// Where a provider sends a full date-time instead, the time is kept and written back; [`time`](Self::time) has it.
/// Equality and order go by date, then time, then offset; the layout of the text does not count.
#[derive(Clone, Copy)]
pub struct Date(Stamp);

stamp_type!(Date, "a date", "expected a date, found a text that is none");

impl Date {
    fn parse(text: &str) -> Option<Self> {
        Stamp::parse_date(text).map(Self)
    }

    /// The calendar date.
    pub fn date(self) -> civil::Date {
        // Every way to make one sets the date.
        self.0.date.unwrap_or(civil::Date::ZERO)
    }

    /// The time of day, if one was sent along.
    pub fn time(self) -> Option<civil::Time> {
        self.0.time
    }

    /// The offset from UTC, if one was sent along.
    pub fn offset(self) -> Option<Offset> {
        self.0.offset
    }

    /// The instant, if both time and offset were sent along.
    pub fn timestamp(self) -> Option<Timestamp> {
        DateTime::from(self).timestamp()
    }

    /// This day at a time of day, with the offset that came with the time.
    ///
    /// ```
    /// # use bankfeed_runtime::{Date, Time};
    /// let (day, time): (Date, Time) = ("2022-11-30".parse()?, "01:55:00-0300".parse()?);
    /// assert_eq!(day.at(time).to_string(), "2022-11-30T01:55:00-0300");
    /// # Ok::<(), bankfeed_runtime::StampError>(())
    /// ```
    pub fn at(self, time: Time) -> DateTime {
        DateTime::of_stamp(time.stamp().on(self.date()))
    }

    pub(crate) fn stamp(self) -> Stamp {
        self.0
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(Stamp::of(Some(date), None, None))
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        date.date()
    }
}

impl From<DateTime> for Date {
    fn from(date_time: DateTime) -> Self {
        Self(date_time.stamp())
    }
}
