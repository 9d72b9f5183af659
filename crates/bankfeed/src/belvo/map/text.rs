//! Texts that say nothing are nothing.

use bankfeed_runtime::{Id, Maybe};

use crate::Decimal;
use crate::{Amount, Personal};

/// A text, unless it is blank.
pub(super) fn text(text: impl Into<Option<String>>) -> Option<String> {
    text.into().filter(|text| !text.trim().is_empty())
}

/// A text about a person, unless it is blank.
pub(super) fn personal(value: impl Into<Option<String>>) -> Option<Personal<String>> {
    text(value).map(Personal)
}

/// An id, unless it is blank.
pub(super) fn id(id: Maybe<Id>) -> Option<Id> {
    id.into_option().filter(|id| !id.as_str().trim().is_empty())
}

/// The texts that are some, each once, with something between them.
pub(super) fn joined(texts: impl IntoIterator<Item = Option<String>>, between: &str) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.into_iter().flatten() {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    (!kept.is_empty()).then(|| kept.join(between))
}

/// The amount as something owed. Nothing owed stays a plain zero.
pub(super) fn owed(amount: Amount) -> Amount {
    let value: Decimal = amount.decimal();
    if value.is_zero() { amount } else { Amount::new(-value) }
}
