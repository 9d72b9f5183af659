//! Whom faults hit.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::model::Fault;
use super::name::{Key, Name};
use super::paging::{Form, Pages, Visit};
use super::rule::Rule;
use super::{document, grammar, paging};
use crate::Provider;
use crate::answer::{Answer, Body};
use crate::call::Call;
use crate::playbook::{Operation, Playbook};
use crate::refusal::{Kind, Refusal};

/// The rules of a sandbox, and where its lists are being read.
pub(crate) struct Faults {
    state: Mutex<State>,
}

struct State {
    rules: Vec<Armed>,
    pages: Pages,
}

/// A rule at work.
struct Armed {
    rule: Rule,
    /// Requests that it was meant for.
    seen: u64,
    /// Lists whose pages it moved when they were last read, and those that it spared.
    moved: HashMap<u64, bool>,
}

/// Lists that a rule remembers.
const MOST_LISTS: usize = 4_096;

/// A request, and what hits it.
#[derive(Default)]
pub(crate) struct Struck {
    pub(super) hits: Vec<Hit>,
    pub(super) visit: Visit,
}

/// A fault that hits a request.
pub(super) struct Hit {
    pub(super) fault: Fault,
    /// The operation was meant by its name, so that it is told when the fault cannot be played there.
    pub(super) named: bool,
    /// It moved a page before this one.
    pub(super) later: bool,
    place: &'static str,
}

/// How a fault concerns a page of a list.
enum Reach {
    Here,
    Later,
    NotAtAll,
}

impl Struck {
    /// Nothing hits it.
    pub(crate) fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    pub(super) fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.hits.iter().filter(|hit| !hit.later).map(|hit| &hit.fault)
    }

    /// Asks the provider for the page that stands where the client thinks another is.
    pub(crate) fn rewrite(&self, call: &mut Call) {
        let moved = self.hits.iter().filter(|hit| hit.later).count();
        self.visit.rewrite(call, u64::try_from(moved).unwrap_or(0));
    }
}

impl Hit {
    pub(super) fn unplayable(&self, problem: &str) -> Refusal {
        Refusal::new(Kind::Fault, self.place, format!("`{}` cannot be played: {problem}", self.fault.name.text()))
    }
}

impl Armed {
    fn new(rule: Rule) -> Self {
        Self { rule, seen: 0, moved: HashMap::new() }
    }

    /// Counts a request; whether it is hit.
    fn hits(&mut self) -> bool {
        let (seen, after) = (self.seen, self.rule.fault.told(Key::After).unwrap_or(0));
        self.seen = seen.saturating_add(1);
        let past = seen.checked_sub(after);
        past.is_some_and(|past| self.rule.fault.told(Key::Times).is_none_or(|times| past < times))
    }

    /// Whether pages of a list have moved when a later one than the fault's is asked for.
    fn has_moved(&self, list: u64) -> bool {
        let always = [Key::After, Key::Times].iter().all(|key| self.rule.fault.told(*key).is_none());
        self.moved.get(&list).copied().unwrap_or(always)
    }

    fn remember(&mut self, list: u64, hit: bool) {
        if self.moved.len() >= MOST_LISTS {
            self.moved.clear();
        }
        self.moved.insert(list, hit);
    }
}

impl Faults {
    pub(crate) fn new(rules: Vec<Rule>) -> Self {
        let rules = rules.into_iter().map(Armed::new).collect();
        Self { state: Mutex::new(State { rules, pages: Pages::default() }) }
    }

    pub(crate) fn add(&self, rule: Rule) {
        self.state().rules.push(Armed::new(rule));
    }

    pub(crate) fn clear(&self) {
        self.state().rules.clear();
    }

