//! What the provider's documents print, played through the facade: the normalized records as they were reviewed.

use std::fmt::Write as _;

use bankfeed::*;
use http::HeaderMap;
use serde::Serialize;

use crate::support::*;

const SAMPLE: &str =
    include_str!("../../../khipu-client/tests/samples/santander-ar-pending-current-day-balances.response.json");

fn check(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../snapshots/bankfeed/samples/khipu");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn show<T: Serialize>(text: &mut String, title: &str, records: &[T], errors: &[Error]) {
    writeln!(text, "{title}: {}", serde_json::to_string_pretty(records).unwrap()).unwrap();
    for error in errors {
        writeln!(text, "{title} error: {error}; {:?}, {:?}", error.advice(), error.actor()).unwrap();
    }
}

fn shown(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    show(&mut text, "accounts", snapshot.accounts.records(), snapshot.accounts.rejected());
    show(&mut text, "balances", snapshot.balances.records(), snapshot.balances.rejected());
    writeln!(text, "losses: {}", serde_json::to_string_pretty(&snapshot.losses).unwrap()).unwrap();
    text
}

#[test]
fn the_printed_answer() {
    run(async {
        let server = Server::answering(|_| json(SAMPLE)).await;
        let snapshot = behind(&server).refresh(&NUMBER.into(), RefreshOptions::new()).await.unwrap();
        check("santander-ar-pending-current-day-balances", &shown(&snapshot));
    });
}

/// The printed answer comes as a callback, too, and collapses the amount: here with amounts in the forms that are read.
#[test]
fn the_printed_answer_with_amounts_as_a_callback() {
    let khipu = Khipu::builder().jwt("a-jwt").account(NUMBER).callback_token(TOKEN);
    let khipu = khipu.callback_address("https://app.example.com/khipu").build().unwrap();
    let address = khipu.callback_address(&NUMBER.into()).unwrap().unwrap();
    let target = address.expose().strip_prefix("https://app.example.com").unwrap();
    let received_at = "2022-11-30T05:00:00Z".parse().unwrap();
    for (name, amount, indicator) in [
        ("callback-with-one-amount", r#"{"Amount":"15230.45","Currency":"ARS"}"#, "Credit"),
        (
            "callback-with-a-list",
            r#"[{"Amount":15230.450,"Currency":"ARS"},{"Amount":"0.00","Currency":"usd"}]"#,
            "Debit",
        ),
    ] {
        let body = SAMPLE
            .replace("\"Amount\": []", &format!("\"Amount\": {amount}"))
            .replace("Credit\",", &format!("{indicator}\","));
        assert!(body.contains(amount));
        let event = khipu.verify_at(target, &HeaderMap::new(), body.as_bytes(), received_at).unwrap();
        let mut text = format!("event: {}\n", serde_json::to_string_pretty(&event).unwrap());
        text.push_str(&shown(&khipu.data_of(&event, RefreshOptions::new()).unwrap()));
        check(name, &text);
    }
}
