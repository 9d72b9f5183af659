//! Showing that a value is there without showing it.

use std::collections::BTreeMap;
use std::fmt;

use crate::values::{Amount, BoolText, Date, DateTime, Id, Json, Maybe, Secret, Time};

/// A type that can be shown redacted; containers show what is there, anything else is `[redacted]`.
pub trait Redact {
    /// Writes the redacted form.
    ///
    /// # Errors
    /// Those of the formatter.
    fn fmt_redacted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Wraps a value so that its `Debug` shows presence only: `None`, `Some([redacted])`, `[]`, `[redacted]`.
///
/// ```
/// # use bankfeed_runtime::redact;
/// assert_eq!(format!("{:?}", redact(&Some("ES91".to_owned()))), "Some([redacted])");
/// ```
pub fn redact<T: Redact + ?Sized>(value: &T) -> Redacted<'_, T> {
    Redacted(value)
}

/// The result of [`redact`].
pub struct Redacted<'a, T: ?Sized>(&'a T);

impl<T: Redact + ?Sized> fmt::Debug for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_redacted(f)
    }
}

macro_rules! plain {
    ($($type:ty),* $(,)?) => { $( impl Redact for $type {} )* };
}
plain!(str, String, bool, i32, i64, u32, u64, f64, Amount, BoolText, Date, DateTime, Id, Json, Secret, Time);

impl<T: Redact + ?Sized> Redact for &T {
    fn fmt_redacted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt_redacted(f)
    }
}

impl<T: Redact> Redact for Box<T> {
    fn fmt_redacted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt_redacted(f)
    }
}

impl<T: Redact> Redact for Option<T> {
    fn fmt_redacted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => f.debug_tuple("Some").field(&redact(value)).finish(),
            None => f.write_str("None"),
        }
    }
}

impl<T: Redact> Redact for Maybe<T> {
    fn fmt_redacted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Maybe::Value(value) => f.debug_tuple("Value").field(&redact(value)).finish(),
            Maybe::Null => f.write_str("Null"),
            Maybe::Absent => f.write_str("Absent"),
        }
    }
}

impl<T: Redact> Redact for Vec<T> {
    fn fmt_redacted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(redact)).finish()
    }
}

impl<T: Redact> Redact for BTreeMap<String, T> {
    fn fmt_redacted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Keys may be as telling as values.
        if self.is_empty() { f.write_str("{}") } else { f.write_str("[redacted]") }
    }
}
