//! The laws of lists: each record once, wherever a list is left, however far ahead it reads.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use super::*;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::provider::ProviderId;

impl repeats::Marked for usize {
    fn mark(&self) -> Option<u64> {
        None
    }
}

/// A text is the record that it was before.
impl repeats::Marked for &'static str {
    fn mark(&self) -> Option<u64> {
        Some(self.bytes().map(u64::from).sum())
    }
}

const PROVIDER: ProviderId = ProviderId::new("test");

/// A list of pages of records, each of which becomes so many numbers; a page is there when it was polled so often.
struct Script {
    pages: Arc<Vec<Vec<usize>>>,
    next: usize,
    skip: usize,
    polls_each: usize,
    polls: usize,
    asked: Arc<AtomicUsize>,
    first: usize,
}

impl Script {
    fn open(
        pages: &Arc<Vec<Vec<usize>>>,
        first: usize,
        at: Option<&Value>,
        asked: &Arc<AtomicUsize>,
    ) -> BoxPages<usize> {
        let number = |name: &str| at.map_or(0, |at| usize::try_from(at[name].as_u64().unwrap()).unwrap());
        Box::new(Self {
            pages: pages.clone(),
            next: number("page"),
            skip: number("taken"),
            polls_each: 2,
            polls: 0,
            asked: asked.clone(),
            first,
        })
    }

    fn groups(sizes: &[usize], mut first: usize) -> Vec<Group<usize>> {
        let group = |size: &usize| {
            let numbers = first..first + size;
            first += size;
            if *size == 1 { Group::One(Ok(numbers.start)) } else { Group::Many(numbers.map(Ok).collect()) }
        };
        sizes.iter().map(group).collect()
    }
}

impl Pages<usize> for Script {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PageOf<usize>, Error>>> {
        let Some(sizes) = self.pages.get(self.next) else { return Poll::Ready(None) };
        self.polls += 1;
        if self.polls < self.polls_each {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.polls = 0;
        self.asked.fetch_add(1, Ordering::Relaxed);
        let before: usize = self.pages[..self.next].iter().flatten().sum();
        let (page, taken) = (self.next, std::mem::take(&mut self.skip));
        self.next += 1;
        let groups = Self::groups(sizes, self.first + before).into_iter().skip(taken);
        let position = move |taken| json!({"page": page, "taken": taken});
        Poll::Ready(Some(Ok(PageOf { groups: Box::new(groups), taken, position: Box::new(position) })))
    }

