//! Lists that go on from page to page, in the three ways of the specifications.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Map, Value};
use url::Url;

use super::faults::Hit;
use super::name::Name;
use crate::Provider;
use crate::answer::Body;
use crate::call::Call;
use crate::playbook::{Holder, Operation};

/// The query parameter that links name their page with.
const LINK_PAGE: &str = "page";
/// A host that nobody can have.
const ELSEWHERE: &str = "elsewhere.invalid";
/// Pages, and cursors of its own, that the sandbox remembers.
const MOST_CURSORS: usize = 10_000;
/// What tells a made-up cursor that is a number from the provider's.
const FAR_AWAY: i64 = 1_000_000_000_000;

/// How a list goes on.
pub(super) struct Paging {
    /// JSON pointer to the records.
    items: String,
    pub(super) form: Form,
}

pub(super) enum Form {
    /// The answer names a cursor at `next`, a JSON pointer, for the parameter `cursor`.
    Cursor { next: String, cursor: String },
    /// The answer has the address of the next page at `next`, a JSON pointer.
    Links { next: String },
    /// Pages are numbered by the parameter `page`, and the last one is empty.
    Numbers { page: String },
}

impl Paging {
    pub(super) fn of(operation: &Operation) -> Option<Self> {
        let told = operation.pagination.as_ref()?;
        let text = |key: &str| told[key].as_str().map(str::to_owned);
        let form = match (text("next"), text("cursor"), text("next_link"), text("page")) {
            (Some(next), Some(cursor), ..) => Form::Cursor { next, cursor },
            (_, _, Some(next), _) => Form::Links { next },
            (_, _, _, Some(page)) => Form::Numbers { page },
            _ => return None,
        };
        Some(Self { items: text("items")?, form })
    }

    /// The parameter that says which page is wanted.
    fn parameter(&self) -> &str {
        match &self.form {
            Form::Cursor { cursor, .. } => cursor,
            Form::Links { .. } => LINK_PAGE,
            Form::Numbers { page } => page,
        }
    }

    /// JSON pointer to the records of an answer, which may be the bare list.
    pub(super) fn items(&self, document: &Value) -> &str {
        if document.is_array() { "" } else { &self.items }
    }
}

/// A request for a page of a list, as the client sees it; or any other request.
#[derive(Default)]
pub(super) struct Visit {
    pub(super) paging: Option<Paging>,
    /// The same for all pages of a list.
    pub(super) list: u64,
    /// From 1; unknown for a cursor that came from elsewhere.
    pub(super) page: Option<u64>,
    /// The cursor of the request.
    asked: Option<Value>,
    /// The provider's cursor that it stands for.
    real: Option<Value>,
}

impl Visit {
    /// The request tells its page by a number.
    pub(super) fn is_numbered(&self) -> bool {
        self.paging.as_ref().is_some_and(|paging| !matches!(paging.form, Form::Cursor { .. }))
    }

    /// Asks for an earlier page, since others were put in before it.
    pub(super) fn rewrite(&self, call: &mut Call, moved: u64) {
        if let (Some(paging), Some(page), true) = (&self.paging, self.page, moved > 0) {
            set(call, paging.parameter(), Some(Value::from(page.saturating_sub(moved))));
        }
    }
}

/// What the sandbox remembers of lists that are being read.
#[derive(Default)]
pub(super) struct Pages {
    /// The page that a cursor leads to.
    led_to: Memory<u64>,
    /// The provider's cursor behind one that a fault made up; none leads to the first page.
    made_up: Memory<Option<Value>>,
}

/// The latest of what is known of cursors.
struct Memory<T> {
    known: HashMap<(u64, String), T>,
    order: VecDeque<(u64, String)>,
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self { known: HashMap::new(), order: VecDeque::new() }
    }
}

impl<T> Memory<T> {
    fn get(&self, list: u64, cursor: &Value) -> Option<&T> {
        self.known.get(&(list, plain(cursor)))
    }

