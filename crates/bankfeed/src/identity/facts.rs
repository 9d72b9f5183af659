//! What matches go by, read off a transaction once.

use std::collections::BTreeSet;

use bankfeed_runtime::jiff::civil;

use crate::Decimal;
use crate::model::{AccountId, Currency, Direction, Transaction};

/// What both sides of a match have in common at least.
pub(super) type Side<'a> = (Option<&'a AccountId>, Option<Currency>, Option<Direction>);

/// What matches go by, read off a transaction once.
pub(super) struct Facts<'a> {
    pub(super) transaction: &'a Transaction,
    pub(super) side: Side<'a>,
    pub(super) amount: Decimal,
    /// The day it is taken for when it is pending; days are counted from 1970.
    pub(super) day: Option<i64>,
    /// The days it can be found by when it is booked, `None` alone when it has none.
    pub(super) days: BTreeSet<Option<i64>>,
    pub(super) texts: BTreeSet<String>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(transaction: &'a Transaction) -> Self {
        let dates = [transaction.transaction_date, transaction.booking_date, transaction.value_date];
        let known: Vec<i64> = dates.into_iter().flatten().map(|date| number(date.date())).collect();
        let mut days: BTreeSet<Option<i64>> = known.iter().copied().map(Some).collect();
        if days.is_empty() {
            days.insert(None);
        }
        let counterparty = transaction.counterparty.as_ref().and_then(|counterparty| counterparty.name.as_ref());
        let merchant = transaction.merchant.as_ref().and_then(|merchant| merchant.name.as_ref());
        let described = transaction.description.as_ref();
        let texts = [counterparty.map(|name| &name.0), merchant, described.map(|text| &text.0)];
        Self {
            transaction,
            side: (transaction.account.as_ref(), transaction.currency, transaction.direction),
            amount: transaction.amount.decimal().normalize(),
            day: known.first().copied(),
            days,
            texts: texts.into_iter().flatten().filter_map(|text| plain(text)).collect(),
        }
    }

    /// How many days after this pending one that booked one is, if it is in time.
    pub(super) fn distance(&self, booked: &Self, window: i64) -> Option<i64> {
        let Some(day) = self.day else { return booked.days.contains(&None).then_some(0) };
        let distances = booked.days.iter().flatten().map(|other| other - day);
        distances.filter(|distance| (0..=window).contains(distance)).min()
    }

    pub(super) fn shares_text(&self, other: &Self) -> bool {
        !self.texts.is_disjoint(&other.texts)
    }
}

/// Days since 1970.
fn number(date: civil::Date) -> i64 {
    date.duration_since(civil::date(1970, 1, 1)).as_hours() / 24
}

/// A text without case, signs and numbers, which are what banks change when they book; `None` when nothing is left.
fn plain(text: &str) -> Option<String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    let text = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
