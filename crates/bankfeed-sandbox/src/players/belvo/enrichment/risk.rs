//! Figures that lenders look at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{Lookback, mean};
use crate::players::belvo::banking::{accounts, transactions};
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{AccountKind, Entry, number};

/// Time before today that figures are about. Where less is known, they are about what is known.
const WINDOWS: [(&str, i64); 6] = [("3d", 3), ("1w", 7), ("1m", 30), ("3m", 91), ("6m", 182), ("12m", 365)];
/// Below this balance, in cents, days are counted.
const THRESHOLD: i64 = 100_000;

pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    let (view, seat) = (view.clone(), seat.clone());
    vec![Run::few(1, move |index| record(&view, &seat, index))]
}

/// What a day tells.
type Figure = fn(&Day) -> i64;

/// One day of the account.
#[derive(Clone, Copy, Default)]
struct Day {
    incoming: i64,
    outgoing: i64,
    sum_in: i64,
    sum_out: i64,
    largest_in: i64,
    largest_out: i64,
    /// At its end.
    balance: i64,
}

fn record(view: &View, seat: &Seat, index: u64) -> Value {
    let Some(lookback) = Lookback::of(view, seat) else { return Value::Null };
    let days = days(&lookback);
    let held = accounts::of(view, seat);
    json!({
        "id": view.ids.uuid(kind::RISK_INSIGHT, seat.number, index),
        "link": seat.id,
        "created_at": seat.created.to_string(),
        "accounts": held.iter().map(|account| accounts::id(view, seat, account)).collect::<Vec<_>>(),
        "assets_metrics": assets(view, seat),
        "credit_cards_metrics": cards(view, seat),
        "loans_metrics": loans(view, seat),
        "balances_metrics": balances(&days),
        "transactions_metrics": movements(&days, &lookback),
        "cashflow_metrics": cashflow(&days),
        "category_metrics": categories(&lookback),
    })
}

/// Every day that is known, the oldest first.
fn days(lookback: &Lookback) -> Vec<Day> {
    let mut days = Vec::new();
    let mut entries = lookback.entries.iter().peekable();
    let mut balance = entries.peek().map_or(0, |first| first.balance - first.cents);
    let mut date = lookback.since;
    while date <= lookback.today {
        let mut day = Day::default();
        while let Some(entry) = entries.next_if(|entry| entry.made_on() <= date) {
            balance = entry.balance;
            if entry.made_on() < date {
                continue;
            }
            if entry.cents < 0 {
                day.outgoing += 1;
                day.sum_out -= entry.cents;
                day.largest_out = day.largest_out.max(-entry.cents);
            } else {
                day.incoming += 1;
                day.sum_in += entry.cents;
                day.largest_in = day.largest_in.max(entry.cents);
            }
        }
        day.balance = balance;
        days.push(day);
        date = date.tomorrow().unwrap_or(Date::MAX);
    }
    days
}

/// One figure for each window.
fn each(into: &mut Map<String, Value>, name: &str, days: &[Day], figure: impl Fn(&[Day]) -> Value) {
    for (window, length) in WINDOWS {
        let length = usize::try_from(length).unwrap_or_default().min(days.len());
        into.insert(format!("{name}_{window}"), figure(&days[days.len() - length..]));
    }
}

fn all(days: &[Day], of: fn(&Day) -> i64) -> Vec<i64> {
    days.iter().map(of).collect()
}

fn sum(days: &[Day], of: fn(&Day) -> i64) -> i64 {
    days.iter().map(of).sum()
}

fn largest(days: &[Day], of: fn(&Day) -> i64) -> i64 {
    days.iter().map(of).max().unwrap_or_default()
}

/// A quotient with two decimals.
fn ratio(part: i64, whole: i64) -> Value {
    if whole == 0 { Value::Null } else { number(part.saturating_mul(100) / whole) }
}

/// By how much a figure grows from day to day, between the two halves of a window.
fn trend(days: &[Day], of: fn(&Day) -> i64) -> i64 {
    let (before, after) = days.split_at(days.len() / 2);
    let half = i64::try_from(before.len().max(1)).unwrap_or(1);
    (mean(&all(after, of)) - mean(&all(before, of))) / half
}

