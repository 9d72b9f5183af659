//! The shared text form of dates and times: what was sent, in a few copied bytes.

use std::fmt;

use jiff::civil;
use jiff::tz::Offset;

/// A date, a time of day, or both, with the layout of the text they came in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    pub(crate) date: Option<civil::Date>,
    pub(crate) time: Option<civil::Time>,
    pub(crate) offset: Option<Offset>,
    layout: Layout,
}

/// How the text was laid out, beyond what the values say.
#[derive(Clone, Copy, Debug)]
struct Layout {
    separator: u8,
    seconds: bool,
    /// Digits after the seconds' point.
    fraction: u8,
    offset: OffsetStyle,
}

#[derive(Clone, Copy, Debug)]
enum OffsetStyle {
    /// `Z` or `z`.
    Zulu(u8),
    /// `+03`, with its sign, which matters for `-00`.
    Hours(u8),
    /// `+0300`.
    Basic(u8),
    /// `+03:00`.
    Extended(u8),
}

/// Why a text is not a date or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StampError(pub(crate) &'static str);

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for StampError {}

impl Stamp {
    pub(crate) fn of(date: Option<civil::Date>, time: Option<civil::Time>, offset: Option<Offset>) -> Self {
        let nanosecond = time.map_or(0, civil::Time::subsec_nanosecond);
        let mut fraction = 9;
        let mut rest = nanosecond;
        while fraction > 0 && rest % 10 == 0 {
            rest /= 10;
            fraction -= 1;
        }
        let style = match offset {
            Some(offset) if offset.seconds() < 0 => OffsetStyle::Extended(b'-'),
            Some(offset) if offset.seconds() > 0 => OffsetStyle::Extended(b'+'),
            _ => OffsetStyle::Zulu(b'Z'),
        };
        Self { date, time, offset, layout: Layout { separator: b'T', seconds: true, fraction, offset: style } }
    }

    /// Reads `2022-11-30`, `2022-11-30T01:55:00.000-0300` and their kin.
    pub(crate) fn parse_date(text: &str) -> Option<Self> {
        let mut input = Input(text.as_bytes());
        let date = input.date()?;
        let mut stamp = Self::of(Some(date), None, None);
        if input.0.is_empty() {
            return Some(stamp);
        }
        stamp.layout.separator = input.one_of(b"Tt ")?;
        input.time_into(&mut stamp)?;
        Some(stamp)
    }

    /// Reads `18:04`, `18:04:00.5Z` and their kin.
    pub(crate) fn parse_time(text: &str) -> Option<Self> {
        let mut stamp = Self::of(None, None, None);
        Input(text.as_bytes()).time_into(&mut stamp)?;
        Some(stamp)
    }

    /// The same time on a day.
    pub(crate) fn on(self, date: civil::Date) -> Self {
        Self { date: Some(date), ..self }
    }

    /// The values compared by; the layout is not among them.
    pub(crate) fn key(&self) -> (Option<civil::Date>, Option<civil::Time>, Option<Offset>) {
        (self.date, self.time, self.offset)
    }
}

