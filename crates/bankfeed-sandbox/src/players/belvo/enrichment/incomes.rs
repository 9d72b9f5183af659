//! Where money comes from.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Lookback, mean, median};
use crate::players::belvo::banking::accounts;
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{Category, Entry, number};

pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    let (view, seat) = (view.clone(), seat.clone());
    vec![Run::few(1, move |index| record(&view, &seat, index, (None, None), |_| true))]
}

/// The record, made of the days and the streams that are wanted.
pub(in super::super) fn record(
    view: &View,
    seat: &Seat,
    index: u64,
    days: (Option<Date>, Option<Date>),
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let Some(lookback) = Lookback::of(view, seat) else { return Value::Null };
    let lookback = lookback.between(days);
    let account = accounts::id(view, seat, &lookback.account);
    let mut groups: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in lookback.entries.iter().filter(|entry| entry.cents > 0) {
        let kind = match entry.category {
            Category::Salary => "SALARY",
            Category::Transfer => "TRANSFER",
            Category::Interest => "INTEREST",
            _ => continue,
        };
        groups.entry(kind).or_default().push(entry);
    }
    let months = (Lookback::days(lookback.since, lookback.today) / 30).max(1);
    let streams: Vec<(Value, Stream)> = groups
        .into_iter()
        .map(|(kind, entries)| stream(&account, kind, &entries, months, lookback.account.currency))
        .filter(|(stream, _)| wanted(stream))
        .collect();
    let total = |chosen: &dyn Fn(&Stream) -> bool| -> i64 {
        streams.iter().filter(|(_, stream)| chosen(stream)).map(|(_, stream)| stream.total).sum()
    };
    let all = total(&|_| true);
    let (regular, irregular) = (total(&|stream| stream.regular), total(&|stream| !stream.regular));
    let confident = |level: &'static str| total(&move |stream: &Stream| stream.confidence == level);
    let (low, medium, high) = (confident("LOW"), confident("MEDIUM"), confident("HIGH"));
    let first = lookback.entries.first().map(|entry| entry.made_on().to_string());
    let last = lookback.entries.last().map_or(lookback.today, Entry::made_on);
    json!({
        "id": view.ids.uuid(kind::INCOME, seat.number, index),
        "link": seat.id,
        "created_at": seat.created.to_string(),
        "income_streams": streams.iter().map(|(stream, _)| stream.clone()).collect::<Vec<_>>(),
        "income_source_type": "BANK",
        "first_transaction_date": first,
        "last_transaction_date": last.to_string(),
        "best_working_day_to_charge": 5,
        "good_working_days_to_charge": [6, 7],
        "number_of_income_streams": streams.len(),
        "monthly_average": number(all / months),
        "monthly_average_regular": number(regular / months),
        "monthly_average_irregular": number(irregular / months),
        "monthly_average_low_confidence": number(low / months),
        "monthly_average_medium_confidence": number(medium / months),
        "monthly_average_high_confidence": number(high / months),
        "total_income_amount": number(all),
        "total_regular_income_amount": number(regular),
        "total_irregular_income_amount": number(irregular),
        "total_low_confidence": number(low),
        "total_medium_confidence": number(medium),
        "total_high_confidence": number(high),
    })
}

struct Stream {
    total: i64,
    regular: bool,
    confidence: &'static str,
}

fn stream(account: &str, kind: &str, entries: &[&Entry], months: i64, currency: &str) -> (Value, Stream) {
    let cents: Vec<i64> = entries.iter().map(|entry| entry.cents).collect();
    let total: i64 = cents.iter().sum();
    let mut monthly: BTreeMap<(i16, i8), i64> = BTreeMap::new();
    for entry in entries {
        let day = entry.made_on();
        *monthly.entry((day.year(), day.month())).or_default() += entry.cents;
    }
    let regular = kind == "SALARY";
    let confidence = if regular { "HIGH" } else { "LOW" };
    let last = entries.last();
    let value = json!({
        "account_id": account,
        "income_type": kind,
        "frequency": if regular { "MONTHLY" } else { "IRREGULAR" },
        "monthly_average": number(total / months),
        "monthly_median": number(median(monthly.values().copied().collect())),
        "average_income_amount": number(mean(&cents)),
        "last_income_amount": number(last.map_or(0, |entry| entry.cents)),
        "currency": currency,
        "last_income_description": last.map_or("", |entry| entry.text.as_str()),
        "last_income_date": last.map(|entry| entry.made_on().to_string()),
        "stability": if regular { number(100) } else { number(40) },
        "regularity": if regular { number(97) } else { number(30) },
        "trend": number(0),
        "lookback_periods": months,
        "full_periods": months,
        "periods_with_income": monthly.len().min(usize::try_from(months).unwrap_or(1)),
        "number_of_incomes": entries.len(),
        "confidence": confidence,
    });
    (value, Stream { total, regular, confidence })
}
