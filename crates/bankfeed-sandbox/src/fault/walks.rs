//! Lists read to their end, as clients do, while their pages misbehave.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use url::Url;

use super::Faults;
use crate::answer::{Answer, Body, Weaver};
use crate::call::{Call, Received};
use crate::playbook::Playbook;
use crate::refusal::{Kind, Refusal};
use crate::{Provider, check};

const RECORDS: u64 = 7;
const ON_A_PAGE: u64 = 3;
/// No list of these tests has more.
const MOST_PAGES: usize = 12;

/// A provider without faults, and what is wrong with it.
struct Reader {
    faults: Faults,
    provider: Provider,
    path: &'static str,
}

impl Reader {
    fn saltedge(rules: &[&str]) -> Self {
        Self::new(Provider::SaltEdge, "/api/v6/customers", rules)
    }

    fn belvo(rules: &[&str]) -> Self {
        Self::new(Provider::Belvo, "/api/institutions/", rules)
    }

    fn new(provider: Provider, path: &'static str, rules: &[&str]) -> Self {
        let rules = rules.iter().map(|rule| rule.parse().unwrap()).collect();
        Self { faults: Faults::new(rules), provider, path }
    }

    fn call(&self, query: &str, form: &str) -> Call {
        let method = if form.is_empty() { Method::GET } else { Method::POST };
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
        let url = format!("http://127.0.0.1:1/{}{}?{query}", self.provider, self.path);
        let query = Some(query.to_owned()).filter(|query| !query.is_empty());
        let body = form.to_owned().into();
        let received = Received { method, path: self.path.to_owned(), query, url, headers, body };
        let book = Playbook::of(self.provider);
        let (operation, path) = check::route(book, &received).unwrap();
        check::call(book, &Arc::clone(operation), path, received).unwrap()
    }

    /// One request: by its query, or by its form.
    fn ask(&self, query: &str, form: &str, header: Option<&str>) -> Result<Value, Refusal> {
        let mut call = self.call(query, form);
        let struck = self.faults.hitting(self.provider, &mut call, header)?;
        struck.rewrite(&mut call);
        let answer = self.faults.alter(&struck, &call, Playbook::of(self.provider), honest(self.provider, &call)?)?;
        let Body::Json(value) = answer.gathered().body else { panic!("JSON is answered") };
        Ok(value)
    }

    fn get(&self, query: &str) -> Value {
        self.ask(query, "", None).unwrap()
    }

    /// Records of each page, and the cursors or links between them.
    fn walk(&self, header: Option<&str>) -> (Vec<Vec<u64>>, Vec<String>) {
        let (mut pages, mut nexts, mut query) = (Vec::new(), Vec::new(), String::new());
        for _ in 0..MOST_PAGES {
            let page = self.ask(&query, "", header).unwrap();
            pages.push(numbers(page.get("data").or(page.get("results")).unwrap()));
            let next = page.pointer("/meta/next_id").or(page.get("next")).and_then(Value::as_str);
            let Some(next) = next else { break };
            nexts.push(next.to_owned());
            query = match Url::parse(next) {
                Ok(link) => link.query().unwrap().to_owned(),
                Err(_) => format!("from_id={next}"),
            };
        }
        (pages, nexts)
    }

    fn pages(&self) -> Vec<Vec<u64>> {
        self.walk(None).0
    }
}

fn numbers(records: &Value) -> Vec<u64> {
    let records = records.as_array().unwrap();
    records.iter().map(|record| record["number"].as_u64().unwrap()).collect()
}

