//! Balances of an account of the world.

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Value, json};

use crate::world::{Account, AccountKind, Region, World, decimal};

/// Holders that account numbers lead to lie above those that are connected from the start.
const FIRST_HOLDER: u64 = 1 << 20;

/// What stands on an account: pesos, and dollars for who has some.
pub(super) fn of(world: &World, number: &str, now: Timestamp, overdrawn: bool) -> Value {
    let mut random = world.random("khipu account", &number.bytes().map(u64::from).collect::<Vec<_>>());
    let holder = FIRST_HOLDER + random.below(1 << 31);
    let accounts = world.accounts(Region::Argentina, holder, 0);
    let find = |kind| accounts.iter().find(|account: &&Account| account.kind == kind);
    let mut balances = Vec::new();
    if let Some(pesos) = find(AccountKind::Current) {
        let cents = world.ledger(pesos).available(now);
        let cents = if overdrawn { -cents.abs().max(100) } else { cents };
        let amount = json!({ "Amount": decimal(cents.abs()), "Currency": "ARS" });
        balances.push(balance(pesos, 1, cents, amount, now));
    }
    if let Some(savings) = find(AccountKind::Savings) {
        let (currency, rate) = Region::Argentina.foreign();
        let cents = world.ledger(savings).available(now) * 100 / rate.max(1);
        // One amount or a list of them: clients meet both.
        let amount = json!([{ "Amount": decimal(cents.abs()), "Currency": currency }]);
        balances.push(balance(savings, 2, cents, amount, now));
    }
    Value::Array(balances)
}

fn balance(account: &Account, product: u8, cents: i64, amount: Value, now: Timestamp) -> Value {
    json!({
        "AccountId": format!("AR-{product:03}-{:0>11}", account.identifier),
        "CreditDebitIndicator": if cents < 0 { "Debit" } else { "Credit" },
        "DateTime": local(now),
        "Type": "InterimAvailable",
        "Amount": amount,
    })
}

/// Argentine time, the offset without a colon.
fn local(now: Timestamp) -> String {
    now.to_zoned(Offset::constant(-3).to_time_zone()).strftime("%Y-%m-%dT%H:%M:%S%z").to_string()
}
