//! A home, its insurance, the contracts, and the statement files of the bank.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Reading, months_after, months_between, norma43, pdf};
use crate::players::wealthreader::names::Named;
use crate::world::{AccountKind, Entry, day, number};

/// Movements in a statement file.
const STATED: u64 = 20;

impl Reading<'_> {
    /// The home that the mortgage paid for, a quarter dearer than the loan.
    pub(super) fn properties(&self) -> Value {
        let Some(loan) = self.account(AccountKind::Mortgage).and_then(|account| account.loan.as_ref()) else {
            return json!([]);
        };
        let mut random = self.world.random("property", &[self.person.number]);
        let bought = loan.principal * 125 / 100 / 100_000 * 100_000;
        let year = i64::from(self.today.year());
        let price_in = |years_ago: i64| bought * (100 - 3 * years_ago) / 100;
        let prices = (0..4).map(
            |years_ago| json!({ "date": format!("{}-01-01", year - years_ago), "price": number(price_in(years_ago)) }),
        );
        json!([{
            "uuid": self.names.hex(Named::Belonging, self.person.number, 4),
            "code": format!("{}VK{}S{}", random.digits(7), random.digits(4), random.digits(4)),
            "description": format!("VIVIENDA EN {}", self.person.street.to_uppercase()),
            "purpose": "Residencial",
            "currency": "EUR",
            "trading_price": number(price_in(0)),
            "trading_year": year,
            "historic_prices": prices.collect::<Vec<_>>(),
        }])
    }

    pub(super) fn insurances(&self) -> Value {
        let Some(account) = self.account(AccountKind::Insurance) else { return json!([]) };
        let mut random = self.world.random("insurance", &[account.number]);
        let began = months_after(day(self.world.start).first_of_month(), -random.between(2, 11));
        // Renewed each year.
        let years = months_between(began, self.today) / 12 + 1;
        let ends = months_after(began, 12 * years);
        let (building, contents) = (random.between(80, 200) * 100_000, random.between(10, 40) * 100_000);
        json!([{
            "uuid": self.uuid(account),
            "code": format!("SEG-{}", random.digits(8)),
            "coverage_category": "property",
            "name": account.name,
            "currency": account.currency,
            "insured_value": { "name": "Continente y contenido", "value": number(building + contents) },
            "insured_concepts": [
                { "description": "Continente", "value": number(building) },
                { "description": "Contenido", "value": number(contents) },
            ],
            "constitution_date": began.to_string(),
            "expiration_date": ends.to_string(),
            "next_payment_date": ends.to_string(),
            "next_installment": number(random.between(14_000, 42_000)),
            "frequency": "annual",
            "status": "active",
            "linked_account": self.linked(),
            "owner": self.owner(),
            "claims": [{
                "uuid": self.names.hex(Named::Belonging, self.person.number, 5),
                "claim_code": format!("SIN-{}", random.digits(6)),
                "incident_date": began.saturating_add(jiff::Span::new().days(11)).to_string(),
                "claimed_date": began.saturating_add(jiff::Span::new().days(13)).to_string(),
                "description": "Rotura de cristal",
                "status": "accepted",
            }],
        }])
    }

    pub(super) fn contracts(&self) -> Value {
        let kinds = [
            (AccountKind::Mortgage, "loan", "mortgage"),
            (AccountKind::Loan, "loan", "personal"),
            (AccountKind::CreditCard, "card", "card"),
        ];
        let contracts = kinds.into_iter().filter_map(|(kind, what, subtype)| {
            let account = self.account(kind)?;
            let signed = match &account.loan {
                Some(loan) => super::loans::Plan::on(loan, self.today).begins(),
                None => account.opened_on,
            };
            Some(json!({
                "signing_date": signed.to_string(),
                "type": what,
                "subtype": subtype,
                "description": account.name,
                "pdf_file": pdf::of(&format!("Contrato {}", self.contract_number(account))),
            }))
        });
        contracts.collect()
    }

    /// The latest movements of the current account, in the banks' format.
    pub(super) fn files(&self) -> Value {
        let Some(account) = self.account(AccountKind::Current) else { return json!([]) };
        let ledger = self.world.ledger(account);
        let booked = ledger.booked(self.now);
        let entries: Vec<Entry> = ledger.entries(booked.saturating_sub(STATED)..booked).collect();
        let content = norma43::statement(account, &entries, self.today);
        json!([{
            "file_date": self.today.to_string(),
            "retrieval_type": "on-the-fly",
            "file_type": "Norma 43",
            "description": "Extracto de movimientos",
            "content": STANDARD.encode(content),
        }])
    }
}
