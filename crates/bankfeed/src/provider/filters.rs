//! Which records a list is to have.

use crate::Date;
use crate::model::{AccountId, ConnectionId, InstitutionId, PartyId, TransactionStatus};

/// Which institutions a list is to have.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct InstitutionFilter {
    /// Of one country, ISO 3166-1 alpha-2. Where a provider cannot filter, the list is filtered as it comes.
    pub country: Option<String>,
    /// Those for tests as well. Off by default, though providers that have only such in their sandbox give them.
    pub include_test: bool,
}

impl InstitutionFilter {
    /// All institutions.
    pub fn all() -> Self {
        Self::default()
    }

    /// Of one country, ISO 3166-1 alpha-2.
    #[must_use]
    pub fn country(self, code: impl Into<String>) -> Self {
        Self { country: Some(code.into()), ..self }
    }

    /// Those for tests as well.
    #[must_use]
    pub fn include_test(self) -> Self {
        Self { include_test: true, ..self }
    }
}

/// Which connections a list is to have.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ConnectionFilter {
    /// Of one user. Salt Edge: customer id; Belvo: external id.
    pub party: Option<PartyId>,
    /// To one institution.
    pub institution: Option<InstitutionId>,
}

impl ConnectionFilter {
    /// All connections. Where a provider lists them by user only, the users are listed first.
    pub fn all() -> Self {
        Self::default()
    }

    /// Of one user.
    #[must_use]
    pub fn party(self, party: impl Into<PartyId>) -> Self {
        Self { party: Some(party.into()), ..self }
    }

    /// To one institution.
    #[must_use]
    pub fn institution(self, institution: impl Into<InstitutionId>) -> Self {
        Self { institution: Some(institution.into()), ..self }
    }
}

/// Which balances or holdings a list is to have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AccountFilter {
    /// Of one connection.
    pub connection: ConnectionId,
    /// Of one account of it.
    pub account: Option<AccountId>,
}

impl AccountFilter {
    /// Of all accounts of a connection.
    pub fn of(connection: impl Into<ConnectionId>) -> Self {
        Self { connection: connection.into(), account: None }
    }

    /// Of one account of it.
    #[must_use]
    pub fn account(self, account: impl Into<AccountId>) -> Self {
        Self { account: Some(account.into()), ..self }
    }
}

/// Which transactions a list is to have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TransactionFilter {
    /// Of one connection.
    pub connection: ConnectionId,
    /// Of one account of it.
    pub account: Option<AccountId>,
    /// From this day on, both days included, by the date that the provider itself goes by. Where it cannot filter, the
    /// list is filtered as it comes, by transaction date, else booking date; one without either stays in.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// Of one status.
    pub status: Option<TransactionStatus>,
}

impl TransactionFilter {
    /// Of all accounts of a connection.
    pub fn of(connection: impl Into<ConnectionId>) -> Self {
        Self { connection: connection.into(), account: None, since: None, until: None, status: None }
    }

    /// Of one account of it.
    #[must_use]
    pub fn account(self, account: impl Into<AccountId>) -> Self {
        Self { account: Some(account.into()), ..self }
    }

    /// From this day on.
    #[must_use]
    pub fn since(self, day: impl Into<Date>) -> Self {
        Self { since: Some(day.into()), ..self }
    }

    /// Up to this day, included.
    #[must_use]
    pub fn until(self, day: impl Into<Date>) -> Self {
        Self { until: Some(day.into()), ..self }
    }

    /// Of one status.
    #[must_use]
    pub fn status(self, status: TransactionStatus) -> Self {
        Self { status: Some(status), ..self }
    }

    /// Whether a transaction is in the list, by all that can be seen of it.
    pub(crate) fn admits(&self, transaction: &crate::model::Transaction) -> bool {
        let day = transaction.transaction_date.or(transaction.booking_date).map(|date| date.date());
        let after = |since: &Date| day.is_none_or(|day| day >= since.date());
        let before = |until: &Date| day.is_none_or(|day| day <= until.date());
        self.account.as_ref().is_none_or(|account| transaction.account.as_ref() == Some(account))
            && self.since.as_ref().is_none_or(after)
            && self.until.as_ref().is_none_or(before)
            && self.status.as_ref().is_none_or(|status| transaction.status.is(status))
    }
}
