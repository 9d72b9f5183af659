//! Lists that can be asked for once something else is known.

use std::task::{Context, Poll, ready};

use bankfeed_runtime::BoxFuture;
use serde_json::Value;

use crate::error::{Error, ErrorKind, RetryAdvice};
use crate::records::{BoxPages, PageOf, Pages};

/// How often in a row what has to be known first is asked for.
const MAX_FAILURES: u32 = 3;

/// Begins the list, at a position of it.
type Begin<T> = Box<dyn FnMut(Option<Value>) -> BoxFuture<Result<BoxPages<T>, Error>> + Send>;

/// A list that begins with a call of its own.
pub(super) struct Later<T> {
    begin: Begin<T>,
    start: Option<Value>,
    beginning: Option<BoxFuture<Result<BoxPages<T>, Error>>>,
    pages: Option<BoxPages<T>>,
    failures: u32,
    over: bool,
}

impl<T> Later<T> {
    pub(super) fn new(
        start: Option<Value>,
        begin: impl FnMut(Option<Value>) -> BoxFuture<Result<BoxPages<T>, Error>> + Send + 'static,
    ) -> Self {
        Self { begin: Box::new(begin), start, beginning: None, pages: None, failures: 0, over: false }
    }
}

impl<T> Pages<T> for Later<T> {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PageOf<T>, Error>>> {
        loop {
            if let Some(pages) = &mut self.pages {
                return pages.poll_page(cx);
            }
            if self.over {
                return Poll::Ready(None);
            }
            let begin = &mut self.begin;
            let beginning = self.beginning.get_or_insert_with(|| begin(self.start.clone()));
            let begun = ready!(beginning.as_mut().poll(cx));
            self.beginning = None;
            match begun {
                Ok(pages) => self.pages = Some(pages),
                Err(error) => {
                    self.failures += 1;
                    self.over = !may_pass(&error) || self.failures >= MAX_FAILURES;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    fn position(&self) -> Value {
        match &self.pages {
            Some(pages) => pages.position(),
            None => self.start.clone().unwrap_or_default(),
        }
    }
}

fn may_pass(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Network)
        || matches!(error.advice(), RetryAdvice::Now | RetryAdvice::Later | RetryAdvice::After(_))
}
