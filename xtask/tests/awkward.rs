//! The awkward document: what is generated from it is what is checked in, compiles without a warning, and works.

#![deny(warnings)]
// A library would export it all; this test uses a part.
#![allow(dead_code, unused_imports, unreachable_pub, clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use bankfeed_runtime as rt;
use rt::Configure as _;

#[path = "awkward/src/generated/mod.rs"]
#[rustfmt::skip]
mod generated;

/// The document describes several error bodies, so the generated crate takes any.
type ApiFailure = rt::Json;

use generated::{Client, operations, types};

#[test]
fn the_checked_in_code_is_what_is_generated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments =
        ["codegen", "--spec", "tests/awkward/spec.yaml", "--crate", "awkward", "--out", "tests/awkward", "--check"];
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(folder).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "run it in {} without --check:\n{words}", folder.display());
}

/// Answers every request with the same status and body, and remembers the requests.
#[derive(Clone)]
struct Bank {
    status: u16,
    body: &'static str,
    seen: Arc<Mutex<Vec<http::Request<rt::Bytes>>>>,
}

impl rt::HttpClient for Bank {
    fn execute(
        &self,
        request: http::Request<rt::Bytes>,
    ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
        self.seen.lock().unwrap().push(request);
        let answer = http::Response::builder().status(self.status).header("content-type", "application/json");
        let answer = answer.body(rt::BodyStream::full(self.body)).unwrap();
        Box::pin(async move { Ok(answer) })
    }
}

