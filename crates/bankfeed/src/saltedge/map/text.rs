//! Texts, amounts and moments as Salt Edge sends them.

use bankfeed_runtime as rt;

pub(super) use crate::values::{personal, text, unsigned};
use crate::{Date, DateTime, Personal};

/// Texts about a person, those that say something.
pub(super) fn personals(values: Option<Vec<String>>) -> Vec<Personal<String>> {
    values.into_iter().flatten().filter_map(|value| personal(Some(value))).collect()
}

/// A day and, where it is told, the time on it: as precise as they were sent.
pub(super) fn moment(day: Date, time: Option<rt::Time>) -> DateTime {
    match time {
        Some(time) if day.time().is_none() => day.at(time),
        _ => day.into(),
    }
}
