//! Everything there is of a connection.

use crate::Date;
use crate::error::Error;
use crate::losses::LossReport;
use crate::model::{Account, Balance, Connection, ConnectionId, Consent, Holding, Party, Transaction};
use crate::records::Records;

/// What a refresh is to read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct RefreshOptions {
    /// Transactions from this day on; all that the provider has when there is none.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// Leaves members that feed no field uncounted in the loss report.
    pub skip_unmapped: bool,
}

impl RefreshOptions {
    /// Everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Transactions from this day on.
    #[must_use]
    pub fn since(self, day: impl Into<Date>) -> Self {
        Self { since: Some(day.into()), ..self }
    }

    /// Transactions up to this day.
    #[must_use]
    pub fn until(self, day: impl Into<Date>) -> Self {
        Self { until: Some(day.into()), ..self }
    }
}

/// One kind of record in a [`Snapshot`].
#[derive(Debug, Default)]
#[non_exhaustive]
pub enum Part<T> {
    /// The provider has nothing of the kind.
    #[default]
    NotOffered,
    /// All there is. `rejected` are errors about single records: each stands for one that is missing here.
    Read {
        /// The records.
        records: Vec<T>,
        /// Those that could not be normalized.
        rejected: Vec<Error>,
    },
    /// Not all of it could be read: an empty list here does not mean that there is nothing.
    Failed {
        /// What came before it failed.
        records: Vec<T>,
        /// Those that could not be normalized.
        rejected: Vec<Error>,
        /// Why it failed.
        error: Error,
    },
}

impl<T> Part<T> {
    /// The records, however many came.
    pub fn records(&self) -> &[T] {
        match self {
            Self::NotOffered => &[],
            Self::Read { records, .. } | Self::Failed { records, .. } => records,
        }
    }

    /// Errors about single records.
    pub fn rejected(&self) -> &[Error] {
        match self {
            Self::NotOffered => &[],
            Self::Read { rejected, .. } | Self::Failed { rejected, .. } => rejected,
        }
    }

    /// Why it is not complete.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed { error, .. } => Some(error),
            Self::NotOffered | Self::Read { .. } => None,
        }
    }

    /// Whether all there is came.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Read { rejected, .. } if rejected.is_empty())
    }

    /// Reads a list to its end.
    pub(crate) async fn read(mut list: Records<T>, losses: &mut LossReport) -> Self {
        let (mut records, mut rejected, mut failure) = (Vec::new(), Vec::new(), None);
        while let Some(record) = list.next().await {
            match record {
                Ok(record) => {
                    records.push(record);
                    // A page that failed and came after all is no failure.
                    failure = None;
                }
                Err(error) if error.is_bad_record() => rejected.push(error),
                Err(error) => failure = Some(error),
            }
        }
        // A page asked for again may come and be empty.
        let failure = failure.filter(|_| !list.resume_token().is_finished());
        losses.merge(&list.losses());
        match failure {
            Some(error) => Self::Failed { records, rejected, error },
            None => Self::Read { records, rejected },
        }
    }
}

/// Everything there is of a connection, read together.
#[derive(Debug)]
#[non_exhaustive]
pub struct Snapshot {
    /// Which connection.
    pub connection: ConnectionId,
    /// The connection itself.
    pub details: Option<Connection>,
    /// Why the connection itself could not be read, though other parts were.
    pub details_error: Option<Error>,
    /// Its consents.
    pub consents: Part<Consent>,
    /// Who holds its accounts.
    pub holders: Part<Party>,
    /// Its accounts.
    pub accounts: Part<Account>,
    /// Their balances.
    pub balances: Part<Balance>,
    /// Their transactions.
    pub transactions: Part<Transaction>,
    /// What they hold.
    pub holdings: Part<Holding>,
    /// What normalization could not carry over.
    pub losses: LossReport,
}

impl Snapshot {
    /// A snapshot without anything yet.
    pub fn new(connection: impl Into<ConnectionId>) -> Self {
        Self {
            connection: connection.into(),
            details: None,
            details_error: None,
            consents: Part::NotOffered,
            holders: Part::NotOffered,
            accounts: Part::NotOffered,
            balances: Part::NotOffered,
            transactions: Part::NotOffered,
            holdings: Part::NotOffered,
            losses: LossReport::default(),
        }
    }

    /// Why parts are not complete.
    pub fn errors(&self) -> impl Iterator<Item = &Error> {
        let parts = [
            self.details_error.as_ref(),
            self.consents.error(),
            self.holders.error(),
            self.accounts.error(),
            self.balances.error(),
            self.transactions.error(),
            self.holdings.error(),
        ];
        parts.into_iter().flatten()
    }
}
