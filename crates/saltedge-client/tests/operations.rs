//! Every operation, sent over HTTP: method, path, query, headers and body are those that the reference prints.
//!
//! The expectations are written from the reference, not from the specification in this repository. Where a printed
//! sample is broken (a second `?`, a missing `/`), the working form stands here.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use saltedge_client::{Error, Response, types};
use support::{Server, bodies, date, json, sample};

/// A server, a client of it, and what was asked so far.
struct Reference {
    server: Server,
    client: saltedge_client::Client,
    seen: BTreeSet<String>,
}

impl Reference {
    async fn new() -> Self {
        let server = Server::playing([]).await;
        Self { client: support::client(&server), server, seen: BTreeSet::new() }
    }

    /// Answers a call with a sample, and expects it to be understood and to have asked for `target`, a path with its
    /// query below `/api/v6`. A body is expected with POST and PUT, but for one.
    async fn call<T>(
        &mut self,
        operation: &str,
        answer: &str,
        target: &str,
        call: impl Future<Output = Result<Response<T>, Error>>,
    ) {
        self.server.queue(json(sample(&format!("{answer}.response.json"))));
        let before = self.server.requests().len();
        if let Err(error) = call.await {
            panic!("{operation}: {error}");
        }
        let requests = self.server.requests();
        assert_eq!(requests.len(), before + 1, "{operation}");
        let request = &requests[before];
        let (method, _) = operation.split_once(' ').unwrap();
        assert_eq!(request.method, method, "{operation}");
        assert_eq!(request.target, format!("/api/v6{target}"), "{operation}");
        for (name, value) in [
            ("accept", "application/json"),
            ("content-type", "application/json"),
            ("app-id", "the-app-id"),
            ("secret", "the-secret"),
        ] {
            assert_eq!(request.header(name), Some(value), "{operation}: {name}");
        }
        for name in ["expires-at", "signature", "customer-secret", "connection-secret", "authorization", "cookie"] {
            assert_eq!(request.header(name), None, "{operation}: {name}");
        }
        let body = request.text();
        let has_body = matches!(method, "POST" | "PUT") && operation != "PUT /consents/{consent_id}/revoke";
        assert_eq!(body.starts_with(r#"{"data":{"#), has_body, "{operation}: {body}");
        assert_eq!(body.is_empty(), !has_body, "{operation}: {body}");
        assert!(self.seen.insert(operation.to_owned()), "{operation} is there twice");
    }
}

#[test]
fn each_operation_sends_what_the_reference_shows() {
    support::run(async {
        let mut reference = Reference::new().await;
        countries_and_providers(&mut reference).await;
        customers(&mut reference).await;
        connections(&mut reference).await;
        data(&mut reference).await;
        categorization(&mut reference).await;
        reports(&mut reference).await;
        let listed: BTreeSet<String> = sample("saltedge.ops").lines().map(str::to_owned).collect();
        assert_eq!(listed.len(), 40);
        assert_eq!(reference.seen, listed);
    });
}

async fn countries_and_providers(it: &mut Reference) {
    let client = it.client.clone();
    it.call(
        "GET /countries",
        "countries-list",
        "/countries?include_sandboxes=true",
        client.list_countries().include_sandboxes(true).send(),
    )
    .await;
    it.call(
        "GET /providers",
        "providers-list",
        "/providers?include_sandboxes=true&country_code=GB&include_ais_fields=false&include_pis_fields=false\
         &include_credentials_fields=false&exclude_inactive=true&key_owner=saltedge&mode=web&from_id=220&per_page=150",
        client
            .list_providers()
            .include_sandboxes(true)
            .country_code("GB")
            .include_ais_fields(false)
            .include_pis_fields(false)
            .include_credentials_fields(false)
            .exclude_inactive(true)
            .key_owner(types::KeyOwner::Saltedge)
            .mode(types::ProviderMode::Web)
            .from_id(220)
            .per_page(150)
            .send(),
    )
    .await;
    it.call(
        "GET /providers/{provider_code}",
        "providers-show",
        "/providers/fake_oauth_client_xf?include_ais_fields=false&include_credentials_fields=false\
         &include_pis_fields=false",
        client
            .show_provider("fake_oauth_client_xf")
            .include_ais_fields(false)
            .include_credentials_fields(false)
            .include_pis_fields(false)
            .send(),
    )
    .await;
}

async fn customers(it: &mut Reference) {
    let client = it.client.clone();
    it.call("POST /customers", "customers-create", "/customers", client.create_customer(bodies::customer()).send())
        .await;
    it.call(
        "GET /customers",
        "customers-list",
        "/customers?from_id=11111111111111111&per_page=150",
        client.list_customers().from_id("11111111111111111").per_page(150).send(),
    )
    .await;
    it.call(
        "GET /customers/{customer_id}",
        "customers-show",
        "/customers/111111111111111111",
        client.show_customer("111111111111111111").send(),
    )
    .await;
    it.call(
        "DELETE /customers/{customer_id}",
        "customers-remove",
        "/customers/111111111111111111",
        client.remove_customer("111111111111111111").send(),
    )
    .await;
}

async fn connections(it: &mut Reference) {
    let client = it.client.clone();
    it.call(
        "GET /connections",
        "connections-list",
        "/connections?customer_id=111111111&from_id=111111111&per_page=120",
        client.list_connections("111111111").from_id("111111111").per_page(120).send(),
    )
    .await;
    it.call(
        "GET /connections/{connection_id}",
        "connections-show",
        "/connections/11111111111111?include_holder_info=true",
        client.show_connection("11111111111111").include_holder_info(true).send(),
    )
    .await;
    it.call(
        "POST /connections/connect",
        "connections-connect",
        "/connections/connect",
        client.connect(bodies::connect()).send(),
    )
    .await;
    it.call(
        "POST /connections/{connection_id}/reconnect",
        "connections-reconnect",
        "/connections/111111111111111/reconnect",
        client.reconnect_connection("111111111111111", bodies::reconnect()).send(),
    )
    .await;
    it.call(
        "POST /connections/{connection_id}/refresh",
        "connections-refresh",
        "/connections/11111111111111111/refresh",
        client.refresh_connection("11111111111111111", bodies::refresh()).send(),
    )
    .await;
    it.call(
        "POST /connections/{connection_id}/background_refresh",
        "connections-background-refresh",
        "/connections/1111111111111111111/background_refresh",
        client.refresh_connection_in_background("1111111111111111111", bodies::background_refresh()).send(),
    )
    .await;
    it.call(
        "PUT /connections/{connection_id}",
        "connections-update",
        "/connections/1111111111111111111111",
        client.update_connection("1111111111111111111111", bodies::connection_change()).send(),
    )
    .await;
    it.call(
        "DELETE /connections/{connection_id}",
        "connections-remove",
        "/connections/11111111111111",
        client.remove_connection("11111111111111").send(),
    )
    .await;
    it.call(
        "GET /consents",
        "consents-list",
        "/consents?connection_id=11111111111111111111111&customer_id=222222222222222222&from_id=33333333333333333\
         &per_page=150",
        client
            .list_consents()
            .connection_id("11111111111111111111111")
            .customer_id("222222222222222222")
            .from_id("33333333333333333")
            .per_page(150)
            .send(),
    )
    .await;
    it.call(
        "GET /consents/{consent_id}",
        "consents-show",
        "/consents/111111111111111111?connection_id=11111111111111111111111&customer_id=222222222222222222",
        client
            .show_consent("111111111111111111")
            .connection_id("11111111111111111111111")
            .customer_id("222222222222222222")
            .send(),
    )
    .await;
    it.call(
        "PUT /consents/{consent_id}/revoke",
        "consents-revoke",
        "/consents/111111111111111111/revoke?connection_id=2222222222222222222&customer_id=3333333333333333",
        client
            .revoke_consent("111111111111111111")
            .connection_id("2222222222222222222")
            .customer_id("3333333333333333")
            .send(),
    )
    .await;
}

async fn data(it: &mut Reference) {
    let client = it.client.clone();
    it.call(
        "GET /accounts",
        "accounts-list",
        "/accounts?connection_id=1111111111111111111111&customer_id=22222222222222222&from_id=3333333333333333\
         &per_page=150",
        client
            .list_accounts()
            .connection_id("1111111111111111111111")
            .customer_id("22222222222222222")
            .from_id("3333333333333333")
            .per_page(150)
            .send(),
    )
    .await;
    it.call(
        "GET /transactions",
        "transactions-list",
        "/transactions?connection_id=111111111111111111&account_id=222222222222222&duplicated=true&pending=false\
         &from_id=111111111111111111&per_page=250",
        client
            .list_transactions("111111111111111111")
            .account_id("222222222222222")
            .duplicated(true)
            .pending(false)
            .from_id("111111111111111111")
            .per_page(250)
            .send(),
    )
    .await;
    it.call(
        "PUT /transactions",
        "transactions-update",
        "/transactions",
        client.update_transactions(bodies::transactions_change()).send(),
    )
    .await;
    it.call("GET /rates", "rates-list", "/rates?date=2022-01-01", client.list_rates().date(date("2022-01-01")).send())
        .await;
    it.call("POST /merchants", "merchants-show", "/merchants", client.show_merchants(bodies::merchants()).send()).await;
    it.call("GET /categories", "categories-list", "/categories", client.list_categories().send()).await;
    it.call(
        "GET /categories/{category}",
        "categories-list-by-type",
        "/categories/personal",
        client.list_categories_of_type(types::CategoryType::Personal).send(),
    )
    .await;
    it.call(
        "POST /categories/learn",
        "categories-learn",
        "/categories/learn",
        client.learn_categories(bodies::lessons()).send(),
    )
    .await;
}

async fn categorization(it: &mut Reference) {
    let client = it.client.clone();
    it.call(
        "POST /categorization/buckets",
        "categorization-buckets-create",
        "/categorization/buckets",
        client.create_bucket(bodies::bucket()).send(),
    )
    .await;
    it.call(
        "POST /categorization/accounts",
        "categorization-accounts-import",
        "/categorization/accounts",
        client.import_bucket_accounts(bodies::account_import()).send(),
    )
    .await;
    it.call(
        "POST /categorization/transactions",
        "categorization-transactions-import",
        "/categorization/transactions",
        client.import_bucket_transactions(bodies::transaction_import()).send(),
    )
    .await;
    it.call(
        "POST /categorization/buckets/{bucket_id}/categorize",
        "categorization-start",
        "/categorization/buckets/11111111111111/categorize",
        client.start_categorization("11111111111111", bodies::categorization()).send(),
    )
    .await;
    it.call(
        "GET /categorization/transactions",
        "categorization-transactions-list",
        "/categorization/transactions?bucket_id=1111111111111111&customer_id=180&unique=true&account_id=7\
         &from_id=8&per_page=9",
        client
            .list_bucket_transactions("1111111111111111", 180)
            .unique(true)
            .account_id(7)
            .from_id(8)
            .per_page(9)
            .send(),
    )
    .await;
    it.call(
        "GET /categorization/customer_rules",
        "categorization-customer-rules-list",
        "/categorization/customer_rules?customer_id=111111111111111",
        client.list_customer_rules("111111111111111").send(),
    )
    .await;
    it.call(
        "GET /categorization/buckets/{bucket_id}",
        "categorization-buckets-show",
        "/categorization/buckets/bcd9b2a4-4e19-4385-985f-e3ff86c1eaa8",
        client.show_bucket("bcd9b2a4-4e19-4385-985f-e3ff86c1eaa8").send(),
    )
    .await;
    it.call(
        "DELETE /categorization/buckets/{bucket_id}",
        "categorization-buckets-remove",
        "/categorization/buckets/bcd9b2a4-4e19-4385-985f-e3ff86c1eaa8",
        client.remove_bucket("bcd9b2a4-4e19-4385-985f-e3ff86c1eaa8").send(),
    )
    .await;
    it.call(
        "GET /categorization/accounts",
        "categorization-accounts-list",
        "/categorization/accounts?bucket_id=714143be-b24d-4771-8a85-3819df97205e&customer_id=1170415646270294289\
         &per_page=100&from_id=6925f584-41f0-40b4-81de-77606a4b23f4",
        client
            .list_bucket_accounts()
            .bucket_id("714143be-b24d-4771-8a85-3819df97205e")
            .customer_id("1170415646270294289")
            .per_page(100)
            .from_id("6925f584-41f0-40b4-81de-77606a4b23f4")
            .send(),
    )
    .await;
    it.call(
        "DELETE /categorization/accounts/{account_id}",
        "categorization-accounts-remove",
        "/categorization/accounts/6596bb4e-3708-478a-b1f5-b917d1680016?bucket_id=714143be-b24d-4771-8a85-3819df97205e",
        client
            .remove_bucket_account("6596bb4e-3708-478a-b1f5-b917d1680016")
            .bucket_id("714143be-b24d-4771-8a85-3819df97205e")
            .send(),
    )
    .await;
}

async fn reports(it: &mut Reference) {
    let client = it.client.clone();
    it.call("POST /reports", "reports-create", "/reports", client.create_report(bodies::report()).send()).await;
    it.call(
        "GET /reports",
        "reports-list",
        "/reports?customer_id=1111111111&from_id=11111111111&per_page=250",
        client.list_reports("1111111111").from_id("11111111111").per_page(250).send(),
    )
    .await;
    it.call(
        "GET /reports/{report_id}",
        "reports-show",
        "/reports/111111111111?customer_id=111111111111111",
        client.show_report("111111111111", "111111111111111").send(),
    )
    .await;
    it.call(
        "DELETE /reports/{report_id}",
        "reports-remove",
        "/reports/111111111111",
        client.remove_report("111111111111").send(),
    )
    .await;
}
