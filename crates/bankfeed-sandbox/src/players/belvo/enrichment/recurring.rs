//! What is paid again and again.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Lookback, mean, median};
use crate::players::belvo::banking::accounts;
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{Category, Entry, number};

/// Kinds of expenses that return, with Belvo's category and kind of payment; their index numbers the record.
const RETURNING: [(Category, &str, &str); 3] = [
    (Category::Rent, "Bills & Utilities", "REGULAR"),
    (Category::Utilities, "Bills & Utilities", "REGULAR"),
    (Category::Subscription, "Online Platforms & Leisure", "SUBSCRIPTION"),
];

/// Only those that were found in the transactions, each a run of its own.
pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    let Some(lookback) = Lookback::of(view, seat) else { return Vec::new() };
    let account = accounts::record(view, seat, &lookback.account);
    let known = (lookback.account.kind.code(), accounts::id(view, seat, &lookback.account));
    let mut found: BTreeMap<u64, Vec<&Entry>> = BTreeMap::new();
    for entry in lookback.entries.iter().filter(|entry| entry.cents < 0) {
        let returning = (0_u64..).zip(RETURNING).find(|(_, (category, _, _))| *category == entry.category);
        if let Some((index, _)) = returning {
            found.entry(index).or_default().push(entry);
        }
    }
    found
        .into_iter()
        .filter(|(_, entries)| entries.len() > 1)
        .map(|(index, entries)| {
            let record = record(view, seat, &lookback, &account, index, &entries);
            let known = Some(known.clone());
            Run { base: index, len: 1, account: known, ledger: None, make: Box::new(move |_| record.clone()) }
        })
        .collect()
}

fn record(view: &View, seat: &Seat, lookback: &Lookback, account: &Value, index: u64, entries: &[&Entry]) -> Value {
    let (_, category, payment) = usize::try_from(index).map_or(RETURNING[0], |index| RETURNING[index.min(2)]);
    let cents: Vec<i64> = entries.iter().map(|entry| -entry.cents).collect();
    let last = entries.last().map_or(lookback.today, |entry| entry.made_on());
    let name = entries.last().and_then(|entry| entry.counterparty.clone());
    let listed: Vec<Value> = entries
        .iter()
        .map(|entry| {
            json!({
                "amount": number(-entry.cents), "description": entry.text, "value_date": entry.made_on().to_string(),
            })
        })
        .collect();
    json!({
        "id": view.ids.uuid(kind::RECURRING_EXPENSE, seat.number, index),
        "account": account,
        "name": name,
        "transactions": listed,
        "frequency": "MONTHLY",
        "average_transaction_amount": number(mean(&cents)),
        "median_transaction_amount": number(median(cents)),
        "days_since_last_transaction": Lookback::days(last, lookback.today),
        "category": category,
        "payment_type": payment,
    })
}
