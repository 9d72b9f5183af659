//! Nothing secret or personal is printed.

use bankfeed::{
    Accounts, Belvo, Connections, Holders, Paging, Provider, RefreshOptions, SessionRequest, TransactionFilter,
    Transactions,
};
use bankfeed_testing::{Server, json, json_status, printed, run};

const SECRETS: [&str; 8] = [
    "the-password",
    "Planted Person",
    "76109277673",
    "24550245",
    "BR1500000000000010932840814P2",
    "planted-session",
    "planted-header",
    "planted-token",
];

#[track_caller]
fn clean(shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

fn page(record: &str) -> String {
    format!(r#"{{"count":1,"next":null,"previous":null,"results":[{record}]}}"#)
}

fn belvo(server: &Server) -> Belvo {
    let builder = Belvo::builder("the-id", "the-password").base_url(&server.url);
    let builder =
        builder.webhook_authorization("Bearer planted-header").widget("ACME", "a", "b", "c").consent_purpose("x");
    clean(&format!("{builder:?}"));
    builder.build().unwrap().on_behalf_of("76109277673", "Planted Person")
}

#[test]
fn records_and_the_provider_show_nothing() {
    run(async {
        let account = r#"{"id":"1","link":"2","name":"Planted Person","number":"24550245","agency":"6272","check_digit":"7",
            "public_identification_name":"IBAN","public_identification_value":"BR1500000000000010932840814P2"}"#;
        let owner = r#"{"id":"1","display_name":"Planted Person","email":"Planted Person","phone_number":"24550245",
            "document_id":{"document_type":"CPF","document_number":"76109277673"},"address":"Planted Person"}"#;
        let transaction = r#"{"id":"1","amount":5,"description":"Planted Person","counterparty":{"number":"24550245",
            "document_number":"76109277673"},"observations":"Planted Person","reference":"24550245"}"#;
        let (accounts, owners, transactions, empty) = (page(account), page(owner), page(transaction), page(""));
        let link = r#"{"id":"2","external_id":"Planted Person"}"#.to_owned();
        let server = Server::answering(move |request| {
            json(match request.path() {
                "/api/accounts/" => accounts.clone(),
                "/api/owners/" => owners.clone(),
                "/api/transactions/" => transactions.clone(),
                "/api/links/2/" => link.clone(),
                "/api/token/" => r#"{"access":"planted-token","refresh":"planted-token"}"#.to_owned(),
                _ => empty.clone(),
            })
        })
        .await;
        let belvo = belvo(&server);
        clean(&format!("{belvo:?} {belvo:#?}"));
        let session = belvo.start_session(SessionRequest::new()).await.unwrap();
        assert_eq!(session.widget_token.as_ref().unwrap().expose(), "planted-token");
        clean(&format!("{session:?}"));
        let snapshot = belvo.refresh(&"2".into(), RefreshOptions::new()).await.unwrap();
        assert_eq!((snapshot.accounts.records().len(), snapshot.holders.records().len()), (1, 1));
        clean(&format!("{snapshot:?} {snapshot:#?}"));
        clean(&serde_json::to_string(&snapshot.losses).unwrap());
        let list = belvo.list_accounts(&"24550245".into(), Paging::default());
        clean(&format!("{list:?} {}", list.resume_token()));
        clean(&format!("{:?}", belvo.list_holders(&"2".into(), Paging::default())));
    });
}

#[test]
fn errors_show_nothing() {
    run(async {
        for (status, body) in [
            (400, r#"[{"code":"login_error","message":"Planted Person","request_id":"7"}]"#),
            (428, r#"[{"code":"token_required","message":"Planted Person","session":"planted-session","link":"2"}]"#),
            (200, r#"{"count":1,"next":null,"results":[{"id":"1","amount":"Planted Person"}]}"#),
            (200, r#"{"count":1,"next":null,"results":[{"id":"1","amount":-24550245}]}"#),
            (200, r#"{"results":"Planted Person 76109277673"}"#),
            (403, "Planted Person"),
        ] {
            let server = Server::answering(move |_| json_status(status, body)).await;
            let belvo = Belvo::builder("the-id", "the-password").base_url(&server.url).without_investments();
            let belvo = belvo.build().unwrap();
            let (_, errors) = belvo.list_transactions(TransactionFilter::of("2"), Paging::default()).drain().await;
            assert!(!errors.is_empty(), "{body}");
            for error in &errors {
                clean(&printed(error));
            }
        }
    });
}
