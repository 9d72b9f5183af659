//! The client against Salt Edge as the sandbox plays it: every operation, the way from the widget to the callbacks, signatures, paging.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::time::Duration;

use bankfeed_sandbox::{Provider, Sandbox, SandboxBuilder};
use saltedge_client::runtime::{HeaderMap, HeaderName, HeaderValue};
use saltedge_client::types::*;
use saltedge_client::{Amount, Callback, CallbackKind, CallbackVerifier, Client, ErrorExt as _, Id};
use support::{Server, date, json};

async fn start(builder: SandboxBuilder) -> (Sandbox, Client) {
    let sandbox = builder.check_answers().start().await.unwrap();
    let access = sandbox.saltedge();
    let client = Client::builder(access.app_id, access.secret).base_url(&access.url).build().unwrap();
    (sandbox, client)
}

async fn first_customer(client: &Client) -> Id {
    client.list_customers().send().await.unwrap().data[0].customer_id.clone()
}

/// What the user's browser does with the form of the widget: status and `Location`.
fn decide(url: &str, fields: &str) -> (u16, String) {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let length = fields.len();
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{fields}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
    (answer[9..12].parse().unwrap(), location.to_owned())
}

fn consent() -> ConsentRequest {
    ConsentRequest::new([ConsentScope::HolderInfo, ConsentScope::Accounts, ConsentScope::Transactions])
        .from_date(date("2025-06-01"))
        .period_days(90)
}

const SCOPES: [FetchScope; 3] = [FetchScope::Accounts, FetchScope::Balance, FetchScope::Transactions];