fn bank(status: u16, body: &'static str) -> (Client, Bank) {
    let bank = Bank { status, body, seen: Arc::default() };
    let key = rt::auth::Headers::new().with("X-Key", "k-1");
    let transport = rt::Transport::builder(Client::BASE_URL).http(bank.clone()).authorize(key).build().unwrap();
    (Client::from_transport(transport), bank)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn every_parameter_travels_as_the_document_says() {
    let (client, bank) = bank(202, "");
    let body = types::LinkCreation::new("erebor")
        .limit("12.30".parse::<rt::Amount>().unwrap())
        .fetch(["accounts", "owners"])
        .note("x");
    let request = client
        .links_create("a/b", body)
        .link_query("other")
        .type_("single")
        .send_query(true)
        .body_query("text")
        .x_trace("t-1")
        .session("s 1")
        .ids(["1", "2"])
        .tags(["a", "b"])
        .filter(&types::Filter::new().status("open").min("0.10".parse::<rt::Amount>().unwrap()))
        .query(&types::Filter::new().status("open"))
        .amount_gte("5.00".parse::<rt::Amount>().unwrap())
        .extra_query("added", "1");
    let answer = run(request.send()).unwrap();
    assert_eq!(answer.into_inner(), operations::LinksCreateAnswer::Accepted);

    let seen = bank.seen.lock().unwrap();
    let [request] = seen.as_slice() else { panic!("{} requests", seen.len()) };
    assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/api/links/a%2Fb"));
    let mut query: Vec<&str> = request.uri().query().unwrap().split('&').collect();
    query.sort_unstable();
    let expected = [
        "added=1",
        "amount__gte=5.00",
        "body=text",
        "filter%5Bmin%5D=0.10",
        "filter%5Bstatus%5D=open",
        "ids=1%2C2",
        "link=other",
        "query=%7B%22status%22%3A%22open%22%7D",
        "send=true",
        "tags=a%7Cb",
        "type=single",
    ];
    assert_eq!(query, expected);
    assert_eq!(
        (request.headers()["x-trace"].to_str().unwrap(), request.headers()["cookie"].to_str().unwrap()),
        ("t-1", "session=s%201")
    );
    assert_eq!(request.body(), r#"{"institution":"erebor","limit":"12.30","fetch":["accounts","owners"],"note":"x"}"#);
}

#[test]
fn several_success_types_are_told_apart_by_status() {
    let create = |status, body| {
        let (client, _) = bank(status, body);
        run(client.links_create("1", types::LinkCreation::new("x")).send()).unwrap().into_inner()
    };
    let operations::LinksCreateAnswer::Ok(link) =
        create(200, r#"{"id": 12345678901234567890123, "status": "unknown"}"#)
    else {
        panic!()
    };
    assert_eq!((link.id.as_ref(), link.status), ("12345678901234567890123", Some(types::LinkStatus::Unknown)));
    let operations::LinksCreateAnswer::Created(created) = create(201, r#"{"session": "s3cret"}"#) else { panic!() };
    assert_eq!(format!("{created:?}"), "LinkCreated { session: [redacted] }");
}

#[test]
fn objects_are_exact_tolerant_and_discreet() {
    let text = r#"{"id":"1","status":null,"institution":{"name":{"a":"b"}},"parent":{"id":"2","status":"brand new"},"children":null,"owner":null,
        "password":"s3cret","iban":"DE89","balance":999999999999999.9999,"limit":"-0.10","created_at":"2022-11-30T01:55:00-0300","self":"true","+1":"3",
        "unlisted":{"n":0.1000000000000000000000001}}"#;
    let (client, _) = bank(200, text);
    let answer = run(client.links_create("1", types::LinkCreation::new("x")).send()).unwrap();
    let operations::LinksCreateAnswer::Ok(link) = answer.into_inner() else { panic!() };
    let shown = format!("{link:?}");
    assert!(!shown.contains("s3cret") && !shown.contains("DE89"), "{shown}");
    assert_eq!(
        (link.children.is_null(), link.owner.is_null(), link.self_, link.plus_1),
        (true, true, Some(true), Some(3))
    );
    assert_eq!(link.parent.as_ref().unwrap().status.as_ref().unwrap().to_string(), "brand new");
    let again = serde_json::to_string(&link).unwrap();
    let expected = text
        .replace(['\n', ' '], "")
        .replace("brandnew", "brand new")
        .replace(r#""self":"true","+1":"3""#, r#""self":true,"+1":3"#);
    assert_eq!(again, expected);
}

#[test]
fn unions_keep_what_they_do_not_know() {
    let value = |text: &str| {
        serde_json::from_str::<types::Statement>(&format!(r#"{{"value":{text}}}"#)).unwrap().value.unwrap()
    };
    assert_eq!(value(r#""x""#), types::StatementValue::Text("x".into()));
    assert!(matches!(value("1.10"), types::StatementValue::Number(number) if number.to_string() == "1.10"));
    assert!(matches!(value("[1,2.50]"), types::StatementValue::List(list) if list.len() == 2));
    assert!(matches!(value(r#"{"amount":1.5}"#), types::StatementValue::Payment(_)));
    assert!(matches!(value("true"), types::StatementValue::Unrecognized(_)));
    let event = |text: &str| serde_json::from_str::<types::Event>(text).unwrap();
    assert!(matches!(event(r#"{"kind":"paid","amount":1.5}"#), types::Event::Paid(_)));
    assert!(matches!(event(r#"{"kind":"opened","at":"2024-01-31"}"#), types::Event::Opened(_)));
}

#[test]
fn a_member_that_names_the_alternative_decides() {
    let shape = |form: &str| serde_json::from_str::<types::Shape>(&format!(r#"{{"size":1,"form":"{form}"}}"#)).unwrap();
    assert!(matches!(shape("square"), types::Shape::Square(_)));
    assert!(matches!((shape("circle"), shape("ball")), (types::Shape::Round(_), types::Shape::Round(_))));
    assert!(matches!(shape("cube"), types::Shape::Round(_)), "the first that fits");
}

#[test]
fn names_that_are_taken_travel_unchanged() {
    let text = r#"{"self":{"href":"/"},"odd  name: ( \"x\" )":"y","card":"z"}"#;
    let known = serde_json::from_str::<types::Types>(text).unwrap();
    assert!(matches!(&known, types::Types::TypesVariant1(_)), "{known:?}");
    assert_eq!(serde_json::to_string(&known).unwrap(), text);
    let pages =
        types::Pages::new().default(true).kind(types::PagesKind::SelfValue).next(types::PagesNext::new().more("x"));
    assert_eq!(serde_json::to_string(&pages).unwrap(), r#"{"default":true,"kind":"Self","next":{"more":"x"}}"#);
    let (client, bank) = bank(200, text);
    let answer = run(client.call2("1", "a", "b", "c", "d", "e", "f").send()).unwrap();
    assert_eq!(answer.into_inner(), operations::Call2Answer2::Ok(known));
    assert_eq!(bank.seen.lock().unwrap()[0].uri().query(), Some("call=1"));
}

#[test]
fn nothing_is_an_answer_too() {
    let (client, _) = bank(204, "");
    #[allow(deprecated)]
    let answer = run(client.show_statement().send()).unwrap();
    assert_eq!(answer.into_inner(), None);
}

#[test]
fn other_media_types_are_methods_of_their_own() {
    let (client, bank) = bank(200, "%PDF-1.7");
    #[allow(deprecated)]
    let answer = run(client.show_statement().send_pdf()).unwrap();
    assert_eq!(answer.into_inner(), "%PDF-1.7");
    assert_eq!(bank.seen.lock().unwrap()[0].headers()["accept"], "application/pdf");
}

#[test]
fn bodies_of_every_kind() {
    let (client, bank) = bank(204, "");
    run(client.upload().body(rt::Multipart::new().file("file", "a.csv", "text/csv", "a,b")).send()).unwrap();
    run(client.replace("%PDF").send()).unwrap();
    let seen = bank.seen.lock().unwrap();
    assert!(seen[0].headers()["content-type"].to_str().unwrap().starts_with("multipart/form-data; boundary="));
    assert_eq!(
        (seen[1].method().as_str(), seen[1].headers()["content-type"].to_str().unwrap()),
        ("PUT", "application/pdf")
    );
}

#[test]
fn forms_are_text_and_their_lists_are_one_value_where_the_document_says_so() {
    let (client, bank) = bank(204, "");
    let mut body = types::Reading::new("s3cret")
        .only_balances(false)
        .flag(types::ReadingFlag::On)
        .kinds(["fee", "interest"])
        .days(["2024-01-31".parse::<rt::Date>().unwrap(), "2024-02-29".parse().unwrap()])
        .names(["a,b", "c"])
        .layout(types::Layout::new().columns(["x", "y"]));
    body.unlisted.insert("otp".into(), "1234".into());
    assert_eq!(run(client.read(body).send()).unwrap().into_inner(), operations::ReadAnswer::NoContent);
    let seen = bank.seen.lock().unwrap();
    let form = std::str::from_utf8(seen[0].body()).unwrap();
    let expected = [
        "token=s3cret",
        "only_balances=false",
        "flag=1",
        "kinds=fee%2Cinterest",
        "days=2024-01-31%7C2024-02-29",
        "names=a%2Cb",
        "names=c",
        "layout=%7B%22columns%22%3A%5B%22x%22%2C%22y%22%5D%7D",
        "otp=1234",
    ];
    assert_eq!(form.split('&').collect::<Vec<_>>(), expected);
}

#[test]
fn null_is_sent_where_it_is_not_the_same_as_nothing() {
    let (client, bank) = bank(201, r#"{"webhook_url":null}"#);
    let send = |body| run(client.change_readings(body).send()).unwrap().into_inner();
    assert!(send(types::Settings::new().null_webhook_url2()).webhook_url.is_null());
    send(types::Settings::new().webhook_url("https://a.example").null_null_webhook_url());
    let bodies: Vec<rt::Bytes> = bank.seen.lock().unwrap().iter().map(|request| request.body().clone()).collect();
    assert_eq!(bodies, [r#"{"webhook_url":null}"#, r#"{"webhook_url":"https://a.example","null_webhook_url":null}"#]);
}

#[test]
fn null_may_stand_among_elements() {
    let sent = r#"{"days":["2026-01-05",null],"rates":{"a":0.10,"b":null},"kinds":[null,"fee","new"]}"#;
    let settings: types::Settings = rt::de::from_str(sent).unwrap();
    assert_eq!(settings.days.as_ref().unwrap()[1], None);
    assert_eq!(settings.kinds.as_ref().unwrap()[1], Some(types::RowKind::Fee));
    assert_eq!(settings.rates.as_ref().unwrap()["b"], None);
    assert_eq!(serde_json::to_string(&settings).unwrap(), sent);
}

#[test]
fn one_type_under_several_statuses_stays_apart_from_another() {
    let read = |status, body| {
        let (client, _) = bank(status, body);
        run(client.read(types::Reading::new("t")).send()).unwrap().into_inner()
    };
    let rows = |answer| match answer {
        operations::ReadAnswer::Ok(rows) | operations::ReadAnswer::Created(rows) => rows.len(),
        _ => usize::MAX,
    };
    assert_eq!((rows(read(200, "[{}]")), rows(read(201, "[{},{}]"))), (1, 2));
    assert!(matches!(read(202, r#"{"request_id":"r"}"#), operations::ReadAnswer::Accepted(_)));
}

#[cfg(feature = "cards")]
#[test]
fn lists_of_typed_values_and_headers_with_hyphens() {
    let (client, bank) = bank(200, "[]");
    let day = |text: &str| text.parse::<rt::Date>().unwrap();
    let request = client
        .list_rows("c/1", 2, "l-1")
        .kind_in([types::RowKind::Fee, types::RowKind::Interest])
        .id_in(["1", "2"])
        .day_range([day("2024-01-01"), day("2024-01-31")])
        .day_gte(day("2024-01-01"))
        .x_request_mode(types::ListRowsXRequestMode::Async)
        .api_version("2")
        .idempotency_key("k");
    run(request.send()).unwrap();
    let seen = bank.seen.lock().unwrap();
    assert_eq!(seen[0].uri().path(), "/api/customers/c%2F1/cards/2/rows");
    let query = "link=l-1&kind__in=fee%2Cinterest&id__in=1%2C2&day__range=2024-01-01%2C2024-01-31&day__gte=2024-01-01";
    assert_eq!(seen[0].uri().query(), Some(query));
    let header = |name: &str| seen[0].headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(
        [header("x-request-mode"), header("api-version"), header("idempotency-key")],
        [Some("async".into()), Some("2".into()), Some("k".into())]
    );
}

#[test]
fn credentials_stay_here_where_everybody_may_call() {
    let (client, bank) = bank(200, r#"[[{"code":1},{"code":2}],[]]"#);
    let codes = run(client.list_codes().send()).unwrap().into_inner();
    assert_eq!(codes.iter().map(Vec::len).collect::<Vec<_>>(), [2, 0]);
    run(client.find_codes().send()).unwrap();
    let keys: Vec<bool> = bank.seen.lock().unwrap().iter().map(|sent| sent.headers().contains_key("x-key")).collect();
    assert_eq!(keys, [false, true]);
}

#[test]
fn answers_that_are_a_list_or_not() {
    let codes = |text: &str| {
        let codes = serde_json::from_str::<types::Codes>(text).unwrap();
        assert_eq!(serde_json::to_string(&codes).unwrap(), text);
        codes
    };
    assert!(matches!(codes(r#"[[{"code":1}]]"#), types::Codes::Lists(lists) if lists[0][0].code == 1));
    assert!(matches!(codes(r#"[{"code":1}]"#), types::Codes::List(list) if list[0].code == 1));
    assert!(matches!(codes(r#"{"code":1}"#), types::Codes::Code(code) if code.code == 1));
    assert!(matches!(codes(r#"[7]"#), types::Codes::Unrecognized(_)));
    assert!(matches!(codes(r#"{"number":1}"#), types::Codes::Unrecognized(_)));
}

fn row(text: &str) -> types::Row {
    let row = serde_json::from_str::<types::Row>(text).unwrap();
    assert_eq!(serde_json::to_string(&row).unwrap(), text);
    row
}

#[test]
fn an_object_may_come_as_nothing_of_several_kinds() {
    assert!(matches!(row(r#"{"data":{"request_id":"r"}}"#).data.into_option(), Some(types::RowData::Receipt(_))));
    assert!(matches!(row(r#"{"data":[]}"#).data.into_option(), Some(types::RowData::List(list)) if list.is_empty()));
    assert!(row(r#"{"data":null}"#).data.is_null() && row("{}").data.is_absent());
    assert!(row(r#"{"nested":null}"#).nested.is_null());
    assert!(matches!(
        row(r#"{"nested":{"a":"b"}}"#).nested.into_option(),
        Some(types::RowNested::RowNestedVariant1(_))
    ));
}

#[test]
fn names_that_meet_and_names_of_the_code_around_them() {
    let text = r#"{"id":"1","ID":"2","portfolio-uuid":"p","valueDate":"2024-01-31","class":"c","type":"new","event_type":7,"fields":"f","at":"a","out":"o"}"#;
    let row = row(text);
    assert_eq!((row.id.unwrap().as_ref(), row.upper_id.unwrap().as_ref()), ("1", "2"));
    assert_eq!((row.event_type, row.type_.unwrap().as_ref()), (Some(7), "new"));
}

#[test]
fn versions_are_told_apart_by_what_they_require() {
    let customer = |text: &str| row(&format!(r#"{{"customer":{text}}}"#)).customer.unwrap();
    assert!(matches!(customer(r#""c-1""#), types::RowCustomer::Text(id) if id == "c-1"));
    let version = |text: &str| match customer(text) {
        types::RowCustomer::Customer(types::Customer::CustomerV1(_)) => 1,
        types::RowCustomer::Customer(types::Customer::CustomerV2(_)) => 2,
        _ => 0,
    };
    assert_eq!(version(r#"{"name":"a","age":1}"#), 1);
    assert_eq!(version(r#"{"name":"a","age":1,"documents":[]}"#), 2);
    assert_eq!(version(r#"{"title":"a"}"#), 0);
}

#[test]
fn a_member_that_lists_other_texts_decides_without_a_discriminator() {
    let payer = |method: &str| row(&format!(r#"{{"payer":{{"number":"1","method":"{method}"}}}}"#)).payer.unwrap();
    assert!(matches!(payer("card"), types::Payer::CardPayer(_)));
    assert!(matches!((payer("bank"), payer("wire")), (types::Payer::BankPayer(_), types::Payer::BankPayer(_))));
    assert!(matches!(row(r#"{"payer":[1]}"#).payer.unwrap(), types::Payer::Unrecognized(_)));
}

#[cfg(feature = "cards")]
#[test]
fn every_form_of_a_union_can_be_sent_as_it_is() {
    let (client, bank) = bank(200, "{}");
    run(client.limit(types::BankPayer::new("wire").number("1")).send()).unwrap();
    run(client.limit("p-1").send()).unwrap();
    let bodies: Vec<rt::Bytes> = bank.seen.lock().unwrap().iter().map(|request| request.body().clone()).collect();
    assert_eq!(bodies, [r#"{"number":"1","method":"wire"}"#, r#""p-1""#]);
}
