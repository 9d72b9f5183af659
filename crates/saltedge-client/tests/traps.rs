//! The traps of this API, each as it was found in the reference or in the field.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use saltedge_client::runtime as rt;
use saltedge_client::types::*;
use saltedge_client::{Error, ErrorExt, Id, Json, Maybe};
use support::{Server, bodies, client, json, reply, sample};

fn read<T: for<'de> rt::Lenient<'de>>(text: &str) -> T {
    rt::de::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn written<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn trap_01_ids_beyond_53_bits_are_whole_in_answers_and_queries() {
    for id in ["499953244512979380", "1170415646270294289", "1111111111111111111111", "0018"] {
        let rule: CategorizationFinished = read(&format!(r#"{{"bucket_id":"{id}"}}"#));
        assert_eq!(rule.bucket_id, id);
        support::run(async {
            let server = Server::answering(|_| json(r#"{"data":[]}"#)).await;
            client(&server).list_transactions(id).account_id(id).send().await.unwrap();
            assert_eq!(server.request().query_value("connection_id").as_deref(), Some(id));
            assert_eq!(server.request().query_value("account_id").as_deref(), Some(id));
        });
    }
    let stage: AttemptStage = read(r#"{"id":9007199254740993123}"#);
    assert_eq!(stage.id, Some(Id::from("9007199254740993123")));
}

#[test]
fn trap_02_a_number_for_an_id_is_read_by_its_digits() {
    let page: BucketAccountPage = read(&sample("categorization-accounts-list.response.json"));
    // What the sender rounded stays rounded; nothing is rounded further.
    assert_eq!(page.data[0].customer_id, Some(Id::from("1170415646270294300")));
    let bucket = |id: &str| read::<BucketResponse>(&format!(r#"{{"data":{{"bucket_id":"b","customer_id":{id}}}}}"#));
    assert_eq!(bucket("180"), bucket(r#""180""#));
}

#[test]
fn trap_03_ids_are_sent_as_text_and_read_as_either() {
    let sent = written(&bodies::connect());
    assert!(sent.contains(r#""customer_id":"111111111111""#), "{sent}");
    let sent = written(&bodies::background_refresh());
    assert!(sent.contains(r#""exclude_accounts":["1111111111111","#), "{sent}");
    let attempt: Attempt = read(r#"{"exclude_accounts":[1,"2"]}"#);
    assert_eq!(attempt.exclude_accounts, Some(vec![Id::from("1"), Id::from("2")]));
}

#[test]
fn trap_04_removed_may_be_true_or_the_text_true() {
    for deleted in ["true", r#""true""#] {
        let removal: BucketRemoval = read(&format!(r#"{{"bucket_id":"b","deleted":{deleted}}}"#));
        assert!(bool::from(removal.deleted.unwrap()), "{deleted}");
        read::<CustomerRemoval>(&format!(r#"{{"customer_id":"1","deleted":{deleted}}}"#));
        read::<ReportRemoval>(&format!(r#"{{"id":"1","deleted":{deleted}}}"#));
        read::<ConnectionRemoval>(&format!(r#"{{"id":"1","removed":{deleted}}}"#));
    }
}

#[test]
fn trap_05_versions_are_text_or_number() {
    for version in ["6", r#""6""#] {
        let attempt: Attempt = read(&format!(r#"{{"api_version":{version}}}"#));
        assert_eq!(attempt.api_version.as_deref(), Some("6"));
        let meta: CallbackMeta = read(&format!(r#"{{"version":{version}}}"#));
        assert_eq!(meta.version.as_deref(), Some("6"));
    }
}

#[test]
fn trap_06_the_time_of_a_callback_may_have_milliseconds_or_not_exist() {
    let second = |text: &str| read::<CallbackMeta>(text).time.map(|time| time.timestamp().unwrap().as_millisecond());
    assert_eq!(second(r#"{"time":"2024-01-25T10:40:47.965Z"}"#), Some(1_706_179_247_965));
    assert_eq!(second(r#"{"time":"2024-01-25T10:40:47Z"}"#), Some(1_706_179_247_000));
    for absent in ["{}", r#"{"time":null}"#, r#"{"time":""}"#] {
        assert_eq!(second(absent), None);
    }
}

#[test]
fn trap_07_a_trailing_comma_is_no_json() {
    let text = sample("callback-destroy.json");
    let printed = text.replacen("}\n", "},\n", 1);
    assert_ne!(text, printed);
    let printed = printed.replacen("\"value\"\n", "\"value\",\n", 1);
    assert!(rt::de::from_str::<DestroyCallback>(&text).is_ok());
    assert!(rt::de::from_str::<DestroyCallback>(&printed).is_err());
}

#[test]
fn trap_08_stages_are_open() {
    let stage: AttemptStage = read(r#"{"name":"initialize"}"#);
    assert_eq!(stage.name, Some(Stage::Initialize));
    let stage: AttemptStage = read(r#"{"name":"fetch_horoscope"}"#);
    assert!(matches!(stage.name, Some(Stage::Unrecognized(_))));
    assert_eq!(written(&stage), r#"{"name":"fetch_horoscope"}"#);
}

#[test]
fn trap_09_the_type_of_account_has_no_blank_and_two_vocabularies() {
    assert!(written(&bodies::connect()).contains(r#""kyc":{"type_of_account":"personal"}"#));
    assert!(written(&bodies::customer_of_partner()).contains(r#""type_of_account":"own""#));
}

#[test]
fn trap_10_current_time_is_a_time_of_day_and_whole_month_a_boolean() {
    let extra: AccountExtra = read(r#"{"current_time":"18:04:00","current_date":"2020-07-23"}"#);
    assert_eq!(written(&extra), r#"{"current_date":"2020-07-23","current_time":"18:04:00"}"#);
    let month: MonthlyAmount = read(r#"{"is_whole_month":true}"#);
    assert_eq!(month.is_whole_month, Some(true));
}

#[test]
fn trap_11_what_is_called_an_object_is_a_list() {
    let lessons: CategoryLessonsText = serde_json::from_str(&written(&bodies::lessons())).unwrap();
    assert_eq!(lessons.transactions.len(), 2);
    let report: BalanceReport = read(&sample("report-object-balance.json"));
    let months = report.average.unwrap().daily_per_month;
    assert!(!months.as_ref().unwrap().is_empty());
}

#[derive(serde::Deserialize)]
struct CategoryLessonsText {
    transactions: Vec<serde_json::Value>,
}

#[test]
fn trap_12_a_report_has_a_day_for_a_time_and_no_data_at_first() {
    let report: Report = read(r#"{"id":"1","status":"initialized","created_at":"2024-01-01","data":{}}"#);
    assert_eq!(written(&report.created_at), r#""2024-01-01""#);
    assert!(report.data.unwrap().result.is_none());
}

#[test]
fn trap_13_test_providers_go_by_two_names() {
    support::run(async {
        let server = Server::answering(|_| json(r#"{"data":[]}"#)).await;
        client(&server).list_countries().include_fake_providers(true).send().await.unwrap();
        client(&server).list_countries().include_sandboxes(true).send().await.unwrap();
        client(&server).list_providers().include_fake_providers(true).send().await.unwrap();
        let asked: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
        assert_eq!(
            asked,
            [
                "/api/v6/countries?include_fake_providers=true",
                "/api/v6/countries?include_sandboxes=true",
                "/api/v6/providers?include_fake_providers=true",
            ]
        );
    });
}

#[test]
fn trap_14_queries_have_one_question_mark() {
    support::run(async {
        let server = Server::answering(|_| json(r#"{"data":[]}"#)).await;
        client(&server).list_connections("1").from_id("2").per_page(3).send().await.unwrap();
        assert_eq!(server.request().target, "/api/v6/connections?customer_id=1&from_id=2&per_page=3");
    });
}

#[test]
fn trap_15_and_16_either_of_two_ids_is_enough() {
    support::run(async {
        let server = Server::answering(|_| json(r#"{"data":[]}"#)).await;
        let client = client(&server);
        client.list_accounts().customer_id("1").send().await.unwrap();
        client.list_consents().connection_id("1").send().await.unwrap();
        client.list_bucket_accounts().customer_id("1").send().await.unwrap();
        let asked: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
        assert_eq!(
            asked,
            [
                "/api/v6/accounts?customer_id=1",
                "/api/v6/consents?connection_id=1",
                "/api/v6/categorization/accounts?customer_id=1",
            ]
        );
    });
}

#[test]
fn trap_17_merchant_ids_are_any_text() {
    let merchants: MerchantList = read(&sample("merchants-show.response.json"));
    assert_eq!(merchants.data[0].id.len(), 64);
}

/// The error of a call that is answered so.
fn refused(status: u16, body: impl Into<String>) -> Error {
    let body = body.into();
    support::run(async {
        let server = Server::answering(move |_| reply(status, &[], &body)).await;
        client(&server).list_customers().send().await.unwrap_err()
    })
}

fn of_class(status: u16, class: &str) -> Error {
    refused(status, format!(r#"{{"error":{{"class":"{class}","message":"The same text"}},"request":{{}}}}"#))
}

#[test]
fn trap_18_classes_differ_where_texts_do_not() {
    let (expired, revoked) = (of_class(406, "AispConsentExpired"), of_class(406, "AispConsentRevoked"));
    assert_eq!(expired.class(), Some(&ErrorClass::AispConsentExpired));
    assert_eq!(revoked.class(), Some(&ErrorClass::AispConsentRevoked));
    assert_eq!(expired.api().unwrap().message(), revoked.api().unwrap().message());
}

#[test]
fn trap_19_merchant_category_codes_are_text() {
    let transaction: BucketTransaction = read(r#"{"transaction_id":"1","amount":1,"mcc":"12495-AS"}"#);
    assert_eq!(transaction.mcc, Maybe::Value("12495-AS".to_owned()));
}

#[test]
fn trap_20_a_category_may_be_missing() {
    let absent: BucketTransaction = read(r#"{"transaction_id":"1","amount":1}"#);
    let null: BucketTransaction = read(r#"{"transaction_id":"1","amount":1,"category":null}"#);
    assert!(absent.category.is_absent() && null.category.is_null());
    let connection = r#"{"id":"1","customer_id":"2","provider_code":"p","status":"active"}"#;
    assert_eq!(read::<Connection>(connection).categorization_vendor, None);
}

#[test]
fn trap_21_money_and_rates_are_exact() {
    for digits in ["0.2722652206", "999999999999999.9999", "-0.10", "0.30000000000000004"] {
        let text = format!(r#"{{"currency_code":"AED","rate":{digits}}}"#);
        let rate: Rate = read(&text);
        assert_eq!(rate.rate.to_string(), digits);
        assert_eq!(written(&rate), text);
    }
}

#[test]
fn trap_22_keys_outside_the_tables_are_kept() {
    let text = r#"{"card_type":"master_card","client_name":"A","last_posted_transaction_id":"7","brand_new":[1.50]}"#;
    let extra: AccountExtra = read(text);
    assert_eq!(extra.card_type, Some(CardNetwork::MasterCard));
    assert_eq!(extra.client_name.as_deref(), Some("A"));
    assert_eq!(extra.unlisted["brand_new"], "[1.50]".parse::<Json>().unwrap());
    assert_eq!(written(&extra), text);
}

#[test]
fn trap_23_a_rate_limit_comes_under_406_and_not_every_406_is_one() {
    assert!(of_class(406, "RateLimitExceeded").is_rate_limited());
    assert!(of_class(429, "TooManyRequests").is_rate_limited());
    assert!(refused(429, "").is_rate_limited());
    assert!(!of_class(406, "CustomerLocked").is_rate_limited());
    assert!(!of_class(403, "TooManyImportObjectsError").is_rate_limited());
}

#[test]
fn extra_may_be_null_or_missing() {
    let account = |extra: &str| {
        read::<Account>(&format!(
            r#"{{"id":"1","connection_id":"2","name":"n","nature":"card","balance":1,"currency_code":"EUR"{extra}}}"#
        ))
    };
    assert_eq!(account(r#","extra":null"#).extra, None);
    assert_eq!(account("").extra, None);
}
