//! Everything there is of a link, with one request for each list that fits a page.

use belvo_client::types;
use futures_util::future::{join, join3};
use serde_json::Value;

use super::accounts::{accounts_of, investments_of};
use super::consents::consents_of;
use super::lists::{Feed, LARGEST_PAGE};
use super::transactions::{of_accounts, of_investments};
use super::{Belvo, map};
use crate::error::{Error, ErrorKind};
use crate::losses::{LossReport, Losses};
use crate::model::{Account, Balance, ConnectionId, Consent, Holding, Party, Transaction};
use crate::normalize::Cx;
use crate::provider::{Holders as _, Part, RefreshOptions, Snapshot, TransactionFilter};
use crate::records::{BoxPages, Group, Marked, Paging, Records};

/// What accounts and investments become.
enum Piece {
    Account(Box<Account>),
    Balance(Balance),
    Holding(Holding),
}

impl Marked for Piece {
    fn mark(&self) -> Option<u64> {
        match self {
            Self::Account(account) => account.mark(),
            Self::Balance(balance) => balance.mark(),
            Self::Holding(holding) => holding.mark(),
        }
    }
}

impl Belvo {
    pub(super) async fn snapshot(
        &self,
        connection: &ConnectionId,
        options: &RefreshOptions,
    ) -> Result<Snapshot, Error> {
        let mut paging = Paging::default().page_size(LARGEST_PAGE);
        paging.count_unmapped = !options.skip_unmapped;
        let filter =
            TransactionFilter { since: options.since, until: options.until, ..TransactionFilter::of(connection) };
        // Six at once, since each goes from page to page by itself.
        let ((details, accounts, people), (transactions, investments, movements)) = join(
            join3(self.details(connection), self.pieces(connection, &paging, false), self.people(connection, &paging)),
            join3(
                self.part(&paging, |feed, at| of_accounts(feed, &filter, None, at)),
                self.pieces(connection, &paging, true),
                self.movements(&paging, &filter),
            ),
        )
        .await;

        let mut snapshot = Snapshot::new(connection);
        let (details, losses) = details;
        snapshot.losses.merge(&losses);
        let (holders, consents, losses) = people;
        snapshot.losses.merge(&losses);
        for (_, losses) in [&accounts, &investments] {
            snapshot.losses.merge(losses);
        }
        for (_, losses) in [&transactions, &movements] {
            snapshot.losses.merge(losses);
        }
        snapshot.holders = holders;
        snapshot.consents = consents;
        snapshot.transactions = both(transactions.0, movements.0);
        let (accounts, balances, _) = sorted(accounts.0);
        let (invested, worth, holdings) = sorted(investments.0);
        snapshot.accounts = both(accounts, invested);
        snapshot.balances = both(balances, worth);
        snapshot.holdings = holdings;
        match details {
            Ok(details) => snapshot.details = Some(details),
            // Lists of a link that is not there are empty: only the link itself tells.
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(error),
            Err(error) if nothing_came(&snapshot) => return Err(error),
            Err(error) => snapshot.details_error = Some(error),
        }
        Ok(snapshot)
    }

    async fn details(&self, connection: &ConnectionId) -> (Result<crate::Connection, Error>, LossReport) {
        let losses = Losses::default();
        let link = self.link(connection, &losses).await;
        (link, losses.report())
    }

    async fn people(&self, connection: &ConnectionId, paging: &Paging) -> (Part<Party>, Part<Consent>, LossReport) {
        let mut losses = LossReport::default();
        let holders = Part::read(self.list_holders(connection, paging.clone()), &mut losses).await;
        let feed = Feed::new(&self.client, paging);
        let unread = holders.rejected().to_vec();
        let consents = match holders.error() {
            // Nobody knows whose consents to ask for.
            Some(error) => made(Vec::new(), Vec::new(), Some(error.clone())),
            None => match consents_of(&feed, connection, holders.records(), unread).await {
                // Owners without a document have no list of consents to ask for.
                Err(error) if error.kind() == ErrorKind::Unsupported => Part::NotOffered,
                Err(error) => made(Vec::new(), Vec::new(), Some(error)),
                Ok(all) => {
                    let (mut records, mut rejected) = (Vec::new(), Vec::new());
                    for consent in all {
                        match consent {
                            Ok(consent) => records.push(consent),
                            Err(error) => rejected.push(error),
                        }
                    }
                    made(records, rejected, None)
                }
            },
        };
        losses.merge(&feed.losses.report());
        (holders, consents, losses)
    }