    fn position(&self) -> Value {
        json!({"page": self.next, "taken": self.skip})
    }
}

fn scope() -> Scope {
    Scope::new(PROVIDER, "numbers", &[Some("all")])
}

/// Two lists, one after the other.
fn list(pages: &[Arc<Vec<Vec<usize>>>; 2], paging: &Paging, asked: &Arc<AtomicUsize>) -> Records<usize> {
    let (pages, asked) = (pages.clone(), asked.clone());
    let middle: usize = pages[0].iter().flatten().sum();
    Records::open(scope(), paging, Losses::default(), move |at| {
        Legs::open(&PROVIDER, at.as_ref(), move |leg, at| {
            let first = if leg == 0 { 0 } else { middle };
            Some(Script::open(pages.get(leg)?, first, at.as_ref(), &asked))
        })
    })
}

fn numbers(sizes: Vec<Vec<usize>>) -> Arc<Vec<Vec<usize>>> {
    Arc::new(sizes)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        rng_seed: RngSeed::Fixed(11),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_list_left_after_any_record_gives_the_rest_once(
        first in prop::collection::vec(prop::collection::vec(0..4usize, 0..4), 0..4),
        second in prop::collection::vec(prop::collection::vec(0..4usize, 0..4), 0..4),
        prefetch in any::<bool>(),
    ) {
        let pages = [numbers(first), numbers(second)];
        let total: usize = pages.iter().flat_map(|pages| pages.iter().flatten()).sum();
        let asked = Arc::default();
        bankfeed_testing::run(async move {
            for left_after in 0..=total {
                let paging = if prefetch { Paging::default() } else { Paging::default().without_prefetch() };
                let mut one = list(&pages, &paging, &asked);
                let mut seen = Vec::new();
                for _ in 0..left_after {
                    seen.push(one.next().await.unwrap().unwrap());
                }
                // As an application stores it.
                let token: ResumeToken = one.resume_token().to_string().parse().unwrap();
                let rest = list(&pages, &paging.clone().resume(token), &asked);
                seen.extend(rest.collect_all().await.unwrap());
                assert_eq!(seen, Vec::from_iter(0..total), "left after {left_after}");
            }
        });
    }
}

#[tokio::test]
async fn one_page_is_fetched_ahead_and_never_two() {
    let pages = [numbers(vec![vec![1; 5], vec![1; 5], vec![1; 5], vec![1; 5]]), numbers(vec![])];
    let asked = Arc::default();
    let mut list = list(&pages, &Paging::default(), &asked);
    for taken in 1..=20 {
        list.next().await.unwrap().unwrap();
        let page = (taken - 1) / 5;
        let ahead = asked.load(Ordering::Relaxed) - page;
        assert!((1..=2).contains(&ahead), "{ahead} pages from page {page} on");
    }
    assert!(list.next().await.is_none());
    assert!(list.resume_token().is_finished());
}

#[tokio::test]
async fn without_prefetch_a_page_is_fetched_when_it_is_needed() {
    let pages = [numbers(vec![vec![1; 3], vec![1; 3]]), numbers(vec![])];
    let asked = Arc::default();
    let mut list = list(&pages, &Paging::default().without_prefetch(), &asked);
    for taken in 1..=3 {
        list.next().await.unwrap().unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 1, "after {taken}");
    }
    list.next().await.unwrap().unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[test]
fn a_page_that_is_not_there_yet_does_not_hold_back_the_records_that_are() {
    let pages = [numbers(vec![vec![1; 3], vec![1; 3]]), numbers(vec![])];
    let mut list = list(&pages, &Paging::default(), &Arc::default());
    let mut cx = Context::from_waker(Waker::noop());
    let mut poll = || futures_core::Stream::poll_next(std::pin::Pin::new(&mut list), &mut cx);
    assert!(poll().is_pending());
    let ready = std::iter::repeat_with(poll).take(3).filter(Poll::is_ready).count();
    assert_eq!(ready, 3);
}

/// A page that fails, once or for good.
struct Failing {
    left: usize,
    for_good: bool,
}

impl Pages<usize> for Failing {
    fn poll_page(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<PageOf<usize>, Error>>> {
        match self.left {
            0 => Poll::Ready(None),
            left => {
                self.left -= 1;
                let last = left == 1 && !self.for_good;
                let page =
                    || PageOf { groups: Box::new(std::iter::empty()), taken: 0, position: Box::new(|_| json!(1)) };
                Poll::Ready(Some(if last { Ok(page()) } else { Err(Error::of(ErrorKind::Network)) }))
            }
        }
    }

    fn position(&self) -> Value {
        json!({"left": self.left})
    }
}

#[tokio::test]
async fn a_list_that_failed_is_not_finished_and_one_that_recovered_is() {
    for for_good in [true, false] {
        let open = |_| -> BoxPages<usize> { Box::new(Failing { left: 2, for_good }) };
        let mut list = Records::open(scope(), &Paging::default(), Losses::default(), open);
        let first = list.next().await.unwrap().unwrap_err();
        assert_eq!(first.kind(), ErrorKind::Network);
        if for_good {
            assert!(list.next().await.unwrap().is_err());
        }
        assert!(list.next().await.is_none());
        assert_eq!(list.resume_token().is_finished(), !for_good);
    }
}

#[tokio::test]
async fn after_a_list_that_failed_the_next_one_is_not_read_as_if_it_came_next() {
    let open = |_| -> BoxPages<usize> {
        Legs::open(&PROVIDER, None, |leg, _| {
            assert_eq!(leg, 0, "the first list failed");
            Some(Box::new(Failing { left: 2, for_good: true }))
        })
    };
    let mut list = Records::open(scope(), &Paging::default(), Losses::default(), open);
    assert!(list.next().await.unwrap().is_err());
    assert!(list.next().await.unwrap().is_err());
    assert!(list.next().await.is_none());
    assert!(!list.resume_token().is_finished());
}

#[tokio::test]
async fn a_token_of_another_list_provider_or_filter_is_refused() {
    let pages = [numbers(vec![vec![1; 3]]), numbers(vec![])];
    let token = list(&pages, &Paging::default(), &Arc::default()).resume_token();
    let refused = |scope: Scope| {
        let open = |_| -> BoxPages<usize> { panic!("nothing is asked for") };
        Records::open(scope, &Paging::default().resume(token.clone()), Losses::default(), open)
    };
    let others = [
        Scope::new(ProviderId::new("other"), "numbers", &[Some("all")]),
        Scope::new(PROVIDER, "letters", &[Some("all")]),
        Scope::new(PROVIDER, "numbers", &[Some("few")]),
        Scope::new(PROVIDER, "numbers", &[None]),
    ];
    for other in others {
        let mut list = refused(other);
        assert_eq!(list.next().await.unwrap().unwrap_err().kind(), ErrorKind::ResumeRefused);
        assert!(list.next().await.is_none());
        assert!(!list.resume_token().is_finished());
    }
    assert_eq!("{}".parse::<ResumeToken>().unwrap_err().kind(), ErrorKind::ResumeRefused);
}

#[tokio::test]
async fn a_list_from_memory_notices_that_it_changed() {
    let open = |records: Vec<&'static str>, paging: &Paging| -> Records<&'static str> {
        let records = records.into_iter().map(Ok).collect::<Vec<_>>();
        Records::open(scope(), paging, Losses::default(), |at| {
            whole(at, async move { Ok(records) }, |text| (*text).to_owned())
        })
    };
    let mut list = open(vec!["a", "b", "c"], &Paging::default());
    list.next().await.unwrap().unwrap();
    list.next().await.unwrap().unwrap();
    let paging = Paging::default().resume(list.resume_token());
    assert_eq!(open(vec!["a", "b", "c", "d"], &paging).collect_all().await.unwrap(), ["c", "d"]);
    let changed = open(vec!["new", "a", "b", "c"], &paging).collect_all().await.unwrap_err();
    assert_eq!(changed.kind(), ErrorKind::ResumeRefused);
    assert_eq!(open(vec!["a"], &paging).collect_all().await.unwrap_err().kind(), ErrorKind::ResumeRefused);
}

#[tokio::test]
async fn a_record_that_comes_again_is_yielded_once_and_counted() {
    let records: Vec<_> = ["a", "b", "a", "c", "c", "d"].into_iter().map(Ok).collect();
    let mut list: Records<&'static str> = Records::open(scope(), &Paging::default(), Losses::default(), |at| {
        whole(at, async move { Ok(records) }, |text| (*text).to_owned())
    });
    let mut all = Vec::new();
    while let Some(record) = list.next().await {
        all.push(record.unwrap());
    }
    assert_eq!(all, ["a", "b", "c", "d"]);
    assert_eq!(list.losses().repeated, 2);
}
