//! Every operation of payments against the sandbox, each payment from its beginning to its end.
#![cfg(feature = "payments")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::time::Duration;

use bankfeed_sandbox::{Provider, Sandbox, Url};
use belvo_client::types::*;
use belvo_client::{Callback, CallbackVerifier, Client, Environment, Id};
use support::{Server, amount, data, date, reply};

const V2: PaymentsVersion = PaymentsVersion::V2;
const KEY: &str = "82737f32-7730-4832-a985-dd86df70301c";
const ORDER: &str = "4b8a81a0-e33c-45a6-8567-479efb105f73";

/// A sandbox that proves its answers, and a client of it.
struct Bank {
    sandbox: Sandbox,
    client: Client,
    /// Who pays, whom, and from which bank.
    customer: Id,
    shop: Id,
    institution: Id,
}

impl Bank {
    async fn open() -> Self {
        let sandbox = Sandbox::builder().check_answers().start().await.unwrap();
        let access = sandbox.belvo();
        let client = Client::builder(Environment::Sandbox, access.secret_id, access.secret_password)
            .base_url(&access.url)
            .build()
            .unwrap();
        let customers = client.list_customers().customer_type(CustomerType::Individual).send().await.unwrap();
        let shops = client.list_bank_accounts().holder_type(CustomerType::Business).send().await.unwrap();
        let institutions =
            client.list_payment_institutions().institution_type(CustomerType::Individual).send().await.unwrap();
        let (customer, shop) = (customers.results[0].id.clone(), shops.results[0].id.clone());
        let institution = institutions.results[0].id.clone();
        Self { sandbox, client, customer, shop, institution }
    }

    fn wait(&self, seconds: u64) {
        self.sandbox.advance(Duration::from_secs(seconds));
    }

    fn intent(&self, schedule: Option<PaymentSchedule>) -> PaymentIntentCreation {
        let mut payment = BankAccountPaymentCreation::new(self.shop.clone(), "https://shop.example/paid")
            .payer_institution(self.institution.clone());
        if let Some(schedule) = schedule {
            payment = payment.schedule(schedule);
        }
        let method = IntentMethodCreation::new(payment);
        let open_finance = [PaymentMethodType::OpenFinance];
        PaymentIntentCreation::new(amount("1234.10"), self.customer.clone(), "Shoes", open_finance, method, true)
            .external_id(ORDER)
    }
}

