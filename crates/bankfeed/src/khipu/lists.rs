//! Institutions, connections, accounts and balances.

use super::{INSTITUTION, Khipu, institution};
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::ids::fingerprint;
use crate::model::{Account, Balance, Connection, ConnectionId, Institution, InstitutionId};
use crate::provider::{
    AccountFilter, Accounts, Balances, ConnectionFilter, Connections, InstitutionFilter, Institutions, ProviderId,
    Reply,
};
use crate::records::{Paging, Records, Scope, whole};

impl Institutions for Khipu {
    /// The one bank that the curated specification has, without a request.
    fn list_institutions(&self, filter: InstitutionFilter, paging: Paging) -> Records<Institution> {
        let institution = institution();
        let wanted = |country: &String| institution.countries.iter().any(|here| here.eq_ignore_ascii_case(country));
        let admitted = filter.country.as_ref().is_none_or(wanted);
        let scope = Scope::new(ProviderId::KHIPU, "institutions", &[filter.country.as_deref()]);
        let records = if admitted { vec![Ok(institution)] } else { Vec::new() };
        Records::open(scope, &paging, Losses::default(), |at| {
            whole(at, async { Ok(records) }, |institution| institution.id.as_str().to_owned())
        })
    }

    fn show_institution<'a>(&'a self, id: &'a InstitutionId) -> Reply<'a, Institution> {
        Box::pin(async move {
            if id.as_str() == INSTITUTION { Ok(institution()) } else { Err(not_found("it has no such institution")) }
        })
    }
}

impl Connections for Khipu {
    /// The accounts that were configured, without a request. They belong to no user that the provider knows, so a filter by
    /// one is refused.
    fn list_connections(&self, filter: ConnectionFilter, paging: Paging) -> Records<Connection> {
        if filter.party.is_some() {
            let error = Error::of(ErrorKind::Unsupported).from_provider(ProviderId::KHIPU);
            return Records::failed(error.message("it knows no users that connections could be told apart by"));
        }
        let institution = filter.institution.as_ref().map(InstitutionId::as_str);
        let scope = Scope::new(ProviderId::KHIPU, "connections", &[institution]);
        let admitted = institution.is_none_or(|wanted| wanted == INSTITUTION);
        let links = self.inner.links.iter().filter(|_| admitted);
        let records: Vec<_> = links.map(|link| Ok(link.connection())).collect();
        Records::open(scope, &paging, Losses::default(), |at| {
            whole(at, async { Ok(records) }, |connection| fingerprint(connection.id.as_str()))
        })
    }

    fn show_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        Box::pin(async move { Ok(self.link(id)?.connection()) })
    }

    /// Has the bank asked now, which is a login.
    ///
    /// With a callback address the provider only takes the order, and the connection that comes back holds its answer:
    /// `source` has the id of the operation, and the data come by callback, see [`Khipu::data_of`]. Without one this waits
    /// for the bank, and the lists that follow are made of its answer.
    fn refresh_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        Box::pin(async move {
            let link = self.link(id)?;
            let answer = match self.callback_address(id)? {
                Some(address) => self.order(&link, address).await?,
                None => self.read_anew(&link).await?,
            };
            let mut connection = link.connection();
            connection.source = Some(answer.source());
            Ok(connection)
        })
    }
}

impl Accounts for Khipu {
    /// One for each account that the bank's answer names. Made of what is kept of the connection, if anything is.
    fn list_accounts(&self, connection: &ConnectionId, paging: Paging) -> Records<Account> {
        let link = match self.link(connection) {
            Ok(link) => link,
            Err(error) => return Records::failed(error),
        };
        let scope = Scope::new(ProviderId::KHIPU, "accounts", &[Some(connection.as_str())]);
        let (khipu, losses, count) = (self.clone(), Losses::default(), paging.count_unmapped);
        Records::open(scope, &paging, losses.clone(), move |at| {
            let load = async move {
                let answer = khipu.read_kept(&link).await?;
                if count {
                    answer.count_unmapped(&losses);
                }
                answer.accounts(&link, &losses, count)
            };
            whole(at, load, |account| fingerprint(account.id.as_str()))
        })
    }
}

impl Balances for Khipu {
    /// One for each amount in the bank's answer. Made of what is kept of the connection, if anything is.
    fn list_balances(&self, filter: AccountFilter, paging: Paging) -> Records<Balance> {
        let link = match self.link(&filter.connection) {
            Ok(link) => link,
            Err(error) => return Records::failed(error),
        };
        let account = filter.account.as_ref().map(|account| account.as_str());
        let scope = Scope::new(ProviderId::KHIPU, "balances", &[Some(filter.connection.as_str()), account]);
        let (khipu, losses, count) = (self.clone(), Losses::default(), paging.count_unmapped);
        Records::open(scope, &paging, losses.clone(), move |at| {
            let load = async move {
                let answer = khipu.read_kept(&link).await?;
                if count {
                    answer.count_unmapped(&losses);
                }
                answer.balances(filter.account.as_ref(), &losses, count)
            };
            whole(at, load, mark)
        })
    }
}

/// What a balance is recognized by when a list goes on after it.
fn mark(balance: &Balance) -> String {
    let kind = balance.kind.word.as_deref().unwrap_or_default();
    let currency = balance.currency.map(|currency| currency.to_string()).unwrap_or_default();
    fingerprint(&format!("{} {kind} {currency} {}", balance.account.as_str(), balance.amount))
}

pub(super) fn not_found(what: &str) -> Error {
    Error::of(ErrorKind::NotFound).from_provider(ProviderId::KHIPU).message(what)
}