    /// What hits a request: by its header, and by rules. Cursors that a fault made up are replaced by those of the provider.
    pub(crate) fn hitting(&self, provider: Provider, call: &mut Call, header: Option<&str>) -> Result<Struck, Refusal> {
        let mut state = self.state();
        let visit = state.pages.visit(provider, call);
        let operation = &call.operation;
        let mut hits = Vec::new();
        let place = "header x-sandbox-fault";
        let of_header = header.map(grammar::header).transpose();
        for fault in of_header.map_err(|error| Refusal::new(Kind::Fault, place, error.to_string()))?.unwrap_or_default()
        {
            let mut hit = Hit { fault, named: true, later: false, place };
            possible(&hit.fault, operation, &visit).map_err(|problem| hit.unplayable(&problem))?;
            if hit.fault.told(Key::Page).is_some() && visit.page.is_none() {
                return Err(hit.unplayable("the cursor was given out by nobody here, so that its page is unknown"));
            }
            match reach(&hit.fault, &visit) {
                Reach::NotAtAll => continue,
                Reach::Here => {}
                Reach::Later => hit.later = true,
            }
            hits.push(hit);
        }
        for armed in state.rules.iter_mut().filter(|armed| armed.rule.is_for(provider, &operation.id)) {
            let named = armed.rule.operation.is_some();
            let mut hit = Hit { fault: armed.rule.fault.clone(), named, later: false, place: "rule" };
            match possible(&hit.fault, operation, &visit) {
                Ok(()) => {}
                Err(problem) if named => return Err(hit.unplayable(&problem)),
                Err(_) => continue,
            }
            let struck = match reach(&hit.fault, &visit) {
                Reach::NotAtAll => false,
                Reach::Here => {
                    let struck = armed.hits();
                    if hit.fault.name.moves_pages() {
                        armed.remember(visit.list, struck);
                    }
                    struck
                }
                Reach::Later => {
                    hit.later = true;
                    armed.has_moved(visit.list)
                }
            };
            if struck {
                hits.push(hit);
            }
        }
        Ok(Struck { hits, visit })
    }

    /// Changes what is answered, and remembers where its list goes on.
    pub(crate) fn alter(
        &self,
        struck: &Struck,
        call: &Call,
        book: &Playbook,
        mut answer: Answer,
    ) -> Result<Answer, Refusal> {
        let success = (200..300).contains(&answer.status);
        let mut state = self.state();
        if success {
            state.pages.remember(&struck.visit, &answer.body);
        }
        let told = |hit: &Hit, changed: Result<(), String>| match changed {
            Err(problem) if hit.named => Err(hit.unplayable(&problem)),
            _ => Ok(()),
        };
        for hit in &struck.hits {
            let name = hit.fault.name;
            let of_lists = name.is_of_pages() || name == Name::Duplicate;
            if (of_lists && success) || name.is_of_documents() {
                answer = answer.gathered();
                let status = answer.status;
                let changed = match &mut answer.body {
                    Body::Json(value) if of_lists => paging::change(hit, &struck.visit, call, &mut state.pages, value),
                    Body::Json(value) => document::change(&hit.fault, book, call, status, value),
                    _ => Err(format!("{} answered without JSON", call.id())),
                };
                told(hit, changed)?;
            }
        }
        for hit in struck.hits.iter().filter(|hit| !hit.later) {
            let changed;
            (answer, changed) = document::dress(&hit.fault, answer);
            told(hit, changed.map_err(|problem| format!("{} {problem}", call.id())))?;
        }
        Ok(answer)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a fault can be played on an operation at all.
fn possible(fault: &Fault, operation: &Operation, visit: &Visit) -> Result<(), String> {
    let name = fault.name;
    if !name.is_of_pages() && fault.told(Key::Page).is_none() {
        return Ok(());
    }
    let Some(paging) = &visit.paging else {
        return Err(format!("{} gives no list that goes on from page to page", operation.id));
    };
    let problem = match (name, &paging.form) {
        (Name::EmptyPage, Form::Numbers { .. }) => "its list ends with an empty page, so that nothing comes after one",
        (Name::LoopingCursor, Form::Numbers { .. }) => "its pages are numbered, its answers lead nowhere",
        (Name::ForeignNext, Form::Numbers { .. }) => "its pages are numbered, it has no links",
        (Name::ForeignNext, Form::Cursor { .. }) => "its list goes on by cursors, it has no links",
        _ => return Ok(()),
    };
    Err(format!("{}: {problem}", operation.id))
}

fn reach(fault: &Fault, visit: &Visit) -> Reach {
    let Some(wanted) = fault.told(Key::Page) else { return Reach::Here };
    match visit.page {
        Some(page) if page == wanted => Reach::Here,
        Some(page) if page > wanted && fault.name.moves_pages() && visit.is_numbered() => Reach::Later,
        _ => Reach::NotAtAll,
    }
}