/// Sends a form to a page of the sandbox, as a browser does: the head of the answer.
fn decide(page: &str, decision: &str) -> String {
    let page = Url::parse(page).unwrap();
    let address = format!("{}:{}", page.host_str().unwrap(), page.port().unwrap());
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    let body = format!("decision={decision}");
    let (path, length) = (page.path(), body.len());
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Where the user is sent to agree to a payment.
fn page_of(intent: &PaymentIntent) -> String {
    let information = intent.payment_method_information.as_ref().unwrap().open_finance.as_ref().unwrap();
    information.redirect_url.as_ref().unwrap().expose().to_owned()
}

#[tokio::test]
async fn every_operation_of_payments_is_understood() {
    let bank = Bank::open().await;
    parties(&bank).await;
    intents(&bank).await;
    planned(&bank).await;
    authorizations(&bank).await;
    enrollments(&bank).await;
    let known = Sandbox::operations(Provider::Belvo);
    // The pages of the bank are no operations.
    let requests = bank.sandbox.requests();
    let requests: Vec<_> = requests.iter().filter(|request| !request.operation.is_empty()).collect();
    let received: BTreeSet<&str> = requests.iter().map(|request| request.operation.as_str()).collect();
    assert!(received.iter().all(|id| known.contains(id)), "{received:?}");
    let documented = data("belvo.ops").lines().filter(|line| line.contains(" /payments/")).count();
    assert_eq!(received.len(), documented, "{received:?}");
    for request in requests {
        assert!(request.status < 300 && request.refused.is_none(), "{request:?}");
    }
}

async fn parties(bank: &Bank) {
    let client = &bank.client;
    let made = client.create_customer(CustomerCreation::new("76109277673").name("Ana").email("ana@example.com"));
    let made = made.send().await.unwrap();
    let shown = client.show_customer(&made.id).send().await.unwrap();
    assert_eq!(
        (shown.email.as_ref(), shown.customer_type.clone()),
        (made.email.as_ref(), Some(CustomerType::Individual))
    );
    let details = BankAccountDetailsV2::new(BankAccountType::Checkings, "0001", bank.institution.clone(), "1234567");
    let account = BankAccountCreationV2::new(HolderCreationV2::new("Ana", "76109277673"), details);
    let account = client.create_bank_account(account).version(V2).send().await.unwrap();
    let shown = client.show_bank_account(&account.id).version(V2).send().await.unwrap();
    assert_eq!((shown.active, &shown.id), (Some(true), &account.id));
}

async fn intents(bank: &Bank) {
    let client = &bank.client;
    let intent = client.create_payment_intent(bank.intent(None)).idempotency_key(KEY).send().await.unwrap();
    let again = client.create_payment_intent(bank.intent(None)).idempotency_key(KEY).send().await.unwrap();
    assert_eq!(intent.id, again.id);
    assert!(decide(&page_of(&intent), "approve").starts_with("HTTP/1.1 303"));
    bank.wait(10);
    let intent = client.show_payment_intent(&intent.id).send().await.unwrap();
    assert_eq!((intent.status.clone(), intent.amount), (Some(PaymentIntentStatus::Succeeded), Some(amount("1234.10"))));
    let charges = client.list_payment_intent_charges(&intent.id).send().await.unwrap();
    let charge = &charges.results[0];
    let shown = client.show_payment_intent_charge(&intent.id, &charge.id).send().await.unwrap();
    assert_eq!((shown.status.clone(), shown.beneficiary.as_ref()), (Some(ChargeStatus::Succeeded), Some(&bank.shop)));
    let alone = client.show_charge(&charge.id).send().await.unwrap();
    assert!(matches!(&*alone, AnyCharge::Charge(found) if found.id == charge.id), "{alone:?}");
    let listed = client.list_charges().payment_intent(&intent.id).send().await.unwrap();
    assert_eq!(listed.results.len(), 1);
    let moved = client.list_payment_transactions().charge(&charge.id).send().await.unwrap();
    let moved = client.show_payment_transaction(&moved.results[0].id).send().await.unwrap();
    assert_eq!((moved.payment_intent.as_ref(), moved.amount.as_ref()), (Some(&intent.id), intent.amount.as_ref()));
    let found = client.list_payment_intents().external_id(ORDER).status(PaymentIntentStatus::Succeeded);
    assert_eq!(found.send().await.unwrap().results.len(), 1);
    let payment = PixKeyPaymentCreation::new("ana@shop.example", bank.institution.clone(), "https://shop.example/paid");
    let open_finance = [PaymentMethodType::OpenFinance];
    let method = IntentMethodCreation::new(payment);
    let pix = PaymentIntentCreation::new(amount("5"), bank.customer.clone(), "Laces", open_finance, method, false);
    let pix = client.create_payment_intent(pix).send().await.unwrap();
    assert_eq!(pix.status, Some(PaymentIntentStatus::RequiresPaymentMethod));
    let pix =
        client.complete_payment_intent(&pix.id, PaymentIntentCompletion::new().confirm(true)).send().await.unwrap();
    assert_eq!(pix.status, Some(PaymentIntentStatus::RequiresAction));
}

async fn planned(bank: &Bank) {
    let client = &bank.client;
    let day = || PaymentSchedule::new().single(SinglePayment::new().date(date("2026-03-20")));
    let mut agreed = Vec::new();
    for _ in 0..2 {
        let intent = client.create_payment_intent(bank.intent(Some(day()))).send().await.unwrap();
        decide(&page_of(&intent), "approve");
        agreed.push(client.show_payment_intent(&intent.id).send().await.unwrap());
    }
    let charge = &agreed[0].charges.as_ref().unwrap()[0];
    assert_eq!(charge.status, Some(ChargeStatus::Scheduled));
    client.cancel_payment_intent_charge(&agreed[0].id, &charge.id).send().await.unwrap();
    client.cancel_payment_intent(&agreed[1].id).send().await.unwrap();
    for intent in agreed {
        let intent = client.show_payment_intent(&intent.id).send().await.unwrap();
        assert_eq!(intent.charges.as_ref().unwrap()[0].status, Some(ChargeStatus::Canceled));
        assert_eq!(intent.failure_code.as_deref(), Some("canceled"));
    }
}

async fn authorizations(bank: &Bank) {
    let client = &bank.client;
    let details = BankAccountDetailsV2::new(BankAccountType::Checkings, "0001", bank.institution.clone(), "7654321");
    let account = BankAccountCreationV2::new(HolderCreationV2::new("Acme", "12345678000195"), details);
    let payer = AuthorizationPayerCreation::new(CustomerIdentity::new("76109277673", "Ana"))
        .institution(bank.institution.clone());
    let asked = PaymentAuthorizationCreation::new(
        AuthorizationMethod::Scheduled,
        "Rent",
        "https://shop.example/back",
        payer,
        AuthorizationBeneficiaryCreation::new(BeneficiaryType::BankAccount, account),
        AuthorizationTermsCreation::new(amount("10000.05"), "Rent").dates([date("2026-03-04"), date("2026-03-09")]),
    );
    let made = client.create_payment_authorization(V2, asked).send().await.unwrap();
    let terms = made.payment_method_configuration.as_ref().unwrap();
    assert_eq!(terms.amount, Some(amount("10000.05")));
    decide(terms.authorization_url.as_ref().unwrap().expose(), "approve-empty");
    // Two days on the first charge has failed.
    bank.wait(2 * 24 * 60 * 60 + 3 * 60 * 60);
    let failed = AuthorizationChargeStatus::Failed;
    let charges = client.list_payment_authorization_charges(V2, &made.id).status(failed).send().await.unwrap();
    assert_eq!(charges.results.len(), 1);
    let first = &charges.results[0];
    let on = ChargeRetry::new().date(date("2026-03-06"));
    let retry = client.retry_payment_authorization_charge(V2, &made.id, &first.id, on).send().await.unwrap();
    assert_eq!(retry.previous.as_ref(), Some(&first.id));
    let first = client.show_payment_authorization_charge(V2, &made.id, &first.id).send().await.unwrap();
    assert_eq!(first.next.as_ref(), Some(&retry.id));
    let alone = client.show_charge(&retry.id).version(V2).send().await.unwrap();
    assert_eq!(alone.status().as_u16(), 200);
    client.cancel_payment_authorization_charge(V2, &made.id, &retry.id).send().await.unwrap();
    client.cancel_payment_authorization(V2, &made.id).send().await.unwrap();
    let shown = client.show_payment_authorization(V2, &made.id).send().await.unwrap();
    assert_eq!(shown.status, Some(PaymentAuthorizationStatus::Revoked));
    let listed = client.list_payment_authorizations(V2).amount(amount("10000.05")).send().await.unwrap();
    assert_eq!(listed.results.len(), 1);
}

async fn enrollments(bank: &Bank) {
    let client = &bank.client;
    let signals = BTreeMap::from([("deviceId".to_owned(), r#""5ad82a8f""#.parse().unwrap())]);
    let platform = DevicePlatform::Android;
    let details = EnrollmentDetailsCreation::new(bank.customer.clone(), bank.institution.clone(), platform, signals)
        .callback_url("https://shop.example/enrolled");
    let asked = EnrollmentCreation::new(EnrollmentType::BiometricPix, details);
    let made = client.create_enrollment(asked).send().await.unwrap();
    let page = made.details.as_ref().unwrap().redirect_url.as_ref().unwrap().expose().to_owned();
    let answer = decide(&page, "approve");
    let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    let back = Url::parse(location).unwrap();
    let given = |name: &str| back.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
    let redirection = EnrollmentRedirection::new(given("state")).code(given("code")).id_token(given("id_token"));
    client.complete_enrollment(redirection).send().await.unwrap();
    bank.wait(5);
    let shown = client.show_enrollment(&made.id).send().await.unwrap();
    assert_eq!(shown.status, Some(EnrollmentStatus::Succeeded));
    let listed = client.list_enrollments().customer(&bank.customer).status(EnrollmentStatus::Succeeded);
    assert!(listed.send().await.unwrap().results.iter().any(|one| one.id == made.id));
    let callbacks = PaymentWidgetCallbacks::new("shop://success", "shop://exit");
    let details = WidgetEnrollmentDetails::new(bank.customer.clone());
    let enrollment = WidgetEnrollment::new(EnrollmentType::BiometricPix, details, []);
    let widget = PaymentWidget::new(callbacks, PaymentWidgetBranding::new("Acme")).enrollment(enrollment);
    let token = PaymentWidgetTokenCreation::new([PaymentWidgetUse::Enrollment], widget);
    let token = client.create_payment_widget_token(token).send().await.unwrap();
    assert_eq!(token.access.expose().split('.').count(), 3);
}

#[tokio::test]
async fn callbacks_about_payments_pass_the_verifier() {
    let bank = Bank::open().await;
    let server = Server::answering(|_| reply(200, &[], "")).await;
    bank.sandbox.send_callbacks_to(Provider::Belvo, Url::parse(&server.url).unwrap());
    let intent = bank.client.create_payment_intent(bank.intent(None)).send().await.unwrap();
    bank.wait(600);
    bank.sandbox.settled().await;
    let verifier = CallbackVerifier::new(bank.sandbox.belvo().webhook_authorization).unwrap();
    let last = server.requests().pop().unwrap();
    let mut headers = http::HeaderMap::new();
    headers.insert("authorization", last.header("authorization").unwrap().parse().unwrap());
    let heard = verifier.verify(&headers, &last.body).unwrap();
    let Callback::Payments(heard) = heard else { panic!("{heard:?}") };
    assert_eq!((heard.object_id.as_ref(), heard.webhook_type.as_deref()), (Some(&intent.id), Some("PAYMENT_INTENTS")));
    assert_eq!(heard.data.unwrap().status.as_deref(), Some("SUCCEEDED"));
    headers.insert("authorization", "Bearer somebody-else".parse().unwrap());
    assert!(verifier.verify(&headers, &last.body).is_err());
}