    async fn pieces(&self, connection: &ConnectionId, paging: &Paging, invested: bool) -> (Part<Piece>, LossReport) {
        if !invested {
            return self.part(paging, |feed, at| accounts_of(feed, connection, None, at, account)).await;
        }
        if !self.settings.investments {
            return (Part::NotOffered, LossReport::default());
        }
        let owner = connection.clone();
        let investment = move |record: types::Investment, cx: &Cx<'_>| investment(record, &owner, cx);
        self.part(paging, |feed, at| investments_of(feed, connection, None, at, investment)).await
    }

    async fn movements(&self, paging: &Paging, filter: &TransactionFilter) -> (Part<Transaction>, LossReport) {
        if !self.settings.investments {
            return (Part::NotOffered, LossReport::default());
        }
        self.part(paging, |feed, at| of_investments(feed, filter, at)).await
    }

    /// All of a list.
    async fn part<T: Marked + Send + 'static>(
        &self,
        paging: &Paging,
        open: impl FnOnce(&Feed, Option<Value>) -> BoxPages<T>,
    ) -> (Part<T>, LossReport) {
        let feed = Feed::new(&self.client, paging);
        let mut losses = LossReport::default();
        let list = Records::open(feed.scope("snapshot", &[]), paging, feed.losses.clone(), |at| open(&feed, at));
        let part = Part::read(list, &mut losses).await;
        (part, losses)
    }
}

fn account(record: types::Account, cx: &Cx<'_>) -> Group<Piece> {
    let currency = map::currency(&record, cx);
    let balances = map::balances(&record, currency, cx);
    let account = map::account(record, currency, cx);
    let pieces = [Piece::Account(Box::new(account))].into_iter().chain(balances.into_iter().map(Piece::Balance));
    Group::Many(pieces.map(Ok).collect())
}

fn investment(record: types::Investment, connection: &ConnectionId, cx: &Cx<'_>) -> Group<Piece> {
    let currency = map::investment_currency(&record, cx);
    let holding = map::holding(&record, currency, cx);
    let balances = map::investment_balances(&record, currency, cx);
    let account = map::investment(record, Some(connection), currency, cx);
    let pieces = [Piece::Account(Box::new(account)), Piece::Holding(holding)].into_iter();
    Group::Many(pieces.chain(balances.into_iter().map(Piece::Balance)).map(Ok).collect())
}

/// The parts that a list told at once. What is wrong with it is wrong with each.
fn sorted(part: Part<Piece>) -> (Part<Account>, Part<Balance>, Part<Holding>) {
    let (pieces, rejected, error) = match part {
        Part::NotOffered => return (Part::NotOffered, Part::NotOffered, Part::NotOffered),
        Part::Read { records, rejected } => (records, rejected, None),
        Part::Failed { records, rejected, error } => (records, rejected, Some(error)),
    };
    let (mut accounts, mut balances, mut holdings) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Account(account) => accounts.push(*account),
            Piece::Balance(balance) => balances.push(balance),
            Piece::Holding(holding) => holdings.push(holding),
        }
    }
    (
        made(accounts, rejected.clone(), error.clone()),
        made(balances, rejected.clone(), error.clone()),
        made(holdings, rejected, error),
    )
}

fn made<T>(records: Vec<T>, rejected: Vec<Error>, error: Option<Error>) -> Part<T> {
    match error {
        Some(error) => Part::Failed { records, rejected, error },
        None => Part::Read { records, rejected },
    }
}

/// One part after another of the same kind.
fn both<T>(first: Part<T>, second: Part<T>) -> Part<T> {
    fn taken<T>(part: Part<T>) -> (Vec<T>, Vec<Error>, Option<Error>) {
        match part {
            Part::NotOffered => (Vec::new(), Vec::new(), None),
            Part::Read { records, rejected } => (records, rejected, None),
            Part::Failed { records, rejected, error } => (records, rejected, Some(error)),
        }
    }
    let ((mut records, mut rejected, error), (more, also_rejected, other)) = (taken(first), taken(second));
    records.extend(more);
    rejected.extend(also_rejected);
    made(records, rejected, error.or(other))
}

fn nothing_came(snapshot: &Snapshot) -> bool {
    snapshot.accounts.error().is_some()
        && snapshot.transactions.error().is_some()
        && snapshot.holders.error().is_some()
        && snapshot.accounts.records().is_empty()
        && snapshot.transactions.records().is_empty()
        && snapshot.holders.records().is_empty()
}