#[test]
fn every_operation_is_answered_by_the_specification() {
    support::run(async {
        let (sandbox, client) = start(Sandbox::builder()).await;
        reading(&client).await;
        connecting(&sandbox, &client).await;
        categorizing(&client).await;
        reporting(&client).await;
        removing(&client).await;
        let requests = sandbox.requests();
        let refused: Vec<_> = requests.iter().filter_map(|request| request.refused.as_ref()).collect();
        assert!(refused.is_empty(), "{refused:?}");
        let received: BTreeSet<&str> = requests.iter().map(|request| request.operation.as_str()).collect();
        let missing: Vec<_> =
            Sandbox::operations(Provider::SaltEdge).into_iter().filter(|id| !received.contains(id)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(Sandbox::operations(Provider::SaltEdge).len(), 40);
    });
}

async fn reading(client: &Client) {
    assert!(client.list_countries().send().await.unwrap().data.iter().any(|country| country.code == "XF"));
    let providers = client.list_providers().include_ais_fields(true).per_page(10).stream().collect_all().await.unwrap();
    assert!(providers.len() > 20);
    let provider = client.show_provider("fakebank_simple_xf").include_credentials_fields(true).include_pis_fields(true);
    assert_eq!(provider.send().await.unwrap().data.status, ProviderStatus::Active);

    let customer = client.create_customer(CustomerCreation::new().identifier("user-17")).send().await.unwrap();
    let id = &customer.data.customer_id;
    assert_eq!(client.show_customer(id).send().await.unwrap().data.identifier.as_deref(), Some("user-17"));
    assert_eq!(client.list_customers().send().await.unwrap().data.len(), 4);

    let customer = first_customer(client).await;
    let connections = client.list_connections(&customer).send().await.unwrap().data.clone();
    assert_eq!(connections.len(), 3);
    let shown = client.show_connection(&connections[0].id).include_holder_info(true).send().await.unwrap();
    assert!(shown.data.holder_info.is_some());
    let accounts = client.list_accounts().connection_id(&connections[0].id).send().await.unwrap().data.clone();
    assert_eq!(accounts.len(), 11);
    for account in &accounts {
        let counted = account.extra.as_ref().unwrap().transactions_count.as_ref().unwrap();
        for (pending, expected) in [(false, counted.posted), (true, counted.pending)] {
            let list = client.list_transactions(&connections[0].id).account_id(&account.id).pending(pending);
            let listed = list.stream().collect_all().await.unwrap();
            assert_eq!(i64::try_from(listed.len()).ok(), expected, "{} {pending}", account.name);
        }
    }
    let all = client.list_transactions(&connections[0].id).stream().collect_all().await.unwrap();
    let merchant = all.iter().find_map(|one| one.extra.as_ref()?.merchant_id.clone()).unwrap();
    let merchants = client.show_merchants(MerchantLookup::new([merchant.clone()])).send().await.unwrap();
    assert_eq!(merchants.data[0].id, merchant);
    assert!(client.list_rates().date(date("2026-02-27")).send().await.unwrap().data.len() > 20);
    assert!(client.list_categories().send().await.unwrap().data.business.is_some());
    let personal = client.list_categories_of_type(CategoryType::Personal).send().await.unwrap();
    assert!(personal.data.personal.is_some() && personal.data.business.is_none());

    let change = TransactionsChange::new(&connections[0].id, [all[0].id.clone()], true);
    client.update_transactions(change).send().await.unwrap();
    let left = client.list_transactions(&connections[0].id).stream().collect_all().await.unwrap();
    assert_eq!((left.len(), left.iter().any(|one| one.id == all[0].id)), (all.len() - 1, false));
    let lesson = CategoryLesson::new(&all[1].id, "pets").immediate(true);
    client.learn_categories(CategoryLessons::new(&customer, [lesson])).send().await.unwrap();
    assert_eq!(client.list_customer_rules(&customer).send().await.unwrap().data.len(), 1);
}

async fn connecting(sandbox: &Sandbox, client: &Client) {
    let customer = first_customer(client).await;
    let request = ConnectRequest::new(consent())
        .customer_id(&customer)
        .attempt(ConnectAttempt::new().fetch_scopes(SCOPES).return_to("https://shop.example.com/linked?a=1"))
        .provider(ProviderSelection::new().code("fake_oauth_client_xf"))
        .return_connection_id(true);
    let session = client.connect(request).send().await.unwrap();
    let (status, location) = decide(session.data.connect_url.expose(), "decision=consent");
    let id = location.strip_prefix("https://shop.example.com/linked?a=1&connection_id=").unwrap();
    assert_eq!(status, 302);
    let connection = client.show_connection(id).send().await.unwrap();
    assert_eq!(connection.data.status, ConnectionStatus::Active);
    assert!(!client.list_accounts().connection_id(id).send().await.unwrap().data.is_empty());

    sandbox.advance(Duration::from_secs(20 * 60));
    let refresh = RefreshRequest::new().show_widget(false).attempt(RefreshAttempt::new(SCOPES));
    let refreshed = client.refresh_connection(id, refresh).send().await.unwrap();
    let RefreshOutcome::Connection(connection) = &refreshed.data else { panic!("no widget was asked for") };
    assert_eq!(connection.last_attempt.as_ref().unwrap().finished, Some(true));
    sandbox.advance(Duration::from_secs(20 * 60));
    let refresh = RefreshRequest::new().attempt(RefreshAttempt::new(SCOPES));
    let refreshed = client.refresh_connection(id, refresh).send().await.unwrap();
    assert!(matches!(refreshed.data, RefreshOutcome::ConnectSession(_)));
    let refresh = BackgroundRefreshRequest::new().attempt(BackgroundRefreshAttempt::new(SCOPES));
    client.refresh_connection_in_background(id, refresh).send().await.unwrap();
    let change = ConnectionChange::new().status(ConnectionStatusChange::Inactive);
    let changed = client.update_connection(id, change).send().await.unwrap();
    assert_eq!(changed.data.status, ConnectionStatus::Inactive);

    let reconnect = ReconnectRequest::new(consent()).attempt(ReconnectAttempt::new(SCOPES));
    let session = client.reconnect_connection(id, reconnect).send().await.unwrap();
    assert_eq!(decide(session.data.connect_url.expose(), "decision=consent"), (200, String::new()));
    let consents = client.list_consents().connection_id(id).send().await.unwrap().data.clone();
    let statuses: Vec<_> = consents.iter().map(|consent| &consent.status).collect();
    assert_eq!(statuses, [&ConsentStatus::Revoked, &ConsentStatus::Active]);
    let latest = &consents[1].id;
    let shown = client.show_consent(latest).customer_id(&customer).send().await.unwrap();
    assert_eq!(&shown.data, &consents[1]);
    let revoked = client.revoke_consent(latest).connection_id(id).send().await.unwrap();
    assert_eq!(revoked.data.status, ConsentStatus::Revoked);
    client.remove_connection(id).send().await.unwrap();
}

async fn categorizing(client: &Client) {
    let customer = first_customer(client).await;
    client.create_bucket(BucketCreation::new(&customer, "may")).send().await.unwrap();
    let accounts = [ImportedAccount::new("giro", "DE", "EUR"), ImportedAccount::new("bad", "Germany", "EUR")];
    let taken = client.import_bucket_accounts(AccountImport::new("may", accounts)).send().await.unwrap();
    assert_eq!((taken.data.imported, taken.data.failed.as_ref().map(Vec::len)), (Some(1), Some(1)));
    let transactions = ["t-1", "t-2", "t-1"]
        .map(|id| ImportedTransaction::new(id, "Bakery 12", "-4.35".parse::<Amount>().unwrap()).mcc("5462"));
    let import = TransactionImport::new("may", "giro", transactions);
    let taken = client.import_bucket_transactions(import).send().await.unwrap();
    assert_eq!((taken.data.imported, taken.data.duplicates_ignored), (Some(2), Some(1)));
    let start = CategorizationStart::new(CategoryType::Personal, CategorizationVendor::Saltedge);
    client.start_categorization("may", start).send().await.unwrap();
    assert_eq!(client.show_bucket("may").send().await.unwrap().data.status, Some(BucketStatus::Completed));
    let list = client.list_bucket_transactions("may", &customer).per_page(1).stream().collect_all().await.unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!(list[0].category.as_deref(), Some("groceries"));
    assert_eq!(client.list_bucket_accounts().customer_id(&customer).send().await.unwrap().data.len(), 1);
    client.remove_bucket_account("giro").bucket_id("may").send().await.unwrap();
    assert!(client.list_bucket_accounts().bucket_id("may").send().await.unwrap().data.is_empty());
    client.remove_bucket("may").send().await.unwrap();
}

async fn reporting(client: &Client) {
    let customer = first_customer(client).await;
    let order = ReportOrder::new(
        &customer,
        [
            ReportType::Balance,
            ReportType::Expense,
            ReportType::Income,
            ReportType::Savings,
            ReportType::ExpenseCategories,
            ReportType::IncomeCategories,
            ReportType::InboundTransfers,
            ReportType::OutboundTransfers,
        ],
        "EUR",
        date("2025-12-01"),
        date("2026-02-28"),
    );
    let report = client.create_report(order).send().await.unwrap();
    assert_eq!(report.data.status, ReportStatus::Initialized);
    let id = &report.data.id;
    assert_eq!(client.list_reports(&customer).send().await.unwrap().data.len(), 1);
    let shown = client.show_report(id, &customer).send().await.unwrap();
    let result = shown.data.data.as_ref().unwrap().result.as_ref().unwrap();
    let summary = result.accounts_summary.as_ref().unwrap();
    assert!(result.accounts.as_ref().unwrap().len() == 33 && summary.transactions_count > Some(100));
    let pdf = client.show_report(id, &customer).send_pdf().await.unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    client.remove_report(id).send().await.unwrap();
}

async fn removing(client: &Client) {
    let customer = first_customer(client).await;
    client.remove_customer(&customer).send().await.unwrap();
    let left = client.list_customers().send().await.unwrap();
    assert!(left.data.iter().all(|other| other.customer_id != customer));
}

fn headers(request: &support::Request) -> HeaderMap {
    let headers = request.headers.iter().filter_map(|(name, value)| {
        Some((name.parse::<HeaderName>().ok()?, HeaderValue::try_from(value.as_str()).ok()?))
    });
    headers.collect()
}

#[test]
fn callbacks_of_a_connect_verify_with_the_key_of_the_sandbox() {
    support::run(async {
        let receiver = Server::answering(|_| json("{}")).await;
        let (sandbox, client) = start(Sandbox::builder()).await;
        sandbox.send_callbacks_to(Provider::SaltEdge, format!("{}/hooks", receiver.url).parse().unwrap());
        let customer = client.create_customer(CustomerCreation::new().identifier("new")).send().await.unwrap();
        let request = |code: &str| {
            ConnectRequest::new(consent())
                .customer_id(&customer.data.customer_id)
                .provider(ProviderSelection::new().code(code))
                .return_error_class(true)
                .attempt(ConnectAttempt::new().return_to("https://shop.example.com/"))
        };
        let session = client.connect(request("fakebank_simple_xf")).send().await.unwrap();
        decide(session.data.connect_url.expose(), "decision=consent");
        let session = client.connect(request("fake_oauth_client_xf")).send().await.unwrap();
        let (_, location) = decide(session.data.connect_url.expose(), "decision=fail");
        assert_eq!(location, "https://shop.example.com/?error_class=InvalidCredentials");
        client.remove_customer(&customer.data.customer_id).send().await.unwrap();
        sandbox.settled().await;

        let mut stages = Vec::new();
        let mut counts = [0; 4];
        for request in receiver.requests() {
            let (kind, index) = match request.path() {
                "/hooks/success" => (CallbackKind::Success, 0),
                "/hooks/notify" => (CallbackKind::Notify, 1),
                "/hooks/fail" => (CallbackKind::Fail, 2),
                "/hooks/destroy" => (CallbackKind::Destroy, 3),
                other => panic!("{other}"),
            };
            counts[index] += 1;
            let url = format!("{}{}", receiver.url, request.path());
            let verifier = CallbackVerifier::new(sandbox.saltedge().callback_key, &url).unwrap();
            match verifier.verify(kind, &headers(&request), &request.body).unwrap() {
                Callback::Success(success) => stages.push(success.data.stage.unwrap()),
                Callback::Fail(fail) => assert_eq!(fail.data.error_class, Some(ErrorClass::InvalidCredentials)),
                _ => {}
            }
            let other = CallbackVerifier::new(sandbox.saltedge().callback_key, &receiver.url).unwrap();
            other.verify(kind, &headers(&request), &request.body).unwrap_err();
        }
        assert_eq!(stages, [Stage::Connect, Stage::FinishFetching, Stage::Finish]);
        assert_eq!((counts[0], counts[2], counts[3]), (3, 1, 2));
        assert!(counts[1] > 6, "{counts:?}");
        assert!(sandbox.callbacks().iter().all(|delivery| delivery.outcome == Ok(200)));
    });
}

#[test]
fn signed_requests_are_taken_where_signatures_are_required() {
    support::run(async {
        let (sandbox, unsigned) = start(Sandbox::builder().require_signatures()).await;
        let error = unsigned.list_customers().send().await.unwrap_err();
        assert_eq!(error.class(), Some(&ErrorClass::MissingExpiresAt));
        let access = sandbox.saltedge();
        let builder = || Client::builder(access.app_id, access.secret).base_url(&access.url);
        let client = builder().signing_key_pem(access.private_key).build().unwrap();
        let customer = first_customer(&client).await;
        let connections = client.list_connections(&customer).per_page(2).stream().collect_all().await.unwrap();
        assert_eq!(connections.len(), 3);
        client.create_customer(CustomerCreation::new().identifier("jürgen|1")).send().await.unwrap();
        let other = builder().signing_key_pem(&support::sample("signing/key-pkcs8.pem")).build().unwrap();
        let error = other.list_customers().send().await.unwrap_err();
        assert_eq!(error.class(), Some(&ErrorClass::SignatureNotMatch));
    });
}

#[test]
fn a_hundred_thousand_transactions_come_complete_and_in_order() {
    support::run(async {
        let sandbox = Sandbox::builder().people(1).transactions(100_000).start().await.unwrap();
        let access = sandbox.saltedge();
        let client = Client::builder(access.app_id, access.secret).base_url(&access.url).build().unwrap();
        let customer = first_customer(&client).await;
        let connection = client.list_connections(&customer).send().await.unwrap().data[0].id.clone();
        let natures = client.list_accounts().connection_id(&connection).send().await.unwrap();
        let account = natures.data.iter().find(|account| account.nature == AccountNature::Account).unwrap();
        let count = account.extra.as_ref().unwrap().transactions_count.as_ref().unwrap().posted.unwrap();
        assert!(count > 95_000);
        let mut stream = client.list_transactions(&connection).account_id(&account.id).per_page(1_000).stream();
        let (mut last, mut seen, mut balance) = (0_u64, 0_i64, None);
        while let Some(transaction) = stream.next().await {
            let transaction = transaction.unwrap();
            let id: u64 = transaction.id.to_string().parse().unwrap();
            assert!(id > last, "{last} {id}");
            last = id;
            seen += 1;
            balance = transaction.extra.as_ref().unwrap().account_balance_snapshot;
        }
        assert_eq!(seen, count);
        assert_eq!(balance, Some(account.balance), "the last snapshot is the balance");
    });
}
