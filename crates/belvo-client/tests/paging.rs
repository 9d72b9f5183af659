//! Lists of several pages: the stream follows the provider's addresses as they are, on its own origin only, and can be
//! left and resumed.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use belvo_client::runtime::{ItemStream, Lenient, Page};
use belvo_client::{ApiFailure, Continuation};
use support::{AUTHORIZATION, Request, Server, client, json, page, record, reply};

/// What the provider adds to its addresses; nothing a client would come up with.
const NEXT: &str = "?page=2&signed=a%2Cb";

/// The address of a server, as a request to it shows.
fn origin(request: &Request) -> String {
    format!("http://{}", request.header("host").unwrap())
}

fn first_page(record: &str, next: &str) -> String {
    format!(r#"{{"count":3,"next":"{next}","previous":null,"results":[{record},{record}]}}"#)
}

/// Two records on a first page, and one on a second and last one.
async fn two_pages(record: String) -> Server {
    Server::answering(move |request| {
        if request.target.ends_with(NEXT) {
            json(page(&record))
        } else {
            json(first_page(&record, &format!("{}{}{NEXT}", origin(request), request.path())))
        }
    })
    .await
}

async fn check<P: Page>(file: &str, open: impl Fn(&Server, Option<&Continuation>) -> ItemStream<P, ApiFailure>)
where
    P::Item: for<'de> Lenient<'de>,
{
    let server = two_pages(record(file)).await;
    let mut stream = open(&server, None);
    let mut items = 0;
    while let Some(item) = stream.next().await {
        item.unwrap_or_else(|error| panic!("{file}: {error} {:?}", error.path()));
        items += 1;
    }
    assert_eq!((items, stream.continuation().is_finished()), (3, true), "{file}");
    let requests = server.requests();
    assert_eq!(requests.len(), 2, "{file}");
    assert!(requests[0].query_value("page_size").is_some(), "{file}");
    assert_eq!(requests[1].target, format!("{}{NEXT}", requests[0].path()), "{file}");
    for request in requests {
        assert_eq!(request.header("authorization"), Some(AUTHORIZATION), "{file}");
    }

    let mut stream = open(&server, None);
    stream.next().await.unwrap().unwrap();
    let stored = serde_json::to_string(&stream.continuation()).unwrap();
    let rest = open(&server, Some(&serde_json::from_str(&stored).unwrap())).collect_all().await.unwrap();
    assert_eq!(rest.len(), 2, "{file}");
}

macro_rules! paged {
    ($($(#[$when:meta])* $call:ident($($argument:expr),*): $file:literal;)*) => { $(
        #[test]
        $(#[$when])*
        fn $call() {
            support::run(check($file, |server, continuation| {
                let call = client(server).$call($($argument),*).page_size(2);
                match continuation {
                    Some(continuation) => call.resume(continuation).stream(),
                    None => call.stream(),
                }
            }));
        }
    )* };
}

paged! {
    list_institutions(): "institution";
    list_links(): "link";
    list_consents("76109277673"): "consent";
    #[cfg(feature = "banking")] list_accounts(): "account";
    #[cfg(feature = "banking")] list_balances(support::LINK): "balance";
    #[cfg(feature = "banking")] list_transactions(support::LINK): "transaction";
    #[cfg(feature = "banking")] list_bills(support::LINK): "bill";
    #[cfg(feature = "banking")] list_owners(): "owner";
    #[cfg(feature = "banking")] list_exchanges(support::LINK): "exchange";
    #[cfg(feature = "banking")] list_exchange_history(support::ID): "exchange-event";
    #[cfg(feature = "investments")] list_investments(support::LINK): "investment";
    #[cfg(feature = "investments")] list_investment_transactions(support::LINK): "investment-transaction";
    #[cfg(feature = "employment")] list_employments(support::LINK): "employment";
    #[cfg(feature = "employment")] list_employment_records(): "employment-record";
    #[cfg(feature = "employment")] list_current_employments(): "current-employment";
    #[cfg(feature = "employment")] list_employment_metrics(): "employment-metric";
    #[cfg(feature = "enrichment")] list_incomes(): "income";
    #[cfg(feature = "enrichment")] list_recurring_expenses(): "recurring-expense";
    #[cfg(feature = "enrichment")] list_risk_insights(): "risk-insight";
    #[cfg(feature = "fiscal-mexico")] list_invoices(): "invoice";
    #[cfg(feature = "fiscal-mexico")] list_tax_compliance_statuses(): "tax-compliance-status";
    #[cfg(feature = "fiscal-mexico")] list_tax_returns(): "tax-return-personal";
    #[cfg(feature = "fiscal-mexico")] list_tax_retentions(): "tax-retention";
    #[cfg(feature = "fiscal-mexico")] list_tax_statuses(): "tax-status";
    #[cfg(feature = "fiscal-mexico")] list_financial_statements(): "financial-statement";
    #[cfg(feature = "fiscal-chile")] list_chile_invoices(): "chile-invoice";
    #[cfg(feature = "fiscal-chile")] list_chile_tax_statuses(): "chile-tax-status";
    #[cfg(feature = "fiscal-chile")] list_chile_debt_reports(): "chile-debt-report";
    #[cfg(feature = "payments")] list_payment_institutions(): "payment-institution";
    #[cfg(feature = "payments")] list_customers(): "customer-v1";
    #[cfg(feature = "payments")] list_bank_accounts(): "bank-account-v1";
    #[cfg(feature = "payments")] list_payment_intents(): "payment-intent";
    #[cfg(feature = "payments")] list_payment_intent_charges(support::ID): "charge";
    #[cfg(feature = "payments")] list_charges(): "charge-pix";
    #[cfg(feature = "payments")] list_payment_authorizations("Payments-BR.V2"): "payment-authorization";
    #[cfg(feature = "payments")] list_payment_authorization_charges("Payments-BR.V2", support::ID): "charge-v2";
    #[cfg(feature = "payments")] list_payment_transactions(): "payment-transaction";
    #[cfg(feature = "payments")] list_enrollments(): "enrollment";
}

#[test]
fn an_address_elsewhere_is_refused_before_the_keys_are_sent() {
    support::run(async {
        let elsewhere = Server::answering(|_| json(page(""))).await;
        let here = |request: &Request, scheme: &str| origin(request).replace("http", scheme);
        type Next = Box<dyn Fn(&Request) -> String + Send + Sync>;
        let other_host = format!("{}/api/links/?page=2", elsewhere.url);
        let nexts: [Next; 5] = [
            Box::new(move |_| other_host.clone()),
            Box::new(move |request| format!("{}/api/links/?page=2", here(request, "https"))),
            Box::new(|_| "https://api.belvo.com/{endpoint}/?page=2".to_owned()),
            Box::new(|_| "//user:password@example.com/api/links/".to_owned()),
            Box::new(|_| "file:///etc/passwd".to_owned()),
        ];
        for next in nexts {
            let server = Server::answering(move |request| json(first_page(&record("link"), &next(request)))).await;
            let mut stream = client(&server).list_links().stream();
            for _ in 0..2 {
                stream.next().await.unwrap().unwrap();
            }
            let error = stream.next().await.unwrap().unwrap_err();
            assert!(error.is_paging(), "{error}");
            assert!(stream.next().await.is_none());
            assert_eq!(server.requests().len(), 1);
        }
        assert!(elsewhere.requests().is_empty());
    });
}

#[test]
fn one_bad_record_costs_one_item() {
    support::run(async {
        let (good, bad) = (record("link"), r#"{"id":["x"]}"#);
        let body = format!(r#"{{"count":3,"next":null,"results":[{good},{bad},{good}]}}"#);
        let server = Server::answering(move |_| json(&body)).await;
        let mut stream = client(&server).list_links().stream();
        assert!(stream.next().await.unwrap().is_ok());
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.path(), Some("/results/1/id"));
        assert!(stream.next().await.unwrap().is_ok());
        assert!(stream.next().await.is_none());
    });
}

#[test]
fn a_page_beyond_the_end_is_an_error_and_not_the_end() {
    support::run(async {
        let server = Server::answering(|request| match request.query_value("page") {
            Some(_) => reply(404, &[], r#"[{"code":"not_found","message":"x"}]"#),
            None => json(first_page(&record("link"), &format!("{}/api/links/?page=2", origin(request)))),
        })
        .await;
        let error = client(&server).list_links().stream().collect_all().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.code()), (404, Some("not_found")));
    });
}

#[test]
fn a_continuation_of_another_list_is_refused() {
    support::run(async {
        let server = two_pages(record("link")).await;
        let mut stream = client(&server).list_links().stream();
        stream.next().await.unwrap().unwrap();
        let continuation = stream.continuation();
        let other = client(&server).list_links().external_id("x").resume(&continuation);
        assert!(other.stream().next().await.unwrap().unwrap_err().is_paging());
        let other = client(&server).list_institutions().resume(&continuation);
        assert!(other.stream().next().await.unwrap().unwrap_err().is_paging());
    });
}
