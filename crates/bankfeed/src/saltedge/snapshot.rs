//! Everything there is of a connection, with the fewest requests.

use futures_util::future::join4;
use saltedge_client::types::Account as Record;

use super::accounts::institution;
use super::failure::failure;
use super::holders::holder;
use super::lists::scope;
use super::{SaltEdge, map, of_answer};
use crate::error::Error;
use crate::losses::{LossReport, Losses};
use crate::model::{Account, Balance, Connection, ConnectionId, Holding, InstitutionId, Party, TransactionStatus};
use crate::normalize::Cx;
use crate::provider::{Consents as _, Part, RefreshOptions, Snapshot, TransactionFilter, Transactions as _};
use crate::records::{Group, Marked, Paging, Records};

/// What one account's record tells.
struct Told {
    account: Result<Account, Error>,
    balances: Vec<Result<Balance, Error>>,
    holdings: Vec<Result<Holding, Error>>,
}

impl Marked for Told {
    fn mark(&self) -> Option<u64> {
        self.account.as_ref().ok().and_then(Marked::mark)
    }
}

/// The connection, and who holds its accounts.
struct Shown {
    connection: Connection,
    holder: Option<Result<Party, Error>>,
}

pub(super) async fn read(saltedge: &SaltEdge, id: &ConnectionId, options: RefreshOptions) -> Result<Snapshot, Error> {
    let paging = Paging { count_unmapped: !options.skip_unmapped, ..Paging::default() };
    let mut snapshot = Snapshot::new(id);
    // What each of them could not carry over, added up in the end.
    let mut reports: [LossReport; 4] = std::array::from_fn(|_| LossReport::default());
    let [first, second, third, fourth] = &mut reports;
    let filter = |status| {
        let mut filter = TransactionFilter::of(id).status(status);
        (filter.since, filter.until) = (options.since, options.until);
        filter
    };
    let booked = saltedge.list_transactions(filter(TransactionStatus::Booked), paging.clone());
    let pending = saltedge.list_transactions(filter(TransactionStatus::Pending), paging.clone());
    let (head, consents, booked, pending) = join4(
        head(saltedge, id, &paging, first),
        Part::read(saltedge.list_consents(id, paging.clone()), second),
        Part::read(booked, third),
        Part::read(pending, fourth),
    )
    .await;
    reports.iter().for_each(|report| snapshot.losses.merge(report));
    snapshot.consents = consents;
    snapshot.transactions = together(booked, pending);
    let (shown, told) = head;
    (snapshot.accounts, snapshot.balances, snapshot.holdings) = apart(told);
    match shown {
        Ok(Shown { connection, holder }) => {
            snapshot.details = Some(connection);
            let (mut records, mut rejected) = (Vec::new(), Vec::new());
            match holder {
                Some(Ok(party)) => records.push(party),
                Some(Err(error)) => rejected.push(error),
                None => {}
            }
            snapshot.holders = Part::Read { records, rejected };
        }
        Err(error) if nothing(&snapshot.consents) && nothing(&snapshot.transactions) => return Err(error),
        Err(error) => snapshot.holders = failed(error),
    }
    Ok(snapshot)
}

/// The connection, then its accounts, whose keys are made with its institution.
async fn head(
    saltedge: &SaltEdge,
    id: &ConnectionId,
    paging: &Paging,
    losses: &mut LossReport,
) -> (Result<Shown, Error>, Part<Told>) {
    let shown = show(saltedge, id, paging, losses).await;
    let told = match &shown {
        Ok(shown) => {
            let institution = shown.connection.institution.as_ref().and_then(|code| institution(code.as_str()));
            Part::read(told(saltedge, id, institution, paging), losses).await
        }
        Err(error) => failed(error.clone()),
    };
    (shown, told)
}

