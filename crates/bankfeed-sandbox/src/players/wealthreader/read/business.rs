//! What companies and the self-employed have: invoices that the bank advances or pays, and guarantees.

use serde_json::{Value, json};

use super::{Reading, months_after};
use crate::players::wealthreader::names::Named;
use crate::world::{day, number};

/// Days until an invoice is due.
const TERM: i64 = 90;
/// Invoices that are told, a month apart.
const INVOICES: i64 = 6;
const LIMIT: i64 = 2_500_000;

/// An invoice.
struct Invoice {
    place: u64,
    cents: i64,
    issued: jiff::civil::Date,
    due: jiff::civil::Date,
}

impl Reading<'_> {
    /// The latest invoices, by the start of the sandbox.
    fn invoices(&self, name: &str) -> Vec<Invoice> {
        let mut random = self.world.random(name, &[self.person.number]);
        let start = day(self.world.start);
        let invoices = (0..INVOICES).map(|index| {
            let issued = months_after(start, index + 1 - INVOICES).saturating_sub(jiff::Span::new().days(3));
            Invoice {
                place: index.unsigned_abs(),
                cents: random.between(40_000, 320_000),
                issued,
                due: issued.saturating_add(jiff::Span::new().days(TERM)),
            }
        });
        invoices.collect()
    }

    fn next_due(&self, invoices: &[Invoice]) -> Option<String> {
        let open = invoices.iter().map(|invoice| invoice.due).filter(|due| *due > self.today);
        open.min().map(|due| due.to_string())
    }

    fn is_open(&self, invoice: &Invoice) -> bool {
        invoice.due > self.today
    }

    /// Invoices to customers, of which the bank advances four fifths.
    pub(super) fn factoring(&self) -> Value {
        let holder = self.person.number;
        let invoices = self.invoices("factoring");
        let advanced = |invoice: &Invoice| invoice.cents * 80 / 100;
        let open: Vec<&Invoice> = invoices.iter().filter(|invoice| self.is_open(invoice)).collect();
        let disposed: i64 = open.iter().map(|invoice| advanced(invoice)).sum();
        let list = invoices.iter().map(|invoice| {
            json!({
                "uuid": self.names.hex(Named::Invoice, holder, invoice.place),
                "invoice_id": format!("{}-{}", invoice.issued.year(), 41 + invoice.place),
                "client_id": "B00000001",
                "operation_date": invoice.issued.to_string(),
                "due_date": invoice.due.to_string(),
                "invoice_amount": number(invoice.cents),
                "received_amount": number(advanced(invoice)),
                "status": if self.is_open(invoice) { "pending_collection" } else { "funded" },
            })
        });
        let mut factoring = json!({
            "uuid": self.names.hex(Named::Belonging, holder, 1),
            "contract_number": format!("000117{holder:09}"),
            "name": "FACTORING CON RECURSO",
            "assignor_id": self.person.document,
            "assignor": self.person.full_name().to_uppercase(),
            "assignor_type": "recourse-factor",
            "assignee": self.bank(),
            "currency": "EUR",
            "balances":
                { "available": number(LIMIT - disposed), "disposed": number(disposed), "limit": number(LIMIT) },
            "interest_rate": number(525),
            "linked_account": self.linked(),
            "number_invoices": invoices.len(),
            "total_value": number(invoices.iter().map(|invoice| invoice.cents).sum()),
            "total_advanced_value": number(invoices.iter().map(advanced).sum()),
            "clients": [{
                "uuid": self.names.hex(Named::Party, holder, 1),
                "client_id": "B00000001",
                "client_name": "TALLER AURORA SL",
                "limit": number(LIMIT),
                "disposed": number(disposed),
                "available": number(LIMIT - disposed),
                "payment_method": "transfer_payment",
                "payment_deadline": TERM,
            }],
            "invoices": list.collect::<Vec<_>>(),
        });
        if let Some(due) = self.next_due(&invoices) {
            factoring["next_payment_date"] = Value::String(due);
        }
        json!([factoring])
    }

    /// Invoices of suppliers, which the bank pays when they are due.
    pub(super) fn confirming(&self) -> Value {
        let holder = self.person.number;
        let invoices: Vec<Invoice> = self
            .invoices("confirming")
            .into_iter()
            .filter(|invoice| self.wanted.to.is_none_or(|to| invoice.due <= to))
            .collect();
        let disposed: i64 = invoices.iter().filter(|invoice| self.is_open(invoice)).map(|invoice| invoice.cents).sum();
        let list = invoices.iter().map(|invoice| {
            let open = self.is_open(invoice);
            let mut told = json!({
                "uuid": self.names.hex(Named::Invoice, holder, 100 + invoice.place),
                "invoice_id": format!("F{}-{}", invoice.issued.year(), 7 + invoice.place),
                "provider_id": "B00000002",
                "operation_date": invoice.issued.to_string(),
                "due_date": invoice.due.to_string(),
                "amount": number(invoice.cents),
                "status": if open { "pending" } else { "paid" },
            });
            if !open {
                told["payment_date"] = Value::String(invoice.due.to_string());
            }
            told
        });
        let mut confirming = json!({
            "uuid": self.names.hex(Named::Belonging, holder, 2),
            "contract_number": format!("000118{holder:09}"),
            "name": "CONFIRMING PAGO A PROVEEDORES",
            "currency": "EUR",
            "balances":
                { "available": number(LIMIT - disposed), "disposed": number(disposed), "limit": number(LIMIT) },
            "interest_rate": number(475),
            "linked_account": self.linked(),
            "number_invoices": invoices.len(),
            "total_value": number(invoices.iter().map(|invoice| invoice.cents).sum()),
            "total_advanced_value": number(0),
            "deferrals": [],
            "deferrals_summary":
                { "count": 0, "total_value": 0, "deferred_value": 0, "interest_value": 0, "late_fees": 0 },
            "providers": [{
                "uuid": self.names.hex(Named::Party, holder, 2),
                "company_id": "B00000002",
                "company_name": "PAPELERA IMAGINARIA SL",
            }],
            "invoices": list.collect::<Vec<_>>(),
        });
        if let Some(due) = self.next_due(&invoices) {
            confirming["next_payment_date"] = Value::String(due);
        }
        json!([confirming])
    }

    /// A guarantee towards a town.
    pub(super) fn guarantees(&self) -> Value {
        let holder = self.person.number;
        let mut random = self.world.random("guarantee", &[holder]);
        let cents = random.between(5, 50) * 100_000;
        let issued = months_after(day(self.world.start).first_of_month(), -8);
        let expires = months_after(issued, 24);
        let expired = expires <= self.today;
        let exposure = if expired { 0 } else { cents };
        let charged = months_after(issued, super::months_between(issued, self.today) / 3 * 3).min(expires);
        json!([{
            "uuid": self.names.hex(Named::Belonging, holder, 3),
            "code": format!("AV-{holder:08}"),
            "name": "Aval técnico",
            "nickname": "Licitación",
            "subtype": "technical",
            "currency": "EUR",
            "linked_account": self.linked(),
            "issuer": self.bank(),
            "beneficiary": "AYUNTAMIENTO IMAGINARIO",
            "purpose": "Licitación de obra, expediente de prueba",
            "issue_date": issued.to_string(),
            "expiration_date": expires.to_string(),
            "status": if expired { "expired" } else { "active" },
            "balances": {
                "guaranteed_amount": number(cents),
                "exposure": number(exposure),
                "available": number(cents - exposure),
                "euro_equivalent": number(cents),
            },
            "fees_commissions": {
                "periodicity": "quarterly",
                "last_charge_date": charged.to_string(),
                "last_charge_amount": number(cents * 25 / 10_000),
            },
            "additional_info": [{ "key": "euroEquivalent", "value": crate::world::decimal(cents) }],
        }])
    }
}