    fn insert(&mut self, list: u64, cursor: &Value, value: T) {
        let key = (list, plain(cursor));
        if self.known.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > MOST_CURSORS
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

impl Pages {
    /// Where a request is in its list.
    pub(super) fn visit(&self, provider: Provider, call: &mut Call) -> Visit {
        let Some(paging) = Paging::of(&call.operation) else { return Visit::default() };
        let list = list(provider, call, &paging);
        let asked = parameter(call, paging.parameter()).cloned();
        if !matches!(paging.form, Form::Cursor { .. }) {
            let page = asked.as_ref().and_then(Value::as_u64).unwrap_or(1);
            return Visit { paging: Some(paging), list, page: Some(page), asked: None, real: None };
        }
        let page = match &asked {
            None => Some(1),
            Some(cursor) => self.led_to.get(list, cursor).copied(),
        };
        let mut real = asked.clone();
        if let Some(behind) = asked.as_ref().and_then(|cursor| self.made_up.get(list, cursor)) {
            real.clone_from(behind);
            set(call, paging.parameter(), behind.clone());
        }
        Visit { paging: Some(paging), list, page, asked, real }
    }

    /// Remembers the page that an answer leads to.
    pub(super) fn remember(&mut self, visit: &Visit, body: &Body) {
        let Some(Paging { form: Form::Cursor { next, .. }, .. }) = &visit.paging else { return };
        let outline;
        let document = match body {
            Body::Json(value) => value,
            Body::Woven(woven) => {
                outline = woven.outline();
                &outline
            }
            Body::Empty | Body::Bytes(_) => return,
        };
        if let (Some(page), Some(next)) = (visit.page, document.pointer(next).filter(|next| !next.is_null())) {
            self.led_to.insert(visit.list, next, page + 1);
        }
    }

    /// A cursor that leads where the one of a request does, and looks like another.
    fn make_up(&mut self, visit: &Visit, next: Option<&Value>, page: Option<u64>) -> Value {
        let cursor = match visit.asked.as_ref().or(next) {
            Some(Value::Number(number)) => Value::from(number.as_i64().unwrap_or(0).saturating_add(FAR_AWAY)),
            Some(Value::String(text)) => Value::from(format!("00{text}")),
            _ => Value::from("001"),
        };
        self.made_up.insert(visit.list, &cursor, visit.real.clone());
        if let Some(page) = page {
            self.led_to.insert(visit.list, &cursor, page);
        }
        cursor
    }
}

/// Changes how a page goes on, or what is on it.
pub(super) fn change(
    hit: &Hit,
    visit: &Visit,
    call: &Call,
    pages: &mut Pages,
    document: &mut Value,
) -> Result<(), String> {
    let name = hit.fault.name;
    if name == Name::Duplicate {
        return duplicate(visit.paging.as_ref(), document);
    }
    let Some(paging) = &visit.paging else { return Ok(()) };
    if name == Name::EmptyPage
        && !hit.later
        && let Some(Value::Array(items)) = document.pointer_mut(paging.items(document))
    {
        items.clear();
    }
    match (&paging.form, visit.page) {
        (Form::Cursor { next, cursor }, page) => {
            let goes_on = document.pointer(next).filter(|next| !next.is_null()).cloned();
            let to = match (&visit.asked, name) {
                (Some(asked), Name::LoopingCursor) => asked.clone(),
                (None, Name::LoopingCursor) => pages.make_up(visit, goes_on.as_ref(), page),
                _ => pages.make_up(visit, goes_on.as_ref(), page.map(|page| page + 1)),
            };
            lead(call, document, next, cursor, to);
        }
        (Form::Links { next }, Some(page)) => {
            let goes_on = document.pointer(next).is_some_and(|next| !next.is_null());
            if hit.later {
                let previous = format!("{}/previous", next.rsplit_once('/').map_or("", |(parent, _)| parent));
                put(document, &previous, link(call, page.saturating_sub(1))?.as_str().into());
            }
            let to = match name {
                Name::LoopingCursor => Some(link(call, page)?),
                Name::ForeignNext => Some(elsewhere(link(call, page + 1)?)),
                _ if hit.later && !goes_on => None,
                _ => Some(link(call, page + 1)?),
            };
            if let Some(to) = to {
                put(document, next, to.as_str().into());
            }
        }
        // The number that was asked for says all.
        (Form::Links { .. } | Form::Numbers { .. }, _) => {}
    }
    Ok(())
}

/// The first record once more, behind itself.
fn duplicate(paging: Option<&Paging>, document: &mut Value) -> Result<(), String> {
    let place = match paging {
        Some(paging) => paging.items(document).to_owned(),
        None => first_list(document).ok_or("the answer has no list of records")?,
    };
    let Some(Value::Array(items)) = document.pointer_mut(&place) else {
        return Err("the answer has no list of records".to_owned());
    };
    let first = items.first().cloned().ok_or("the list is empty")?;
    items.insert(1, first);
    Ok(())
}

/// The first list of transactions anywhere in the document; without one, its first list of records.
fn first_list(document: &Value) -> Option<String> {
    let mut lists = Vec::new();
    lists_in(document, String::new(), &mut lists);
    let transactions = lists.iter().position(|place| place.ends_with("/transactions"));
    (!lists.is_empty()).then(|| lists.swap_remove(transactions.unwrap_or_default()))
}

/// Where lists of objects stand, outer ones before those in their records.
fn lists_in(value: &Value, place: String, lists: &mut Vec<String>) {
    match value {
        Value::Array(elements) => {
            if elements.first().is_some_and(Value::is_object) {
                lists.push(place.clone());
            }
            for (index, element) in elements.iter().enumerate() {
                lists_in(element, format!("{place}/{index}"), lists);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                lists_in(member, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), lists);
            }
        }
        _ => {}
    }
}

/// Lets a page go on at a cursor, in the path of the next page too where the answer has one.
fn lead(call: &Call, document: &mut Value, next: &str, cursor: &str, to: Value) {
    if let Some((parent, _)) = next.rsplit_once('/') {
        let path = format!("{parent}/next_page");
        if document.pointer(&path).is_some() {
            let query = call.received.query.as_deref().unwrap_or_default();
            let query = replaced(query, cursor, &plain(&to));
            put(document, &path, format!("{}?{query}", call.received.path).into());
        }
    }
    put(document, next, to);
}

/// The address of a request, for another page.
fn link(call: &Call, page: u64) -> Result<Url, String> {
    let mut url = Url::parse(&call.received.url).map_err(|_| "the request's address is no URL".to_owned())?;
    let query = replaced(url.query().unwrap_or_default(), LINK_PAGE, &page.to_string());
    url.set_query(Some(&query));
    Ok(url)
}

fn elsewhere(mut url: Url) -> Url {
    // An address of HTTP takes any host.
    let _ = url.set_host(Some(ELSEWHERE));
    let _ = url.set_port(None);
    url
}

/// A query with another value for one of its parameters.
fn replaced(query: &str, name: &str, value: &str) -> String {
    let mut pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    match pairs.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => value.clone_into(known),
        None => pairs.push((name.to_owned(), value.to_owned())),
    }
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Sets a member, with the objects around it.
fn put(document: &mut Value, pointer: &str, value: Value) {
    let mut place = document;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[name];
    }
    *place = value;
}

