//! What requests carry beyond their operation: keys in the body, headers, choices of fields.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use belvo_client::types::*;
use belvo_client::{Client, Configure};
use support::{AUTHORIZATION, ID, LINK, Request, Server, client, differences, json, json_status, record, reply};

/// The request that a call sends, whatever it is answered.
fn sent<T>(call: impl AsyncFnOnce(Client) -> T) -> Request {
    support::run(async {
        let server = Server::answering(|_| reply(400, &[], "")).await;
        call(client(&server)).await;
        server.request()
    })
}

#[test]
fn the_keys_of_a_widget_token_are_in_the_body_and_in_the_header() {
    let branding = WidgetBranding::new(
        "https://x.example/icon.svg",
        "https://x.example/logo.svg",
        "ACME",
        "https://x.example/terms",
    );
    let consent = ConsentRequest::new(
        "Credit analysis",
        "https://x.example/terms",
        [ConsentPermission::Register, ConsentPermission::Accounts],
        [ConsentGiver::new("CPF", "76109277673", "Ana Souza")],
    )
    .default_consent_duration_days(275);
    let widget = WidgetSettings::new(branding.social_proof(true))
        .openfinance_feature("consent_link_creation")
        .callback_urls(WidgetAddresses::new("app://success", "app://exit", "app://event"))
        .theme([WidgetColor::new("--color-primary-base", "#907AD6")])
        .consent(consent);
    let scopes = "read_institutions,write_links,read_consents,write_consents,write_consent_callback,delete_consents";
    let body = WidgetTokenCreation::new("the-id", "the-password", scopes, [Resource::Accounts], "300d", widget);
    let request = sent(async |client| client.create_widget_token(body).send().await);
    assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
    let expected = r##"{"id":"the-id","password":"the-password",
        "scopes":"read_institutions,write_links,read_consents,write_consents,write_consent_callback,delete_consents",
        "fetch_resources":["ACCOUNTS"],"stale_in":"300d","widget":{
        "openfinance_feature":"consent_link_creation",
        "callback_urls":{"success":"app://success","exit":"app://exit","event":"app://event"},
        "branding":{"company_icon":"https://x.example/icon.svg","company_logo":"https://x.example/logo.svg",
        "company_name":"ACME","company_terms_url":"https://x.example/terms","social_proof":true},
        "theme":[{"css_key":"--color-primary-base","value":"#907AD6"}],
        "consent":{"purpose":"Credit analysis","terms_and_conditions_url":"https://x.example/terms",
        "permissions":["REGISTER","ACCOUNTS"],
        "identification_info":[{"type":"CPF","number":"76109277673","name":"Ana Souza"}],
        "default_consent_duration_days":275}}}"##;
    assert_eq!(differences(expected, request.text()), [""; 0]);
}

#[test]
fn a_widget_token_may_come_with_200_or_201() {
    for status in [200, 201] {
        support::run(async {
            let server = Server::playing([json_status(status, record("widget-token"))]).await;
            let branding =
                WidgetBranding::new("https://x.example/i", "https://x.example/l", "A", "https://x.example/t");
            let settings = WidgetSettings::new(branding);
            let body = WidgetTokenCreation::new("id", "password", "s", [Resource::Accounts], "1d", settings);
            let token = client(&server).create_widget_token(body).send().await.unwrap();
            assert!(!token.access.expose().is_empty());
        });
    }
}

