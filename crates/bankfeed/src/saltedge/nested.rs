//! Lists of lists: the connections of each customer.

use std::task::{Context, Poll, ready};

use serde_json::{Value, json};

use crate::error::Error;
use crate::provider::ProviderId;
use crate::records::{BoxPages, Group, PageOf, Pages, failed, no_position};

/// Begins the list of a key, at a position in it.
type Inner<T> = Box<dyn FnMut(&str, Option<Value>) -> BoxPages<T> + Send>;

/// For each key of a list another list, one after the other.
///
/// A position is a key and a position in its list. Keys rise, so the outer list is begun at the key itself when the whole is resumed: keys
/// before it that came or went meanwhile change nothing, and when the key itself is gone, the list goes on with the next one.
pub(super) struct Nested<T> {
    outer: BoxPages<String>,
    keys: Option<Box<dyn Iterator<Item = Group<String>> + Send>>,
    inner: Inner<T>,
    current: Option<(String, BoxPages<T>)>,
    /// The position to take up in the first list, if it is that key's.
    resume: Option<(String, Value)>,
    /// Where the list stands while no key is current.
    between: Value,
    /// Whether the last page of the current list failed.
    failed: bool,
    over: bool,
}

impl<T: Send + 'static> Nested<T> {
    /// `outer` makes the list of keys, from a key on.
    pub(super) fn open(
        resume: Option<Value>,
        outer: impl FnOnce(Option<&str>) -> BoxPages<String>,
        inner: impl FnMut(&str, Option<Value>) -> BoxPages<T> + Send + 'static,
    ) -> BoxPages<T> {
        let at = match &resume {
            None => None,
            Some(at) => match at["key"].as_str() {
                Some(key) => Some((key.to_owned(), at["at"].clone())),
                None => return failed(no_position(&ProviderId::SALTEDGE)),
            },
        };
        Box::new(Self {
            outer: outer(at.as_ref().map(|(key, _)| key.as_str())),
            keys: None,
            inner: Box::new(inner),
            current: None,
            resume: at,
            between: resume.unwrap_or_default(),
            failed: false,
            over: false,
        })
    }

    /// The next key's list becomes the current one; an error about a key, or about a page of keys, comes instead.
    fn poll_key(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        loop {
            let Some(keys) = &mut self.keys else {
                match ready!(self.outer.poll_page(cx)) {
                    Some(Ok(page)) => self.keys = Some(page.groups),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => return Poll::Ready(None),
                }
                continue;
            };
            match keys.next() {
                Some(Group::One(Ok(key))) => {
                    let at = self.resume.take().filter(|(resumed, _)| *resumed == key).map(|(_, at)| at);
                    let pages = (self.inner)(&key, at.filter(|at| !at.is_null()));
                    self.current = Some((key, pages));
                    return Poll::Ready(Some(Ok(())));
                }
                Some(Group::One(Err(error))) => return Poll::Ready(Some(Err(error))),
                Some(Group::Many(_)) => {}
                None => self.keys = None,
            }
        }
    }
}

impl<T: Send + 'static> Pages<T> for Nested<T> {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PageOf<T>, Error>>> {
        loop {
            if self.over {
                return Poll::Ready(None);
            }
            let Some((key, pages)) = &mut self.current else {
                match ready!(self.poll_key(cx)) {
                    Some(Ok(())) => continue,
                    Some(Err(error)) if error.is_bad_record() => {
                        return Poll::Ready(Some(Ok(told(error, &self.between))));
                    }
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => return Poll::Ready(None),
                }
            };
            match ready!(pages.poll_page(cx)) {
                Some(Ok(page)) => {
                    self.failed = false;
                    let (key, position) = (key.clone(), page.position);
                    let position = Box::new(move |taken| json!({"key": key, "at": position(taken)}));
                    return Poll::Ready(Some(Ok(PageOf { position, ..page })));
                }
                Some(Err(error)) => {
                    self.failed = true;
                    return Poll::Ready(Some(Err(error)));
                }
                // What failed may hide records, so the lists after it are not read as if they came next.
                None if self.failed => self.over = true,
                None => {
                    self.between = json!({"key": key, "at": pages.position()});
                    self.current = None;
                }
            }
        }
    }

    fn position(&self) -> Value {
        match &self.current {
            Some((key, pages)) => json!({"key": key, "at": pages.position()}),
            None => self.between.clone(),
        }
    }
}

/// A page that tells of a key that could not be read. A list resumed after it tells so again.
fn told<T: 'static>(error: Error, at: &Value) -> PageOf<T> {
    let mut error = Some(error);
    let groups = std::iter::from_fn(move || error.take().map(|error| Group::One(Err(error))));
    let at = at.clone();
    PageOf { groups: Box::new(groups), taken: 0, position: Box::new(move |_| at.clone()) }
}
