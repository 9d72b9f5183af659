//! The stream that every list is.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde_json::{Value, json};

use super::memory::whole;
use super::pages::{BoxPages, Group, PageOf};
use super::paging::Paging;
use super::repeats::{Marked, Repeats};
use super::token::{ResumeToken, Scope};
use crate::error::Error;
use crate::losses::{LossReport, Losses};
use crate::provider::ProviderId;

/// The records of a list, as a stream.
///
/// A record that cannot be normalized is one `Err` of kind [`BadRecord`](crate::ErrorKind::BadRecord), with its place
/// and its JSON, and the records after it still come. An `Err` about a page ends the list, unless it may pass by itself
/// (no connection, timeout, 429, 5xx): then the next poll asks for the same page again, three times at most.
///
/// A record that comes twice within a few thousand others is yielded once, and counted in the loss report: pages shift
/// while they are read.
///
/// While the records of one page are consumed the next page is fetched, never more than one ahead.
pub struct Records<T> {
    scope: Scope,
    pages: Option<BoxPages<T>>,
    prefetch: bool,
    current: Option<Current<T>>,
    /// The page fetched ahead.
    ahead: Option<Result<PageOf<T>, Error>>,
    /// An error to report before anything else.
    refused: Option<Error>,
    /// How much of the first record's group was yielded before, when a list is resumed inside it.
    within: usize,
    losses: Losses,
    mark: fn(&T) -> Option<u64>,
    repeats: Repeats,
    /// Whether the last page failed, so that the end after it is not the list's.
    failed: bool,
    /// Whether no further page comes.
    over: bool,
    /// Whether the list was read to its end.
    finished: bool,
}

/// The page being consumed.
struct Current<T> {
    groups: Box<dyn Iterator<Item = Group<T>> + Send>,
    position: Box<dyn Fn(usize) -> Value + Send>,
    /// Records of the provider that were consumed.
    taken: usize,
    /// What is left of the last one's group.
    group: VecDeque<Result<T, Error>>,
    /// How many of that group were yielded.
    within: usize,
    /// How many of the first group were yielded before.
    skip: usize,
}

impl<T> Records<T> {
    /// A list of pages. `open` gets the position to start from.
    pub(crate) fn open(
        scope: Scope,
        paging: &Paging,
        losses: Losses,
        open: impl FnOnce(Option<Value>) -> BoxPages<T>,
    ) -> Self
    where
        T: Marked,
    {
        Self::open_marked(scope, paging, losses, T::mark, open)
    }

    /// A list that is one answer, of which every record counts, equal ones included.
    pub(crate) fn open_whole(
        scope: Scope,
        paging: &Paging,
        losses: Losses,
        open: impl FnOnce(Option<Value>) -> BoxPages<T>,
    ) -> Self {
        Self::open_marked(scope, paging, losses, |_| None, open)
    }

    fn open_marked(
        scope: Scope,
        paging: &Paging,
        losses: Losses,
        mark: fn(&T) -> Option<u64>,
        open: impl FnOnce(Option<Value>) -> BoxPages<T>,
    ) -> Self {
        let mut records = Self {
            scope,
            pages: None,
            prefetch: paging.prefetch,
            current: None,
            ahead: None,
            refused: None,
            within: 0,
            losses,
            mark,
            repeats: Repeats::default(),
            failed: false,
            over: false,
            finished: false,
        };
        let at = match paging.resume.as_ref().map(|token| token.position(&records.scope)).transpose() {
            Ok(at) => at.cloned().unwrap_or_default(),
            Err(error) => {
                records.refused = Some(error);
                records.failed = true;
                records.over = true;
                return records;
            }
        };
        if at["end"] == Value::Bool(true) {
            records.finished = true;
            records.over = true;
            return records;
        }
        records.within = at["within"].as_u64().and_then(|within| usize::try_from(within).ok()).unwrap_or(0);
        records.pages = Some(open(at.get("page").filter(|page| !page.is_null()).cloned()));
        records
    }

    /// A list that is nothing but an error.
    pub fn failed(error: Error) -> Self {
        Self {
            scope: Scope::new(error.provider().cloned().unwrap_or(ProviderId::NONE), "failed", &[]),
            pages: None,
            prefetch: false,
            current: None,
            ahead: None,
            refused: Some(error),
            within: 0,
            losses: Losses::default(),
            mark: |_| None,
            repeats: Repeats::default(),
            failed: true,
            over: true,
            finished: false,
        }
    }

