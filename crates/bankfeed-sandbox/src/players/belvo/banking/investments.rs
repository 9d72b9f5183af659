//! What the securities account holds, and what it earned.

use serde_json::{Value, json};

use super::accounts;
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{AccountKind, Entry, day, number};

/// Name, type, indexer, percent of the account's balance, and price of a unit in cents.
const PRODUCTS: [(&str, &str, Option<&str>, i64, i64); 4] = [
    ("CDB", "FIXED_INCOME_BANKING", Some("CDI"), 40, 100_000),
    ("Tesouro Selic 2029", "TREASURE_TITLE", Some("SELIC"), 25, 50_000),
    ("Fundo Multimercado Aurora", "INVESTMENT_FUND", None, 20, 10_000),
    ("Companhia Elétrica do Sul", "VARIABLE_INCOME", None, 15, 2_500),
];

pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    account_run(view, seat, |view, seat, _, number| record(view, seat, number), |_| PRODUCTS.len() as u64)
}

/// Each entry of the account is a transaction of one of its investments.
pub(in super::super) fn transaction_runs(view: &View, seat: &Seat) -> Vec<Run> {
    let runs = account_run(view, seat, movement, |entries| entries);
    runs.into_iter().map(|run| Run { ledger: securities(view, seat), ..run }).collect()
}

fn securities(view: &View, seat: &Seat) -> Option<crate::world::Ledger> {
    accounts::one(view, seat, AccountKind::Investment).map(|account| view.world.ledger(&account))
}

fn account_run(
    view: &View,
    seat: &Seat,
    make: fn(&View, &Seat, &Entry, u64) -> Value,
    len: fn(u64) -> u64,
) -> Vec<Run> {
    let Some(account) = accounts::one(view, seat, AccountKind::Investment) else { return Vec::new() };
    let ledger = view.world.ledger(&account);
    let known = (account.kind.code(), accounts::id(view, seat, &account));
    let len = len(ledger.len(seat.seen));
    let (view, seat) = (view.clone(), seat.clone());
    let make = move |number| make(&view, &seat, &ledger.entry(number), number);
    vec![Run { base: 0, len, account: Some(known), ledger: None, make: Box::new(make) }]
}

fn record(view: &View, seat: &Seat, index: u64) -> Value {
    let product = usize::try_from(index).ok().and_then(|index| PRODUCTS.get(index)).unwrap_or(&PRODUCTS[0]);
    let (name, kind, indexer, share, unit) = *product;
    let mut random = view.world.random("belvo investment", &[seat.person, seat.institution.bank as u64, index]);
    let balance = securities(view, seat).map_or(0, |ledger| ledger.balance(seat.seen));
    // What rounding leaves over is in the first.
    let parts: i64 = PRODUCTS.iter().map(|product| balance * product.3 / 100).sum();
    let gross = balance * share / 100 + if index == 0 { balance - parts } else { 0 };
    let withheld = gross.max(0) * 2 / 100;
    let bought = day(view.world.start).saturating_sub(jiff::Span::new().days(random.between(400, 900)));
    let fixed = indexer.is_some();
    let due = bought.saturating_add(jiff::Span::new().years(5));
    // Units to four decimals: enough that price times quantity comes close to the value.
    let units = number(gross * 100 / unit.max(1));
    json!({
        "id": view.ids.uuid(kind::INVESTMENT, seat.number, index),
        "type": kind,
        "issuer_id_number": random.digits(14),
        "isin_number": format!("BR{}{}", random.hex(9).to_uppercase(), random.digits(1)),
        "currency": seat.institution.region.currency(),
        "product_name": name,
        "is_tax_exempt": null,
        "clearing_code": random.hex(11).to_uppercase(),
        "due_date": fixed.then(|| due.to_string()),
        "issue_date": fixed.then(|| bought.to_string()),
        "purchase_date": bought.to_string(),
        "grace_period_date": fixed.then(|| bought.saturating_add(jiff::Span::new().months(6)).to_string()),
        "issue_unit_price": number(unit),
        "balance": {
            "reference_date": seat.seen.to_string(),
            "gross_value": number(gross),
            "blocked_amount": number(0),
            "quantity": units,
            "gross_unit_price": number(unit),
            "net_value": number(gross - withheld),
            "withheld_amount": number(withheld),
            "transaction_fee": number(0),
            "purchase_unit_price": number(unit),
            "pre_fixed_rate": null,
            "post_fixed_rate": fixed.then(|| number(102)),
            "penalty_fee": null,
            "late_payment_fee": null,
            "closing_price": (!fixed).then(|| number(unit)),
            "unit_price_factor": null,
        },
        "remuneration": {
            "pre_fixed_rate": null,
            "post_fixed_rate": fixed.then(|| number(102)),
            "rate_type": fixed.then_some("EXPONENCIAL"),
            "rate_periodicity": fixed.then_some("ANUAL"),
            "calculation_base": fixed.then_some("DIAS_UTEIS"),
            "indexer": indexer,
            "indexer_additional_info": null,
        },
        "classification_details": null,
        "voucher_payment_details": null,
        "debtor_details": null,
    })
}

fn movement(view: &View, seat: &Seat, entry: &Entry, index: u64) -> Value {
    let product = index % PRODUCTS.len() as u64;
    let unit = usize::try_from(product).ok().and_then(|product| PRODUCTS.get(product)).map_or(100, |product| product.4);
    let gross = entry.cents.abs();
    let tax = gross * 15 / 100;
    let collected = entry.at.max(seat.created).to_string();
    json!({
        "id": view.ids.uuid(kind::INVESTMENT_TRANSACTION, seat.number, index),
        "link": seat.id,
        "collected_at": collected,
        "created_at": collected,
        "investment": record(view, seat, product),
        "internal_identification": entry.reference,
        "value_date": entry.made_on().to_string(),
        "gross_value": number(gross),
        "net_value": number(gross - tax),
        "value": null,
        "unit_price": number(unit),
        "price_factor": null,
        "transaction_tax": number(0),
        "income_tax": number(tax),
        "quantity": number(gross * 100 / unit.max(1)),
        "type": if entry.cents < 0 { "OUTFLOW" } else { "INFLOW" },
        "subtype": "PAGAMENTO_JUROS",
        "subtype_additional_info": null,
        "indexer_percentage": number(102),
        "rate": null,
        "exit_fee": null,
        "broker_note_details": null,
    })
}
