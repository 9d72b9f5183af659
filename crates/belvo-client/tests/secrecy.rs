//! Personal data and credentials, planted wherever they can be, show up nowhere.
#![cfg(all(
    feature = "banking",
    feature = "investments",
    feature = "employment",
    feature = "enrichment",
    feature = "fiscal-mexico",
    feature = "fiscal-chile",
    feature = "payments"
))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use belvo_client::runtime::Lenient;
use belvo_client::types::*;
use belvo_client::{Advice, Client, Configure, Environment, ErrorExt};
use serde_json::Value;
use support::records::TYPES;
use support::{ID, LINK, Log, RECORDS, Server, amount, json, json_status, printed, record, reply};

/// What stands for text, and for a day, where only a day fits.
const TEXT: &str = "PLANTED";
const DAY: &str = "1987-06-05";

#[track_caller]
fn is_clean(printed: &str) {
    assert!(!printed.contains(TEXT) && !printed.contains(DAY), "shows what was planted: {printed}");
}

/// Members that hold personal data or secrets, wherever in a record they stand.
const SENSITIVE: &[(&str, &[&str])] = &[
    ("account", &["name", "number", "agency", "check_digit", "public_identification_value", "contract_number"]),
    ("bank-account-v1", &["agency", "number", "identifier", "first_name", "last_name"]),
    ("bank-account-v2", &["agency", "number", "identifier", "name"]),
    ("charge", &["agency", "number", "description", "statement_description"]),
    ("charge-v2", &["agency", "number", "identifier", "statement_description"]),
    ("chile-debt-report", &["full_name", "document_id_number"]),
    ("chile-invoice", &["sender_id", "sender_name", "receiver_id", "receiver_name"]),
    ("chile-tax-status", &["name", "document_id_number", "address", "email", "number"]),
    ("consent", &["display_name", "document_number", "user_name"]),
    ("current-employment", &["employer", "employer_id", "employer_rfc", "internal_identification"]),
    ("customer-v1", &["name", "email", "identifier", "address", "phone"]),
    ("customer-v2", &["name", "identifier"]),
    ("employment", &["code"]),
    ("employment-record", &["official_name", "first_name", "last_name", "birth_date", "email", "document_number"]),
    ("enrollment", &["redirect_url"]),
    ("exchange-event", &["foreign_partie_name"]),
    ("income", &["last_income_description"]),
    ("invoice", &["sender_id", "sender_name", "receiver_id", "receiver_name", "xml"]),
    ("link", &["institution_user_id"]),
    ("owner", &["display_name", "email", "phone_number", "address", "business_name"]),
    ("owner-company", &["company_name", "trade_name", "document_number", "email", "number", "address"]),
    ("owner-person", &["display_name", "birth_date", "document_number", "email", "number", "address", "civil_name"]),
    ("payment-authorization", &["representative_identifier", "description", "authorization_url"]),
    ("payment-intent", &["description", "redirect_url", "cpf"]),
    ("payment-transaction", &["description"]),
    ("recurring-expense", &["name", "description", "number"]),
    ("tax-compliance-status", &["rfc", "pdf"]),
    ("tax-retention", &["sender_id", "sender_name", "receiver_id", "receiver_name", "xml"]),
    ("tax-status", &["rfc", "curp", "email", "phone", "street", "postal_code", "official_name", "id_cif", "pdf"]),
    ("transaction", &["description", "card_number", "document_number", "number", "agency"]),
    ("widget-token", &["access", "refresh"]),
];

/// Members of these names that hold nothing personal: they are about institutions, products and things.
const HARMLESS: &[&str] = &[
    "/institution/name",
    "/fees/name",
    "/interest_rates/name",
    "/fiscal_office/name",
    "/fiscal_office/address",
    "/institutions/description",
];

fn plant(value: &mut Value, at: &str, name: &str, planted: &mut usize) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let at = format!("{at}/{key}");
                let harmless = HARMLESS.iter().any(|known| at.ends_with(known));
                match member {
                    Value::String(_) | Value::Null if key == name && !harmless => {
                        *member = Value::from(if name == "birth_date" { DAY } else { TEXT });
                        *planted += 1;
                    }
                    member => plant(member, &at, name, planted),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plant(item, at, name, planted)),
        _ => {}
    }
}

