//! Where a list's pages come from.

use std::pin::Pin;
use std::task::{Context, Poll};

use serde_json::Value;

use crate::error::Error;

/// What one record of a provider becomes.
pub(crate) enum Group<T> {
    /// One record of the model, or an error about it.
    One(Result<T, Error>),
    /// Several, or none.
    Many(Vec<Result<T, Error>>),
}

/// One page: what its records become, made one by one as they are consumed.
pub(crate) struct PageOf<T> {
    pub(crate) groups: Box<dyn Iterator<Item = Group<T>> + Send>,
    /// How many of the page's records were consumed before, when a list is resumed inside it. They are not in `groups`.
    pub(crate) taken: usize,
    /// The position once so many of the page's records are consumed.
    pub(crate) position: Box<dyn Fn(usize) -> Value + Send>,
}

/// Where a list's pages come from.
pub(crate) trait Pages<T>: Send {
    /// The next page; `None` at the end. After an error it may go on or end.
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PageOf<T>, Error>>>;

    /// The position of the page that comes next.
    fn position(&self) -> Value;
}

pub(crate) type BoxPages<T> = Box<dyn Pages<T>>;

/// A page that one future gives; the list has no other.
pub(crate) struct OnePage<T, F> {
    future: Option<Pin<Box<F>>>,
    start: Value,
    page: std::marker::PhantomData<fn() -> T>,
}

impl<T, F: Future<Output = Result<PageOf<T>, Error>> + Send> OnePage<T, F> {
    pub(crate) fn new(start: Value, future: F) -> Self {
        Self { future: Some(Box::pin(future)), start, page: std::marker::PhantomData }
    }
}

impl<T, F: Future<Output = Result<PageOf<T>, Error>> + Send> Pages<T> for OnePage<T, F> {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PageOf<T>, Error>>> {
        let Some(future) = &mut self.future else { return Poll::Ready(None) };
        let result = std::task::ready!(future.as_mut().poll(cx));
        self.future = None;
        Poll::Ready(Some(result))
    }

    fn position(&self) -> Value {
        self.start.clone()
    }
}

/// A list that is nothing but an error.
pub(crate) fn failed<T: Send + 'static>(error: Error) -> BoxPages<T> {
    Box::new(OnePage::new(Value::Null, async move { Err::<PageOf<T>, Error>(error) }))
}
