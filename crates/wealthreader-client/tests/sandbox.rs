//! The client against the sandbox: every operation over HTTP, answers checked against the specification.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use bankfeed_sandbox::{Provider, Sandbox, SandboxBuilder};
use support::{Server, calls::date, noon, reply, run};
use wealthreader_client::runtime as rt;
use wealthreader_client::types::*;
use wealthreader_client::{
    Advice, CardEvent, CardsWebhookVerifier, ChallengeAnswer, ChallengeKind, Client, ErrorExt, OauthClient, OauthLogin,
    OauthReturn, OtpFields, UnsignedBatchNotification, UnsignedWidgetCallback, WidgetOutcome,
};

fn builder() -> SandboxBuilder {
    Sandbox::builder().check_answers()
}

fn client_with(sandbox: &Sandbox, key: &str) -> Client {
    let clock = rt::ManualClock::new(noon());
    let sleeper = rt::ManualSleeper::new(clock.clone());
    let builder = Client::builder(key).base_url(&sandbox.wealthreader().url);
    builder.transport(|transport| transport.clock(clock).sleeper(sleeper).jitter(|| 0.0)).build().unwrap()
}

fn client(sandbox: &Sandbox) -> Client {
    client_with(sandbox, sandbox.wealthreader().api_key)
}

fn read(token: &str) -> FinancialDataRequest {
    FinancialDataRequest::new("bancoficticio").token(token)
}

#[test]
fn every_operation_is_answered() {
    run(async {
        let sandbox = builder().start().await.unwrap();
        let (client, access) = (client(&sandbox), sandbox.wealthreader());
        let everything = read(&access.token).date_from(date("2026-01-01")).date_to(date("2030-12-31"));
        let answer = client.read_financial_data(everything.fetch_transaction_details(true)).send().await.unwrap();
        let financials = answer.data().unwrap().financials().unwrap().unwrap();
        let account = &financials.accounts.as_ref().unwrap()[0];
        let person = financials.user_information.as_ref().unwrap();
        assert!(account.transactions.as_ref().unwrap().iter().all(|movement| movement.additional_info.is_some()));
        assert!(financials.unlisted.is_empty());

        let banks = client.list_entities().show_only_tested(1).send().await.unwrap();
        assert!(banks.entities().unwrap().iter().any(|bank| bank.code == "bancoficticio"));
        let categories = client.list_category_types().lang(Language::En).send().await.unwrap();
        assert!(categories.category_types().unwrap().len() > 10);
        let codes = client.list_error_codes().lang(Language::En).send().await.unwrap();
        assert_eq!(codes.codes().unwrap().len(), 40);
        let warnings = client.list_warning_codes().lang(Language::Es).send().await.unwrap();
        assert_eq!(warnings.codes().unwrap().len(), 14);

        let owner = IbanOwnershipQuery::new(
            account.code.clone().unwrap(),
            DocumentType::Nif,
            person.id.clone().unwrap(),
            person.name.clone().unwrap(),
        );
        let verdict = client.verify_iban_ownership(owner).send().await.unwrap();
        assert_eq!(verdict.result.as_ref().unwrap().code, Some(1));

        let user = UserRegistration::new("12345", UserService::Integra, "user@example.com");
        assert!(client.register_user(user).send().await.unwrap().success);
        let known = client.check_user(UserQuery::new("12345")).send().await.unwrap();
        assert_eq!((known.registered, known.links.as_ref().unwrap().len()), (Some(true), 1));
        assert!(client.unregister_user(UserRemoval::new("12345", RemovalService::All)).send().await.unwrap().success);

        let url = "http://127.0.0.1:9/wealthreader";
        let domain = DomainCreation::new(DomainMethod::Add, "app.example.com", url, Tokenize::Yes);
        assert!(client.add_domain(domain).send().await.unwrap().success);

        let batch = BatchCreation::new([BatchConnection::new("cred_001", "bancoficticio").token(access.token.clone())]);
        let batch = client.load_batch(batch).send().await.unwrap();
        sandbox.advance(Duration::from_secs(30));
        let id = batch.batch_id.to_string();
        let state = client.show_batch_statistics(BatchQuery::new(id.as_str())).send().await.unwrap();
        assert_eq!(state.status, Some(BatchState::Completed));
        let result = client.show_batch_result(BatchResultQuery::new(id.as_str(), "cred_001")).send().await.unwrap();
        assert!(result.financials().unwrap().unwrap().accounts.is_some());

        let webhook = client.set_cards_webhook(CardsWebhookChange::new().rotate_secret(true)).send().await.unwrap();
        assert_eq!(webhook.payload.active, Some(false));
        let invitation = CardEnrollmentCreation::new("employee@example.com").ttl_minutes(20);
        let invitation = client.create_card_enrollment(invitation).send().await.unwrap();
        let rt::Maybe::Value(id) = &invitation.payload.enrollment_id else { panic!() };
        let shown = client.show_card_enrollment(id.as_str()).send().await.unwrap();
        assert_eq!(shown.payload, invitation.payload);
        let payments = client.list_card_transactions().date_from(date("2026-02-05")).send().await.unwrap();
        assert!(!payments.payload.transactions.is_empty());

        let tokens = client.list_tokens().send().await.unwrap();
        let last = tokens.tokens().unwrap()[2].token.expose().to_owned();
        assert!(client.revoke_token(TokenRevocation::new(last)).send().await.unwrap().success);
        let over = TokenReassignment::new(access.api_key, access.second_api_key, access.token.clone());
        assert!(client.reassign_token(over).send().await.unwrap().success);
        let theirs = client_with(&sandbox, access.second_api_key).read_financial_data(read(&access.token));
        theirs.send().await.unwrap();

        let requests = sandbox.requests();
        let received: BTreeSet<&str> = requests.iter().map(|request| request.operation.as_str()).collect();
        assert_eq!(received, Sandbox::operations(Provider::WealthReader).into_iter().collect());
        let refused: Vec<_> = requests.iter().filter_map(|request| request.refused.as_ref()).collect();
        assert_eq!(refused, [""; 0]);
    });
}

