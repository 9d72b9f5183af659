//! Transactions: booked ones, then pending ones.

use super::lists::{pages, per_page, read, scope, stream};
use super::{SaltEdge, map};
use crate::losses::Losses;
use crate::model::{AccountId, Transaction, TransactionStatus};
use crate::provider::{ProviderId, TransactionFilter, Transactions};
use crate::records::{BoxPages, Group, Legs, Paging, Records};

impl Transactions for SaltEdge {
    /// Booked ones by rising ids, then pending ones. Those marked as duplicates are left out by Salt Edge. Days are no filter of Salt
    /// Edge's: the list is filtered as it comes.
    fn list_transactions(&self, filter: TransactionFilter, paging: Paging) -> Records<Transaction> {
        let losses = Losses::default();
        let (since, until) = (filter.since.map(|day| day.to_string()), filter.until.map(|day| day.to_string()));
        let parts = [
            Some(filter.connection.as_str()),
            filter.account.as_ref().map(AccountId::as_str),
            since.as_deref(),
            until.as_deref(),
            filter.status.map(TransactionStatus::iso_code),
        ];
        let scope = scope("transactions", &parts, &paging);
        let (saltedge, notes, settings) = (self.clone(), losses.clone(), paging.clone());
        Records::open(scope, &paging, losses, move |at| {
            let lists = match filter.status {
                None => &[false, true][..],
                Some(TransactionStatus::Booked) => &[false][..],
                Some(TransactionStatus::Pending) => &[true][..],
                // Salt Edge has no others.
                Some(_) => &[][..],
            };
            Legs::open(&ProviderId::SALTEDGE, at.as_ref(), move |leg, at| {
                let pending = *lists.get(leg)?;
                Some(saltedge.transaction_pages(&filter, pending, &notes, &settings, at))
            })
        })
    }
}

impl SaltEdge {
    fn transaction_pages(
        &self,
        filter: &TransactionFilter,
        pending: bool,
        losses: &Losses,
        paging: &Paging,
        at: Option<serde_json::Value>,
    ) -> BoxPages<Transaction> {
        let mut call = self.client.list_transactions(filter.connection.as_str());
        if let Some(account) = &filter.account {
            call = call.account_id(account.as_str());
        }
        if pending {
            call = call.pending(true);
        }
        let stream = stream!(call, at, per_page(paging));
        let filter = filter.clone();
        pages(read("Transaction", losses, paging), stream, move |record, cx| match map::transaction(record, cx) {
            Ok(transaction) if !filter.admits(&transaction) => Group::Many(Vec::new()),
            transaction => Group::One(transaction),
        })
    }
}
