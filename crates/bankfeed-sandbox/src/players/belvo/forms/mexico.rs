//! What the tax authority of Mexico knows of a person.

use serde_json::{Value, json};

use super::employment::curp;
use super::{Form, invoiced};
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::day;

const STATEMENT: Form = Form {
    kind: kind::FINANCIAL_STATEMENT,
    schema: "FinancialStatement",
    len: 3,
    apart: 365,
    fill: |view, _, index, record| record["year"] = json!((year(view, index) - 1).to_string()),
};
const INVOICE: Form = Form { kind: kind::INVOICE, schema: "Invoice", len: 24, apart: 14, fill: fill_invoice };
const COMPLIANCE: Form = Form {
    kind: kind::TAX_COMPLIANCE_STATUS,
    schema: "TaxComplianceStatus",
    len: 1,
    apart: 0,
    fill: |view, seat, _, record| record["rfc"] = json!(seat.holder(view).document),
};
const RETURN: Form = Form { kind: kind::TAX_RETURN, schema: "TaxReturn", len: 3, apart: 365, fill: fill_return };
const RETENTION: Form =
    Form { kind: kind::TAX_RETENTION, schema: "TaxRetention", len: 6, apart: 60, fill: fill_retention };
const STATUS: Form = Form { kind: kind::TAX_STATUS, schema: "TaxStatus", len: 1, apart: 0, fill: fill_status };

/// Companies that invoices come from or go to.
const OTHERS: [(&str, &str); 4] = [
    ("Taller Aurora SA de CV", "TAU990101XY2"),
    ("Papelería Nueva SA de CV", "PNU050607AB3"),
    ("Meridiano Software SA de CV", "MSO110203CD4"),
    ("Comercial del Centro SA de CV", "CCE080910EF5"),
];

pub(in super::super) fn statements(view: &View, seat: &Seat) -> Vec<Run> {
    STATEMENT.runs(view, seat)
}

pub(in super::super) fn invoices(view: &View, seat: &Seat) -> Vec<Run> {
    INVOICE.runs(view, seat)
}

pub(in super::super) fn compliance(view: &View, seat: &Seat) -> Vec<Run> {
    COMPLIANCE.runs(view, seat)
}

pub(in super::super) fn returns(view: &View, seat: &Seat) -> Vec<Run> {
    RETURN.runs(view, seat)
}

pub(in super::super) fn retentions(view: &View, seat: &Seat) -> Vec<Run> {
    RETENTION.runs(view, seat)
}

pub(in super::super) fn status(view: &View, seat: &Seat) -> Vec<Run> {
    STATUS.runs(view, seat)
}

/// The year in which a yearly paper was handed in.
fn year(view: &View, index: u64) -> i16 {
    day(view.world.start).year() - i16::try_from(index).unwrap_or_default()
}

fn fill_invoice(view: &View, seat: &Seat, index: u64, record: &mut Value) {
    let mut random = view.world.random("belvo invoice", &[seat.person, index]);
    invoiced(view, seat, index, &mut random, &OTHERS, record);
    let number = identification(&mut random);
    record["payments"][0]["related_documents"][0]["invoice_identification"] = json!(number);
    record["invoice_identification"] = json!(number);
    record["invoice_details"][0]["description"] = json!(format!("Servicio {}", index + 1));
    record["warnings"] = Value::Null;
}

fn fill_return(view: &View, seat: &Seat, index: u64, record: &mut Value) {
    let person = seat.holder(view);
    let general = &mut record["informacion_general"];
    general["ejercicio"] = json!(year(view, index) - 1);
    general["rfc"] = json!(person.document);
    general["nombre"] = json!(person.full_name().to_uppercase());
    general["numero_operacion"] = json!(view.world.random("belvo return", &[seat.person, index]).digits(12));
}

fn fill_retention(view: &View, seat: &Seat, index: u64, record: &mut Value) {
    let mut random = view.world.random("belvo retention", &[seat.person, index]);
    let person = seat.holder(view);
    let (other, other_id) = random.pick(&OTHERS).copied().unwrap_or_default();
    record["invoice_identification"] = json!(identification(&mut random).to_lowercase());
    record["sender_id"] = json!(other_id);
    record["sender_name"] = json!(other);
    record["receiver_id"] = json!(person.document);
    record["receiver_name"] = json!(person.full_name());
}

fn fill_status(view: &View, seat: &Seat, _: u64, record: &mut Value) {
    let person = seat.holder(view);
    let today = day(view.world.start);
    record["official_name"] = json!(person.full_name());
    record["place_and_date_of_issuance"] = json!(format!("{}, A {today}", person.city.to_uppercase()));
    record["digital_stamp"] = json!(format!("||{}|{}||", today.strftime("%Y/%m/%d"), person.document));
    let payer = &mut record["tax_payer_information"];
    payer["rfc"] = json!(person.document);
    payer["curp"] = json!(curp(view, seat));
    payer["name"] = json!(person.first_name.to_uppercase());
    payer["first_last_name"] = json!(person.last_name.to_uppercase());
    payer["second_last_name"] = json!(person.second_last_name.map(str::to_uppercase));
    payer["email"] = json!(person.email);
    payer["phone"] = json!(person.phone);
    let address = &mut record["address"];
    address["postal_code"] = json!(person.post_code);
    address["street"] = json!(person.street.to_uppercase());
    address["state"] = json!(person.state.to_uppercase());
}

/// The number that the tax authority gives to a document.
fn identification(random: &mut crate::world::Random) -> String {
    let hex = random.hex(32).to_uppercase();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