async fn show(
    saltedge: &SaltEdge,
    id: &ConnectionId,
    paging: &Paging,
    report: &mut LossReport,
) -> Result<Shown, Error> {
    let call = saltedge.client.show_connection(id.as_str()).include_holder_info(true);
    let answer = call.send().await.map_err(failure)?;
    let whole = of_answer("ConnectionResponse", &answer);
    let source = whole.part("Connection", "/data");
    let mut record = answer.into_inner().data;
    let losses = Losses::default();
    let holder = holder(&whole, record.holder_info.take(), id, &losses, paging.count_unmapped);
    let cx = Cx::new(&source, &losses);
    cx.begin(paging.count_unmapped);
    let connection = map::connection(record, &cx);
    report.merge(&losses.report());
    Ok(Shown { connection: connection?, holder })
}

/// All that the accounts' records tell, from one list.
fn told(saltedge: &SaltEdge, id: &ConnectionId, institution: Option<InstitutionId>, paging: &Paging) -> Records<Told> {
    let losses = Losses::default();
    Records::open(scope("refresh", &[Some(id.as_str())], paging), paging, losses.clone(), |at| {
        saltedge.account_pages(id, &losses, paging, at, move |record: Record, cx| {
            Group::One(Ok(Told {
                balances: map::balances(record.clone(), cx),
                holdings: map::holdings(record.clone(), cx),
                account: map::account(record, institution.as_ref(), cx),
            }))
        })
    })
}

/// The kinds of records that accounts tell, each on its own. A record that cannot be read at all is missing in each.
fn apart(told: Part<Told>) -> (Part<Account>, Part<Balance>, Part<Holding>) {
    let (mut accounts, mut balances, mut holdings) = (Kind::default(), Kind::default(), Kind::default());
    let (told, unread, error) = match told {
        Part::NotOffered => return (Part::NotOffered, Part::NotOffered, Part::NotOffered),
        Part::Read { records, rejected } => (records, rejected, None),
        Part::Failed { records, rejected, error } => (records, rejected, Some(error)),
    };
    for told in told {
        accounts.add([told.account]);
        balances.add(told.balances);
        holdings.add(told.holdings);
    }
    for error in unread {
        balances.rejected.push(error.clone());
        holdings.rejected.push(error.clone());
        accounts.rejected.push(error);
    }
    let other = |error: &Option<Error>| error.clone();
    let (for_balances, for_holdings) = (other(&error), other(&error));
    (accounts.part(error), balances.part(for_balances), holdings.part(for_holdings))
}

/// Records of one kind, and errors about single ones.
struct Kind<T> {
    records: Vec<T>,
    rejected: Vec<Error>,
}

impl<T> Default for Kind<T> {
    fn default() -> Self {
        Self { records: Vec::new(), rejected: Vec::new() }
    }
}

impl<T> Kind<T> {
    fn add(&mut self, records: impl IntoIterator<Item = Result<T, Error>>) {
        for record in records {
            match record {
                Ok(record) => self.records.push(record),
                Err(error) => self.rejected.push(error),
            }
        }
    }

    fn part(self, error: Option<Error>) -> Part<T> {
        let Self { records, rejected } = self;
        match error {
            Some(error) => Part::Failed { records, rejected, error },
            None => Part::Read { records, rejected },
        }
    }
}

/// Two lists as one, which is complete when both are.
fn together<T>(first: Part<T>, second: Part<T>) -> Part<T> {
    let mut all = Kind::default();
    let mut failure = None;
    for part in [first, second] {
        let (records, rejected, error) = match part {
            Part::NotOffered => continue,
            Part::Read { records, rejected } => (records, rejected, None),
            Part::Failed { records, rejected, error } => (records, rejected, Some(error)),
        };
        all.records.extend(records);
        all.rejected.extend(rejected);
        failure = failure.or(error);
    }
    all.part(failure)
}

fn failed<T>(error: Error) -> Part<T> {
    Part::Failed { records: Vec::new(), rejected: Vec::new(), error }
}

/// Whether a part failed before anything of it came.
fn nothing<T>(part: &Part<T>) -> bool {
    matches!(part, Part::Failed { records, rejected, .. } if records.is_empty() && rejected.is_empty())
}
