//! Credit, debit and prepaid cards.

use serde_json::{Value, json};

use super::{Lists, Reading, made_since, months_after};
use crate::players::wealthreader::categories;
use crate::players::wealthreader::names::{Named, Names};
use crate::world::{Account, AccountKind, Entry, number};

impl Reading<'_> {
    pub(super) fn cards(&self, lists: &mut dyn Lists) -> Value {
        self.accounts.iter().filter_map(|account| self.card(account, lists)).collect()
    }

    fn card(&self, account: &Account, lists: &mut dyn Lists) -> Option<Value> {
        let subtype = match account.kind {
            AccountKind::CreditCard => "credit",
            AccountKind::DebitCard => "debit",
            AccountKind::Wallet => "prepaid",
            _ => return None,
        };
        let uuid = self.uuid(account);
        let slice = self.wanted.card(&uuid)?;
        let ledger = self.world.ledger(account);
        let transactions = if slice.only_balances {
            json!([])
        } else {
            let (names, number) = (self.names, account.number);
            let booked = ledger.booked(self.now);
            let (range, ledger) = (made_since(&ledger, slice.from, self.now), ledger.clone());
            let currency = account.currency;
            let entries = ledger.entries(range);
            lists.list(Box::new(
                entries.map(move |entry| movement(names, number, currency, &entry, entry.index < booked)),
            ))
        };
        let standing = ledger.available(self.now);
        let balances = match (account.kind, account.credit_limit) {
            (AccountKind::CreditCard, Some(limit)) => {
                json!({ "available": number(limit + standing), "limit": number(limit), "disposed": number(-standing) })
            }
            (AccountKind::Wallet, _) => json!({ "available": number(standing) }),
            // A debit card spends what the current account holds.
            _ => {
                let current = self.account(AccountKind::Current);
                let held = current.map_or(0, |account| self.world.ledger(account).available(self.now));
                json!({ "available": number(held), "limit": number(100_000), "disposed": number(0) })
            }
        };
        let mut card = json!({
            "status": "active",
            "subtype": subtype,
            "uuid": uuid,
            "code": masked(account),
            "name": account.name,
            "currency": account.currency,
            "balances": balances,
            "linked_account": self.linked(),
            "owners": [self.owner()],
            "additional_info": [],
            "transactions": transactions,
        });
        if account.kind == AccountKind::CreditCard {
            let next = months_after(self.today.first_of_month(), 1).saturating_add(jiff::Span::new().days(4));
            card["next_payment_date"] = Value::String(next.to_string());
            card["anual_interest"] = number(1_748);
            card["tae"] = number(1_895);
        }
        Some(card)
    }
}

fn movement(names: Names, account: u64, currency: &str, entry: &Entry, settled: bool) -> Value {
    let mut movement = json!({
        "uuid": names.hex(Named::Movement, account, entry.index),
        "settled": settled,
        "operation_date": entry.made_on().to_string(),
        "value_date": entry.booked_on().to_string(),
        "amount": number(entry.cents),
        "currency": currency,
        "description": entry.text,
        "categorization": { "type": categories::number(entry.category) },
    });
    if let Some(foreign) = &entry.foreign {
        movement["exchange_rate"] = number(foreign.rate);
        movement["additional_info"] = json!([
            { "key": "original_amount", "value": crate::world::decimal(foreign.cents) },
            { "key": "original_currency", "value": foreign.currency },
        ]);
    }
    movement
}

/// The first six and the last four digits; of what is no card, digits from the account number.
fn masked(account: &Account) -> String {
    let digits: String = account.identifier.chars().filter(char::is_ascii_digit).collect();
    let last = digits.get(digits.len().saturating_sub(4)..).unwrap_or_default();
    format!("{:0<6}********{last}", digits.get(..6).unwrap_or_default())
}
