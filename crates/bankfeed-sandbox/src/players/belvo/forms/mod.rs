//! Papers of employers and tax authorities: the specification's example, filled in for a person.

pub(super) mod chile;
pub(super) mod employment;
pub(super) mod mexico;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Number, Value, json};

use super::resource::Run;
use super::view::{Seat, View};
use crate::world::{Random, day};

/// How one kind of paper is filled in.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) kind: u8,
    /// The schema whose example is the paper.
    pub(super) schema: &'static str,
    /// How many of them there are.
    pub(super) len: u64,
    /// Days from one to the one before.
    pub(super) apart: i64,
    /// What names, numbers and codes stand in it, beside dates and amounts.
    pub(super) fill: fn(&View, &Seat, u64, &mut Value),
}

impl Form {
    pub(super) fn runs(self, view: &View, seat: &Seat) -> Vec<Run> {
        let (view, seat) = (view.clone(), seat.clone());
        vec![Run::few(self.len, move |index| self.record(&view, &seat, index))]
    }

    fn record(self, view: &View, seat: &Seat, index: u64) -> Value {
        let mut record = view.book.example(self.schema);
        let mut random = view.world.random(self.schema, &[seat.person, index]);
        let back = self.apart.saturating_mul(i64::try_from(index).unwrap_or_default());
        // Some of them tell what came a few days later; that is over, too.
        let settled = if collected_only(&record) { 0 } else { 7 };
        let today = day(view.world.start).saturating_sub(jiff::Span::new().days(back + settled));
        let moved = days_to(&record, today);
        // Tenths, by which sums stay sums.
        let tenths = random.between(7, 23);
        rework(&mut record, "", moved, tenths);
        record["id"] = json!(view.ids.uuid(self.kind, seat.number, index));
        if record.get("link").is_some() {
            record["link"] = json!(seat.id);
        }
        // What is younger than the link was read when it appeared.
        let dated = today.to_zoned(TimeZone::UTC).map_or(seat.created, |zoned| zoned.timestamp());
        let read = seat.created.max(dated).to_string();
        record["created_at"] = json!(read);
        stamp(&mut record, &read);
        (self.fill)(view, seat, index, &mut record);
        record
    }
}

/// Who sent an invoice to whom: two of three are the person's own. Says whether this one is.
fn invoiced(
    view: &View,
    seat: &Seat,
    index: u64,
    random: &mut Random,
    others: &[(&'static str, &'static str)],
    record: &mut Value,
) -> bool {
    let person = seat.holder(view);
    let (other, other_id) = random.pick(others).copied().unwrap_or_default();
    let outgoing = !random.one_in(3);
    let own = (json!(person.document), json!(person.full_name()));
    let theirs = (json!(other_id), json!(other));
    let (sender, receiver) = if outgoing { (own, theirs) } else { (theirs, own) };
    record["type"] = json!(if outgoing { "OUTFLOW" } else { "INFLOW" });
    (record["sender_id"], record["sender_name"]) = sender;
    (record["receiver_id"], record["receiver_name"]) = receiver;
    record["folio"] = json!((index + 1).to_string());
    outgoing
}

/// Members that date a paper; where it has none of them, the moment at which it was collected does.
const DATED: [&str; 4] = ["invoice_date", "issue_date", "issued_at", "collected_at"];

/// How many days a paper has to be moved so that it is of a day.
fn days_to(record: &Value, wanted: Date) -> i64 {
    let dated = DATED.iter().find_map(|name| record.get(*name)?.as_str()?.get(..10)?.parse::<Date>().ok());
    dated.unwrap_or(wanted).until(wanted).map_or(0, |span| i64::from(span.get_days()))
}

/// Whether the moment at which it was collected is all that dates a paper.
fn collected_only(record: &Value) -> bool {
    DATED.iter().find(|name| record.get(**name).is_some()).is_none_or(|name| *name == "collected_at")
}

