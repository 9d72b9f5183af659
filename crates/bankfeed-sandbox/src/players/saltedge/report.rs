//! What stands in a report.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::accounts::{Held, nature};
use super::catalogue::BANKS;
use super::connection::{Connection, holder_info};
use super::flows::{self, Days, Move};
use super::ids::{self, Kind};
use super::reports::Report;
use super::transactions::Read;
use super::{SaltEdge, rates};
use crate::world::{EntryKind, World, number};

/// An account in a report, everything in the report's currency.
struct Part {
    value: Value,
    moves: Vec<Move>,
    /// At the end of each day.
    balances: Vec<i64>,
}

impl SaltEdge {
    /// The content of a report; its `connections` and their accounts are those that are still there.
    pub(super) fn calculated(&self, report: &Report, world: &World, now: Timestamp) -> Value {
        let mut connections = Vec::new();
        let mut parts = Vec::new();
        for number in &report.connections {
            let Some(connection) = self.connections.get(world, *number) else { continue };
            let mut accounts = Vec::new();
            for held in self.held(world, &connection) {
                if report
                    .natures
                    .as_ref()
                    .is_some_and(|wanted| !wanted.iter().any(|name| name == nature(&held.account)))
                {
                    continue;
                }
                let read = Read::of(&connection, &held, world);
                let part = self.part(report, &connection, &held, &read, world);
                accounts.push(account(report, &connection, &held, &part, world));
                parts.push(part);
            }
            connections.push(json!({
                "id": ids::text(world, Kind::Connection, connection.number),
                "customer_id": ids::text(world, Kind::Customer, connection.customer),
                "provider_code": BANKS.get(connection.bank).map(|bank| bank.code),
                "provider_name": BANKS.get(connection.bank).map(|bank| bank.name),
                "accounts": accounts,
                "holder_info": if connection.holder_known { holder_info(&connection, world) } else { json!({}) },
            }));
        }
        let summary = summary(report, &parts);
        let on = report.days.to.min(crate::world::day(now));
        let mut exchange = Map::new();
        for currency in ["EUR", "USD", report.currency.as_str()] {
            if let Some(rate) = rates::rate(world, currency, on) {
                exchange.insert(currency.to_owned(), rates::millionths(rate));
            }
        }
        json!({
            "result": {
                "accounts": parts.into_iter().map(|part| part.value).collect::<Vec<_>>(),
                "accounts_summary": summary,
            },
            "report_id": ids::text(world, Kind::Report, report.number),
            "customer_id": ids::text(world, Kind::Customer, report.customer),
            "connection_ids": report.connection_ids(world),
            "connections": connections,
            "client_name": "bankfeed-sandbox",
            "currency_code": report.currency,
            "exchange_rates": exchange,
            "report_types": report.types,
            "status": "success",
            "from_date": report.days.from.to_string(),
            "to_date": report.days.to.to_string(),
        })
    }

    fn part(&self, report: &Report, connection: &Connection, held: &Held, read: &Read, world: &World) -> Part {
        let converted = |cents| convert(report, cents, read.currency, world);
        let days = report.days;
        let first = read.ledger.first_on(days.from);
        let end = days.to.tomorrow().map_or(u64::MAX, |day| read.ledger.first_on(day));
        let mut balance = match first {
            0 => read.ledger.entries(0..1).next().map_or(0, |entry| entry.balance - entry.cents),
            _ => read.ledger.entry(first - 1).balance,
        };
        let mut balances = Vec::new();
        let mut moves = Vec::new();
        let mut day = days.from;
        for entry in read.posted(first..end, self) {
            while day < entry.made_on() {
                balances.push(converted(balance));
                let Ok(next) = day.tomorrow() else { break };
                day = next;
            }
            balance = entry.balance;
            moves.push(Move::of(&entry, read.posted_id(entry.index, world), converted(entry.cents)));
        }
        let wanted = usize::try_from(days.count()).unwrap_or(0);
        balances.resize(wanted, converted(balance));
        let mut value = json!({
            "id": ids::text(world, Kind::Account, held.number),
            "name": held.account.name,
            "nature": nature(&held.account),
            "connection_id": ids::text(world, Kind::Connection, connection.number),
        });
        add(&mut value, contents(report, &moves, &balances));
        Part { value, moves, balances }
    }
}

fn convert(report: &Report, cents: i64, currency: &str, world: &World) -> i64 {
    rates::convert(world, cents, currency, &report.currency, report.rates_of).unwrap_or(cents)
}

fn add(value: &mut Value, more: Value) {
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
}

/// An account beside its connection.
fn account(report: &Report, connection: &Connection, held: &Held, part: &Part, world: &World) -> Value {
    let at = connection.accounts_at.unwrap_or(connection.created_at);
    let balance = world.ledger(&held.account).balance(at);
    let (first, last) = (part.moves.first(), part.moves.last());
    json!({
        "id": ids::text(world, Kind::Account, held.number),
        "name": held.account.name,
        "nature": nature(&held.account),
        "balance": number(convert(report, balance, held.account.currency, world)),
        "original_balance": number(balance),
        "original_currency_code": held.account.currency,
        "transactions": {
            "start_date": first.map(|moved| moved.on.to_string()),
            "end_date": last.map(|moved| moved.on.to_string()),
            "first_id": first.map(|moved| &moved.id),
            "last_id": last.map(|moved| &moved.id),
            "count": part.moves.len(),
        },
    })
}

