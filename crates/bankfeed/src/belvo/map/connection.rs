//! Links.

use belvo_client::types::{self, LinkStatus as Status};

use super::text::id;
use crate::model::{Coded, Connection, ConnectionStatus};
use crate::normalize::Cx;

/// Links are connections.
///
/// `invalid` (the institution refuses the credentials, or the consent is over), `unconfirmed` and `token_required` all
/// wait for the user.
pub(crate) fn connection(record: types::Link, cx: &Cx<'_>) -> Connection {
    let mut connection = Connection::new(record.id);
    connection.party = id(record.external_id).map(Into::into);
    connection.institution = record.institution.filter(|id| !id.as_str().is_empty()).map(Into::into);
    connection.status = record.status.map(|status| coded(&status, cx));
    connection.created_at = record.created_at;
    connection.updated_at = record.last_accessed_at.into_option();
    connection.source = Some(cx.source());
    connection
}

fn coded(status: &Status, cx: &Cx<'_>) -> Coded<ConnectionStatus> {
    let value = match status {
        Status::Valid => Some(ConnectionStatus::Active),
        Status::Invalid | Status::Unconfirmed | Status::TokenRequired => Some(ConnectionStatus::NeedsUser),
        _ => None,
    };
    cx.coded("/status", status.as_ref(), value)
}
