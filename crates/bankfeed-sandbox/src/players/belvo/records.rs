//! Records of links: listed, shown, removed.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::filter::{self, Filter, Operator};
use super::listing::{self, Choice};
use super::resource::{Resource, Run};
use super::view::{Seat, View, kind};
use super::{Belvo, banking};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// Records that were removed: kind, link, number.
pub(super) type Removed = BTreeSet<(u8, u64, u64)>;

/// Some records of a run: those of its positions `first..after`, less the removed ones.
pub(super) struct Stretch {
    pub(super) run: Run,
    first: u64,
    after: u64,
    /// Numbers of removed records in it, in their order.
    removed: Vec<u64>,
    created: jiff::Timestamp,
}

/// What the last filtered list found: its pages are asked for one after the other.
pub(super) struct Found {
    key: String,
    /// Stretch and number.
    hits: Vec<(u32, u64)>,
}

impl Stretch {
    pub(super) fn new(run: Run, seat: &Seat, resource: &Resource, removed: &Removed) -> Self {
        let (first, after) = (0, run.len);
        let numbers = (resource.kind, seat.number, run.base)..(resource.kind, seat.number, run.base + run.len);
        let removed = removed.range(numbers).map(|(_, _, number)| *number).collect();
        Self { run, first, after, removed, created: seat.created }
    }

    /// Only what falls on some days, for records that are movements; others stay as they are.
    pub(super) fn between(&mut self, from: Option<Date>, to: Option<Date>) {
        let Some(ledger) = &self.run.ledger else { return };
        if let Some(from) = from {
            self.first = self.first.max(ledger.first_on(from));
        }
        if let Some(after) = to.and_then(|to| to.tomorrow().ok()) {
            self.after = self.after.min(ledger.first_on(after));
        }
        self.after = self.after.max(self.first);
        let (low, high) = (self.run.base + self.first, self.run.base + self.after);
        self.removed.retain(|number| (low..high).contains(number));
    }

    fn len(&self) -> u64 {
        (self.after - self.first).saturating_sub(self.removed.len() as u64)
    }

    /// The number at a position among those that are left.
    fn number(&self, position: u64) -> u64 {
        let mut number = self.run.base + self.first + position;
        for removed in &self.removed {
            if *removed <= number {
                number += 1;
            }
        }
        number
    }

    /// Every record, one by one.
    pub(super) fn records(self) -> impl Iterator<Item = Value> + Send {
        (0..self.len()).map(move |position| (self.run.make)(self.number(position)))
    }
}

impl Belvo {
    /// What there is of a link, less what was removed and what belongs to a removed account.
    pub(super) fn stretches(&self, view: &View, seat: &Seat, resource: &Resource) -> Vec<Stretch> {
        (resource.runs)(view, seat)
            .into_iter()
            .filter(|run| {
                let account = run.account.as_ref().map(|(number, _)| (kind::ACCOUNT, seat.number, *number));
                resource.kind == kind::ACCOUNT || account.is_none_or(|account| !self.removed.contains(&account))
            })
            .map(|run| Stretch::new(run, seat, resource, &self.removed))
            .collect()
    }

    /// Whether records of a resource were fetched and saved for a link.
    fn seat_with(&self, view: &View, number: u64, resource: &Resource) -> Option<Seat> {
        let link = self.links.get(view, number)?;
        let stored = link.stored.as_ref().is_none_or(|stored| stored.contains(&resource.kind));
        (stored && resource.families.contains(&link.institution.family)).then(|| link.seat(view, number))
    }

    /// A page of the records that fit the query.
    pub(super) fn list(&mut self, call: &Call, scene: &Scene<'_>, resource: &Resource) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (links, mut filters): (Vec<_>, Vec<_>) =
            filter::read(&call.query).into_iter().partition(|filter| filter.name == "link");
        let mut stretches = Vec::new();
        for number in self.chosen(&view, &links) {
            let Some(seat) = self.seat_with(&view, number, resource) else { continue };
            stretches.extend(self.stretches(&view, &seat, resource));
        }
        narrow(&mut stretches, &mut filters, resource);
        if filters.is_empty() {
            let total = stretches.iter().map(Stretch::len).sum();
            return listing::page(call, scene, total, |position| at(&stretches, position));
        }
        let key = key(call, scene, self.changes);
        let found = match self.found.take().filter(|found| found.key == key) {
            Some(found) => found,
            None => Found { key, hits: search(&stretches, &filters) },
        };
        let answer = listing::page(call, scene, found.hits.len() as u64, |position| {
            let hit = usize::try_from(position).ok().and_then(|position| found.hits.get(position));
            hit.and_then(|(stretch, number)| {
                let stretch = stretches.get(usize::try_from(*stretch).ok()?)?;
                Some((stretch.run.make)(*number))
            })
            .unwrap_or_default()
        });
        self.found = Some(found);
        answer
    }

    /// Links that the query is about: those named, or all.
    fn chosen(&self, view: &View, filters: &[Filter]) -> Vec<u64> {
        let named = |filter: &Filter| -> Vec<u64> {
            let ids = filter.wanted.as_array().map_or_else(|| std::slice::from_ref(&filter.wanted), Vec::as_slice);
            ids.iter().filter_map(|id| self.links.find(view, id.as_str()?)).collect()
        };
        match filters {
            [] => self.links.numbers(view),
            [first, others @ ..] => {
                let mut numbers = named(first);
                for other in others {
                    let others = named(other);
                    numbers.retain(|number| others.contains(number));
                }
                numbers.sort_unstable();
                numbers.dedup();
                numbers
            }
        }
    }

