//! Nothing secret and nothing personal shows where it was not asked for.

use bankfeed::{
    AccountFilter, Accounts as _, Balances as _, ConnectionFilter, Connections as _, Holders as _, Paging,
    Provider as _, RefreshOptions, SaltEdge, SessionRequest, TransactionFilter, Transactions as _, Webhooks as _,
};
use bankfeed_testing::{Request, Server, json, json_status, printed};

use super::run;
use super::webhooks::{listening, signed};

/// What must not show: a secret, an IBAN, names, texts.
const PLANTED: [&str; 7] = [
    "s3cr3t-planted",
    "DE89370400440532013000",
    "532013000",
    "Plantagenet",
    "planted@example.com",
    "Ulica Sezamkowa",
    "t0k3n-planted",
];

fn answer(request: &Request) -> bankfeed_testing::Reply {
    let account = r#"{"id":"1","connection_id":"2","name":"Plantagenet","nature":"checking","balance":1,"currency_code":"EUR",
        "extra":{"iban":"DE89370400440532013000","account_number":"532013000","holder_name":"Plantagenet","cards":["532013000"]}}"#;
    let transaction = r#"{"id":"1","account_id":"2","status":"posted","made_on":"2024-01-02","amount":-1,"currency_code":"EUR",
        "description":"Plantagenet","extra":{"payee":"DE89370400440532013000","payee_information":"Plantagenet",
        "end_to_end_id":"532013000","information":"Ulica Sezamkowa"}}"#;
    let bad = r#"{"id":"9","name":"Plantagenet","description":"Plantagenet","balance":"DE89370400440532013000","amount":"Plantagenet"}"#;
    let connection = r#"{"data":{"id":"2","customer_id":"532013000","provider_code":"a","status":"active","customer_identifier":"Plantagenet",
        "holder_info":{"names":["Plantagenet"],"emails":["planted@example.com"],"addresses":[{"street":"Ulica Sezamkowa"}],
        "extra":{"cpf":"532013000","birth_date":"1990-05-17"}}}}"#;
    match request.path() {
        path if path.starts_with("/connections/connect") => json(
            r#"{"data":{"connect_url":"https://x.example.com/t0k3n-planted","expires_at":"2024-01-01T00:00:00Z"}}"#,
        ),
        path if path.starts_with("/connections/2") => json(connection),
        "/accounts" => json(format!(r#"{{"data":[{account},{bad}]}}"#)),
        "/transactions" => json(format!(r#"{{"data":[{transaction},{bad}]}}"#)),
        "/consents" => json(r#"{"data":[]}"#),
        _ => json_status(406, r#"{"error":{"class":"CustomerLocked","message":"Plantagenet DE89370400440532013000"}}"#),
    }
}

#[test]
fn nothing_planted_shows() {
    run(async {
        let server = Server::answering(answer).await;
        let builder = SaltEdge::builder("app", "s3cr3t-planted").base_url(&server.url).max_attempts(1);
        let mut text = format!("{builder:?}");
        let saltedge = builder.build().unwrap();
        text += &format!("{saltedge:?} {:?}", listening());
        let id = "2".into();
        let (accounts, errors) = saltedge.list_accounts(&id, Paging::default()).drain().await;
        assert_eq!((accounts.len(), errors.len()), (1, 1));
        text += &format!("{accounts:?} {errors:?} {}", printed(&errors[0]));
        let (balances, errors) = saltedge.list_balances(AccountFilter::of(&id), Paging::default()).drain().await;
        text += &format!("{balances:?} {errors:?}");
        let filter = TransactionFilter::of(&id);
        let (transactions, errors) = saltedge.list_transactions(filter, Paging::default()).drain().await;
        assert!(!transactions.is_empty() && !errors.is_empty());
        text += &format!("{transactions:?} {errors:?} {}", printed(&errors[0]));
        let holders = saltedge.list_holders(&id, Paging::default()).collect_all().await.unwrap();
        assert_eq!(*holders[0].names[0], "Plantagenet");
        text += &format!("{holders:?}");
        let refused = saltedge.list_connections(ConnectionFilter::all(), Paging::default()).next().await.unwrap();
        let refused = refused.unwrap_err();
        text += &format!("{refused:?} {refused} {}", printed(&refused));
        text += &format!("{:?}", saltedge.show_connection(&id).await.unwrap());
        text += &format!("{:?}", saltedge.refresh(&id, RefreshOptions::new()).await.unwrap());
        text += &format!("{:?}", saltedge.start_session(SessionRequest::new().party("1")).await.unwrap());
        let list = saltedge.list_accounts(&id, Paging::default());
        text += &format!("{list:?} {:?} {:?}", list.resume_token(), list.losses());
        for planted in PLANTED {
            assert!(!text.contains(planted), "{planted}");
        }
    });
}

#[test]
fn an_event_shows_no_person() {
    let body = br#"{"data":{"connection_id":"1","customer_id":"532013000","custom_fields":{"who":"Plantagenet"},
        "error_class":"InvalidCredentials","error_message":"Plantagenet"}}"#;
    let event = listening().verify(&signed("fail", body), body, "2024-01-01T00:00:00Z".parse().unwrap()).unwrap();
    let text = format!("{event:?}");
    assert!(!text.contains("Plantagenet") && !text.contains("532013000"), "{text}");
    let wrong =
        listening().verify(&signed("elsewhere", body), body, "2024-01-01T00:00:00Z".parse().unwrap()).unwrap_err();
    assert!(!printed(&wrong).contains("Plantagenet"));
}
