//! Claiming booked transactions for pending ones, the strongest claims first.
//!
//! Every pass looks booked ones up by what they must have in common, so that it takes about as long as there are
//! transactions, even if all of them are equal.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::RangeInclusive;

use super::facts::{Facts, Side};
use super::reconcile::{Confidence, Match, Reason, Reconciliation};
use crate::Decimal;
use crate::model::Transaction;

/// How many days after it was made a transaction may be booked.
const WINDOW: i64 = 8;

pub(super) struct Claims<'a> {
    pending: Vec<Facts<'a>>,
    booked: Vec<Facts<'a>>,
    /// The indexes in an order that depends on what the transactions say alone.
    pending_order: Vec<usize>,
    booked_order: Vec<usize>,
    /// What each pending one has become.
    of_pending: Vec<Option<Match>>,
    /// Whether a booked one is taken.
    taken: Vec<bool>,
}

/// Booked ones by what is looked for, each in several places; those that were taken elsewhere are dropped when met.
type Queues<K> = HashMap<K, VecDeque<usize>>;

/// Which end of a range is looked at first.
#[derive(Clone, Copy)]
enum End {
    Least,
    Greatest,
}

impl<'a> Claims<'a> {
    pub(super) fn new(pending: &'a [Transaction], booked: &'a [Transaction]) -> Self {
        Self {
            pending: pending.iter().map(Facts::of).collect(),
            booked: booked.iter().map(Facts::of).collect(),
            pending_order: order(pending),
            booked_order: order(booked),
            of_pending: vec![None; pending.len()],
            taken: vec![false; booked.len()],
        }
    }

