//! Connections: starting, listing, showing, refreshing, removing them.

use bankfeed_runtime::Clock as _;
use saltedge_client::types::{
    BackgroundRefreshAttempt, BackgroundRefreshRequest, Connection as Record, ConnectionResponse, ConnectionStatus,
    ErrorClass, FetchScope,
};
use saltedge_client::{Client, ErrorExt as _, Response};

use super::failure::{failure, failure_as};
use super::lists::{pages, per_page, read, scope, stream};
use super::nested::Nested;
use super::{SaltEdge, causes, map, of_answer};
use crate::error::{Cause, Error, ErrorKind, RetryAdvice};
use crate::losses::Losses;
use crate::model::{Connection, ConnectionId, InstitutionId};
use crate::normalize::Cx;
use crate::provider::{ConnectionFilter, Connections, ProviderId, Reply, Session, SessionRequest};
use crate::records::{BoxPages, Group, Paging, Records};

impl Connections for SaltEdge {
    fn start_session(&self, request: SessionRequest) -> Reply<'_, Session> {
        Box::pin(super::session::start(&self.client, request))
    }

    /// Salt Edge lists connections by customer: without one, all customers are listed, and the connections of each.
    fn list_connections(&self, filter: ConnectionFilter, paging: Paging) -> Records<Connection> {
        let ConnectionFilter { party, institution } = filter;
        let losses = Losses::default();
        let scope = scope(
            "connections",
            &[party.as_ref().map(|party| party.as_str()), institution.as_ref().map(InstitutionId::as_str)],
            &paging,
        );
        let client = self.client.clone();
        let (all, notes) = (losses.clone(), paging.clone());
        Records::open(scope, &paging, losses, move |at| {
            let inner = {
                let (client, losses, paging) = (client.clone(), all.clone(), notes.clone());
                move |party: &str, at| of_customer(&client, party, institution.clone(), &losses, &paging, at)
            };
            match &party {
                Some(party) => inner(party.as_str(), at),
                None => Nested::open(at, |from| customers(&client, from, &all, &notes), inner),
            }
        })
    }

    fn show_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        Box::pin(async move { mapped(self.client.show_connection(id.as_str()).send().await.map_err(failure)?) })
    }

    /// Asks for what the last attempt fetched, so never for more than the consent covers. The connection is shown first; what it says
    /// explains a refusal.
    fn refresh_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        Box::pin(async move {
            let shown = self.client.show_connection(id.as_str()).send().await.map_err(failure)?.into_inner().data;
            let request = BackgroundRefreshRequest::new().attempt(BackgroundRefreshAttempt::new(fetched(&shown)));
            match self.client.refresh_connection_in_background(id.as_str(), request).send().await {
                Ok(connection) => mapped(connection),
                Err(error) if error.class() == Some(&ErrorClass::ConnectionCannotBeRefreshed) => {
                    Err(failure_as(error, self.why_not(&shown)))
                }
                Err(error) => Err(failure(error)),
            }
        })
    }

    fn remove_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, ()> {
        Box::pin(async move {
            let removal = self.client.remove_connection(id.as_str()).send().await.map_err(failure)?;
            if removal.data.removed == Some(false) {
                let error = Error::of(ErrorKind::ProviderFailed).from_provider(ProviderId::SALTEDGE);
                return Err(error.message("it says that the connection was not removed"));
            }
            Ok(())
        })
    }
}

impl SaltEdge {
    /// Why a connection cannot be refreshed: one class stands for too early and for not at all.
    fn why_not(&self, shown: &Record) -> Option<Cause> {
        if shown.status != ConnectionStatus::Active {
            return Some(Cause::new(ErrorKind::ConnectionInactive));
        }
        let cause = causes::cause(&ErrorClass::ConnectionCannotBeRefreshed)?;
        let next = shown.next_refresh_possible_at.as_ref().and_then(|next| next.timestamp());
        let pause = next.map(|next| next.duration_since(self.clock.now())).filter(|pause| pause.is_positive());
        Some(match pause {
            Some(pause) => cause.advice(RetryAdvice::After(pause.unsigned_abs())),
            None => cause,
        })
    }
}

/// What the last attempt fetched; accounts, balances and transactions where it does not say.
fn fetched(shown: &Record) -> Vec<FetchScope> {
    let last = shown.last_attempt.as_ref().and_then(|attempt| attempt.fetch_scopes.clone());
    last.filter(|scopes| !scopes.is_empty())
        .unwrap_or_else(|| vec![FetchScope::Accounts, FetchScope::Balance, FetchScope::Transactions])
}

fn mapped(answer: Response<ConnectionResponse>) -> Result<Connection, Error> {
    let source = of_answer("ConnectionResponse", &answer).part("Connection", "/data");
    map::connection(answer.into_inner().data, &Cx::new(&source, &Losses::default()))
}

/// Customers by their ids, from one on.
fn customers(client: &Client, from: Option<&str>, losses: &Losses, paging: &Paging) -> BoxPages<String> {
    let mut call = client.list_customers();
    if let Some(from) = from {
        call = call.from_id(from);
    }
    let stream = stream!(call, None, per_page(paging));
    pages(read("Customer", losses, paging), stream, |customer, cx| {
        let id = map::customer(customer, cx).map(|party| party.id.map(|id| id.as_str().to_owned()).unwrap_or_default());
        Group::One(id)
    })
}

fn of_customer(
    client: &Client,
    party: &str,
    institution: Option<InstitutionId>,
    losses: &Losses,
    paging: &Paging,
    at: Option<serde_json::Value>,
) -> BoxPages<Connection> {
    let stream = stream!(client.list_connections(party), at, per_page(paging));
    pages(read("Connection", losses, paging), stream, move |record, cx| match map::connection(record, cx) {
        Ok(connection) if institution.is_some() && connection.institution != institution => Group::Many(Vec::new()),
        connection => Group::One(connection),
    })
}
