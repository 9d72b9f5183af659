//! Lists that are made of several, one after another.

use std::task::{Context, Poll};

use serde_json::{Value, json};

use super::pages::{BoxPages, PageOf, Pages, failed};
use super::token::no_position;
use crate::error::Error;
use crate::provider::ProviderId;

/// Makes the list with a number, from a position in it; `None` past the last one.
type MakeLeg<T> = Box<dyn FnMut(usize, Option<Value>) -> Option<BoxPages<T>> + Send>;

/// Several lists, one after another: booked transactions, then pending ones.
pub(crate) struct Legs<T> {
    make: MakeLeg<T>,
    leg: usize,
    current: Option<BoxPages<T>>,
    /// Whether the last page failed.
    failed: bool,
}

impl<T: Send + 'static> Legs<T> {
    /// The lists from a position on; none begins the first.
    pub(crate) fn open(
        provider: &ProviderId,
        resume: Option<&Value>,
        make: impl FnMut(usize, Option<Value>) -> Option<BoxPages<T>> + Send + 'static,
    ) -> BoxPages<T> {
        let leg = match resume {
            None => Some(0),
            Some(at) => at["leg"].as_u64().and_then(|leg| usize::try_from(leg).ok()),
        };
        let Some(leg) = leg else { return failed(no_position(provider)) };
        let mut make: MakeLeg<T> = Box::new(make);
        let current = make(leg, resume.map(|at| at["at"].clone()));
        Box::new(Self { make, leg, current, failed: false })
    }
}

impl<T: 'static> Pages<T> for Legs<T> {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PageOf<T>, Error>>> {
        loop {
            let Some(current) = &mut self.current else { return Poll::Ready(None) };
            match std::task::ready!(current.poll_page(cx)) {
                Some(Ok(page)) => {
                    self.failed = false;
                    let (leg, position) = (self.leg, page.position);
                    let position = Box::new(move |taken| json!({"leg": leg, "at": position(taken)}));
                    return Poll::Ready(Some(Ok(PageOf { position, ..page })));
                }
                Some(Err(error)) => {
                    self.failed = true;
                    return Poll::Ready(Some(Err(error)));
                }
                // What failed may hide records, so the lists after it are not read as if they came next.
                None if self.failed => return Poll::Ready(None),
                None => {
                    self.leg += 1;
                    self.current = (self.make)(self.leg, None);
                }
            }
        }
    }

    fn position(&self) -> Value {
        json!({"leg": self.leg, "at": self.current.as_ref().map(|current| current.position())})
    }
}