fn deviation(days: &[Day]) -> i64 {
    let mean = mean(&all(days, |day| day.balance));
    let squares: i128 = days.iter().map(|day| i128::from(day.balance - mean).pow(2)).sum();
    let count = i128::try_from(days.len().max(1)).unwrap_or(1);
    i64::try_from((squares / count).unsigned_abs().isqrt()).unwrap_or(i64::MAX)
}

fn assets(view: &View, seat: &Seat) -> Value {
    let balance =
        |kind| accounts::one(view, seat, kind).map_or(0, |account| view.world.ledger(&account).balance(seat.seen));
    json!({
        "institutions": [seat.institution.name],
        "num_assets_accounts": accounts::of(view, seat).iter().filter(|account| !account.kind.is_liability()).count(),
        "num_checking_accounts": 2,
        "num_savings_accounts": 1,
        "checking_accounts_balance": number(balance(AccountKind::Current) + balance(AccountKind::Wallet)),
        "savings_accounts_balance": number(balance(AccountKind::Savings)),
    })
}

fn cards(view: &View, seat: &Seat) -> Value {
    let Some(card) = accounts::one(view, seat, AccountKind::CreditCard) else { return Value::Null };
    let limit = card.credit_limit.unwrap_or_default();
    let used = -view.world.ledger(&card).balance(seat.seen);
    json!({
        "num_accounts": 1,
        "sum_credit_limit": number(limit),
        "sum_credit_used": number(used),
        "credit_card_limit_utilization": ratio(used, limit),
    })
}

fn loans(view: &View, seat: &Seat) -> Value {
    let accounts = accounts::of(view, seat);
    let loans: Vec<_> = accounts.iter().filter_map(|account| Some((account, account.loan.as_ref()?))).collect();
    let principal: i64 = loans.iter().map(|(_, loan)| loan.principal).sum();
    let outstanding: i64 = loans.iter().map(|(account, _)| -view.world.ledger(account).balance(seat.seen)).sum();
    let monthly: i64 = loans.iter().map(|(_, loan)| loan.installment).sum();
    let current = accounts.iter().find(|account| account.kind == AccountKind::Current);
    let limit = current.and_then(|account| account.credit_limit).unwrap_or_default();
    let balance = current.map_or(0, |account| view.world.ledger(account).balance(seat.seen));
    json!({
        "num_accounts": loans.len(),
        "sum_loans_principal": number(principal),
        "sum_loans_outstanding_principal": number(outstanding),
        "sum_loans_monthly_payment": number(monthly),
        "loan_limit_utilization": ratio(outstanding, principal),
        "overdraft_limit": number(limit),
        "overdraft_limit_utilization": ratio((-balance).clamp(0, limit), limit),
    })
}

fn balances(days: &[Day]) -> Value {
    let mut into = Map::new();
    let of = |day: &Day| day.balance;
    into.insert("closing_balance".to_owned(), number(days.last().map_or(0, of)));
    each(&mut into, "min_balance", days, |days| number(days.iter().map(of).min().unwrap_or_default()));
    each(&mut into, "mean_balance", days, |days| number(mean(&all(days, of))));
    each(&mut into, "max_balance", days, |days| number(days.iter().map(of).max().unwrap_or_default()));
    each(&mut into, "std_balance", days, |days| number(deviation(days)));
    each(&mut into, "balance_trend", days, |days| number(trend(days, of)));
    let below = |days: &[Day], bound: i64| json!(days.iter().filter(|day| day.balance < bound).count());
    each(&mut into, "days_balance_below_0", days, |days| below(days, 0));
    each(&mut into, "days_balance_below_mean", days, |days| below(days, mean(&all(days, of))));
    each(&mut into, "days_balance_below_x", days, |days| below(days, THRESHOLD));
    into.insert("balance_threshold_x".to_owned(), number(THRESHOLD));
    Value::Object(into)
}

