//! Accounts, balances and holdings: all of them are told by two lists, accounts and investments.

use belvo_client::types;
use serde_json::Value;

use super::lists::{Feed, pages};
use super::{Belvo, map};
use crate::model::{Account, AccountId, Balance, ConnectionId, Holding};
use crate::normalize::Cx;
use crate::provider::{AccountFilter, Accounts, Balances, Holdings, ProviderId};
use crate::records::{BoxPages, Group, Legs, Marked, Paging, Records};

impl Accounts for Belvo {
    fn list_accounts(&self, connection: &ConnectionId, paging: Paging) -> Records<Account> {
        let filter = AccountFilter::of(connection);
        let investments = connection.clone();
        let account = |record: types::Account, cx: &Cx<'_>| {
            let currency = map::currency(&record, cx);
            Group::One(Ok(map::account(record, currency, cx)))
        };
        let investment = move |record: types::Investment, cx: &Cx<'_>| {
            let currency = map::investment_currency(&record, cx);
            Group::One(Ok(map::investment(record, Some(&investments), currency, cx)))
        };
        self.accounts_then_investments("accounts", filter, &paging, account, investment)
    }
}

impl Balances for Belvo {
    fn list_balances(&self, filter: AccountFilter, paging: Paging) -> Records<Balance> {
        let account = |record: types::Account, cx: &Cx<'_>| {
            let currency = map::currency(&record, cx);
            Group::Many(map::balances(&record, currency, cx).into_iter().map(Ok).collect())
        };
        let investment = |record: types::Investment, cx: &Cx<'_>| {
            let currency = map::investment_currency(&record, cx);
            Group::Many(map::investment_balances(&record, currency, cx).into_iter().map(Ok).collect())
        };
        self.accounts_then_investments("balances", filter, &paging, account, investment)
    }
}

impl Holdings for Belvo {
    fn list_holdings(&self, filter: AccountFilter, paging: Paging) -> Records<Holding> {
        let feed = Feed::new(&self.client, &paging);
        let scope = scope(&feed, "holdings", &filter, true);
        let investments = self.settings.investments;
        Records::open(scope, &paging, feed.losses.clone(), move |at| {
            let make = move |leg, at| {
                (leg == 0 && investments).then(|| {
                    investments_of(&feed, &filter.connection, filter.account.as_ref(), at, |record, cx| {
                        let currency = map::investment_currency(&record, cx);
                        Group::One(Ok(map::holding(&record, currency, cx)))
                    })
                })
            };
            Legs::open(&ProviderId::BELVO, at.as_ref(), make)
        })
    }
}

impl Belvo {
    /// What accounts and then investments become.
    fn accounts_then_investments<T: Marked + Send + 'static>(
        &self,
        list: &'static str,
        filter: AccountFilter,
        paging: &Paging,
        account: impl Fn(types::Account, &Cx<'_>) -> Group<T> + Clone + Send + Sync + 'static,
        investment: impl Fn(types::Investment, &Cx<'_>) -> Group<T> + Clone + Send + Sync + 'static,
    ) -> Records<T> {
        let feed = Feed::new(&self.client, paging);
        let investments = self.settings.investments;
        let scope = scope(&feed, list, &filter, investments);
        Records::open(scope, paging, feed.losses.clone(), move |at| {
            let make = move |leg, at| {
                let AccountFilter { connection, account: one } = &filter;
                match leg {
                    0 => Some(accounts_of(&feed, connection, one.as_ref(), at, account.clone())),
                    1 if investments => Some(investments_of(&feed, connection, one.as_ref(), at, investment.clone())),
                    _ => None,
                }
            };
            Legs::open(&ProviderId::BELVO, at.as_ref(), make)
        })
    }
}

fn scope(feed: &Feed, list: &'static str, filter: &AccountFilter, investments: bool) -> crate::records::Scope {
    let account = filter.account.as_ref().map(|id| id.as_str());
    feed.scope(list, &[Some(filter.connection.as_str()), account, investments.then_some("investments")])
}

/// Pages of accounts.
pub(super) fn accounts_of<T: Send + 'static>(
    feed: &Feed,
    connection: &ConnectionId,
    one: Option<&AccountId>,
    at: Option<Value>,
    map: impl Fn(types::Account, &Cx<'_>) -> Group<T> + Send + Sync + 'static,
) -> BoxPages<T> {
    let mut call = feed.client.list_accounts().link(connection.as_str());
    if let Some(id) = one {
        call = call.id(id.as_str());
    }
    pages!(feed, "Account", at, call, map)
}

/// Pages of investments.
pub(super) fn investments_of<T: Send + 'static>(
    feed: &Feed,
    connection: &ConnectionId,
    one: Option<&AccountId>,
    at: Option<Value>,
    map: impl Fn(types::Investment, &Cx<'_>) -> Group<T> + Send + Sync + 'static,
) -> BoxPages<T> {
    let mut call = feed.client.list_investments(connection.as_str());
    if let Some(id) = one {
        call = call.id(id.as_str());
    }
    pages!(feed, "Investment", at, call, map)
}
