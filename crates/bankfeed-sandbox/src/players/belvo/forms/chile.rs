//! What the tax authority of Chile knows of a person.

use serde_json::{Value, json};

use super::{Form, invoiced};
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::day;

const INVOICE: Form =
    Form { kind: kind::CHILE_INVOICE, schema: "ChileInvoice", len: 24, apart: 14, fill: fill_invoice };
const STATUS: Form =
    Form { kind: kind::CHILE_TAX_STATUS, schema: "ChileTaxStatus", len: 1, apart: 0, fill: fill_status };
const DEBTS: Form =
    Form { kind: kind::CHILE_DEBT_REPORT, schema: "ChileDebtReport", len: 3, apart: 31, fill: fill_debts };

/// Companies that invoices come from or go to.
const OTHERS: [(&str, &str); 3] =
    [("Monitores SpA", "22222222-2"), ("Servicios del Sur SpA", "44444444-4"), ("Librería Aurora Ltda", "77777777-7")];

pub(in super::super) fn invoices(view: &View, seat: &Seat) -> Vec<Run> {
    INVOICE.runs(view, seat)
}

pub(in super::super) fn status(view: &View, seat: &Seat) -> Vec<Run> {
    STATUS.runs(view, seat)
}

pub(in super::super) fn debts(view: &View, seat: &Seat) -> Vec<Run> {
    DEBTS.runs(view, seat)
}

fn fill_invoice(view: &View, seat: &Seat, index: u64, record: &mut Value) {
    let mut random = view.world.random("belvo chilean invoice", &[seat.person, index]);
    let outgoing = invoiced(view, seat, index, &mut random, &OTHERS, record);
    record["invoice_identification"] = json!(random.hex(40));
    // Value added tax is 19 %, of whole pesos.
    let net = record["net_amount"].as_i64().unwrap_or_default();
    let vat = net * 19 / 100;
    record["vat_amount"] = json!(vat);
    record["total_amount"] = json!(net + vat);
    if outgoing {
        record["sales_invoice_details"]["vat_amount"] = json!(vat);
    } else {
        record["sales_invoice_details"] = Value::Null;
        record["purchase_invoice_details"] = json!({ "vat_refundable_amount": vat, "tax_exempt_amount": 0 });
    }
}

fn fill_status(view: &View, seat: &Seat, _: u64, record: &mut Value) {
    let person = seat.holder(view);
    let name = person.full_name();
    record["entity_details"]["document_id_number"] = json!(person.document);
    record["entity_details"]["name"] = json!(name);
    record["addresses"][0]["address"] = json!(format!("{}, {}", person.street, person.city));
    record["emails"][0]["email"] = json!(person.email);
    record["phone_numbers"][0]["number"] = json!(person.phone.trim_start_matches('+'));
    for list in ["legal_representative", "equity_holders"] {
        record[list][0]["name"] = json!(name);
        record[list][0]["document_id_number"] = json!(person.document);
    }
}

fn fill_debts(view: &View, seat: &Seat, index: u64, record: &mut Value) {
    let person = seat.holder(view);
    record["personal_data"]["full_name"] = json!(person.full_name());
    record["personal_data"]["document_id_number"] = json!(person.document);
    let back = jiff::Span::new().days(31 * i64::try_from(index).unwrap_or_default() + 3);
    record["debt_data_last_update"] = json!(day(view.world.start).saturating_sub(back).to_string());
}