#[test]
fn no_record_shows_what_is_sensitive() {
    let mut found = Vec::new();
    for (file, names) in SENSITIVE {
        let known = TYPES.iter().find(|known| known.file == format!("{file}.json")).unwrap();
        for name in *names {
            let mut value: Value = serde_json::from_str(&RECORDS.text(&format!("{file}.json"))).unwrap();
            let mut planted = 0;
            plant(&mut value, "", name, &mut planted);
            assert!(planted > 0, "{file} has no text `{name}`");
            let (written, shown) =
                (known.pass)(&value.to_string()).unwrap_or_else(|error| panic!("{file} {name}: {error}"));
            assert_eq!(written.matches(TEXT).count() + written.matches(DAY).count(), planted, "{file} {name}");
            for line in shown.lines().filter(|line| line.contains(TEXT) || line.contains(DAY)) {
                found.push(format!("{file}: {}", line.trim()));
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

/// Prints a request in which as many values are planted as `count` says.
#[track_caller]
fn check(request: &(impl serde::Serialize + std::fmt::Debug), count: usize) {
    let written = serde_json::to_string(request).unwrap();
    assert_eq!(written.matches(TEXT).count() + written.matches(DAY).count(), count, "{written}");
    is_clean(&format!("{request:?}"));
    is_clean(&format!("{request:#?}"));
}

#[test]
fn no_request_shows_what_is_sensitive() {
    check(&LinkCreation::new("x", TEXT).username2(TEXT).password(TEXT), 3);
    check(&CredentialsChange::new(TEXT).password2(TEXT).token(TEXT), 3);
    check(&Resumption::new(TEXT, LINK).token(TEXT), 2);
    check(&Retrieval::new(LINK).token(TEXT), 1);
    let branding = WidgetBranding::new("https://x.example/i", "https://x.example/l", "A", "https://x.example/t");
    let giver = ConsentGiver::new("CPF", TEXT, TEXT);
    let consent = ConsentRequest::new("x", "https://x.example/t", [ConsentPermission::Accounts], [giver]);
    let widget = WidgetSettings::new(branding).consent(consent);
    check(&WidgetTokenCreation::new(TEXT, TEXT, "s", [Resource::Accounts], "1d", widget), 4);
    check(&CustomerCreation::new(TEXT).name(TEXT).email(TEXT).phone(TEXT).address(TEXT), 5);
    let details = BankAccountDetailsV2::new(BankAccountType::Checkings, TEXT, LINK, TEXT);
    check(&BankAccountCreationV2::new(HolderCreationV2::new(TEXT, TEXT), details), 4);
    check(&EnrollmentRedirection::new(TEXT).code(TEXT).id_token(TEXT), 3);
    let key = PixKeyPaymentCreation::new(TEXT, LINK, "https://x.example/paid").cpf(TEXT);
    let method = IntentMethodCreation::new(key);
    let types = [PaymentMethodType::OpenFinance];
    check(&PaymentIntentCreation::new(amount("1"), LINK, TEXT, types, method, true), 3);
}

/// A client whose key is planted.
fn client(server: &Server) -> Client {
    let builder = Client::builder(Environment::Sandbox, TEXT, TEXT)
        .base_url(&server.url)
        .transport(|transport| transport.max_attempts(1));
    is_clean(&format!("{builder:?}"));
    builder.build().unwrap()
}

#[test]
fn neither_clients_nor_calls_errors_or_logs_show_any() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        support::run(async {
            for answer in [
                json_status(400, format!(r#"[{{"code":"invalid","message":"{TEXT}"}}]"#)),
                json_status(428, format!(r#"[{{"code":"token_required","session":"{TEXT}","link":"{LINK}"}}]"#)),
                reply(400, &[("x-planted", TEXT)], format!(r#"{{"detail":"{TEXT}"}}"#)),
                reply(502, &[], format!("<html>{TEXT}</html>")),
                reply(302, &[("location", &format!("https://example.com/{TEXT}"))], ""),
                json(format!(r#"{{"id":{{"{TEXT}":1}}}}"#)),
                json(format!(r#"{{"id":"{TEXT}"#)),
            ] {
                let server = Server::answering(move |_| answer.clone()).await;
                let client = client(&server);
                is_clean(&format!("{client:?} {:?}", client.transport()));
                let call = client
                    .create_link(LinkCreation::new(TEXT, TEXT).password(TEXT))
                    .extra_header("x-more", TEXT)
                    .extra_query("more", TEXT);
                is_clean(&format!("{call:?}"));
                let error = call.send().await.unwrap_err();
                is_clean(&format!("{} {:?}", printed(&error), error.api()));
                let mut stream = client.list_consents(TEXT).stream();
                let _ = stream.next().await;
                is_clean(&format!("{stream:?} {:?}", stream.continuation()));
            }
            let server = Server::answering(|_| json(record("link"))).await;
            client(&server).show_link(TEXT).send().await.unwrap();
        });
    });
    let log = log.text();
    assert!(log.contains("create_link"), "the log is empty: {log}");
    is_clean(&log);
}

#[test]
fn a_wrong_key_is_refused_and_not_shown() {
    support::run(async {
        let server = Server::answering(|_| json_status(401, r#"[{"code":"authentication_failed"}]"#)).await;
        let error = client(&server).show_link(ID).send().await.unwrap_err();
        assert_eq!(error.advice(), Advice::GiveUp);
        is_clean(&printed(&error));
        let server = Server::answering(|_| json_status(401, r#"[{"code":"consent_without_accounts"}]"#)).await;
        let error = client(&server).show_link(ID).send().await.unwrap_err();
        assert_eq!(error.advice(), Advice::AskUser, "not every 401 is about the key");
    });
}

#[test]
fn half_a_key_makes_no_client() {
    for (id, password) in [("", TEXT), (TEXT, ""), ("", ""), ("PLANTED:PLANTED", TEXT)] {
        let error = Client::builder(Environment::Production, id, password).build().unwrap_err();
        is_clean(&printed(&error));
    }
    assert!(Client::builder(Environment::Production, TEXT, "pass:word").build().is_ok());
}

#[test]
fn keys_go_out_over_https_or_to_this_machine_only() {
    let build = |url: &str| Client::builder(Environment::Sandbox, TEXT, TEXT).base_url(url).build();
    assert!(build("http://sandbox.belvo.com").is_err());
    assert!(build("https://user:password@sandbox.belvo.com").is_err());
    assert!(build("http://127.0.0.1:8080").is_ok());
    assert_eq!(Environment::Sandbox.base_url(), "https://sandbox.belvo.com");
    assert_eq!(Environment::Production.base_url(), "https://api.belvo.com");
}

#[test]
fn a_redirect_does_not_get_the_keys() {
    support::run(async {
        let elsewhere = Server::answering(|_| json(record("link"))).await;
        let location = format!("{}/api/links/", elsewhere.url);
        let server = Server::answering(move |_| reply(307, &[("location", &location)], "")).await;
        let error = client(&server).show_link(ID).send().await.unwrap_err();
        assert!(error.is_redirect());
        assert!(elsewhere.requests().is_empty());
    });
}

#[test]
fn unreadable_answers_do_not_quote_themselves() {
    fn problem<T: for<'de> Lenient<'de> + std::fmt::Debug>(text: &str) -> String {
        let error = belvo_client::runtime::de::from_str::<T>(text).unwrap_err();
        format!("{error} {error:?}")
    }
    is_clean(&problem::<Transaction>(&format!(r#"{{"id":"1","amount":"{TEXT}"}}"#)));
    is_clean(&problem::<Link>(&format!(r#"{{"id":["{TEXT}"]}}"#)));
    is_clean(&problem::<Owner>(&format!(r#"{{"id":"1","birth_date":"{TEXT}"}}"#)));
}
