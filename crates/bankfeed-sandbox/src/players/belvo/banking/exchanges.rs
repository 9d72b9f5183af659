//! Currency bought and sold, and what became of each operation.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::accounts;
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{AccountKind, day, number};

/// Operations of a link.
const OPERATIONS: u64 = 3;
/// What is known of each: it was agreed, and it was settled.
const EVENTS: u64 = 2;

pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    let known = accounts::one(view, seat, AccountKind::Current);
    let known = known.map(|account| (account.kind.code(), accounts::id(view, seat, &account)));
    let (view, seat) = (view.clone(), seat.clone());
    let make = move |number| record(&view, &seat, number);
    vec![Run { base: 0, len: OPERATIONS, account: known, ledger: None, make: Box::new(make) }]
}

/// The events of an operation, in their order.
pub(in super::super) fn history(view: &View, seat: &Seat, operation: u64) -> Vec<Value> {
    let exchange = record(view, seat, operation);
    let deal = Deal::of(view, seat, operation);
    let today = day(seat.seen);
    (0..EVENTS)
        .filter(|event| *event == 0 || today >= deal.due)
        .map(|event| {
            let settled = event == 1;
            let at = if settled { moment(deal.due, 16) } else { moment(deal.asked, 13) };
            let mut record = json!({
                "id": view.ids.uuid(kind::EXCHANGE_EVENT, seat.number, operation * EVENTS + event),
                "link": seat.id,
                "exchange_id": exchange["id"],
                "created_at": read(seat, &at),
                "collected_at": read(seat, &at),
                "event_sequence_number": format!("{:012}", deal.serial + event),
                "event_type": if settled { 4 } else { 1 },
                "event_created_at": at,
                "foreign_partie_relationship_code": "50",
                "foreign_partie_name": "Northern Books Ltd",
                "foreign_partie_country_code": "US",
            });
            for name in COMMON {
                record[name] = exchange[name].clone();
            }
            record["operation_outstanding_balance_amount"] = number(if settled { 0 } else { deal.foreign });
            record
        })
        .collect()
}

/// Members that events have in common with their operation.
const COMMON: [&str; 13] = [
    "operation_identifier",
    "operation_due_date",
    "local_operation_tax_amount",
    "local_operation_tax_currency",
    "local_operation_value_amount",
    "local_operation_value_currency",
    "foreign_operation_value_amount",
    "foreign_operation_value_currency",
    "operation_outstanding_balance_amount",
    "operation_outstanding_balance_currency",
    "tev_amount_amount",
    "tev_amount_currency",
    "operation_category_code",
];

struct Deal {
    asked: Date,
    due: Date,
    /// In cents of the foreign currency.
    foreign: i64,
    /// Cents of the own currency for a unit.
    rate: i64,
    currency: &'static str,
    bought: bool,
    serial: u64,
}

impl Deal {
    fn of(view: &View, seat: &Seat, number: u64) -> Self {
        let mut random = view.world.random("belvo exchange", &[seat.person, seat.institution.bank as u64, number]);
        let (currency, usual) = seat.institution.region.foreign();
        let back = 20 + 45 * i64::try_from(number).unwrap_or_default() + random.between(0, 20);
        let asked = day(view.world.start).saturating_sub(jiff::Span::new().days(back));
        Self {
            asked,
            due: asked.saturating_add(jiff::Span::new().days(6)),
            foreign: random.between(5, 120) * 5_000,
            rate: usual * random.between(95, 105) / 100,
            currency,
            bought: !random.one_in(3),
            serial: 300_000_000_000 + random.below(600_000_000_000),
        }
    }
}

fn moment(day: Date, hour: i8) -> String {
    format!("{day}T{hour:02}:05:00Z")
}

/// When something was read: as it happened, or as the link was made.
fn read(seat: &Seat, happened: &str) -> String {
    happened.parse::<Timestamp>().map_or(seat.created, |happened| happened.max(seat.created)).to_string()
}

fn record(view: &View, seat: &Seat, operation: u64) -> Value {
    let deal = Deal::of(view, seat, operation);
    let local = deal.foreign * deal.rate / 100;
    let asked = moment(deal.asked, 13);
    let open = if day(seat.seen) >= deal.due { 0 } else { deal.foreign };
    json!({
        "id": view.ids.uuid(kind::EXCHANGE, seat.number, operation),
        "link": seat.id,
        "created_at": read(seat, &asked),
        "collected_at": read(seat, &asked),
        "operation_identifier": format!("{:017}", deal.serial),
        "operation_number": deal.serial.to_string(),
        "operation_type": if deal.bought { "COMPRA" } else { "VENDA" },
        "operation_requested_at": asked,
        "authorized_institution_identifier": "11225860000140",
        "authorized_institution_name": "Corretora Aurora",
        "intermediary_institution_identifier": null,
        "intermediary_institution_name": null,
        "operation_due_date": deal.due.to_string(),
        "local_operation_tax_amount": number(local * 38 / 10_000),
        "local_operation_tax_currency": seat.institution.region.currency(),
        "local_operation_value_amount": number(local),
        "local_operation_value_currency": seat.institution.region.currency(),
        "foreign_operation_value_amount": number(deal.foreign),
        "foreign_operation_value_currency": deal.currency,
        "operation_outstanding_balance_amount": number(open),
        "operation_outstanding_balance_currency": deal.currency,
        "tev_amount_amount": number(deal.rate * 1_011 / 1_000),
        "tev_amount_currency": seat.institution.region.currency(),
        "local_currency_advance_percentage": null,
        "settlement_method": "TELETRANSMISSAO",
        "operation_category_code": "32999",
    })
}