#[test]
fn tokens_are_listed_over_several_pages() {
    run(async {
        let sandbox = builder().people(1_203).start().await.unwrap();
        let mut stream = client(&sandbox).list_tokens().stream();
        let mut tokens = BTreeSet::new();
        while let Some(token) = stream.next().await {
            tokens.insert(token.unwrap().token.expose().to_owned());
        }
        assert_eq!((tokens.len(), sandbox.requests().len()), (1_203, 4));
    });
}

#[test]
fn payments_are_listed_over_several_pages() {
    run(async {
        let sandbox = builder().transactions(20_000).start().await.unwrap();
        let mut stream = client(&sandbox).list_card_transactions().date_from(date("2026-02-05")).limit(50).stream();
        let mut ids = Vec::new();
        while let Some(payment) = stream.next().await {
            ids.push(payment.unwrap().id.as_str().parse::<u64>().unwrap());
        }
        assert!(ids.len() > 200 && ids.is_sorted_by(|a, b| a < b), "{}", ids.len());
        assert_eq!(sandbox.requests().len(), ids.len().div_ceil(50));
    });
}

#[test]
fn a_second_factor_goes_on_in_its_session() {
    run(async {
        let sandbox = builder().start().await.unwrap();
        let client = client(&sandbox);
        let fields = OtpFields::new("its_session", "its_code").unwrap();
        let error = client.read_financial_data(read("MOCKOTP")).send().await.unwrap_err();
        assert_eq!(error.advice(), Advice::Resume);
        let challenge = error.challenge().unwrap();
        assert_eq!(challenge.kind(), ChallengeKind::Code);
        let wrong = challenge.resume(read("MOCKOTP"), &fields, ChallengeAnswer::Code("000000".into())).unwrap();
        let error = client.read_financial_data(wrong).send().await.unwrap_err();
        let right = error.challenge().unwrap();
        let right = right.resume(read("MOCKOTP"), &fields, ChallengeAnswer::Code("123456".into())).unwrap();
        client.read_financial_data(right).send().await.unwrap();

        let error = client.read_financial_data(read("MOCK2017")).send().await.unwrap_err();
        let challenge = error.challenge().unwrap();
        let method = challenge.methods()[0].otp_method.clone().unwrap();
        let next = challenge.resume(read("MOCK2017"), &fields, ChallengeAnswer::Method(method.into())).unwrap();
        let error = client.read_financial_data(next).send().await.unwrap_err();
        let challenge = error.challenge().unwrap();
        let next = challenge.resume(read("MOCK2017"), &fields, ChallengeAnswer::Code("123456".into())).unwrap();
        client.read_financial_data(next).send().await.unwrap();

        let error = client.read_financial_data(read("MOCK2020")).send().await.unwrap_err();
        let challenge = error.challenge().unwrap();
        let contract = challenge.contracts().remove(0);
        let next = challenge.resume(read("MOCK2020"), &fields, ChallengeAnswer::Contract(contract.into())).unwrap();
        client.read_financial_data(next).send().await.unwrap();
    });
}