/// What is left to read.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn digits(&mut self, count: usize) -> Option<i16> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0i16;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value * 10 + i16::from(digit - b'0');
        }
        self.0 = rest;
        Some(value)
    }

    fn small(&mut self) -> Option<i8> {
        self.digits(2).and_then(|value| i8::try_from(value).ok())
    }

    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !wanted.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    fn date(&mut self) -> Option<civil::Date> {
        let year = self.digits(4)?;
        self.one_of(b"-")?;
        let month = self.small()?;
        self.one_of(b"-")?;
        let day = self.small()?;
        civil::Date::new(year, month, day).ok()
    }

    /// Reads a time of day and an offset up to the end.
    fn time_into(&mut self, stamp: &mut Stamp) -> Option<()> {
        let hour = self.small()?;
        self.one_of(b":")?;
        let minute = self.small()?;
        let mut second = 0;
        let mut nanosecond = 0i32;
        stamp.layout.seconds = self.one_of(b":").is_some();
        stamp.layout.fraction = 0;
        if stamp.layout.seconds {
            second = self.small()?;
            if self.one_of(b".").is_some() {
                while let Some(digit) = self.digits(1) {
                    // More digits than nanoseconds would be lost.
                    if stamp.layout.fraction == 9 {
                        return None;
                    }
                    nanosecond = nanosecond * 10 + i32::from(digit);
                    stamp.layout.fraction += 1;
                }
                if stamp.layout.fraction == 0 {
                    return None;
                }
                nanosecond *= 10i32.pow(u32::from(9 - stamp.layout.fraction));
            }
        }
        stamp.time = Some(civil::Time::new(hour, minute, second, nanosecond).ok()?);
        if !self.0.is_empty() {
            let (offset, style) = self.offset()?;
            stamp.offset = Some(offset);
            stamp.layout.offset = style;
        }
        self.0.is_empty().then_some(())
    }

    fn offset(&mut self) -> Option<(Offset, OffsetStyle)> {
        if let Some(letter) = self.one_of(b"Zz") {
            return Some((Offset::UTC, OffsetStyle::Zulu(letter)));
        }
        let sign = self.one_of(b"+-")?;
        let hours = i32::from(self.small()?);
        let (minutes, style) = if self.0.is_empty() {
            (0, OffsetStyle::Hours(sign))
        } else if self.one_of(b":").is_some() {
            (i32::from(self.small()?), OffsetStyle::Extended(sign))
        } else {
            (i32::from(self.small()?), OffsetStyle::Basic(sign))
        };
        if minutes > 59 {
            return None;
        }
        let seconds = (hours * 60 + minutes) * 60;
        let offset = Offset::from_seconds(if sign == b'-' { -seconds } else { seconds }).ok()?;
        Some((offset, style))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(date) = self.date {
            write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())?;
        }
        let Some(time) = self.time else { return Ok(()) };
        if self.date.is_some() {
            write!(f, "{}", char::from(self.layout.separator))?;
        }
        write!(f, "{:02}:{:02}", time.hour(), time.minute())?;
        if self.layout.seconds {
            write!(f, ":{:02}", time.second())?;
        }
        if self.layout.fraction > 0 {
            let digits = time.subsec_nanosecond() / 10i32.pow(9 - u32::from(self.layout.fraction));
            write!(f, ".{digits:0width$}", width = usize::from(self.layout.fraction))?;
        }
        let Some(offset) = self.offset else { return Ok(()) };
        let minutes = offset.seconds().unsigned_abs() / 60;
        let (hours, minutes) = (minutes / 60, minutes % 60);
        match self.layout.offset {
            OffsetStyle::Zulu(letter) => write!(f, "{}", char::from(letter)),
            OffsetStyle::Hours(sign) => write!(f, "{}{hours:02}", char::from(sign)),
            OffsetStyle::Basic(sign) => write!(f, "{}{hours:02}{minutes:02}", char::from(sign)),
            OffsetStyle::Extended(sign) => write!(f, "{}{hours:02}:{minutes:02}", char::from(sign)),
        }
    }
}

/// What the three public types share: text forms, comparison, serde.
macro_rules! stamp_type {
    ($type:ident, $expected:literal, $error:literal) => {
        impl crate::de::token::Scalar for $type {
            const EXPECTED: &'static str = $expected;
            const BLANK: bool = true;

            #[inline]
            fn quick(raw: &str) -> Option<Self> {
                crate::de::token::plain_text(raw).and_then(Self::parse)
            }

            fn from_token(token: crate::de::token::Token<'_>) -> Result<Self, crate::de::token::Refusal> {
                match token {
                    crate::de::token::Token::Text(text) => {
                        text.parse().map_err(|_| crate::de::token::Refusal::Content($error))
                    }
                    _ => Err(crate::de::token::Refusal::Kind),
                }
            }
        }
        crate::de::scalar!($type);

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::values::StampError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or(crate::values::stamp::StampError($error))
            }
        }

        impl TryFrom<&str> for $type {
            type Error = crate::values::StampError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($type), "({})"), self.0)
            }
        }

        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.0.key() == other.0.key()
            }
        }

        impl Eq for $type {}

        impl PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $type {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.key().cmp(&other.0.key())
            }
        }

        impl std::hash::Hash for $type {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.key().hash(state);
            }
        }
    };
}
pub(crate) use stamp_type;