/// A page of a provider's list.
fn honest(provider: Provider, call: &Call) -> Result<Answer, Refusal> {
    let page = |page: u64| {
        let first = (page - 1) * ON_A_PAGE;
        let after = (first + ON_A_PAGE).min(RECORDS);
        ((first..after).map(|number| json!({ "id": number.to_string(), "number": number })).collect::<Vec<_>>(), after)
    };
    let of_cursor = |cursor: u64| {
        assert!(cursor.is_multiple_of(ON_A_PAGE) && cursor < RECORDS, "only the provider's cursors reach it");
        page(cursor / ON_A_PAGE + 1)
    };
    let more = |after: u64| (after < RECORDS).then_some(after);
    match (provider, call.id()) {
        (Provider::SaltEdge, _) => {
            let (records, after) = of_cursor(call.text("from_id").map_or(0, |id| id.parse().unwrap()));
            let next = more(after).map(|id| id.to_string());
            let path = next.as_ref().map(|id| format!("/api/v6/customers?from_id={id}"));
            let mut weaver = Weaver::default();
            let data = weaver.list(records.into_iter());
            Ok(Answer::woven(200, weaver, &json!({ "data": data, "meta": { "next_id": next, "next_page": path } })))
        }
        (Provider::Belvo, _) => {
            let number = call.number("page").unwrap_or(1);
            if (number - 1) * ON_A_PAGE >= RECORDS {
                return Err(Refusal::code("not_found", "query parameter page", "the list has no such page"));
            }
            let (results, after) = page(number);
            let link = |page: u64| format!("http://127.0.0.1:1/belvo/api/institutions/?page={page}");
            let (next, previous) = (more(after).map(|_| link(number + 1)), (number > 1).then(|| link(number - 1)));
            Ok(Answer::json(200, json!({ "count": RECORDS, "next": next, "previous": previous, "results": results })))
        }
        (_, "list_tokens") => {
            let number = call.body["page"].as_u64().unwrap_or(1);
            Ok(Answer::json(200, page(number.min(4)).0.into()))
        }
        _ => {
            let (records, after) = of_cursor(call.number("since_id").unwrap_or(0));
            let payload = json!({ "transactions": records, "next_since_id": more(after) });
            Ok(Answer::json(200, json!({ "success": true, "payload": payload })))
        }
    }
}

const WHOLE: [&[u64]; 3] = [&[0, 1, 2], &[3, 4, 5], &[6]];

#[test]
fn a_list_without_faults_is_read_as_it_is() {
    for reader in [Reader::saltedge(&[]), Reader::belvo(&[])] {
        assert_eq!(reader.pages(), WHOLE);
    }
}

#[test]
fn no_record_is_lost_around_an_empty_page() {
    for make in [Reader::saltedge, Reader::belvo] {
        for (page, pages) in [
            (1, vec![vec![], vec![0, 1, 2], vec![3, 4, 5], vec![6]]),
            (2, vec![vec![0, 1, 2], vec![], vec![3, 4, 5], vec![6]]),
            (3, vec![vec![0, 1, 2], vec![3, 4, 5], vec![], vec![6]]),
            (4, vec![vec![0, 1, 2], vec![3, 4, 5], vec![6]]),
        ] {
            let reader = make(&[&format!("* * empty-page page={page}")]);
            assert_eq!(reader.pages(), pages, "{} {page}", reader.provider);
            assert_eq!(reader.pages(), pages, "{} {page}, again", reader.provider);
        }
    }
}

#[test]
fn a_repeated_page_comes_twice_and_the_list_goes_on() {
    for make in [Reader::saltedge, Reader::belvo] {
        for (page, pages) in [
            (1, vec![vec![0, 1, 2], vec![0, 1, 2], vec![3, 4, 5], vec![6]]),
            (2, vec![vec![0, 1, 2], vec![3, 4, 5], vec![3, 4, 5], vec![6]]),
            (3, vec![vec![0, 1, 2], vec![3, 4, 5], vec![6], vec![6]]),
        ] {
            let reader = make(&[&format!("* * repeated-page page={page}")]);
            let (read, nexts) = reader.walk(None);
            assert_eq!(read, pages, "{} {page}", reader.provider);
            assert!(nexts.iter().enumerate().all(|(index, next)| !nexts[..index].contains(next)), "{nexts:?}");
        }
    }
}

#[test]
fn several_pages_can_be_put_in() {
    for make in [Reader::saltedge, Reader::belvo] {
        let reader = make(&["* * empty-page page=2", "* * empty-page page=3", "* * repeated-page page=5"]);
        let pages = [vec![0, 1, 2], vec![], vec![], vec![3, 4, 5], vec![6], vec![6]];
        assert_eq!(reader.pages(), pages, "{}", reader.provider);
    }
}

#[test]
fn lists_are_whole_again_when_the_fault_has_ended() {
    for make in [Reader::saltedge, Reader::belvo] {
        let reader = make(&["* * empty-page page=2 after=1 times=1"]);
        assert_eq!(reader.pages(), WHOLE, "{}", reader.provider);
        assert_eq!(reader.pages(), [vec![0, 1, 2], vec![], vec![3, 4, 5], vec![6]], "{}", reader.provider);
        assert_eq!(reader.pages(), WHOLE, "{}", reader.provider);
    }
}