    /// Those with the same name of a kind, which nothing else has.
    pub(super) fn certain(&mut self, name: impl Fn(&Transaction) -> Option<&str>) {
        fn add<'t>(
            found: &mut HashMap<(Side<'t>, &'t str), Option<usize>>,
            facts: &Facts<'t>,
            name: Option<&'t str>,
            index: usize,
        ) {
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                // A name that comes again names nothing.
                found.entry((facts.side, name)).and_modify(|found| *found = None).or_insert(Some(index));
            }
        }
        let (mut named, mut wanted) = (HashMap::new(), HashMap::new());
        for (index, facts) in self.booked.iter().enumerate() {
            add(&mut named, facts, name(facts.transaction), index);
        }
        for (index, facts) in self.pending.iter().enumerate() {
            add(&mut wanted, facts, name(facts.transaction), index);
        }
        let pairs: Vec<_> =
            wanted.iter().filter_map(|(key, pending)| Some(((*pending)?, (*named.get(key)?)?))).collect();
        for (pending, booked) in pairs {
            self.claim(pending, booked, Confidence::Certain, false);
        }
    }

    /// The same amount and a text in common, the nearest day first.
    pub(super) fn same_amount_and_text(&mut self) {
        let mut queues: Queues<(Side<'a>, Decimal, Option<i64>, String)> = HashMap::new();
        for &index in &self.booked_order {
            let facts = &self.booked[index];
            for (day, text) in facts.days.iter().flat_map(|day| facts.texts.iter().map(move |text| (*day, text))) {
                queues.entry((facts.side, facts.amount, day, text.clone())).or_default().push_back(index);
            }
        }
        self.by_day(|claims, pending, day| {
            let facts = &claims.pending[pending];
            let key = |text: &String| (facts.side, facts.amount, day, text.clone());
            let keys: Vec<_> = facts.texts.iter().map(key).collect();
            let booked = keys.iter().find_map(|key| claims.free(queues.get_mut(key)?))?;
            Some((booked, Confidence::Likely))
        });
    }

    /// The same amount, where neither side has anybody else to go with.
    pub(super) fn only_candidates(&mut self) {
        type Days = BTreeMap<Option<i64>, Vec<usize>>;
        type ByAmount<'a> = HashMap<(Side<'a>, Decimal), Days>;
        let (mut booked, mut pending): (ByAmount<'_>, ByAmount<'_>) = (HashMap::new(), HashMap::new());
        for (index, facts) in self.booked.iter().enumerate().filter(|(index, _)| !self.taken[*index]) {
            for day in &facts.days {
                booked.entry((facts.side, facts.amount)).or_default().entry(*day).or_default().push(index);
            }
        }
        for (index, facts) in self.pending.iter().enumerate().filter(|(index, _)| self.of_pending[*index].is_none()) {
            pending.entry((facts.side, facts.amount)).or_default().entry(facts.day).or_default().push(index);
        }
        /// The one that stands in a range of days, if there is one and no other.
        fn alone(days: &Days, ranges: impl Iterator<Item = RangeInclusive<Option<i64>>>) -> Option<usize> {
            let mut found = None;
            for index in ranges.flat_map(|range| days.range(range)).flat_map(|(_, indexes)| indexes) {
                if found.is_some_and(|found| found != *index) {
                    return None;
                }
                found = Some(*index);
            }
            found
        }
        let mut pairs = Vec::new();
        for (key, days) in &pending {
            let Some(candidates) = booked.get(key) else { continue };
            for &index in days.values().flatten() {
                let day = self.pending[index].day;
                let later = day..=day.map(|day| day + WINDOW);
                let Some(candidate) = alone(candidates, std::iter::once(later)) else { continue };
                let earlier = |day: &Option<i64>| day.map(|day| day - WINDOW)..=*day;
                if alone(days, self.booked[candidate].days.iter().map(earlier)) == Some(index) {
                    pairs.push((index, candidate));
                }
            }
        }
        for (pending, booked) in pairs {
            self.claim(pending, booked, Confidence::Likely, true);
        }
    }

    /// The same amount, the nearest day first.
    pub(super) fn same_amount(&mut self) {
        let mut queues: Queues<(Side<'a>, Decimal, Option<i64>)> = HashMap::new();
        for &index in &self.booked_order {
            let facts = &self.booked[index];
            for day in &facts.days {
                queues.entry((facts.side, facts.amount, *day)).or_default().push_back(index);
            }
        }
        self.by_day(|claims, pending, day| {
            let facts = &claims.pending[pending];
            let booked = claims.free(queues.get_mut(&(facts.side, facts.amount, day))?)?;
            Some((booked, Confidence::Suggestion))
        });
    }

    /// Nearly the same amount and a text in common, the nearest day first, then the nearest amount.
    pub(super) fn close_amount_and_text(&mut self) {
        type Amounts = BTreeMap<Decimal, VecDeque<usize>>;
        let mut queues: HashMap<(Side<'a>, Option<i64>, String), Amounts> = HashMap::new();
        for &index in self.booked_order.iter().filter(|index| !self.taken[**index]) {
            let facts = &self.booked[index];
            for (day, text) in facts.days.iter().flat_map(|day| facts.texts.iter().map(move |text| (*day, text))) {
                let amounts = queues.entry((facts.side, day, text.clone())).or_default();
                amounts.entry(facts.amount).or_default().push_back(index);
            }
        }
        self.by_day(|claims, pending, day| {
            let facts = &claims.pending[pending];
            let (low, high) = around(facts.amount)?;
            let key = |text: &String| (facts.side, day, text.clone());
            let keys: Vec<_> = facts.texts.iter().map(key).collect();
            let mut nearest: Option<(Decimal, usize)> = None;
            for key in &keys {
                let Some(amounts) = queues.get_mut(key) else { continue };
                for found in [
                    claims.first(amounts, low..=facts.amount, End::Greatest),
                    claims.first(amounts, facts.amount..=high, End::Least),
                ] {
                    let found = found.map(|(amount, index)| ((amount - facts.amount).abs(), index));
                    if found.is_some_and(|found| nearest.is_none_or(|nearest| found.0 < nearest.0)) {
                        nearest = found;
                    }
                }
            }
            nearest.map(|(_, booked)| (booked, Confidence::Suggestion))
        });
    }

    /// What became of all of them.
    pub(super) fn finish(self) -> Reconciliation {
        let unmatched = self.of_pending.iter().enumerate().filter(|(_, found)| found.is_none());
        Reconciliation {
            unmatched: unmatched.map(|(index, _)| index).collect(),
            matches: self.of_pending.into_iter().flatten().collect(),
        }
    }

    /// Asks for a booked one for every pending one that has none: for all of them on the same day first, then a day later,
    /// and so on.
    fn by_day(&mut self, mut find: impl FnMut(&Self, usize, Option<i64>) -> Option<(usize, Confidence)>) {
        for distance in 0..=WINDOW {
            for place in 0..self.pending_order.len() {
                let pending = self.pending_order[place];
                let day = self.pending[pending].day;
                if self.of_pending[pending].is_some() || (day.is_none() && distance > 0) {
                    continue;
                }
                if let Some((booked, confidence)) = find(self, pending, day.map(|day| day + distance)) {
                    self.claim(pending, booked, confidence, false);
                }
            }
        }
    }

    /// The first one of a queue that is not taken. It stays there; once it is claimed it is dropped.
    fn free(&self, queue: &mut VecDeque<usize>) -> Option<usize> {
        while let Some(&index) = queue.front() {
            if !self.taken[index] {
                return Some(index);
            }
            queue.pop_front();
        }
        None
    }

    /// The free one of the least amount in a range, or of the greatest.
    fn first(
        &self,
        amounts: &mut BTreeMap<Decimal, VecDeque<usize>>,
        range: RangeInclusive<Decimal>,
        from: End,
    ) -> Option<(Decimal, usize)> {
        loop {
            let mut inside = amounts.range_mut(range.clone());
            let (&amount, queue) = match from {
                End::Least => inside.next()?,
                End::Greatest => inside.next_back()?,
            };
            match self.free(queue) {
                Some(index) => return Some((amount, index)),
                None => amounts.remove(&amount),
            };
        }
    }

    fn claim(&mut self, pending: usize, booked: usize, confidence: Confidence, alone: bool) {
        if self.of_pending[pending].is_some() || self.taken[booked] {
            return;
        }
        let mut reasons = reasons(&self.pending[pending], &self.booked[booked]);
        if alone {
            reasons.push(Reason::OnlyCandidate);
        }
        self.taken[booked] = true;
        self.of_pending[pending] = Some(Match { pending, booked, confidence, reasons });
    }
}

/// Everything that speaks for a match.
fn reasons(pending: &Facts<'_>, booked: &Facts<'_>) -> Vec<Reason> {
    let (one, other) = (pending.transaction, booked.transaction);
    let named = |one: Option<&str>, other: Option<&str>| one.is_some_and(|one| !one.is_empty() && Some(one) == other);
    let close = || around(pending.amount).is_some_and(|(low, high)| (low..=high).contains(&booked.amount));
    let distance = pending.distance(booked, WINDOW).filter(|_| pending.day.is_some());
    let id = |transaction: &'_ Transaction| transaction.id.as_ref().map(|id| id.as_str().to_owned());
    [
        (Reason::SameId, named(id(one).as_deref(), id(other).as_deref())),
        (Reason::SameBankReference, named(one.bank_reference.as_deref(), other.bank_reference.as_deref())),
        (Reason::SameAmount, pending.amount == booked.amount),
        (Reason::CloseAmount, pending.amount != booked.amount && close()),
        (Reason::SameText, pending.shares_text(booked)),
        (Reason::SameDay, distance == Some(0)),
        (Reason::CloseDay, distance.is_some_and(|distance| distance > 0)),
    ]
    .into_iter()
    .filter_map(|(reason, holds)| holds.then_some(reason))
    .collect()
}

/// What is nearly the same amount: 30 % less to 30 % more.
fn around(amount: Decimal) -> Option<(Decimal, Decimal)> {
    let tolerance = amount.checked_mul(Decimal::new(3, 1))?;
    Some((amount.checked_sub(tolerance)?, amount.checked_add(tolerance)?))
}

/// Indexes by what the transactions say, so that the order they came in makes no difference.
fn order(transactions: &[Transaction]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..transactions.len()).collect();
    order.sort_by_cached_key(|index| serde_json::to_string(&transactions[*index]).unwrap_or_default());
    order
}
