//! Texts, amounts and moments as Salt Edge sends them.

use bankfeed_runtime as rt;

use crate::{Amount, Date, DateTime, Personal};

/// A text that says something.
pub(super) fn text(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// A text about a person that says something.
pub(super) fn personal(value: Option<String>) -> Option<Personal<String>> {
    text(value).map(Personal)
}

/// Texts about a person, those that say something.
pub(super) fn personals(values: Option<Vec<String>>) -> Vec<Personal<String>> {
    values.into_iter().flatten().filter_map(|value| personal(Some(value))).collect()
}

/// An amount that the model has without sign.
pub(super) fn unsigned(amount: Amount) -> Amount {
    Amount::new(amount.decimal().abs())
}

/// A day and, where it is told, the time on it: as precise as they were sent.
pub(super) fn moment(day: Date, time: Option<rt::Time>) -> DateTime {
    match time {
        Some(time) if day.time().is_none() => day.at(time),
        _ => day.into(),
    }
}
