//! Consents.

use saltedge_client::types;

use super::connection::id;
use crate::normalize::Cx;
use crate::{Coded, Consent, ConsentScope, ConsentStatus, Error};

/// A consent. It was given when its record was made: Salt Edge makes one once the user has agreed.
pub(in crate::saltedge) fn consent(record: types::Consent, cx: &Cx<'_>) -> Result<Consent, Error> {
    if record.id.as_str().is_empty() {
        return Err(cx.misfit("/id", "a consent without an id cannot be named"));
    }
    let mut consent = Consent::new(record.id);
    consent.connection = id(Some(record.connection_id)).map(Into::into);
    consent.party = id(record.customer_id).map(Into::into);
    let status = match record.status {
        types::ConsentStatus::Active => Some(ConsentStatus::Active),
        types::ConsentStatus::Expired => Some(ConsentStatus::Expired),
        types::ConsentStatus::Revoked => Some(ConsentStatus::Revoked),
        _ => None,
    };
    consent.status = Some(cx.coded("/status", record.status.as_ref(), status));
    consent.scopes = record.scopes.iter().flatten().enumerate().map(|(index, word)| scope(index, word, cx)).collect();
    consent.granted_at = record.created_at;
    consent.expires_at = record.expires_at.into_option();
    consent.revoked_at = record.revoked_at.into_option();
    consent.data_from = record.from_date.into_option();
    consent.data_to = record.to_date.into_option();
    consent.source = Some(cx.source());
    Ok(consent)
}

fn scope(index: usize, word: &types::ConsentScope, cx: &Cx<'_>) -> Coded<ConsentScope> {
    let scope = match word {
        types::ConsentScope::HolderInfo => Some(ConsentScope::Holders),
        types::ConsentScope::Accounts => Some(ConsentScope::Accounts),
        types::ConsentScope::Transactions => Some(ConsentScope::Transactions),
        _ => None,
    };
    cx.coded(&format!("/scopes/{index}"), word.as_ref(), scope)
}
