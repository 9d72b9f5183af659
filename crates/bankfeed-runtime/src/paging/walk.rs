//! Going from page to page, whatever is on them.

use std::task::{Context, Poll};

use super::continuation::Continuation;
use super::cycle::Cycle;
use super::link;
use crate::call::Paging;
use crate::call::draft::Draft;
use crate::error::{Failure, Kind};
use crate::transport::{Answer, BoxFuture, Inspect, Transport};

/// How many pages in a row may be empty and still name a next one.
const MAX_EMPTY: u32 = 100;
/// How often in a row the same page may fail before the list ends.
const MAX_FAILURES: u32 = 3;

/// The way through the pages of one list.
pub(super) struct Walk {
    transport: Transport,
    draft: Box<Draft>,
    inspect: Inspect,
    /// The position of the page asked for next; `None` for the first.
    position: Option<String>,
    cycle: Cycle,
    empty: u32,
    failures: u32,
    /// Whether the list was read to its end.
    finished: bool,
    /// Whether nothing more will come, for whatever reason.
    over: bool,
    /// A failure to report once the items before it are taken.
    pending: Option<Box<Failure>>,
    flight: Option<BoxFuture<Result<Answer, Box<Failure>>>>,
    /// Items of the next page already taken before.
    skip: u64,
}

impl Walk {
    pub(super) fn new(transport: Transport, mut draft: Box<Draft>, inspect: Inspect) -> Self {
        let resume = draft.resume.take();
        let mut walk = Self {
            transport,
            draft,
            inspect,
            position: None,
            cycle: Cycle::default(),
            empty: 0,
            failures: 0,
            finished: false,
            over: false,
            pending: None,
            flight: None,
            skip: 0,
        };
        if let Some(continuation) = resume {
            walk.resume(continuation);
        }
        walk
    }

    fn resume(&mut self, continuation: Continuation) {
        if let Some(mismatch) = continuation.mismatch(&self.draft) {
            self.pending = Some(self.failure(mismatch));
            return;
        }
        let Continuation { position, taken, finished, .. } = continuation;
        // A stored link is a path; one that was tampered with must not lead elsewhere.
        if let (Paging::Link, Some(link)) = (self.draft.operation.paging, &position)
            && link::follow(&self.draft, self.transport.shared(), "", link).as_ref() != Some(link)
        {
            self.pending = Some(self.failure("the continuation leads to another host"));
            return;
        }
        self.position = position;
        self.skip = taken;
        self.finished = finished;
        self.over = finished;
    }

    fn failure(&self, message: &str) -> Box<Failure> {
        Box::new(Failure::new(Kind::Paging, self.draft.operation.id, message))
    }

    /// The next page's answer.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Answer, Box<Failure>>>> {
        if let Some(failure) = self.pending.take() {
            self.over = true;
            return Poll::Ready(Some(Err(failure)));
        }
        if self.over {
            return Poll::Ready(None);
        }
        let mut flight = match self.flight.take() {
            Some(flight) => flight,
            None => self.transport.exchange(self.request(), self.inspect),
        };
        let result = match flight.as_mut().poll(cx) {
            Poll::Ready(result) => result,
            Poll::Pending => {
                self.flight = Some(flight);
                return Poll::Pending;
            }
        };
        match &result {
            Ok(_) => self.failures = 0,
            Err(failure) => {
                self.failures += 1;
                if !failure.is_passing() || self.failures >= MAX_FAILURES {
                    self.over = true;
                }
            }
        }
        Poll::Ready(Some(result))
    }

    fn request(&self) -> Box<Draft> {
        let mut draft = self.draft.clone();
        if let Some(position) = &self.position {
            draft.set_position(position);
        }
        draft
    }

    /// Goes on after a page: to its next, or to the end. Trouble with the next page shows when it is asked for.
    pub(super) fn advance(&mut self, next: Option<String>, items: usize) {
        let next = match self.position_after(next, items) {
            Ok(next) => next,
            Err(message) => {
                self.pending = Some(self.failure(message));
                return;
            }
        };
        let Some(next) = next else {
            self.finished = true;
            self.over = true;
            return;
        };
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
        if self.position.as_ref() == Some(&next) || self.cycle.closes(&next) {
            self.pending = Some(self.failure("the pages of the list run in a circle"));
        } else if self.empty >= MAX_EMPTY {
            self.pending = Some(self.failure("too many empty pages in a row"));
        }
        self.position = Some(next);
    }

    fn position_after(&self, next: Option<String>, items: usize) -> Result<Option<String>, &'static str> {
        let Some(next) = next else { return Ok(None) };
        match self.draft.operation.paging {
            Paging::None => Ok(None),
            Paging::Cursor { .. } => Ok((!next.is_empty()).then_some(next)),
            Paging::Link if next.is_empty() => Ok(None),
            Paging::Link => {
                let path = match &self.position {
                    Some(position) => position.clone(),
                    None => {
                        let base = self.transport.shared().base.path().trim_end_matches('/');
                        format!("{base}{}", self.draft.filled_path().unwrap_or_default())
                    }
                };
                let next = link::follow(&self.draft, self.transport.shared(), &path, &next);
                next.map(Some).ok_or("the link to the next page leads to another host")
            }
            Paging::Page { first, .. } => self.counted(next, first, 1),
            // Nothing counted on by nothing would be the same page again.
            Paging::Offset { .. } if items == 0 && next.is_empty() => Ok(None),
            Paging::Offset { .. } => self.counted(next, 0, items as u64),
        }
    }

    fn counted(&self, next: String, first: u64, step: u64) -> Result<Option<String>, &'static str> {
        if !next.is_empty() {
            return Ok(Some(next));
        }
        let sent = self.position.as_deref().or_else(|| self.draft.position());
        let current: u64 = match sent {
            Some(text) => text.parse().map_err(|_| "the position of the page is not a number")?,
            None => first,
        };
        Ok(Some(current.saturating_add(step).to_string()))
    }

    /// Whether the list goes on by counting, until a page is empty.
    pub(super) fn counts(&self) -> bool {
        matches!(self.draft.operation.paging, Paging::Page { .. } | Paging::Offset { .. })
    }

    /// Ends the list because of its content.
    pub(super) fn stop(&mut self) {
        self.over = true;
    }

    /// The position of the page asked for next.
    pub(super) fn position(&self) -> Option<&String> {
        self.position.as_ref()
    }

    /// How many items of the next page were taken before; asked once per page.
    pub(super) fn take_skip(&mut self) -> u64 {
        std::mem::take(&mut self.skip)
    }

    /// A continuation at the page asked for next.
    pub(super) fn continuation(&self) -> Continuation {
        Continuation::new(&self.draft, self.position.clone(), self.skip, self.finished)
    }

    /// A continuation inside a page.
    pub(super) fn continuation_at(&self, position: Option<String>, taken: u64) -> Continuation {
        Continuation::new(&self.draft, position, taken, false)
    }
}
