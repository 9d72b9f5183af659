//! Accounts, and what else their records tell: balances and holdings.

use saltedge_client::types::Account as Record;

use super::failure::failure;
use super::later::Later;
use super::lists::{pages, per_page, read, scope, stream};
use super::{SaltEdge, map};
use crate::error::Error;
use crate::losses::Losses;
use crate::model::{Account, AccountId, Balance, ConnectionId, Holding, InstitutionId};
use crate::normalize::Cx;
use crate::provider::{AccountFilter, Accounts, Balances, Holdings};
use crate::records::{BoxPages, Group, Marked, Paging, Records};

impl Accounts for SaltEdge {
    /// The connection is shown first: the key of an account without IBAN is made with the institution.
    fn list_accounts(&self, connection: &ConnectionId, paging: Paging) -> Records<Account> {
        let losses = Losses::default();
        let scope = scope("accounts", &[Some(connection.as_str())], &paging);
        let (saltedge, connection) = (self.clone(), connection.clone());
        let (notes, settings) = (losses.clone(), paging.clone());
        Records::open(scope, &paging, losses, move |at| {
            Box::new(Later::new(at, move |at| {
                let (saltedge, connection) = (saltedge.clone(), connection.clone());
                let (losses, paging) = (notes.clone(), settings.clone());
                Box::pin(async move {
                    let shown = saltedge.client.show_connection(connection.as_str()).send().await.map_err(failure)?;
                    let institution = institution(&shown.data.provider_code);
                    Ok(saltedge.account_pages(&connection, &losses, &paging, at, move |record, cx| {
                        Group::One(map::account(record, institution.as_ref(), cx))
                    }))
                })
            }))
        })
    }
}

/// The institution by its code, if there is one.
pub(super) fn institution(code: &str) -> Option<InstitutionId> {
    (!code.trim().is_empty()).then(|| InstitutionId::from(code))
}

impl Balances for SaltEdge {
    fn list_balances(&self, filter: AccountFilter, paging: Paging) -> Records<Balance> {
        self.of_accounts("balances", filter, paging, map::balances)
    }
}

impl Holdings for SaltEdge {
    fn list_holdings(&self, filter: AccountFilter, paging: Paging) -> Records<Holding> {
        self.of_accounts("holdings", filter, paging, map::holdings)
    }
}

impl SaltEdge {
    /// What is part of the accounts' records. Salt Edge knows no filter for one account, so the others are passed over.
    fn of_accounts<T: Marked + Send + 'static>(
        &self,
        list: &'static str,
        filter: AccountFilter,
        paging: Paging,
        map: fn(Record, &Cx<'_>) -> Vec<Result<T, Error>>,
    ) -> Records<T> {
        let AccountFilter { connection, account } = filter;
        let losses = Losses::default();
        let scope = scope(list, &[Some(connection.as_str()), account.as_ref().map(AccountId::as_str)], &paging);
        Records::open(scope, &paging, losses.clone(), |at| {
            self.account_pages(&connection, &losses, &paging, at, move |record, cx| {
                let wanted = account.as_ref().is_none_or(|account| account.as_str() == record.id.as_str());
                Group::Many(if wanted { map(record, cx) } else { Vec::new() })
            })
        })
    }

    pub(super) fn account_pages<T: Send + 'static>(
        &self,
        connection: &ConnectionId,
        losses: &Losses,
        paging: &Paging,
        at: Option<serde_json::Value>,
        map: impl Fn(Record, &Cx<'_>) -> Group<T> + Send + Sync + 'static,
    ) -> BoxPages<T> {
        let call = self.client.list_accounts().connection_id(connection.as_str());
        pages(read("Account", losses, paging), stream!(call, at, per_page(paging)), map)
    }
}
