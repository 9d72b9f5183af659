//! Lists as streams.

use std::sync::Arc;

use bankfeed_runtime as rt;
use serde_json::Value;

use super::WealthReader;
use super::answer::{Answer, Subject};
use super::connection_id::ConnectionRef;
use super::failure::failure;
use super::held::Window;
use super::lists::{self, Mapped};
use super::map::{self, Through};
use super::parts::Reading;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::{Connection, ConnectionId, Institution};
use crate::provider::{ConnectionFilter, InstitutionFilter, ProviderId};
use crate::records::{Group, Paging, Read, Records, Scope, pages_of, whole};

/// A list that is made of an answer.
pub(super) struct ListOf<'a> {
    pub(super) name: &'static str,
    pub(super) subject: Subject,
    pub(super) connection: &'a ConnectionId,
    pub(super) window: Window,
    /// What else tells it from other lists.
    pub(super) filter: &'a [Option<&'a str>],
}

impl WealthReader {
    /// A list of what `make` makes of the connection's answer. Nothing is read before the first record is asked for.
    pub(super) fn stream<T: Send + 'static>(
        &self,
        list: ListOf<'_>,
        paging: &Paging,
        make: impl FnOnce(&Answer, &Reading, Through<'_>) -> Mapped<T> + Send + 'static,
        mark: impl Fn(&T) -> String + Send + 'static,
    ) -> Records<T> {
        let filter: Vec<_> = [Some(list.connection.as_str())].into_iter().chain(list.filter.iter().copied()).collect();
        let scope = Scope::new(ProviderId::WEALTHREADER, list.name, &filter);
        let reading = Reading { losses: Losses::default(), count_unmapped: paging.count_unmapped };
        let (this, id) = (self.clone(), list.connection.clone());
        let (subject, window, losses) = (list.subject, list.window, reading.losses.clone());
        let load = async move {
            let answer = this.answer(&id, window).await?;
            let institution = ConnectionRef::parse(&id)?.institution();
            let through = Through { connection: Some(&id), institution: institution.as_ref() };
            if subject == Subject::Accounts {
                answer.count_unmapped(&reading);
            }
            let mut all = make(&answer, &reading, through);
            // What is missing is told last, after all there is.
            all.extend(answer.incomplete(subject).map(Err));
            Ok(all)
        };
        // A mark tells records apart and shows nothing of them.
        let mark = move |record: &T| rt::hex(&rt::sha256(mark(record).as_bytes())[..8]);
        Records::open_whole(scope, paging, losses, move |at: Option<Value>| whole(at, load, mark))
    }

    /// Banks. All in one answer, of which each bank is read by itself.
    pub(super) fn institutions_of(&self, filter: &InstitutionFilter, paging: &Paging) -> Records<Institution> {
        let tested = if filter.include_test { "all" } else { "tested" };
        let scope = Scope::new(ProviderId::WEALTHREADER, "institutions", &[Some(tested)]);
        let reading = Reading { losses: Losses::default(), count_unmapped: paging.count_unmapped };
        let (this, losses, all) = (self.clone(), reading.losses.clone(), filter.include_test);
        let load = async move { this.entities(all, &reading).await };
        let mark = |bank: &Institution| rt::hex(&rt::sha256(bank.id.as_str().as_bytes())[..8]);
        Records::open(scope, paging, losses, move |at| whole(at, load, mark))
    }

    pub(super) async fn entities(&self, all: bool, reading: &Reading) -> Result<Mapped<Institution>, Error> {
        let call = self.inner.client.list_entities().show_only_tested(i64::from(!all));
        let answer = call.send().await.map_err(failure)?;
        let text = answer.raw();
        let places = rt::de::places_of_items(text, "/payload").ok_or_else(|| {
            let error = Error::of(ErrorKind::UnexpectedAnswer).from_provider(ProviderId::WEALTHREADER);
            error.message("expected a list of banks").at("", Some(text.clone()))
        })?;
        let mut banks = Vec::new();
        for (index, place) in places.into_iter().enumerate() {
            for found in reading.records(&text.slice(place), format!("/{index}"), "Entity")? {
                banks.push(reading.map(&found, &[], map::institution::institution));
            }
        }
        Ok(banks)
    }

    /// Tokens. The list is not billed.
    pub(super) fn tokens(&self, filter: &ConnectionFilter, paging: &Paging) -> Records<Connection> {
        let institution = filter.institution.clone();
        let scope =
            Scope::new(ProviderId::WEALTHREADER, "connections", &[institution.as_ref().map(|bank| bank.as_str())]);
        let losses = Losses::default();
        let read = Read {
            provider: ProviderId::WEALTHREADER,
            schema: "Token",
            losses: losses.clone(),
            count_unmapped: paging.count_unmapped,
            error: failure,
        };
        let call = self.inner.client.list_tokens();
        Records::open(scope, paging, losses, move |at| {
            pages_of!(read, at, call, move |token, cx| match map::institution::token(token, cx) {
                Ok(connection) if institution.is_some() && connection.institution != institution => {
                    Group::Many(Vec::new())
                }
                connection => Group::One(connection),
            })
        })
    }

    /// Everything of an answer at once.
    pub(super) fn parts(answer: &Arc<Answer>, reading: &Reading, through: Through<'_>) -> Parts {
        answer.count_unmapped(reading);
        // Accounts, balances and holdings are made of the same records, which count once.
        let again = reading.again();
        Parts {
            holders: lists::holders(answer, reading),
            accounts: lists::accounts(answer, reading, through),
            balances: lists::balances(answer, &again, reading),
            transactions: lists::transactions(answer, reading),
            holdings: lists::holdings(answer, &again, reading),
        }
    }
}

/// What an answer is made of.
pub(super) struct Parts {
    pub(super) holders: Mapped<crate::Party>,
    pub(super) accounts: Mapped<crate::Account>,
    pub(super) balances: Mapped<crate::Balance>,
    pub(super) transactions: Mapped<crate::Transaction>,
    pub(super) holdings: Mapped<crate::Holding>,
}