/// All accounts together.
fn summary(report: &Report, parts: &[Part]) -> Value {
    let mut moves: Vec<Move> = parts.iter().flat_map(|part| part.moves.iter().cloned()).collect();
    moves.sort_by_key(|moved| moved.on);
    let days = usize::try_from(report.days.count()).unwrap_or(0);
    let balances: Vec<i64> =
        (0..days).map(|day| parts.iter().filter_map(|part| part.balances.get(day)).sum()).collect();
    let mut value = contents(report, &moves, &balances);
    value["transactions_count"] = json!(moves.len());
    value
}

/// What was ordered, of one account or of all.
fn contents(report: &Report, moves: &[Move], balances: &[i64]) -> Value {
    let days = report.days;
    // Moving one's own money is neither income nor expense.
    let outside = || moves.iter().filter(|moved| !moved.is_internal());
    let income: Vec<&Move> = outside().filter(|moved| moved.cents > 0).collect();
    let expense: Vec<&Move> = outside().filter(|moved| moved.cents < 0).collect();
    let months = days.months().len().max(1);
    let mut value = json!({
        "start_date": days.from.to_string(),
        "end_date": days.to.to_string(),
        "whole_months_count": days.whole_months(),
        "days_count": days.count(),
        "monthly_average_transactions_count": {
            "total": moves.len() / months,
            "income": income.len() / months,
            "expense": expense.len() / months,
        },
    });
    for kind in &report.types {
        let transfers = |sign: i64| -> Vec<&Move> {
            moves.iter().filter(|moved| moved.kind == EntryKind::Transfer && moved.cents.signum() == sign).collect()
        };
        value[kind.as_str()] = match kind.as_str() {
            "balance" => balance(balances, days),
            "income" => flows::cash_flow(&income, days),
            "expense" => flows::cash_flow(&expense, days),
            "savings" => savings(&income, &expense, days),
            "expense_categories" => flows::expense_categories(&expense, days),
            "income_categories" => json!({ "streams": flows::streams(&income, days) }),
            "inbound_transfers" => json!({ "streams": flows::streams(&transfers(1), days) }),
            _ => json!({ "streams": flows::streams(&transfers(-1), days) }),
        };
    }
    value
}

fn mean(balances: &[i64]) -> i64 {
    let count = i64::try_from(balances.len()).unwrap_or(1).max(1);
    balances.iter().sum::<i64>() / count
}

fn balance(balances: &[i64], days: Days) -> Value {
    let mut rest = balances;
    let mut months = Vec::new();
    for (year, month, whole) in days.months() {
        let first = jiff::civil::Date::new(year, month, 1).unwrap_or(days.from);
        let of_month = Days { from: first.max(days.from), to: first.last_of_month().min(days.to) };
        let (here, after) = rest.split_at(usize::try_from(of_month.count()).unwrap_or(0).min(rest.len()));
        rest = after;
        months.push((year, month, whole, mean(here), here.len()));
    }
    let whole: Vec<i64> = months.iter().filter(|month| month.2).map(|month| month.3).collect();
    let period = |cents: Option<i64>| match cents {
        Some(cents) => {
            json!({ "amount": number(cents), "start_date": days.from.to_string(), "end_date": days.to.to_string() })
        }
        None => json!({ "amount": null, "start_date": null, "end_date": null }),
    };
    let over = |months: usize| (whole.len() >= months).then(|| mean(&whole));
    let forecast = |months: usize| over(months).map(number);
    json!({
        "start_date_amount": balances.first().copied().map(number),
        "end_date_amount": balances.last().copied().map(number),
        "minimum": balances.iter().min().copied().map(number),
        "maximum": balances.iter().max().copied().map(number),
        "average": {
            "daily": period(Some(mean(balances))),
            "daily_per_month": months.iter().map(|(year, month, whole, cents, count)| json!({
                "year": year, "month": month, "is_whole_month": whole, "amount": number(*cents), "count": count,
            })).collect::<Vec<_>>(),
            "monthly": period(over(1)),
            "minimum_monthly": period(whole.iter().min().copied()),
            "maximum_monthly": period(whole.iter().max().copied()),
            "quarterly": period(over(3)),
            "annual": period(over(12)),
        },
        "forecasted_average": {
            "next_month": forecast(1), "next_quarter": forecast(3), "next_year": forecast(12),
        },
    })
}

fn savings(income: &[&Move], expense: &[&Move], days: Days) -> Value {
    let sum = |moves: &[&Move]| -> i64 { moves.iter().map(|moved| moved.cents).sum() };
    let (came, went) = (sum(income), sum(expense));
    let all: Vec<&Move> = income.iter().chain(expense).copied().collect();
    let (average, forecasted) = flows::averages(&all, days);
    let mut months = flows::per_month(&all, days);
    for month in months.as_array_mut().into_iter().flatten() {
        if let Some(month) = month.as_object_mut() {
            month.remove("count");
        }
    }
    json!({
        "total": number(came + went),
        "per_month": months,
        "average": average,
        "forecasted_average": forecasted,
        "expense_to_savings_rate": ratio(-went, came + went),
        "income_to_expense_rate": ratio(came, -went),
    })
}

/// A quotient of positive amounts with three decimals; null otherwise.
fn ratio(of: i64, to: i64) -> Value {
    let (Ok(of), Ok(to @ 1..)) = (u64::try_from(of), u64::try_from(to)) else { return Value::Null };
    rates::millionths(of.saturating_mul(1_000) / to * 1_000)
}
