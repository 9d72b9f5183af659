//! Transactions: each one an entry of its account's ledger.

use std::cell::{Cell, OnceCell};

use serde_json::{Value, json};

use super::{accounts, bills};
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{Account, AccountKind, Category, Entry, EntryKind, number};

/// Bits of a transaction's number that count the entries of its account; the account's kind stands above them.
const ENTRY_BITS: u32 = 40;

/// The number of an entry's transaction.
pub(in super::super) fn number_of(account: AccountKind, entry: u64) -> u64 {
    (account.code() << ENTRY_BITS) | entry
}

/// One run for each account that has movements.
pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    accounts::of(view, seat)
        .into_iter()
        // What investments earn are transactions of the investments.
        .filter(|account| account.kind != AccountKind::Investment)
        .map(|account| {
            let ledger = view.world.ledger(&account);
            let base = number_of(account.kind, 0);
            let (len, booked) = (ledger.len(seat.seen), ledger.booked(seat.seen));
            let known = (account.kind.code(), accounts::id(view, seat, &account));
            let (view, seat, entries) = (view.clone(), seat.clone(), ledger.clone());
            // The same for all of them, and made only when one is looked at.
            let whole = OnceCell::new();
            // Lists go from one entry to the next, which then costs less.
            let last: Cell<Option<(u64, i64)>> = Cell::new(None);
            let make = move |number: u64| {
                let index = number - base;
                let entry = match last.get() {
                    Some((before, balance)) if before + 1 == index => entries.entry_after(balance, index),
                    _ => entries.entry(index),
                };
                last.set(Some((index, entry.balance)));
                let shown = whole.get_or_init(|| accounts::record(&view, &seat, &account));
                record(&view, &seat, &account, shown, &entry, index < booked)
            };
            Run { base, len, account: Some(known), ledger: Some(ledger), make: Box::new(make) }
        })
        .collect()
}

fn record(view: &View, seat: &Seat, account: &Account, shown: &Value, entry: &Entry, booked: bool) -> Value {
    let (category, subcategory) = category(entry);
    let made = entry.made_on().to_string();
    let collected = entry.at.max(seat.created).to_string();
    let (cents, currency) = match &entry.foreign {
        Some(foreign) => (foreign.cents.abs(), foreign.currency),
        None => (entry.cents.abs(), account.currency),
    };
    let company = matches!(entry.kind, EntryKind::Salary | EntryKind::Card | EntryKind::DirectDebit);
    // Banks tell who is on the other side of transfers, not of card payments.
    let named = matches!(entry.kind, EntryKind::Transfer | EntryKind::Salary | EntryKind::DirectDebit);
    let merchant = entry.merchant.map(|merchant| {
        let website = format!("https://{}.example.com/", merchant.mcc);
        json!({ "logo": null, "website": website, "merchant_name": merchant.name })
    });
    let card = account.kind == AccountKind::CreditCard;
    let (operation, more) = operation(entry);
    let mut record = json!({
        "id": view.ids.uuid(kind::TRANSACTION, seat.number, number_of(account.kind, entry.index)),
        "internal_identification": entry.reference,
        "account": null,
        "collected_at": collected,
        "created_at": collected,
        "value_date": made,
        "transacted_at": entry.at.to_string(),
        "accounting_date": booked.then(|| entry.booked_on().to_string()),
        "inferred_accounting_date": entry.booked_on().to_string(),
        "amount": number(cents),
        "local_currency_amount": number(entry.cents.abs()),
        "balance": if account.kind.is_liability() { Value::Null } else { number(entry.balance) },
        "currency": currency,
        "description": entry.text,
        "observations": null,
        "merchant": merchant,
        "category": category,
        "subcategory": subcategory,
        "reference": entry.reference,
        "type": if entry.cents < 0 { "OUTFLOW" } else { "INFLOW" },
        "status": if booked { "PROCESSED" } else { "PENDING" },
        "credit_card_data": card.then(|| card_data(view, seat, account, entry)),
        "counterparty": entry.counterparty.as_ref().filter(|_| named).map(|name| counterparty(view, name, company)),
        "loan_data": account.loan.as_ref().map(|_| json!({
            "is_detached": false, "installment_id": entry.reference, "fees": [], "charges": [],
        })),
        "payment_type": if entry.kind == EntryKind::Installment { "INSTALLMENT" } else { "FULL" },
        "operation_type": operation,
        "operation_type_additional_info": more,
        "mcc": entry.merchant.and_then(|merchant| merchant.mcc.parse::<u32>().ok()),
    });
    // Inside the macro it would be serialized once more.
    record["account"] = shown.clone();
    record
}

