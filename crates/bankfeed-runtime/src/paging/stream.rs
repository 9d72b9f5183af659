//! Lists as streams.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::batch::BatchStream;
use super::continuation::Continuation;
use super::page::Page;
use super::records;
use super::walk::Walk;
use crate::call::draft::Draft;
use crate::call::{Response, finish};
use crate::de::DecodeError;
use crate::error::{ApiError, Error, Failure, refusal};
use crate::transport::{Answer, Transport};

/// The items of a list; pages are fetched as they are needed.
///
/// A record that cannot be read is one `Err` item, whose [`Error::path`] says where and whose [`Error::raw`] is that
/// record; the items after it still come. After an `Err` that may pass (no connection, timeout, 429, 5xx, an error under
/// a success status that says so) the next poll asks for the same page again, three times at most; after any other
/// `Err` about a whole page the list ends.
pub struct ItemStream<P: Page, E> {
    walk: Walk,
    items: std::vec::IntoIter<Result<P::Item, Error<E>>>,
    /// The position of the page the items are of.
    position: Option<String>,
    /// How many items of that page were taken.
    taken: u64,
}

impl<P: Page, E: ApiError> ItemStream<P, E> {
    pub(crate) fn new(transport: Transport, draft: Box<Draft>) -> Self {
        Self {
            walk: Walk::new(transport, draft, refusal::<E>),
            items: Vec::new().into_iter(),
            position: None,
            taken: 0,
        }
    }

    /// The next item; `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error<E>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// All items that are left.
    ///
    /// # Errors
    /// The first `Err` item.
    pub async fn collect_all(mut self) -> Result<Vec<P::Item>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    /// The list by pages instead, from the page asked for next.
    pub fn pages(self) -> PageStream<P, E> {
        PageStream { walk: self.walk, page: PhantomData }
    }

    /// The list by pages of which each keeps the items that could be read, from the page asked for next.
    pub fn batches(self) -> BatchStream<P, E> {
        BatchStream::new(self.walk)
    }

    /// Where the list stands now: a stream resumed there yields the items this one has not yielded yet.
    pub fn continuation(&self) -> Continuation {
        if self.items.len() == 0 {
            return self.walk.continuation();
        }
        self.walk.continuation_at(self.position.clone(), self.taken)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<P::Item, Error<E>>>> {
        loop {
            if let Some(item) = self.items.next() {
                self.taken += 1;
                return Poll::Ready(Some(item));
            }
            let answer = match ready!(self.walk.poll(cx)) {
                None => return Poll::Ready(None),
                Some(Ok(answer)) => answer,
                Some(Err(failure)) => return Poll::Ready(Some(Err(Error::from_failure(failure)))),
            };
            match read_page::<P, E>(answer, self.walk.counts()) {
                Ok((items, next)) => {
                    self.position = self.walk.position().cloned();
                    self.taken = self.walk.take_skip();
                    self.walk.advance(next, items.len());
                    self.items = items.into_iter();
                    for _ in 0..self.taken {
                        self.items.next();
                    }
                }
                Err(error) => {
                    self.walk.stop();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

// Items are moved out as they come; nothing is ever pinned in place.
impl<P: Page, E> Unpin for ItemStream<P, E> {}

impl<P: Page, E: ApiError> Stream for ItemStream<P, E> {
    type Item = Result<P::Item, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<P: Page, E> fmt::Debug for ItemStream<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").field("continuation", &self.walk.continuation()).finish_non_exhaustive()
    }
}

/// The items of a page, each read or refused, and how the list goes on.
pub(super) type Items<T, E> = (Vec<Result<T, Error<E>>>, Option<String>);

pub(super) fn read_page<P: Page, E: ApiError>(answer: Answer, counted: bool) -> Result<Items<P::Item, E>, Error<E>> {
    let error = match read_whole::<P>(&answer.body) {
        Ok(page) => {
            let next = page.next();
            return Ok((page.into_items().into_iter().map(Ok).collect(), next));
        }
        Err(error) => error,
    };
    match read_records::<P, E>(&answer, counted) {
        Some(items) => Ok(items),
        None => Err(Error::from_failure(Failure::decode(answer, &error))),
    }
}

/// Reads a page with all its items.
fn read_whole<P: Page>(body: &[u8]) -> Result<P, DecodeError> {
    let page = crate::de::from_slice::<P>(body)?;
    if page.is_list() { Ok(page) } else { Err(DecodeError::new("not a list in any known form")) }
}

/// Reads a page's items one by one; `None` when the page is broken beyond its items.
fn read_records<P: Page, E: ApiError>(answer: &Answer, counted: bool) -> Option<Items<P::Item, E>> {
    let records = records::split(&answer.body, P::ITEMS)?;
    let next = read_whole::<P>(records.hollow.as_bytes()).ok()?.next();
    // A page without its items looks like the last one where pages or items are counted.
    let next = next.or_else(|| (counted && !records.items.is_empty()).then(String::new));
    let read = |(index, range): (usize, std::ops::Range<usize>)| {
        let record = answer.body.slice(range);
        crate::de::from_slice(&record).map_err(|error: DecodeError| {
            let error = error.below(&format!("{}/{index}", P::ITEMS));
            let answer = Answer {
                headers: answer.headers.clone(),
                request_id: answer.request_id.clone(),
                body: record.clone(),
                ..*answer
            };
            Error::from_failure(Failure::decode(answer, &error))
        })
    };
    Some((records.items.into_iter().enumerate().map(read).collect(), next))
}

/// The pages of a list, each with what came around it.
///
/// A page that cannot be read is an `Err` and ends the list; use [`ItemStream`] to lose single records only.
pub struct PageStream<P, E> {
    walk: Walk,
    page: PhantomData<fn() -> (P, E)>,
}

impl<P: Page, E: ApiError> PageStream<P, E> {
    /// The next page; `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error<E>>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// Where the list stands now: before the page that comes next.
    pub fn continuation(&self) -> Continuation {
        self.walk.continuation()
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Response<P>, Error<E>>>> {
        let answer = match ready!(self.walk.poll(cx)) {
            None => return Poll::Ready(None),
            Some(answer) => answer,
        };
        let broke = answer.is_err();
        let page = finish::<P, E>(answer, |answer| read_whole(&answer.body));
        match &page {
            Ok(page) => {
                let items = records::split(page.raw(), P::ITEMS).map_or(0, |records| records.items.len());
                self.walk.take_skip();
                self.walk.advance(page.next(), items);
            }
            Err(_) if broke => {}
            Err(_) => self.walk.stop(),
        }
        Poll::Ready(Some(page))
    }
}

impl<P: Page, E: ApiError> Stream for PageStream<P, E> {
    type Item = Result<Response<P>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

impl<P, E> fmt::Debug for PageStream<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").field("continuation", &self.walk.continuation()).finish_non_exhaustive()
    }
}
