//! Connections.

use saltedge_client::types;

use super::text::text;
use crate::normalize::Cx;
use crate::{Connection, ConnectionStatus, Error};

/// A connection. An inactive one keeps its data and brings no more until its user reconnects.
pub(in crate::saltedge) fn connection(record: types::Connection, cx: &Cx<'_>) -> Result<Connection, Error> {
    if record.id.as_str().is_empty() {
        return Err(cx.misfit("/id", "a connection without an id cannot be named"));
    }
    let mut connection = Connection::new(record.id);
    connection.party = id(Some(record.customer_id)).map(Into::into);
    connection.institution = text(Some(record.provider_code)).map(Into::into);
    connection.institution_name = text(record.provider_name);
    let status = match record.status {
        types::ConnectionStatus::Active => Some(ConnectionStatus::Active),
        types::ConnectionStatus::Inactive => Some(ConnectionStatus::Inactive),
        types::ConnectionStatus::Disabled => Some(ConnectionStatus::Disabled),
        _ => None,
    };
    connection.status = Some(cx.coded("/status", record.status.as_ref(), status));
    connection.consent = id(record.last_consent_id.into_option()).map(Into::into);
    connection.created_at = record.created_at;
    connection.updated_at = record.updated_at;
    connection.next_refresh_at = record.next_refresh_possible_at.into_option();
    connection.source = Some(cx.source());
    Ok(connection)
}

/// An id that names something.
pub(super) fn id(id: Option<crate::Id>) -> Option<crate::Id> {
    id.filter(|id| !id.as_str().is_empty())
}