#[test]
fn every_code_advises_as_the_list_says() {
    run(async {
        let sandbox = builder().start().await.unwrap();
        let client = client(&sandbox);
        let listed = client.list_error_codes().send().await.unwrap();
        for code in listed.codes().unwrap() {
            let word = format!("MOCK{}", code.code);
            let error = client.read_financial_data(read(&word)).send().await.unwrap_err();
            assert_eq!(error.error_code().map(|known| known.number()), Some(code.code), "{word}");
            assert_eq!(Some(error.is_fatal()), code.fatal, "{word}");
            assert!(error.session().is_some());
        }
    });
}

#[test]
fn a_hundred_thousand_movements_come_complete_and_in_order() {
    run(async {
        let sandbox = Sandbox::builder().transactions(100_000).start().await.unwrap();
        let request = read("MOCKDATA").product_types([ProductType::Accounts]).force_historic_transactions(true);
        let answer = client(&sandbox).read_financial_data(request).send().await.unwrap();
        let financials = answer.data().unwrap().financials().unwrap().unwrap();
        let account = &financials.accounts.as_ref().unwrap()[0];
        let movements = account.transactions.as_ref().unwrap();
        // Those of the last day and a half are not booked yet.
        assert!((99_500..100_000).contains(&movements.len()), "{}", movements.len());
        let ids: BTreeSet<&str> = movements.iter().map(|movement| movement.uuid.as_ref().unwrap().as_str()).collect();
        assert_eq!(ids.len(), movements.len());
        for pair in movements.windows(2) {
            assert!(pair[0].operation_date <= pair[1].operation_date);
            let before = pair[0].balance.unwrap().decimal();
            let (after, amount) = (pair[1].balance.unwrap().decimal(), pair[1].amount.decimal());
            assert!(after == before + amount || (after == before && pair[0].description == pair[1].description));
        }
        let last = movements.last().unwrap().balance;
        assert_eq!(account.balances.as_ref().unwrap().current, last);
    });
}

#[test]
fn card_events_are_verified_by_the_clients_verifier() {
    run(async {
        let sandbox = builder().start().await.unwrap();
        let server = Server::answering(|_| reply(200, &[], "")).await;
        let client = client(&sandbox);
        let change = CardsWebhookChange::new().webhook_url(format!("{}/cards", server.url));
        let set = client.set_cards_webhook(change).send().await.unwrap();
        let rt::Maybe::Value(secret) = set.payload.webhook_secret.clone() else { panic!() };
        let invitation = CardEnrollmentCreation::new("employee@example.com");
        client.create_card_enrollment(invitation).send().await.unwrap();
        sandbox.advance(Duration::from_secs(7 * 86_400));
        sandbox.settled().await;
        let clock = rt::ManualClock::new("2026-03-09T09:00:01Z".parse().unwrap());
        let verifier = CardsWebhookVerifier::new(secret).unwrap().clock(clock);
        let (mut confirmed, mut paid, mut deliveries) = (0, Vec::new(), BTreeSet::new());
        for request in server.requests() {
            let headers = request
                .headers
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), rt::HeaderValue::try_from(value.as_str()).unwrap()));
            let delivery = verifier.verify(&headers.collect(), &request.body).unwrap();
            deliveries.insert(delivery.delivery_id.as_str().to_owned());
            match delivery.event {
                CardEvent::EnrollmentConfirmed(event) => {
                    assert_eq!(event.data.status, Some(EnrollmentStatus::Active));
                    confirmed += 1;
                }
                CardEvent::TransactionCreated(event) => paid.push(event.data),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((confirmed, deliveries.len()), (1, paid.len() + 1));
        let listed = client.list_card_transactions().date_from(date("2026-03-02")).send().await.unwrap();
        assert!(!paid.is_empty() && paid.iter().all(|payment| listed.payload.transactions.contains(payment)));
    });
}

