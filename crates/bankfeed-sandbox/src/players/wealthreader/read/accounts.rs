//! Current and savings accounts, and what is debited from them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Lists, Reading, booked_since, pdf};
use crate::players::wealthreader::categories;
use crate::players::wealthreader::names::{Named, Names};
use crate::world::{Account, AccountKind, Category, Entry, EntryKind, number};

/// What is read as an account; the other kinds are products of their own.
pub(super) fn is_account(kind: AccountKind) -> bool {
    matches!(kind, AccountKind::Current | AccountKind::Savings)
}

impl Reading<'_> {
    pub(super) fn bank_accounts(&self, lists: &mut dyn Lists) -> Value {
        let accounts = self.accounts.iter().filter(|account| is_account(account.kind));
        accounts.filter_map(|account| self.bank_account(account, lists)).collect()
    }

    fn bank_account(&self, account: &Account, lists: &mut dyn Lists) -> Option<Value> {
        let uuid = self.uuid(account);
        let slice = self.wanted.account(&uuid)?;
        let ledger = self.world.ledger(account);
        let balances = json!({
            "available": number(ledger.available(self.now)),
            "current": number(ledger.balance(self.now)),
        });
        let transactions = if slice.only_balances {
            json!([])
        } else {
            let telling = Telling {
                names: self.names,
                account: account.number,
                documents: slice.documents(),
                details: self.wanted.details,
            };
            let range = booked_since(&ledger, slice.from, self.now);
            lists.list(Box::new(ledger.entries(range).map(move |entry| telling.movement(&entry))))
        };
        Some(json!({
            "uuid": uuid,
            "subtype": if account.kind == AccountKind::Savings { "savings" } else { "checking" },
            "interest_rate": number(account.interest),
            "line_of_credit_details": null,
            "code": account.identifier,
            "name": account.name,
            "currency": account.currency,
            "owners": [self.owner()],
            "balances": balances,
            "additional_info": [{ "key": "opened_on", "value": account.opened_on.to_string() }],
            "transactions": transactions,
        }))
    }

    /// What was debited from the current account, with its documents.
    pub(super) fn receipts(&self, lists: &mut dyn Lists) -> Value {
        let Some(account) = self.account(AccountKind::Current) else { return json!([]) };
        let (ledger, now, iban) = (self.world.ledger(account), self.now, account.identifier.clone());
        let range = super::made_since(&ledger, self.wanted.from(), now);
        let booked = ledger.booked(now);
        let debits = ledger.entries(range).filter(|entry| entry.kind == EntryKind::DirectDebit).map(move |entry| {
            let settled = entry.index < booked;
            json!({
                "last_receipt_date": entry.made_on().to_string(),
                "issuer": entry.counterparty.as_deref().unwrap_or_default(),
                "description": entry.text,
                "account": iban,
                "status": if settled { "paid" } else { "pending" },
                "amount": number(entry.cents.abs()),
                "pdf_file": pdf::of(&format!("Recibo {}", entry.reference)),
                "pdf_file_settled": settled,
            })
        });
        lists.list(Box::new(debits))
    }
}

/// What is needed to tell of the movements of an account, one by one.
struct Telling {
    names: Names,
    account: u64,
    documents: BTreeSet<String>,
    details: bool,
}

impl Telling {
    /// A movement shows once it is booked, so that the last balance is that of the account. A line that a bank sends twice keeps
    /// the balance of the first.
    fn movement(&self, entry: &Entry) -> Value {
        let uuid = self.names.hex(Named::Movement, self.account, entry.index);
        let booked = entry.booked_on().to_string();
        let mut movement = json!({
            "uuid": uuid,
            "operation_date": booked,
            "value_date": booked,
            "amount": number(entry.cents),
            "balance": number(entry.balance),
            "description": entry.text,
            "categorization": { "type": categories::number(entry.category) },
            "transfer_details": transfer(entry),
        });
        if self.documents.contains(&uuid) {
            movement["pdf_file"] = Value::String(pdf::of(&format!("Movimiento {}", entry.reference)));
            movement["pdf_file_settled"] = Value::Bool(true);
        }
        if self.details {
            let made = entry.at.to_string();
            movement["additional_info"] = json!([
                { "key": "reference", "value": entry.reference },
                { "key": "made_at", "value": made },
            ]);
        }
        movement
    }
}

fn transfer(entry: &Entry) -> Value {
    let between = matches!(entry.category, Category::Transfer | Category::Rent | Category::Salary);
    match &entry.counterparty {
        Some(other) if between => json!({ "concept": entry.text, "sender_receiver": other }),
        _ => Value::Null,
    }
}
