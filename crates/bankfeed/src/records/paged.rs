//! Pages of a client's list, normalized.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bankfeed_runtime as rt;
use futures_core::Stream as _;
use serde_json::Value;

use super::pages::{BoxPages, Group, PageOf, Pages};
use super::token::no_position;
use crate::error::{Cause, Error, ErrorKind};
use crate::losses::Losses;
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::source::{List, Source};

/// How the records of a list are read.
#[derive(Clone)]
pub(crate) struct Read<E> {
    pub(crate) provider: ProviderId,
    /// The schema of the list's records in the provider's specification.
    pub(crate) schema: &'static str,
    pub(crate) losses: Losses,
    pub(crate) count_unmapped: bool,
    /// The facade's error for one of the client.
    pub(crate) error: fn(rt::Error<E>) -> Error,
}

/// Pages of a client's list, each record normalized by `map` when it is consumed.
pub(crate) fn paged<P, E, T>(
    read: Read<E>,
    stream: rt::ItemStream<P, E>,
    map: impl Fn(P::Item, &Cx<'_>) -> Group<T> + Send + Sync + 'static,
) -> BoxPages<T>
where
    P: rt::Page,
    E: rt::ApiError + Clone,
    T: Send + 'static,
{
    Box::new(Paged { read, batches: stream.batches(), map: Arc::new(map) })
}

/// The client's position that a token of ours holds; none begins the list.
///
/// # Errors
/// When it is no position of the client's.
pub(crate) fn continuation(at: Option<Value>, provider: &ProviderId) -> Result<Option<rt::Continuation>, Error> {
    let at = at.filter(|at| !at.is_null());
    at.map(serde_json::from_value).transpose().map_err(|_| no_position(provider))
}

/// Pages of a client's list from a position on. The lists of all clients have the same methods, but no trait for them.
macro_rules! pages_of {
    ($read:expr, $at:expr, $call:expr, $map:expr) => {{
        let read = $read;
        match $crate::records::continuation($at, &read.provider) {
            Ok(at) => {
                let mut call = $call;
                if let Some(at) = at {
                    call = call.resume(&at);
                }
                $crate::records::paged(read, call.stream(), $map)
            }
            Err(error) => $crate::records::failed(error),
        }
    }};
}
pub(crate) use pages_of;

struct Paged<P, E, M> {
    read: Read<E>,
    batches: rt::BatchStream<P, E>,
    map: Arc<M>,
}

impl<P, E, T, M> Pages<T> for Paged<P, E, M>
where
    P: rt::Page,
    E: rt::ApiError + Clone,
    T: Send + 'static,
    M: Fn(P::Item, &Cx<'_>) -> Group<T> + Send + Sync + 'static,
{
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PageOf<T>, Error>>> {
        let mut batch = match ready!(Pin::new(&mut self.batches).poll_next(cx)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err((self.read.error)(error).of_a_read()))),
            Some(Ok(batch)) => batch,
        };
        let (items, taken) = (std::mem::take(&mut batch.items), batch.taken);
        let list = Arc::new(List::new(batch.body.clone(), P::ITEMS));
        let (read, map) = (self.read.clone(), self.map.clone());
        let groups = items.into_iter().enumerate().skip(taken).map(move |(index, item)| {
            let source = Source::item(read.provider.clone(), read.schema, &list, index);
            match item {
                Ok(item) => {
                    let cx = Cx::new(&source, &read.losses);
                    cx.begin(read.count_unmapped);
                    map(item, &cx)
                }
                Err(error) => Group::One(Err(undecodable(&read, error))),
            }
        });
        let position = move |taken| to_value(&batch.continuation(taken));
        Poll::Ready(Some(Ok(PageOf { groups: Box::new(groups), taken, position: Box::new(position) })))
    }

    fn position(&self) -> Value {
        to_value(&self.batches.continuation())
    }
}

fn to_value(continuation: &rt::Continuation) -> Value {
    // Texts and numbers alone: there is nothing in it that could fail.
    serde_json::to_value(continuation).unwrap_or_default()
}

/// The error for one record that the client could not read.
fn undecodable<E: rt::ApiError>(read: &Read<E>, error: rt::Error<E>) -> Error {
    let (place, record) = (error.path().unwrap_or_default().to_owned(), error.raw().cloned());
    // The page's own part of the place names the same field differently for each record.
    let inside = place.split('/').skip_while(|part| part.parse::<usize>().is_err()).skip(1);
    let inside: String = inside.map(|part| format!("/{part}")).collect();
    read.losses.rejected(read.schema, &inside);
    Error::new(Cause::new(ErrorKind::BadRecord)).from_provider(read.provider.clone()).at(place, record).caused_by(error)
}
