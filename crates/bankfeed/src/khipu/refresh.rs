//! Asking the bank, and everything that one answer tells.

use bankfeed_runtime as rt;
use khipu_client::types;
use rt::Configure as _;

use super::Khipu;
use super::answer::Answer;
use super::causes;
use super::link::Link;
use super::slot::{Running, Want};
use crate::Secret;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::{ConnectionId, Event};
use crate::provider::{Part, ProviderId, RefreshOptions, Snapshot};

impl Khipu {
    /// The connection's last answer, or a new one if there is none that is young enough.
    pub(super) async fn read_kept(&self, link: &Link) -> Result<Answer, Error> {
        self.read(link, Want::Kept(self.inner.keep_for)).await
    }

    /// What the bank says now.
    pub(super) async fn read_anew(&self, link: &Link) -> Result<Answer, Error> {
        self.read(link, Want::Anew).await
    }

    async fn read(&self, link: &Link, want: Want) -> Result<Answer, Error> {
        let start = || self.ask(link.request());
        link.slot.read(want, self.inner.clock.as_ref(), self.inner.timeout, start).await
    }

    /// Has the provider ask the bank and post the result to an address. What it answers is a receipt.
    pub(super) async fn order(&self, link: &Link, address: Secret) -> Result<Answer, Error> {
        let call = self.call(link.request().callback_url(address));
        let response = link.slot.alone(call.send()).await.map_err(causes::error)?;
        Ok(Answer::new(response.raw().clone()))
    }

    fn ask(&self, request: types::DataRequest) -> Running {
        let call = self.call(request);
        Box::pin(async move {
            let response = call.send().await.map_err(causes::error)?;
            if response.status().as_u16() == 202 {
                // A receipt has no data, which would look like an account without any.
                let error = Error::of(ErrorKind::UnexpectedAnswer).from_provider(ProviderId::KHIPU);
                return Err(error.message("it will answer by callback, though it was asked to answer at once"));
            }
            Ok(Answer::new(response.raw().clone()))
        })
    }

    fn call(&self, request: types::DataRequest) -> khipu_client::operations::RetrieveSantanderArCurrentDayBalances {
        self.inner.client.retrieve_santander_ar_current_day_balances(request).timeout(self.inner.timeout)
    }
}

/// Accounts and balances, of one new answer.
pub(super) async fn refresh(khipu: &Khipu, id: &ConnectionId, options: RefreshOptions) -> Result<Snapshot, Error> {
    let link = khipu.link(id)?;
    match khipu.read_anew(&link).await {
        Ok(answer) => Ok(snapshot(&link, &answer, &options)),
        // The bank has nothing of the kind: that is an answer, too.
        Err(error) if error.kind() == ErrorKind::NotContracted => Ok(nothing(&link)),
        Err(error) => Err(error),
    }
}

/// The same of what a callback brought.
pub(super) fn data_of(khipu: &Khipu, event: &Event, options: &RefreshOptions) -> Result<Snapshot, Error> {
    let invalid = |why| Error::of(ErrorKind::InvalidRequest).from_provider(ProviderId::KHIPU).message(why);
    let source = event.source.as_ref().filter(|source| *source.provider() == ProviderId::KHIPU);
    let source = source.ok_or_else(|| invalid("the event is none of Khipu's, or came without its source"))?;
    let connection = event.connection.as_ref().ok_or_else(|| invalid("the event names no connection"))?;
    let link = khipu.link(connection)?;
    match &event.error {
        None => Ok(snapshot(&link, &Answer::new(source.bytes()), options)),
        Some(cause) if cause.kind == ErrorKind::NotContracted => Ok(nothing(&link)),
        Some(cause) => Err(Error::new(cause.clone()).from_provider(ProviderId::KHIPU)),
    }
}

fn nothing(link: &Link) -> Snapshot {
    let mut snapshot = Snapshot::new(&link.id);
    snapshot.details = Some(link.connection());
    snapshot.accounts = Part::Read { records: Vec::new(), rejected: Vec::new() };
    snapshot.balances = Part::Read { records: Vec::new(), rejected: Vec::new() };
    snapshot
}

fn snapshot(link: &Link, answer: &Answer, options: &RefreshOptions) -> Snapshot {
    let losses = Losses::default();
    if !options.skip_unmapped {
        answer.count_unmapped(&losses);
    }
    let mut snapshot = Snapshot::new(&link.id);
    snapshot.details = Some(link.connection());
    // Each record becomes an account and a balance; what is lost of it is lost once.
    snapshot.accounts = part(answer.accounts(link, &Losses::default(), false));
    snapshot.balances = part(answer.balances(None, &losses, !options.skip_unmapped));
    snapshot.losses = losses.report();
    snapshot
}

fn part<T>(list: Result<Vec<Result<T, Error>>, Error>) -> Part<T> {
    let (mut records, mut rejected) = (Vec::new(), Vec::new());
    match list {
        Ok(list) => {
            for record in list {
                match record {
                    Ok(record) => records.push(record),
                    Err(error) => rejected.push(error),
                }
            }
            Part::Read { records, rejected }
        }
        Err(error) => Part::Failed { records, rejected, error },
    }
}