    /// One record, by its id.
    fn lookup(&self, view: &View, resource: &Resource, id: &str) -> Result<(Seat, u64, Stretch), Refusal> {
        let unknown = || Refusal::code("not_found", "path parameter id", "there is no such record");
        let (link, number) = view.ids.read(resource.kind, id).ok_or_else(unknown)?;
        let seat = self.seat_with(view, link, resource).ok_or_else(unknown)?;
        let mut stretches = self.stretches(view, &seat, resource).into_iter();
        let holds = |stretch: &Stretch| {
            let within = (stretch.run.base..stretch.run.base + stretch.run.len).contains(&number);
            within && !stretch.removed.contains(&number)
        };
        let stretch = stretches.find(holds).ok_or_else(unknown)?;
        Ok((seat, number, stretch))
    }

    pub(super) fn show(&self, call: &Call, scene: &Scene<'_>, resource: &Resource) -> Result<Answer, Refusal> {
        let (_, number, stretch) = self.lookup(&View::new(scene), resource, call.segment("id"))?;
        let record = Choice::of(call, scene.book).apply((stretch.run.make)(number));
        Ok(Answer::json(200, if resource.shown_in_list { json!([record]) } else { record }))
    }

    pub(super) fn remove(&mut self, call: &Call, scene: &Scene<'_>, resource: &Resource) -> Result<Answer, Refusal> {
        let (seat, number, _) = self.lookup(&View::new(scene), resource, call.segment("id"))?;
        if matches!(resource.kind, kind::ACCOUNT | kind::TRANSACTION) {
            self.throttle(call, scene)?;
        }
        self.removed.insert((resource.kind, seat.number, number));
        self.changes += 1;
        Ok(Answer::empty(204))
    }

    /// What became of an exchange.
    pub(super) fn history(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let resource = Resource::at("/api/br/exchanges/");
        let resource = resource.ok_or_else(|| Refusal::code("not_found", "path", "there are no exchanges"))?;
        let (seat, number, _) = self.lookup(&view, resource, call.segment("id"))?;
        let events = banking::exchanges::history(&view, &seat, number);
        listing::page(call, scene, events.len() as u64, |position| {
            usize::try_from(position).ok().and_then(|position| events.get(position).cloned()).unwrap_or_default()
        })
    }
}

/// Uses up the filters that choose accounts and days: what is left has to look at every record.
fn narrow(stretches: &mut Vec<Stretch>, filters: &mut Vec<Filter>, resource: &Resource) {
    filters.retain(|filter| {
        let by_account = filter.name == "account" && stretches.iter().all(|stretch| stretch.run.account.is_some());
        if by_account && resource.kind != kind::ACCOUNT {
            let fits = |(_, id): &(u64, String)| filter.fits_value(&json!(id));
            stretches.retain(|stretch| stretch.run.account.as_ref().is_some_and(fits));
            return false;
        }
        let by_day = filter.name == "value_date" && stretches.iter().all(|stretch| stretch.run.ledger.is_some());
        let Some((from, to)) = by_day.then(|| days(filter)).flatten() else { return true };
        for stretch in stretches.iter_mut() {
            stretch.between(from, to);
        }
        false
    });
}

/// The days that a filter leaves, both included; `None` when they are not in one piece.
fn days(filter: &Filter) -> Option<(Option<Date>, Option<Date>)> {
    let day = |value: &Value| value.as_str()?.parse::<Date>().ok();
    let single = || day(filter.wanted.as_array().and_then(|wanted| wanted.first()).unwrap_or(&filter.wanted));
    Some(match filter.operator {
        Operator::Is => (Some(single()?), Some(single()?)),
        Operator::AtLeast => (Some(single()?), None),
        Operator::Greater => (Some(single()?.tomorrow().ok()?), None),
        Operator::AtMost => (None, Some(single()?)),
        Operator::Less => (None, Some(single()?.yesterday().ok()?)),
        Operator::Range => (Some(single()?), Some(day(filter.wanted.get(1)?)?)),
        _ => return None,
    })
}

fn at(stretches: &[Stretch], position: u64) -> Value {
    let mut left = position;
    for stretch in stretches {
        if left < stretch.len() {
            return (stretch.run.make)(stretch.number(left));
        }
        left -= stretch.len();
    }
    Value::Null
}

fn search(stretches: &[Stretch], filters: &[Filter]) -> Vec<(u32, u64)> {
    let mut hits = Vec::new();
    for (index, stretch) in (0_u32..).zip(stretches) {
        for position in 0..stretch.len() {
            let number = stretch.number(position);
            let record = (stretch.run.make)(number);
            if filters.iter().all(|filter| filter.fits(&record, stretch.created)) {
                hits.push((index, number));
            }
        }
    }
    hits
}

/// The same list at the same moment, whichever page of it.
fn key(call: &Call, scene: &Scene<'_>, changes: u64) -> String {
    let query =
        call.query.iter().filter(|(name, _)| !matches!(name.as_str(), "page" | "page_size" | "fields" | "omit"));
    let query: Vec<String> = query.map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} {} {changes} {}", call.id(), scene.now, query.join("&"))
}
