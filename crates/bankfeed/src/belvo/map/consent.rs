//! Consents, which banks in Brazil ask for.

use belvo_client::types::{self, ConsentStatus as Status};

use super::text::{id, text};
use crate::model::{Coded, Consent, ConsentScope, ConsentStatus};
use crate::normalize::Cx;

/// `expired_at` lies in the future while the consent holds, and `created_at` is when Belvo stored it.
pub(crate) fn consent(record: types::Consent, cx: &Cx<'_>) -> Consent {
    let mut consent = Consent::new(record.id);
    consent.connection = id(record.link_id).map(Into::into);
    consent.status = record.status.into_option().map(|status| coded(&status, cx));
    consent.scopes = record.permissions.map(scopes).unwrap_or_default();
    consent.granted_at = record.created_at;
    consent.expires_at = record.expired_at.into_option();
    consent.source = Some(cx.source());
    consent
}

fn coded(status: &Status, cx: &Cx<'_>) -> Coded<ConsentStatus> {
    let value = match status {
        Status::Authorised => Some(ConsentStatus::Active),
        Status::AwaitingAuthorisationConfirmation | Status::AwaitingAuthorisation => Some(ConsentStatus::Awaiting),
        Status::Rejected => Some(ConsentStatus::Rejected),
        Status::Expired => Some(ConsentStatus::Expired),
        _ => None,
    };
    cx.coded("/status", status.as_ref(), value)
}

/// Permissions come in groups, and the group says what they are about.
fn scopes(permissions: types::ConsentPermissions) -> Vec<Coded<ConsentScope>> {
    let groups = [
        (permissions.register, ConsentScope::Holders),
        (permissions.accounts, ConsentScope::Accounts),
        (permissions.credit_cards, ConsentScope::Cards),
        (permissions.credit_operations, ConsentScope::Credit),
        (permissions.investments, ConsentScope::Investments),
        (permissions.resources, ConsentScope::Other),
    ];
    let words = groups.into_iter().flat_map(|(words, scope)| {
        words.unwrap_or_default().into_iter().filter_map(text).map(move |word| (word, scope))
    });
    words.map(|(word, scope)| Coded::new(of_account(&word).unwrap_or(scope), word)).collect()
}

/// Transactions of accounts have no group of their own.
fn of_account(word: &str) -> Option<ConsentScope> {
    (word == "ACCOUNTS_TRANSACTIONS_READ").then_some(ConsentScope::Transactions)
}