#[test]
fn a_removal_may_be_done_at_once_or_later() {
    support::run(async {
        let accepted = json_status(202, r#"{"request_id":"4363b08b51eb43509c745df5ac92a7f6"}"#);
        let server = Server::playing([accepted, reply(204, &[], "")]).await;
        let later = client(&server).remove_link(ID).request_mode(RequestMode::Async).send().await.unwrap();
        let request_id = later.into_inner().unwrap().request_id;
        assert!(belvo_client::same_request(request_id.unwrap().as_str(), "4363b08b-51eb-4350-9c74-5df5ac92a7f6"));
        let done = client(&server).remove_link(ID).send().await.unwrap();
        assert_eq!(done.into_inner(), None);
        let modes: Vec<_> =
            server.requests().iter().map(|it| it.header("x-belvo-request-mode").map(str::to_owned)).collect();
        assert_eq!(modes, [Some("async".to_owned()), None]);
    });
}

#[test]
fn a_header_of_ones_own_can_be_added() {
    let request = sent(async |client| client.show_link(ID).extra_header("x-trace", "7").send().await);
    assert_eq!((request.header("x-trace"), request.header("authorization")), (Some("7"), Some(AUTHORIZATION)));
}

#[test]
fn what_is_not_set_is_not_sent() {
    let request = sent(async |client| client.update_link(ID, LinkChange::new()).send().await);
    assert_eq!(request.text(), "{}");
    let request = sent(async |client| client.list_links().send().await);
    assert_eq!(request.target, "/api/links/");
}

#[test]
fn values_do_not_leave_their_place_in_the_address() {
    let request = sent(async |client| client.show_link("../token/?x=1#y").send().await);
    assert_eq!(request.target, "/api/links/..%2Ftoken%2F%3Fx%3D1%23y/");
    let request = sent(async |client| client.list_links().institution("a&b=c d").send().await);
    assert_eq!(request.query(), [("institution".to_owned(), "a&b=c d".to_owned())]);
}

#[test]
fn fields_can_be_chosen_as_long_as_the_required_ones_stay() {
    support::run(async {
        let slim = format!(r#"{{"id":"{LINK}"}}"#);
        let server = Server::playing([json(support::page(&slim)), json(support::page(r#"{"status":"valid"}"#))]).await;
        let page = client(&server).list_links().fields(["id"]).send().await.unwrap();
        assert_eq!((page.results[0].id.as_str(), page.results[0].status.clone()), (LINK, None));
        let error = client(&server).list_links().omit(["id"]).send().await.unwrap_err();
        assert_eq!(error.path(), Some("/results/0"));
        let queries: Vec<_> = server.requests().iter().map(|request| request.target.clone()).collect();
        assert_eq!(queries, ["/api/links/?fields=id", "/api/links/?omit=id"]);
    });
}

#[cfg(feature = "banking")]
mod banking {
    use belvo_client::operations::RetrieveTransactionsAnswer;

    use super::*;
    use crate::support::date;

    fn retrieval() -> TransactionRetrieval {
        TransactionRetrieval::new(LINK, date("2024-01-01"), date("2024-01-31"))
    }

    #[test]
    fn a_retrieval_is_answered_now_or_later() {
        support::run(async {
            let list = format!("[{}]", record("transaction"));
            let accepted = json_status(202, r#"{"request_id":"a6e1"}"#);
            let server = Server::playing([json(&list), json_status(201, &list), accepted]).await;
            let client = client(&server);
            let kept = client.retrieve_transactions(retrieval().save_data(false)).send().await.unwrap();
            assert!(matches!(kept.into_inner(), RetrieveTransactionsAnswer::Ok(list) if list.len() == 1));
            let stored = client.retrieve_transactions(retrieval()).send().await.unwrap();
            assert!(matches!(stored.into_inner(), RetrieveTransactionsAnswer::Created(list) if list.len() == 1));
            let later =
                client.retrieve_transactions(retrieval()).request_mode(RequestMode::Async).send().await.unwrap();
            let RetrieveTransactionsAnswer::Accepted(later) = later.into_inner() else { panic!() };
            assert_eq!(later.request_id.unwrap().as_str(), "a6e1");
        });
    }
}

#[cfg(feature = "payments")]
mod payments {
    use super::*;
    use crate::support::amount;

    fn intent() -> PaymentIntentCreation {
        let key = PixKeyPaymentCreation::new("pix@x.example", LINK, "https://x.example/paid");
        let customer = CustomerCreation::new("76109277673").name("Ana");
        let method = IntentMethodCreation::new(key);
        PaymentIntentCreation::new(amount("0.10"), customer, "Gum", [PaymentMethodType::OpenFinance], method, false)
    }

    #[test]
    fn an_idempotency_key_goes_along_and_its_fate_comes_back() {
        support::run(async {
            let headers = [("belvo-idempotency-key", ID), ("belvo-idempotency-status", "REPLAYED")];
            let server = Server::playing([reply(201, &headers, record("payment-intent"))]).await;
            let made = client(&server).create_payment_intent(intent()).idempotency_key(ID).send().await.unwrap();
            assert_eq!(made.headers()["belvo-idempotency-status"], "REPLAYED");
            assert_eq!(server.request().header("belvo-idempotency-key"), Some(ID));
            let expected = format!(
                r#"{{"amount":"0.10","customer":{{"identifier":"76109277673","name":"Ana"}},"description":"Gum",
                "allowed_payment_method_types":["open_finance"],"payment_method_details":{{"open_finance":{{
                "pix_key":"pix@x.example","payer_institution":"{LINK}","callback_url":"https://x.example/paid"}}}},
                "confirm":false}}"#
            );
            assert_eq!(differences(&expected, server.request().text()), [""; 0]);
        });
    }

    #[test]
    fn the_version_is_a_header_and_the_first_one_is_none() {
        let request = sent(async |client| client.show_customer(ID).version(PaymentsVersion::V2).send().await);
        assert_eq!(request.header("x-belvo-api-resource-version"), Some("Payments-BR.V2"));
        let request = sent(async |client| client.show_customer(ID).send().await);
        assert_eq!(request.header("x-belvo-api-resource-version"), None);
        let request = sent(async |client| client.show_customer(ID).version("Payments-BR.V3").send().await);
        assert_eq!(request.header("x-belvo-api-resource-version"), Some("Payments-BR.V3"));
    }
}
