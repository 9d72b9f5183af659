//! Sessions in which users consent: new connections, and old ones anew.

use saltedge_client::Client;
use saltedge_client::types::{
    ConnectAttempt, ConnectRequest, ConsentRequest, ConsentScope as Scope, FetchScope, ProviderSelection,
    ReconnectAttempt, ReconnectRequest,
};

use super::failure::{failure, invalid};
use crate::Error;
use crate::model::ConsentScope;
use crate::provider::{Session, SessionRequest};

pub(super) async fn start(client: &Client, request: SessionRequest) -> Result<Session, Error> {
    let SessionRequest { party, institution, connection, scopes, data_from, return_to, locale } = request;
    let scopes = of(&scopes)?;
    let fetched = to_fetch(&scopes);
    let mut consent = ConsentRequest::new(scopes);
    if let Some(day) = data_from {
        consent = consent.from_date(day);
    }
    let tell = return_to.is_some();
    let answer = match connection {
        Some(connection) => {
            let mut attempt = ReconnectAttempt::new(fetched);
            attempt.fetch_from_date = data_from;
            attempt.return_to = return_to;
            attempt.locale = locale;
            let request =
                ReconnectRequest::new(consent).attempt(attempt).return_connection_id(tell).return_error_class(tell);
            client.reconnect_connection(connection.as_str(), request).send().await
        }
        None => {
            let party =
                party.ok_or_else(|| invalid("a new connection needs the party: Salt Edge's id of the customer"))?;
            let mut attempt = ConnectAttempt::new().fetch_scopes(fetched);
            attempt.fetch_from_date = data_from;
            attempt.return_to = return_to;
            attempt.locale = locale;
            let mut request = ConnectRequest::new(consent)
                .customer_id(party.as_str())
                .attempt(attempt)
                .return_connection_id(tell)
                .return_error_class(tell);
            if let Some(institution) = institution {
                request = request.provider(ProviderSelection::new().code(institution.as_str()));
            }
            client.connect(request).send().await
        }
    };
    let opened = answer.map_err(failure)?.into_inner().data;
    let mut session = Session::at(opened.connect_url);
    session.expires_at = opened.expires_at;
    Ok(session)
}

/// Salt Edge's scopes: accounts of every kind are one of them.
fn of(scopes: &[ConsentScope]) -> Result<Vec<Scope>, Error> {
    if scopes.is_empty() {
        return Ok(vec![Scope::HolderInfo, Scope::Accounts, Scope::Transactions]);
    }
    let mut wanted = Vec::new();
    for scope in scopes {
        let scope = match scope {
            ConsentScope::Holders => Scope::HolderInfo,
            ConsentScope::Transactions => Scope::Transactions,
            ConsentScope::Accounts | ConsentScope::Cards | ConsentScope::Credit | ConsentScope::Investments => {
                Scope::Accounts
            }
            ConsentScope::Other => return Err(invalid("a scope that is none of Salt Edge's cannot be asked for")),
        };
        if !wanted.contains(&scope) {
            wanted.push(scope);
        }
    }
    Ok(wanted)
}

/// What a consent lets be fetched: the one for accounts is the one for their balances.
fn to_fetch(scopes: &[Scope]) -> Vec<FetchScope> {
    let mut fetched = Vec::new();
    for scope in scopes {
        match scope {
            Scope::HolderInfo => fetched.push(FetchScope::HolderInfo),
            Scope::Accounts => fetched.extend([FetchScope::Accounts, FetchScope::Balance]),
            _ => fetched.push(FetchScope::Transactions),
        }
    }
    fetched
}