/// What all pages of a list have in common.
fn list(provider: Provider, call: &Call, paging: &Paging) -> u64 {
    let size = call.operation.pagination.as_ref().and_then(|told| told["size"].as_str()).unwrap_or("page_size");
    let mut hasher = DefaultHasher::new();
    (provider, call.id(), &call.path).hash(&mut hasher);
    for (name, value) in call.query.iter().chain(call.body.as_object().into_iter().flatten()) {
        if name != paging.parameter() && name != size {
            (name, value.to_string()).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// A parameter of the query, or of the form where it stands there.
fn parameter<'a>(call: &'a Call, name: &str) -> Option<&'a Value> {
    if in_query(call, name) { call.query.get(name) } else { call.body.get(name) }
}

fn set(call: &mut Call, name: &str, value: Option<Value>) {
    let members = if in_query(call, name) { Some(&mut call.query) } else { call.body.as_object_mut() };
    match (members, value) {
        (Some(members), Some(value)) => {
            members.insert(name.to_owned(), value);
        }
        (Some(members), None) => {
            members.remove(name);
        }
        (None, _) => {}
    }
}

fn in_query(call: &Call, name: &str) -> bool {
    call.operation.parameters(Holder::Query).any(|parameter| parameter.name == name)
}

/// A cursor as it stands in a query.
fn plain(cursor: &Value) -> String {
    cursor.as_str().map_or_else(|| cursor.to_string(), str::to_owned)
}