#[test]
fn links_agree_with_the_pages_that_were_put_in() {
    let reader = Reader::belvo(&["* * empty-page page=2"]);
    let link = |page: u64| json!(format!("http://127.0.0.1:1/belvo/api/institutions/?page={page}&page_size=3"));
    for (page, next, previous) in [
        (2, link(3), json!("http://127.0.0.1:1/belvo/api/institutions/?page=1")),
        (3, link(4), link(2)),
        (4, Value::Null, link(3)),
    ] {
        let read = reader.get(&format!("page={page}&page_size=3"));
        assert_eq!((&read["next"], &read["previous"], &read["count"]), (&next, &previous, &json!(RECORDS)));
    }
}

#[test]
fn the_path_of_the_next_page_agrees_with_its_cursor() {
    let read = Reader::saltedge(&["* * empty-page page=1"]).get("per_page=3");
    let next = read["meta"]["next_id"].as_str().unwrap();
    assert_eq!(read["meta"]["next_page"], json!(format!("/api/v6/customers?per_page=3&from_id={next}")));
}

#[test]
fn a_looping_cursor_leads_nowhere_else() {
    for page in [1, 2] {
        let (pages, nexts) = Reader::saltedge(&[&format!("* * looping-cursor page={page}")]).walk(None);
        assert_eq!(pages.len(), MOST_PAGES);
        assert!(pages[page - 1..].iter().all(|read| *read == WHOLE[page - 1]), "{pages:?}");
        assert!(nexts[page..].iter().all(|next| *next == nexts[page]), "{nexts:?}");
        let (pages, nexts) = Reader::belvo(&[&format!("* * looping-cursor page={page}")]).walk(None);
        assert!(pages.len() == MOST_PAGES && pages[page - 1..].iter().all(|read| *read == WHOLE[page - 1]));
        assert!(nexts[page - 1..].iter().all(|next| next.ends_with(&format!("?page={page}"))), "{nexts:?}");
    }
    let (pages, _) = Reader::saltedge(&["* * looping-cursor"]).walk(None);
    assert!(pages.len() == MOST_PAGES && pages.iter().all(|page| *page == WHOLE[0]));
}

#[test]
fn cursors_that_are_numbers_stay_numbers() {
    let reader = Reader::new(Provider::WealthReader, "/cards/transactions/", &["* * empty-page page=2"]);
    let next = |query: &str| {
        let read = reader.get(query);
        let records = numbers(&read["payload"]["transactions"]);
        (records, read["payload"]["next_since_id"].as_i64())
    };
    assert_eq!(next(""), (vec![0, 1, 2], Some(3)));
    let (records, made_up) = next("since_id=3");
    assert_eq!(records, [0; 0]);
    assert_ne!(made_up, Some(3));
    assert_eq!(next(&format!("since_id={}", made_up.unwrap())), (vec![3, 4, 5], Some(6)));
    assert_eq!(next("since_id=6"), (vec![6], None));
}

#[test]
fn numbered_pages_repeat_and_have_no_empty_one_before_the_end() {
    let path = "/tokens/";
    let reader = Reader::new(Provider::WealthReader, path, &["* * repeated-page page=2", "* * empty-page page=1"]);
    let page = |page: u64| numbers(&reader.ask("", &format!("api_key=K&page={page}"), None).unwrap());
    let pages: Vec<Vec<u64>> = (1..=5).map(page).collect();
    assert_eq!(pages, [vec![0, 1, 2], vec![3, 4, 5], vec![3, 4, 5], vec![6], vec![]]);
    for (fault, reason) in [
        ("empty-page page=1", "ends with an empty page"),
        ("looping-cursor", "its answers lead nowhere"),
        ("foreign-next", "it has no links"),
    ] {
        let reader = Reader::new(Provider::WealthReader, path, &[&format!("* list_tokens {fault}")]);
        let refusal = reader.ask("", "api_key=K", None).unwrap_err();
        assert!(refusal.kind == Kind::Fault && refusal.problem.contains(reason), "{refusal:?}");
    }
}

