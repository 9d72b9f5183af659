//! Values that mean the same whoever sends them.

use std::ops::Deref;

use bankfeed_runtime::{Id, Maybe};

use crate::{Amount, Personal};

/// A text, unless it is blank.
pub(crate) fn text(text: impl Into<Option<String>>) -> Option<String> {
    said(text.into())
}

/// A text about a person, unless it is blank.
pub(crate) fn personal(value: impl Into<Option<String>>) -> Option<Personal<String>> {
    text(value).map(Personal)
}

/// An id, unless it is blank.
pub(crate) fn id(id: impl Into<Maybe<Id>>) -> Option<Id> {
    said(id.into().into_option())
}

fn said<T: Deref<Target = str>>(value: Option<T>) -> Option<T> {
    value.filter(|value| !value.trim().is_empty())
}

/// An amount that is sent without sign, as something owed. Nothing owed stays a plain zero.
pub(crate) fn owed(amount: Amount) -> Amount {
    let value = amount.decimal();
    if value.is_zero() { amount } else { Amount::new(-value) }
}

/// An amount without its sign.
pub(crate) fn unsigned(amount: Amount) -> Amount {
    Amount::new(amount.decimal().abs())
}
