//! Accounts as their bank told them last.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::catalogue::BANKS;
use super::connection::Connection;
use super::ids::{self, Kind};
use super::settings::Settings;
use super::{SaltEdge, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{Account, AccountKind, Region, World, number};

/// Every nature that an account can have.
pub(super) const NATURES: [&str; 13] = [
    "account",
    "bonus",
    "card",
    "checking",
    "credit",
    "credit_card",
    "debit_card",
    "ewallet",
    "insurance",
    "investment",
    "loan",
    "mortgage",
    "savings",
];

/// An account of a connection, with the number that its id is made of.
pub(super) struct Held {
    pub(super) number: u64,
    pub(super) account: Account,
}

/// The accounts that are read through a connection.
pub(super) fn of(world: &World, connection: &Connection, settings: &Settings) -> Vec<Held> {
    let Some(institution) = BANKS.get(connection.bank).and_then(|bank| bank.institution) else { return Vec::new() };
    let accounts = world.accounts(Region::Europe, connection.customer, institution).into_iter();
    let held = accounts.map(|account| Held { number: connection.number * 16 + account.kind.code(), account });
    held.filter(|held| {
        let wanted = settings.natures.as_ref();
        wanted.is_none_or(|natures| natures.iter().any(|wanted| wanted == nature(&held.account)))
            && !settings.excluded.contains(&held.number)
    })
    .collect()
}

/// What an account is. Banks do not agree on the word for the same thing.
pub(super) fn nature(account: &Account) -> &'static str {
    match (account.kind, account.institution) {
        (AccountKind::Current, 1) => "checking",
        (AccountKind::Current, _) => "account",
        (AccountKind::Savings, _) => "savings",
        (AccountKind::Deposit, 2) => "bonus",
        (AccountKind::Deposit, _) => "savings",
        (AccountKind::CreditCard, _) => "credit_card",
        (AccountKind::DebitCard, 1) => "card",
        (AccountKind::DebitCard, _) => "debit_card",
        (AccountKind::Loan, _) => "loan",
        (AccountKind::Mortgage, _) => "mortgage",
        (AccountKind::Lease, _) => "credit",
        (AccountKind::Investment, _) => "investment",
        (AccountKind::Insurance, _) => "insurance",
        (AccountKind::Wallet, _) => "ewallet",
    }
}

impl SaltEdge {
    /// The accounts of a connection that have been read.
    pub(super) fn held(&self, world: &World, connection: &Connection) -> Vec<Held> {
        match connection.accounts_at {
            Some(_) => of(world, connection, &connection.agreed),
            None => Vec::new(),
        }
    }

    pub(super) fn list_accounts(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let world = scene.world;
        let connections = self.chosen(call, world)?;
        let known = connections.into_iter().filter_map(|number| self.connections.get(world, number));
        let listed = known.flat_map(|connection| {
            let held = self.held(world, &connection);
            held.into_iter().map(move |held| (ids::id(world, Kind::Account, held.number), (connection.clone(), held)))
        });
        paging::listed(call, listed, |(connection, held)| self.write_account(&connection, &held, world))
    }

    fn write_account(&self, connection: &Connection, held: &Held, world: &World) -> Value {
        let account = &held.account;
        let at = connection.accounts_at.unwrap_or(connection.created_at);
        let balance = world.ledger(account).balance(at);
        json!({
            "id": ids::text(world, Kind::Account, held.number),
            "connection_id": ids::text(world, Kind::Connection, connection.number),
            "name": account.name,
            "nature": nature(account),
            "balance": number(balance),
            "currency_code": account.currency,
            "extra": self.extra(connection, held, at, balance, world),
            "created_at": connection.created_at.to_string(),
            "updated_at": at.to_string(),
        })
    }

    fn extra(&self, connection: &Connection, held: &Held, at: Timestamp, balance: i64, world: &World) -> Value {
        let account = &held.account;
        let holder = account.holder(world).full_name();
        let read = at.to_zoned(TimeZone::UTC);
        let (posted, pending) = self.counts(connection, held, world);
        let mut extra = Map::new();
        let mut put = |name: &str, value: Value| extra.insert(name.to_owned(), value);
        put("client_name", json!(holder));
        put("status", json!("active"));
        put("open_date", json!(account.opened_on.to_string()));
        put("current_date", json!(read.date().to_string()));
        put("current_time", json!(read.time().strftime("%H:%M:%S").to_string()));
        put("transactions_count", json!({ "posted": posted, "pending": pending }));
        if let Some(id) = self.last_posted(connection, held, world) {
            put("last_posted_transaction_id", json!(id.to_string()));
        }
        match account.kind {
            AccountKind::CreditCard | AccountKind::DebitCard => {
                let last: String = account.identifier.chars().skip(12).collect();
                let network = if account.kind == AccountKind::CreditCard { "visa" } else { "maestro" };
                put("masked_pan", json!(format!("**** **** **** {last}")));
                put("card_type", json!(network));
                put("expiry_date", json!(card_expiry(account).to_string()));
            }
            _ => {
                let bank = world.institutions(Region::Europe).get(account.institution);
                put("iban", json!(account.identifier));
                put("account_name", json!(account.name));
                put("account_number", json!(account.identifier.chars().skip(12).collect::<String>()));
                put("swift", json!(bank.map(|bank| bank.bic)));
                put("sort_code", json!(bank.map(|bank| bank.number)));
            }
        }
        match (&account.loan, account.credit_limit) {
            (Some(loan), _) => {
                put("remaining_payments", json!(loan.installments - loan.paid));
                put("next_payment_amount", number(loan.installment));
                put("next_payment_date", json!(loan.next_payment.to_string()));
                put("total_payment_amount", number(-balance));
                put("expiry_date", json!(loan.ends_on.to_string()));
            }
            (None, Some(limit)) => {
                put("credit_limit", number(limit));
                put("available_amount", number(world.ledger(account).available(at) + limit));
            }
            _ => {
                put("available_amount", number(world.ledger(account).available(at)));
            }
        }
        match account.kind {
            AccountKind::Savings | AccountKind::Deposit | AccountKind::Loan | AccountKind::Mortgage => {
                put("interest_rate", number(account.interest));
            }
            AccountKind::Investment => {
                put("investment_amount", number(balance));
                put("fund_holdings", holdings(balance, &read.date().to_string()));
            }
            AccountKind::Insurance => {
                put("policy_status", json!("active"));
                put("product_type", json!("household"));
            }
            _ => {}
        }
        Value::Object(extra)
    }
}

/// Cards are good for five years at a time.
fn card_expiry(account: &Account) -> jiff::civil::Date {
    let opened = account.opened_on;
    let years = 5 + (2_026 - i64::from(opened.year())).max(0) / 5 * 5;
    opened.checked_add(jiff::Span::new().years(years)).map_or(opened, jiff::civil::Date::last_of_month)
}

/// Two funds that make up the whole.
fn holdings(balance: i64, on: &str) -> Value {
    let stocks = balance * 6 / 10;
    let holding = |percent: i64, cents: i64| json!({ "investment_percentage": percent, "balance": number(cents), "value": number(cents), "value_date": on });
    json!([holding(60, stocks), holding(40, balance - stocks)])
}