#[test]
fn a_foreign_link_names_the_same_page_elsewhere() {
    let reader = Reader::belvo(&["belvo list_institutions foreign-next page=2"]);
    assert_eq!(reader.get("")["next"], json!("http://127.0.0.1:1/belvo/api/institutions/?page=2"));
    let foreign = "http://elsewhere.invalid/belvo/api/institutions/?page=3";
    assert_eq!(reader.get("page=2")["next"], json!(foreign));
    let refusal = Reader::saltedge(&["* list_customers foreign-next"]).ask("", "", None).unwrap_err();
    assert!(refusal.kind == Kind::Fault && refusal.problem.contains("goes on by cursors"), "{refusal:?}");
    assert_eq!(Reader::saltedge(&["* * foreign-next"]).pages(), WHOLE, "a rule for any operation passes it over");
}

#[test]
fn a_record_stands_twice_on_one_page() {
    for make in [Reader::saltedge, Reader::belvo] {
        let pages = [vec![0, 1, 2], vec![3, 3, 4, 5], vec![6]];
        assert_eq!(make(&["* * duplicate page=2"]).pages(), pages);
    }
}

#[test]
fn requests_are_counted_by_each_rule() {
    let reader = Reader::belvo(&["* * duplicate after=1 times=2"]);
    let hit: Vec<bool> = (0..5).map(|_| numbers(&reader.get("")["results"]).len() == 4).collect();
    assert_eq!(hit, [false, true, true, false, false]);
}

#[test]
fn pages_are_counted_apart_from_repeated_requests() {
    let reader = Reader::saltedge(&["* * duplicate page=2 times=2"]);
    let count = |query: &str| numbers(&reader.get(query)["data"]).len();
    let counts = ["", "", "from_id=3", "from_id=3", "from_id=3"].map(count);
    assert_eq!(counts, [3, 3, 4, 4, 3]);
}

#[test]
fn lists_with_other_filters_are_other_lists() {
    let reader = Reader::belvo(&["* * empty-page page=2 times=1"]);
    let count = |query: &str| numbers(&reader.get(query)["results"]).len();
    let one = ["country_code=BR&page=1", "country_code=BR&page=2"].map(count);
    let other = ["country_code=MX&page=1", "country_code=MX&page=2", "country_code=MX&page=3"].map(count);
    let rest = ["country_code=BR&page=3", "country_code=BR&page=4"].map(count);
    assert_eq!((one, other, rest), ([3, 0], [3, 3, 1], [3, 1]));
}

#[test]
fn a_header_on_every_request_does_what_a_rule_does() {
    for make in [Reader::saltedge, Reader::belvo] {
        let reader = make(&[]);
        let pages = [vec![0, 1, 2], vec![], vec![3, 4, 5], vec![6]];
        assert_eq!(reader.walk(Some("empty-page page=2")).0, pages);
        assert_eq!(reader.pages(), WHOLE);
    }
}

#[test]
fn a_header_cannot_know_the_page_of_a_cursor_from_elsewhere() {
    let refusal = Reader::saltedge(&[]).ask("from_id=3", "", Some("duplicate page=2")).unwrap_err();
    assert_eq!((&refusal.kind, refusal.place.as_str()), (&Kind::Fault, "header x-sandbox-fault"));
    assert!(refusal.problem.contains("its page is unknown"), "{refusal:?}");
}

#[test]
fn a_header_that_is_no_fault_is_refused() {
    for header in ["plague", "", "cut times=1", "status"] {
        let refusal = Reader::belvo(&[]).ask("", "", Some(header)).unwrap_err();
        assert_eq!(refusal.kind, Kind::Fault, "{header}");
    }
}

#[test]
fn pages_belong_to_lists() {
    let reader = Reader::new(Provider::SaltEdge, "/api/v6/countries", &["* list_countries cut page=2"]);
    let mut call = reader.call("", "");
    let refusal = reader.faults.hitting(Provider::SaltEdge, &mut call, None).err().unwrap();
    assert!(refusal.problem.contains("list_countries gives no list that goes on"), "{refusal:?}");
}

#[test]
fn what_cannot_be_changed_is_told_where_the_operation_is_named() {
    let named = Reader::belvo(&["belvo list_institutions nulls at=/results/9"]).ask("", "", None).unwrap_err();
    assert!(named.problem.contains("the answer has nothing at `/results/9`"), "{named:?}");
    assert_eq!(Reader::belvo(&["belvo * nulls at=/results/9"]).pages(), WHOLE);
}