    /// A list of records that are there already: for fakes in tests.
    ///
    /// ```
    /// use bankfeed::{Institution, Paging, ProviderId, Records};
    ///
    /// let banks = vec![Institution::new("bank_a"), Institution::new("bank_b")];
    /// let mut list = Records::of(ProviderId::new("fake"), "institutions", banks, &Paging::default());
    /// # let _ = list;
    /// ```
    pub fn of(provider: ProviderId, list: &'static str, records: Vec<T>, paging: &Paging) -> Self
    where
        T: Send + 'static,
    {
        Self::of_results(provider, list, records.into_iter().map(Ok).collect(), paging)
    }

    /// The same with errors in between, each in its place, after which the rest still comes: for fakes of what goes wrong.
    ///
    /// ```
    /// use bankfeed::{Error, ErrorKind, Institution, Paging, ProviderId, Records};
    ///
    /// let banks = vec![Ok(Institution::new("bank_a")), Err(Error::of(ErrorKind::BadRecord))];
    /// let mut list = Records::of_results(ProviderId::new("fake"), "institutions", banks, &Paging::default());
    /// # let _ = list;
    /// ```
    pub fn of_results(provider: ProviderId, list: &'static str, records: Vec<Result<T, Error>>, paging: &Paging) -> Self
    where
        T: Send + 'static,
    {
        Self::open_marked(
            Scope::new(provider, list, &[]),
            paging,
            Losses::default(),
            |_| None,
            move |at| whole(at, async move { Ok(records) }, |_| String::new()),
        )
    }

    /// The next record; `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_record(cx)).await
    }

    /// All records that are left.
    ///
    /// # Errors
    /// The first `Err`, about a record or a page.
    pub async fn collect_all(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(record) = self.next().await {
            all.push(record?);
        }
        Ok(all)
    }

    /// All records that are left, and all errors.
    pub async fn drain(mut self) -> (Vec<T>, Vec<Error>) {
        let (mut records, mut errors) = (Vec::new(), Vec::new());
        while let Some(record) = self.next().await {
            match record {
                Ok(record) => records.push(record),
                Err(error) => errors.push(error),
            }
        }
        (records, errors)
    }

    /// Where the list stands now: one resumed there yields the records that this one has not yielded yet.
    pub fn resume_token(&self) -> ResumeToken {
        ResumeToken::new(&self.scope, self.at())
    }

    /// What normalization could not carry over so far.
    pub fn losses(&self) -> LossReport {
        self.losses.report()
    }

    fn at(&self) -> Value {
        if self.finished {
            return json!({"end": true});
        }
        if let Some(current) = &self.current {
            if current.group.is_empty() {
                return json!({"page": (current.position)(current.taken)});
            }
            // The record stays to be consumed; what was yielded of it is skipped when it is made again.
            return json!({"page": (current.position)(current.taken.saturating_sub(1)), "within": current.within});
        }
        let page = match (&self.ahead, &self.pages) {
            (Some(Ok(page)), _) => (page.position)(page.taken),
            (_, Some(pages)) => pages.position(),
            (_, None) => Value::Null,
        };
        json!({"page": page, "within": self.within})
    }

    fn poll_record(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(error) = self.refused.take() {
            return Poll::Ready(Some(Err(error)));
        }
        loop {
            if self.prefetch && self.current.is_some() {
                // Whether it is there already does not matter yet.
                let _ = self.poll_ahead(cx);
            }
            if let Some(record) = self.current.as_mut().and_then(Current::next) {
                if self.is_repeated(&record) {
                    continue;
                }
                return Poll::Ready(Some(record));
            }
            // The page stays current until the next one is there, so that a token taken meanwhile is right.
            if self.poll_ahead(cx).is_pending() {
                return Poll::Pending;
            }
            match self.ahead.take() {
                Some(Ok(page)) => {
                    let skip = std::mem::take(&mut self.within);
                    self.current = Some(Current::new(page, skip));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    self.finished = !self.failed;
                    return Poll::Ready(None);
                }
            }
        }
    }

    fn is_repeated(&mut self, record: &Result<T, Error>) -> bool {
        let Some(mark) = record.as_ref().ok().and_then(self.mark) else { return false };
        let repeated = self.repeats.came_before(mark);
        if repeated {
            self.losses.repeated();
        }
        repeated
    }

    /// Has the next page ready in `ahead`, or `over` set.
    fn poll_ahead(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.ahead.is_some() || self.over {
            return Poll::Ready(());
        }
        let Some(pages) = &mut self.pages else { return Poll::Ready(()) };
        match std::task::ready!(pages.poll_page(cx)) {
            Some(page) => {
                self.failed = page.is_err();
                self.ahead = Some(page);
            }
            None => self.over = true,
        }
        Poll::Ready(())
    }
}

impl<T> Current<T> {
    fn new(page: PageOf<T>, skip: usize) -> Self {
        let PageOf { groups, taken, position } = page;
        Self { groups, position, taken, group: VecDeque::new(), within: 0, skip }
    }

    fn next(&mut self) -> Option<Result<T, Error>> {
        loop {
            if let Some(record) = self.group.pop_front() {
                self.within += 1;
                return Some(record);
            }
            let group = self.groups.next()?;
            self.taken += 1;
            let skip = std::mem::take(&mut self.skip);
            match group {
                Group::One(_) if skip > 0 => {}
                Group::One(record) => return Some(record),
                Group::Many(records) => {
                    self.within = skip.min(records.len());
                    self.group = records.into_iter().skip(skip).collect();
                }
            }
        }
    }
}

// Records are moved out as they come; nothing is ever pinned in place.
impl<T> Unpin for Records<T> {}

impl<T> Stream for Records<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_record(cx)
    }
}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("list", &self.scope.list)
            .field("finished", &self.finished)
            .finish_non_exhaustive()
    }
}