/// Posts a form as a browser does.
fn submit(url: &str, form: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST /{path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn batches_and_the_widget_call_back() {
    run(async {
        let sandbox = builder().start().await.unwrap();
        let server = Server::answering(|_| reply(200, &[], r#"{"status":"ok"}"#)).await;
        let client = client(&sandbox);
        let batch = BatchCreation::new([
            BatchConnection::new("good", "bancoficticio").token("MOCKDATA"),
            BatchConnection::new("bad", "bancoficticio").token("MOCKLOGINKO"),
        ]);
        let batch = batch.notification_url(format!("{}/batch", server.url));
        let batch = client.load_batch(batch).send().await.unwrap();
        sandbox.advance(Duration::from_secs(60));
        sandbox.settled().await;
        for (request, credential) in server.requests().iter().zip(["good", "bad"]) {
            let told = UnsignedBatchNotification::read(&request.body).unwrap();
            let ours = |id: &rt::Id, of: &rt::Id| *id == batch.batch_id && of.as_str() == credential;
            assert_eq!(told.matching(ours).unwrap().status.as_deref(), Some("completed"));
        }
        assert_eq!(server.requests().len(), 2);
        let bad = BatchResultQuery::new(batch.batch_id.to_string(), "bad");
        let error = client.show_batch_result(bad).send().await.unwrap_err();
        assert_eq!(error.error_code().map(|code| code.number()), Some(2000));

        let callback = format!("{}/widget", server.url);
        let domain = DomainCreation::new(DomainMethod::Add, "app.example.com", callback, Tokenize::Yes);
        client.add_domain(domain).send().await.unwrap();
        let form = "domain=app.example.com&operation_id=op-1&code=bancoficticio&user=MOCKDATA&password=x";
        let page = submit(&format!("{}/widget/", sandbox.wealthreader().url), form);
        assert!(page.contains("flow completed"), "{page}");
        sandbox.settled().await;
        let told = UnsignedWidgetCallback::read(&server.requests()[2].body).unwrap();
        let WidgetOutcome::Completed(data) = told.matching(|id| id == "op-1").unwrap() else { panic!() };
        let token = data.statistics.as_ref().unwrap().token.clone().unwrap();
        let again = client.read_financial_data(read(token.expose())).send().await.unwrap();
        assert!(again.data().unwrap().success);
    });
}

#[test]
fn the_redirect_flow_ends_with_the_data() {
    run(async {
        let sandbox = builder().start().await.unwrap();
        let url = sandbox.wealthreader().url;
        let domain =
            DomainCreation::new(DomainMethod::Add, "app.example.com", "https://app.example.com/x", Tokenize::Yes);
        client(&sandbox).add_domain(domain.access_type(AccessType::Oauth)).send().await.unwrap();
        let login = OauthLogin::begin("https://app.example.com/back").unwrap();
        let conf = rt::Json::from_serialize(&serde_json::json!({ "operation_id": "op-1" })).unwrap();
        let page = login.redirect_url(&conf).unwrap();
        let query = page.expose().split_once('?').unwrap().1;
        let user = "code=bancoficticio&user=MOCKDATA&password=x";
        let answer = submit(&format!("{url}/oauth2/"), &format!("{query}&{user}"));
        let location =
            answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_else(|| panic!("{answer}"));
        let returned = OauthReturn::from_query(location.trim().split_once('?').unwrap().1).unwrap();
        let code = login.check(&returned).unwrap();
        let client = OauthClient::builder().base_url(&url).build().unwrap();
        let answer = client.exchange(&code).send().await.unwrap();
        let data = answer.data().unwrap();
        let statistics = data.statistics.as_ref().unwrap();
        assert_eq!(statistics.operation_id.as_deref(), Some("op-1"));
        assert!(statistics.token.is_some() && data.financials().unwrap().unwrap().accounts.is_some());
        let error = client.exchange(&code).send().await.unwrap_err();
        assert_eq!(error.error_code().map(|code| code.number()), Some(2), "a code is good once");
    });
}
