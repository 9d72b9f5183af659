//! Times of day.

use jiff::civil;
use jiff::tz::Offset;

use super::stamp::{Stamp, stamp_type};

/// A time of day, such as `18:04:00`, written back as it came.
#[derive(Clone, Copy)]
pub struct Time(Stamp);

stamp_type!(Time, "a time of day", "expected a time of day, found a text that is none");

impl Time {
    fn parse(text: &str) -> Option<Self> {
        Stamp::parse_time(text).map(Self)
    }

    /// The time of day.
    pub fn time(self) -> civil::Time {
        // Every way to make one sets the time.
        self.0.time.unwrap_or(civil::Time::MIN)
    }

    /// The offset from UTC, if one was sent.
    pub fn offset(self) -> Option<Offset> {
        self.0.offset
    }

    pub(crate) fn stamp(self) -> Stamp {
        self.0
    }
}

impl From<civil::Time> for Time {
    fn from(time: civil::Time) -> Self {
        Self(Stamp::of(None, Some(time), None))
    }
}

impl From<Time> for civil::Time {
    fn from(time: Time) -> Self {
        time.time()
    }
}
