//! What the bank said: one answer, of which accounts and balances are made.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use bankfeed_runtime as rt;
use khipu_client::types;
use rt::Bytes;

use super::link::Link;
use super::map;
use super::map::About;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::{Account, AccountId, Balance, Currency};
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::source::{List, Source};

/// Where its records stand.
const RECORDS: &str = "/Data/Balance";

/// An envelope that tells of no failure, as it came.
#[derive(Clone)]
pub(super) struct Answer {
    body: Bytes,
}

/// One record of an answer.
struct Record {
    source: Source,
    balance: Result<types::Balance, rt::DecodeError>,
}

impl Answer {
    pub(super) fn new(body: Bytes) -> Self {
        Self { body }
    }

    /// The whole of it.
    pub(super) fn source(&self) -> Source {
        Source::whole(ProviderId::KHIPU, "Envelope", self.body.clone())
    }

    /// What around the records feeds nothing: a remark that data are missing, for one.
    pub(super) fn count_unmapped(&self, losses: &Losses) {
        crate::unmapped::count(&self.source(), losses);
    }

    /// Its records, each read by itself, so that one that cannot be read costs no other.
    fn records(&self) -> Result<Vec<Record>, Error> {
        // A list in place of the object that holds them is none of theirs.
        let there = rt::de::place_of(&self.body, RECORDS);
        let Some(places) = there.and_then(|_| rt::de::places_of_items(&self.body, RECORDS)) else {
            return self.without_records();
        };
        let list = Arc::new(List::new(self.body.clone(), RECORDS));
        let record = |(index, place)| Record {
            source: Source::item(ProviderId::KHIPU, "Balance", &list, index),
            balance: rt::de::from_slice(&self.body.slice(place)),
        };
        Ok(places.into_iter().enumerate().map(record).collect())
    }

    /// Nothing is a success, in its three forms; something of another form is not nothing.
    fn without_records(&self) -> Result<Vec<Record>, Error> {
        let envelope: Result<types::Envelope, _> = rt::de::from_slice(&self.body);
        match envelope.and_then(|envelope| envelope.balances().map(|_| ())) {
            Ok(()) => Ok(Vec::new()),
            Err(error) => Err(Error::of(ErrorKind::UnexpectedAnswer)
                .from_provider(ProviderId::KHIPU)
                .at(error.path(), Some(self.body.clone()))
                .caused_by(error)),
        }
    }

    /// The accounts that its balances are about, in their order.
    pub(super) fn accounts(
        &self,
        link: &Link,
        losses: &Losses,
        count_unmapped: bool,
    ) -> Result<Vec<Result<Account, Error>>, Error> {
        let records = self.records()?;
        let mut currencies: HashMap<&str, BTreeSet<Currency>> = HashMap::new();
        for record in &records {
            let cx = Cx::new(&record.source, losses);
            cx.begin(count_unmapped);
            if let Ok(balance) = &record.balance
                && let Some(id) = &balance.account_id
            {
                currencies.entry(id.as_str()).or_default().extend(map::currencies(balance, &cx));
            }
        }
        let alone = currencies.len() == 1;
        let about = About { connection: &link.id, number: alone.then_some(link.number()) };
        let none = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut accounts = Vec::new();
        for record in &records {
            let cx = Cx::new(&record.source, losses);
            match &record.balance {
                Ok(balance) => {
                    let id = balance.account_id.as_deref().unwrap_or_default();
                    if id.is_empty() || seen.insert(id) {
                        accounts.push(map::account(balance, currencies.get(id).unwrap_or(&none), about, &cx));
                    }
                }
                Err(error) => accounts.push(Err(unreadable(error, &cx))),
            }
        }
        Ok(accounts)
    }

    /// Its balances, of one account or all.
    pub(super) fn balances(
        &self,
        account: Option<&AccountId>,
        losses: &Losses,
        count_unmapped: bool,
    ) -> Result<Vec<Result<Balance, Error>>, Error> {
        let mut balances = Vec::new();
        for record in self.records()? {
            let cx = Cx::new(&record.source, losses);
            match record.balance {
                Ok(balance) => {
                    let other = |id: &rt::Id| account.is_some_and(|wanted| id.as_str() != wanted.as_str());
                    if !balance.account_id.as_ref().is_some_and(other) {
                        cx.begin(count_unmapped);
                        balances.extend(map::balances(balance, &cx));
                    }
                }
                Err(error) => {
                    cx.begin(count_unmapped);
                    balances.push(Err(unreadable(&error, &cx)));
                }
            }
        }
        Ok(balances)
    }
}

fn unreadable(error: &rt::DecodeError, cx: &Cx<'_>) -> Error {
    cx.misfit(error.path(), "it cannot be read").caused_by(error.clone())
}
