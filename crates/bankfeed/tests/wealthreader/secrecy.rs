//! Nothing secret or personal is printed.

use bankfeed::*;
use serde_json::json as value;

use crate::support::*;

const PLANTED: [&str; 9] = [
    "ES9121000418450200051332",
    "12345678Z",
    "LUIS GARCIA",
    "BAILEN",
    "s3cr3t-token",
    "s3cr3t-key",
    "s3cr3t-webhook",
    "+34666123456",
    "Rent of flat",
];

fn shows(text: &str) -> Option<&'static str> {
    PLANTED.into_iter().find(|planted| text.contains(planted))
}

#[test]
fn nothing_planted_is_printed() {
    run(async {
        let owner = value!({"ID": "12345678Z", "name": "LUIS GARCIA"});
        let movement = value!({
            "amount": -1, "description": "Rent of flat",
            "transfer_details": {"sender_receiver": "LUIS GARCIA", "account_number": "ES9121000418450200051332"},
        });
        let bad = value!({"amount": ["LUIS GARCIA", "12345678Z"], "description": "Rent of flat"});
        let body = value!({"success": true, "statistics": {"token": "s3cr3t-token", "code": "bank"}, "payload": {
            "user_information": {
                "ID": "12345678Z", "name": "LUIS GARCIA", "address": "BAILEN 41", "cell_phone": "+34666123456",
            },
            "accounts": [{"uuid": "a", "code": "ES9121000418450200051332", "owners": [owner], "transactions": [movement, bad]}],
            "receipts": [{"amount": 5, "account": "ES9121000418450200051332", "issuer": "LUIS GARCIA"}],
            "factoring": [{"uuid": "f", "assignor": "LUIS GARCIA", "invoices": [{"amount": "LUIS GARCIA"}]}],
        }})
        .to_string();
        let failed = value!({"success": false, "error": {"code": 2010, "message": "LUIS GARCIA, 12345678Z"},
            "statistics": {"SESSION": "s", "token": "s3cr3t-token"}})
        .to_string();
        let server = Server::playing([json(body), json(failed.clone()), json(failed)]).await;
        let builder = WealthReader::builder("s3cr3t-key").base_url(server.url.clone());
        let builder = builder.cards_webhook_secret("s3cr3t-webhook");
        assert_eq!(shows(&format!("{builder:?}")), None);
        let provider = builder.build().unwrap();
        let id = WealthReader::connection_id(&"bank".into(), "s3cr3t-token");
        let read = provider.refresh(&id, RefreshOptions::new()).await.unwrap();
        assert_eq!(read.transactions.records().len(), 2);
        let mut shown = format!("{provider:?}{id:?}{read:?}{read:#?}");
        for error in read.transactions.rejected().iter().chain(read.accounts.rejected()) {
            shown.push_str(&printed(error));
        }
        let mut list = provider.list_transactions(TransactionFilter::of(&id), Paging::default());
        while list.next().await.is_some() {
            shown.push_str(&format!("{}{:?}", list.resume_token(), list.losses()));
        }
        let mut people = provider.list_holders(&id, Paging::default());
        while people.next().await.is_some() {
            shown.push_str(&people.resume_token().to_string());
        }
        let other = WealthReader::connection_id(&"other".into(), "s3cr3t-token");
        for error in [
            provider.refresh(&other, RefreshOptions::new()).await.unwrap_err(),
            provider.list_accounts(&other, Paging::default()).collect_all().await.unwrap_err(),
        ] {
            shown.push_str(&printed(&error));
            shown.push_str(&format!("{:?}", error.challenge()));
        }
        assert_eq!(shows(&shown), None, "{shown}");
        assert!(shown.len() > 2_000);
    });
}
