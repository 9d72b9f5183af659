//! Transactions, and the movements of investments after them.

use belvo_client::types;
use serde_json::Value;

use super::lists::{Feed, pages};
use super::{Belvo, map};
use crate::Date;
use crate::model::{Transaction, TransactionStatus};
use crate::provider::{ProviderId, TransactionFilter, Transactions};
use crate::records::{BoxPages, Group, Legs, Paging, Records};

impl Transactions for Belvo {
    fn list_transactions(&self, filter: TransactionFilter, paging: Paging) -> Records<Transaction> {
        let feed = Feed::new(&self.client, &paging);
        let investments = self.settings.investments;
        let days = [&filter.since, &filter.until].map(|day| day.map(|day| day.date().to_string()));
        let status = filter.status.map(|status| status.iso_code());
        let scope = feed.scope(
            "transactions",
            &[
                Some(filter.connection.as_str()),
                filter.account.as_ref().map(|id| id.as_str()),
                days[0].as_deref(),
                days[1].as_deref(),
                status,
                investments.then_some("investments"),
            ],
        );
        Records::open(scope, &paging, feed.losses.clone(), move |at| {
            let legs = legs(filter.status, investments);
            let make = move |leg: usize, at| match legs.get(leg)? {
                Leg::Accounts(status) => Some(of_accounts(&feed, &filter, status.clone(), at)),
                Leg::Investments => Some(of_investments(&feed, &filter, at)),
            };
            Legs::open(&ProviderId::BELVO, at.as_ref(), make)
        })
    }
}

enum Leg {
    Accounts(Option<types::TransactionStatus>),
    Investments,
}

/// The lists that can have transactions of a status. Movements of investments are all booked.
fn legs(status: Option<TransactionStatus>, investments: bool) -> Vec<Leg> {
    let accounts = match status {
        None => Some(None),
        Some(TransactionStatus::Booked) => Some(Some(types::TransactionStatus::Processed)),
        Some(TransactionStatus::Pending) => Some(Some(types::TransactionStatus::Pending)),
        // Belvo has none of the others.
        Some(_) => None,
    };
    let booked = matches!(status, None | Some(TransactionStatus::Booked));
    accounts.map(Leg::Accounts).into_iter().chain((investments && booked).then_some(Leg::Investments)).collect()
}

/// Transactions of accounts: Belvo itself sees to account, days and status.
pub(super) fn of_accounts(
    feed: &Feed,
    filter: &TransactionFilter,
    status: Option<types::TransactionStatus>,
    at: Option<Value>,
) -> BoxPages<Transaction> {
    let mut call = feed.client.list_transactions(filter.connection.as_str());
    if let Some(account) = &filter.account {
        call = call.account(account.as_str());
    }
    if let Some(day) = filter.since {
        call = call.value_date_gte(whole_day(day));
    }
    if let Some(day) = filter.until {
        call = call.value_date_lte(whole_day(day));
    }
    if let Some(status) = status {
        call = call.status(status);
    }
    // The days are Belvo's to look after: it goes by the day of the place, and the moment that a record may have besides is
    // in UTC.
    let rest = TransactionFilter { since: None, until: None, ..filter.clone() };
    pages!(feed, "Transaction", at, call, move |record, cx| {
        admitted(map::transaction(record, cx), |transaction| rest.admits(transaction))
    })
}

/// Movements of investments, which Belvo lists for a link as a whole.
pub(super) fn of_investments(feed: &Feed, filter: &TransactionFilter, at: Option<Value>) -> BoxPages<Transaction> {
    let call = feed.client.list_investment_transactions(filter.connection.as_str());
    let (rest, since, until) =
        (TransactionFilter { since: None, until: None, ..filter.clone() }, filter.since, filter.until);
    pages!(feed, "InvestmentTransaction", at, call, move |record, cx| {
        admitted(map::movement(record, cx), |transaction| {
            // The one date they have is that of settlement.
            let day = transaction.value_date.map(|date| date.date());
            let after = since.is_none_or(|since| day.is_none_or(|day| day >= since.date()));
            let before = until.is_none_or(|until| day.is_none_or(|day| day <= until.date()));
            after && before && rest.admits(transaction)
        })
    })
}

fn admitted(
    mapped: Result<Transaction, crate::Error>,
    admits: impl FnOnce(&Transaction) -> bool,
) -> Group<Transaction> {
    match mapped {
        Ok(transaction) if !admits(&transaction) => Group::Many(Vec::new()),
        mapped => Group::One(mapped),
    }
}

/// The day alone, where a time came with it.
fn whole_day(day: Date) -> Date {
    Date::from(day.date())
}