/// Bank details that belong to a name: the same name has the same ones.
fn counterparty(view: &View, name: &str, company: bool) -> Value {
    let mut random = view.world.random(name, &[]);
    json!({
        "type": if company { "COMPANY" } else { "INDIVIDUAL" },
        "document_number": random.digits(if company { 14 } else { 11 }),
        "clearing_code": random.digits(3),
        "agency": random.digits(4),
        "check_digit": random.digits(1),
        "number": random.digits(8),
    })
}

fn card_data(view: &View, seat: &Seat, account: &Account, entry: &Entry) -> Value {
    let bill = bills::Month::of(entry.made_on());
    let closed = bill.closed(seat.seen);
    let id = closed.then(|| bills::id(view, seat, bill));
    let internal = closed.then(|| bills::internal(account, bill));
    json!({
        "collected_at": entry.at.max(seat.created).to_string(),
        "bill_name": bill.name(),
        "bill_due_date": bill.due().to_string(),
        "bill_internal_identification": internal,
        "bill_status": if closed { "CLOSED" } else { "OPEN" },
        "previous_bill_total": null,
        "bill_amount": null,
        "card_number": account.identifier.get(12..).unwrap_or_default(),
        "fee_type": null,
        "fee_type_additional_info": null,
        "credits_type": null,
        "credits_type_additional_info": null,
        "installment_identifier": "1",
        "number_of_installments": 1,
        "credit_card_bill": { "id": id, "internal_identification": internal },
    })
}

/// Belvo's category and subcategory.
pub(in super::super) fn category(entry: &Entry) -> (&'static str, Option<&'static str>) {
    match entry.category {
        Category::Groceries => ("Food & Groceries", Some("Groceries")),
        Category::Restaurant => ("Food & Groceries", Some("Restaurants")),
        Category::Transport => ("Transport & Travel", Some("Public Transit")),
        Category::Fuel => ("Transport & Travel", Some("Gas")),
        Category::Travel => ("Transport & Travel", Some("Flights")),
        Category::Shopping => ("Personal Shopping", Some("Gifts")),
        Category::Subscription | Category::Entertainment => ("Online Platforms & Leisure", Some("Movie & Audio")),
        Category::Utilities => ("Bills & Utilities", Some("Electricity & Energy")),
        Category::Rent => ("Bills & Utilities", Some("Rent")),
        Category::Health => ("Home & Life", Some("Pharmacies")),
        Category::Salary => ("Income & Payments", Some("Salary")),
        Category::Interest => ("Income & Payments", Some("Interest")),
        Category::Transfer => ("Transfers", Some("Other")),
        Category::Savings => ("Investments & Savings", Some("Savings")),
        Category::Cash => ("Withdrawal & ATM", None),
        Category::Fee => ("Fees & Charges", Some("Bank Fees")),
        Category::LoanPayment => ("Credits & Loans", Some("Instalment")),
        Category::CardPayment => ("Credits & Loans", Some("Credit Card")),
        Category::Insurance => ("Insurance", Some("Home Insurance")),
    }
}

fn operation(entry: &Entry) -> (&'static str, Option<&'static str>) {
    match entry.kind {
        EntryKind::Card => ("CARTAO", None),
        EntryKind::DirectDebit => ("BOLETO", None),
        EntryKind::Transfer if entry.category == Category::Savings => ("TRANSFERENCIA_MESMA_INSTITUICAO", None),
        EntryKind::Transfer => ("PIX", None),
        EntryKind::Salary => ("FOLHA_PAGAMENTO", None),
        EntryKind::Cash => ("SAQUE", None),
        EntryKind::Fee => ("TARIFA_SERVICOS_AVULSOS", None),
        EntryKind::Interest => ("RENDIMENTO_APLIC_FINANCEIRA", None),
        EntryKind::Installment => ("OUTROS", Some("Parcela")),
    }
}
