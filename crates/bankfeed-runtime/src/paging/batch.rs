//! Lists by pages that keep what could be read of each.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::continuation::Continuation;
use super::page::Page;
use super::stream::read_page;
use super::walk::Walk;
use crate::error::{ApiError, Error};

/// One page's items, each read or refused, with the text they came in.
///
/// For those who build streams of their own: they see pages, and lose single records only.
pub struct Batch<T, E> {
    /// The items, in the order of the page. The first ones were taken before when a list is resumed in a page: see
    /// [`taken`](Self::taken).
    pub items: Vec<Result<T, Error<E>>>,
    /// The page as it came.
    pub body: Bytes,
    /// How many of the items were taken before.
    pub taken: usize,
    start: Continuation,
}

impl<T, E> Batch<T, E> {
    /// Where the list stands once this many items of the page are taken, counted from its first.
    pub fn continuation(&self, taken: usize) -> Continuation {
        let mut continuation = self.start.clone();
        continuation.taken = taken as u64;
        continuation
    }
}

impl<T, E> fmt::Debug for Batch<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("items", &self.items.len()).field("start", &self.start).finish_non_exhaustive()
    }
}

/// A page of `P`s, or why there is none.
type Read<P, E> = Result<Batch<<P as Page>::Item, E>, Error<E>>;

/// The pages of a list as [`Batch`]es.
///
/// Polled before the items of a page are used up, it asks for the next page meanwhile.
pub struct BatchStream<P, E> {
    walk: Walk,
    page: PhantomData<fn() -> (P, E)>,
}

impl<P: Page, E: ApiError> BatchStream<P, E> {
    pub(super) fn new(walk: Walk) -> Self {
        Self { walk, page: PhantomData }
    }

    /// The next page; `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Result<Batch<P::Item, E>, Error<E>>> {
        poll_fn(|cx| self.poll_batch(cx)).await
    }

    /// Where the list stands now: before the page that comes next.
    pub fn continuation(&self) -> Continuation {
        self.walk.continuation()
    }

    fn poll_batch(&mut self, cx: &mut Context<'_>) -> Poll<Option<Read<P, E>>> {
        let answer = match ready!(self.walk.poll(cx)) {
            None => return Poll::Ready(None),
            Some(Ok(answer)) => answer,
            Some(Err(failure)) => return Poll::Ready(Some(Err(Error::from_failure(failure)))),
        };
        let body = answer.body.clone();
        match read_page::<P, E>(answer, self.walk.counts()) {
            Ok((items, next)) => {
                let start = self.walk.continuation();
                let taken = usize::try_from(self.walk.take_skip()).unwrap_or(usize::MAX).min(items.len());
                self.walk.advance(next, items.len());
                Poll::Ready(Some(Ok(Batch { items, body, taken, start })))
            }
            Err(error) => {
                self.walk.stop();
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

impl<P: Page, E: ApiError> Stream for BatchStream<P, E> {
    type Item = Result<Batch<P::Item, E>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_batch(cx)
    }
}

impl<P, E> fmt::Debug for BatchStream<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchStream").field("continuation", &self.walk.continuation()).finish_non_exhaustive()
    }
}