/// Writes when a paper, and every part of it, was collected.
fn stamp(value: &mut Value, read: &str) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if name == "collected_at" {
                    *member = json!(read);
                } else {
                    stamp(member, read);
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| stamp(element, read)),
        _ => {}
    }
}

/// Moves every date, and makes every amount larger or smaller.
fn rework(value: &mut Value, name: &str, days: i64, tenths: i64) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                // Whatever happened before the person was employed or registered stays where it is.
                rework(member, name, if name == "birth_date" { 0 } else { days }, tenths);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                rework(element, name, days, tenths);
            }
        }
        Value::String(text) => {
            if let Some(moved) = moved(text, days) {
                *text = moved;
            }
        }
        Value::Number(number) => {
            if let Some(scaled) = scaled(name, number, tenths) {
                *value = scaled;
            }
        }
        _ => {}
    }
}

/// A date, a moment or a month, so many days later.
fn moved(text: &str, days: i64) -> Option<String> {
    let later = |date: Date| date.saturating_add(jiff::Span::new().days(days));
    let head = text.get(..10);
    if let Some(date) =
        head.and_then(|head| head.parse::<Date>().ok()).filter(|_| text.as_bytes().get(4) == Some(&b'-'))
    {
        let rest = text.get(10..).unwrap_or_default();
        return (rest.is_empty() || rest.starts_with('T')).then(|| format!("{}{rest}", later(date)));
    }
    if text.len() == 7 {
        let date = format!("{text}-01").parse::<Date>().ok()?;
        return Some(later(date).strftime("%Y-%m").to_string());
    }
    if text.len() == 10 {
        let date = Date::strptime("%d-%m-%Y", text).ok()?;
        return Some(later(date).strftime("%d-%m-%Y").to_string());
    }
    None
}

/// Parts of names that say that a number is an amount.
const AMOUNTS: [&str; 32] = [
    "amount",
    "salary",
    "ingreso",
    "impuesto",
    "gravable",
    "retenido",
    "capital_contributed",
    "delinquent",
    "defaulted",
    "current",
    "total",
    "cash",
    "accounts_",
    "inventory",
    "property",
    "goodwill",
    "bank_loans",
    "benefits",
    "deferred",
    "equity",
    "earnings",
    "revenue",
    "sales",
    "gross",
    "income",
    "net_",
    "discount",
    "balance",
    "paid",
    "base_",
    "_mxn",
    "amount_due",
];
/// Parts of names that say that it is none.
const OTHERS: [&str; 8] = ["percentage", "rate", "number", "code", "count", "document", "year", "index"];

fn scaled(name: &str, number: &Number, tenths: i64) -> Option<Value> {
    let amount = AMOUNTS.iter().any(|part| name.contains(part)) && !OTHERS.iter().any(|part| name.contains(part));
    if !amount {
        return None;
    }
    if let Some(whole) = number.as_i64() {
        return Some(json!(whole * tenths / 10));
    }
    // Read as text, since amounts are not computed with in floating point.
    let text = number.to_string();
    let (whole, decimals) = text.split_once('.')?;
    let cents: i64 = format!("{whole}{:0<2}", decimals.get(..2).unwrap_or(decimals)).parse().ok()?;
    Some(crate::world::number(cents * tenths / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_kind_are_moved() {
        for (text, expected) in [
            ("2024-01-31", Some("2024-02-01")),
            ("2024-01-31T10:00:00Z", Some("2024-02-01T10:00:00Z")),
            ("2024-02", Some("2024-02")),
            ("31-01-2024", Some("01-02-2024")),
            ("2024", None),
            ("0123456789", None),
        ] {
            assert_eq!(moved(text, 1).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn amounts_change_and_rates_do_not() {
        let mut value = json!({ "total_amount": 1090.4, "tax_percentage": 16, "amount": 940, "year": 2023 });
        rework(&mut value, "", 0, 20);
        assert_eq!(value, json!({ "total_amount": 2180.8, "tax_percentage": 16, "amount": 1880, "year": 2023 }));
    }
}