fn movements(days: &[Day], lookback: &Lookback) -> Value {
    let mut into = Map::new();
    let count = |days: &[Day]| i64::try_from(days.len()).unwrap_or(i64::MAX);
    let both = |day: &Day| day.incoming + day.outgoing;
    let kinds: [(&str, Figure); 3] = [("", both), ("incoming_", |day| day.incoming), ("outgoing_", |day| day.outgoing)];
    for (name, of) in kinds {
        each(&mut into, &format!("num_{name}transactions"), days, |days| json!(sum(days, of)));
        each(&mut into, &format!("max_num_{name}transactions"), days, |days| json!(largest(days, of)));
        each(&mut into, &format!("mean_num_{name}transactions"), days, |days| {
            number(sum(days, of).saturating_mul(100) / count(days).max(1))
        });
    }
    let sides: [(&str, Figure, Figure, Figure); 2] = [
        ("incoming", |day| day.incoming, |day| day.sum_in, |day| day.largest_in),
        ("outgoing", |day| day.outgoing, |day| day.sum_out, |day| day.largest_out),
    ];
    for (name, how_many, total, most) in sides {
        each(&mut into, &format!("sum_{name}_amount"), days, |days| number(sum(days, total)));
        each(&mut into, &format!("max_{name}_amount"), days, |days| number(largest(days, most)));
        each(&mut into, &format!("mean_{name}_amount"), days, |days| {
            number(sum(days, total) / sum(days, how_many).max(1))
        });
    }
    each(&mut into, "days_without_transactions", days, |days| json!(days.iter().filter(|day| both(day) == 0).count()));
    let since = |wanted: fn(&Entry) -> bool| {
        let last = lookback.entries.iter().rfind(|entry| wanted(entry)).map(Entry::made_on);
        json!(Lookback::days(last.unwrap_or(lookback.since), lookback.today))
    };
    into.insert("days_since_last_transaction".to_owned(), since(|_| true));
    into.insert("days_since_last_incoming_transaction".to_owned(), since(|entry| entry.cents > 0));
    into.insert("days_since_last_outgoing_transaction".to_owned(), since(|entry| entry.cents < 0));
    into.insert("days_history".to_owned(), json!(days.len()));
    Value::Object(into)
}

fn cashflow(days: &[Day]) -> Value {
    let mut into = Map::new();
    let net = |day: &Day| day.sum_in - day.sum_out;
    each(&mut into, "max_positive", days, |days| number(largest(days, |day| day.sum_in)));
    each(&mut into, "max_negative", days, |days| number(largest(days, |day| day.sum_out)));
    each(&mut into, "mean_positive", days, |days| number(mean(&all(days, |day| day.sum_in))));
    each(&mut into, "mean_negative", days, |days| number(mean(&all(days, |day| day.sum_out))));
    each(&mut into, "sum_positive", days, |days| number(sum(days, |day| day.sum_in)));
    each(&mut into, "sum_positive_trend", days, |days| number(trend(days, |day| day.sum_in)));
    each(&mut into, "sum_negative", days, |days| number(sum(days, |day| day.sum_out)));
    each(&mut into, "sum_negative_trend", days, |days| number(trend(days, |day| day.sum_out)));
    each(&mut into, "positive_to_negative_ratio", days, |days| {
        ratio(sum(days, |day| day.sum_in), sum(days, |day| day.sum_out))
    });
    each(&mut into, "net_cashflow", days, |days| number(sum(days, net)));
    each(&mut into, "net_cashflow_trend", days, |days| number(trend(days, net)));
    Value::Object(into)
}

fn categories(lookback: &Lookback) -> Vec<Value> {
    let from = lookback.today.saturating_sub(jiff::Span::new().days(91));
    let mut nets: BTreeMap<(&str, Option<&str>), i64> = BTreeMap::new();
    let recent = || lookback.entries.iter().filter(|entry| entry.made_on() >= from);
    for entry in recent() {
        *nets.entry(transactions::category(entry)).or_default() += entry.cents;
    }
    let inflow: i64 = recent().map(|entry| entry.cents.max(0)).sum();
    nets.into_iter()
        .map(|((category, subcategory), net)| {
            json!({
                "category": category,
                "subcategory": subcategory,
                "net_amount_3m": number(net),
                "category_inflow_ratio_3m": ratio(net, inflow),
                "trend_3m": number(0),
            })
        })
        .collect()
}
