//! The matrix of what each provider can do, made from the providers themselves.
#![cfg(all(feature = "saltedge", feature = "belvo", feature = "khipu", feature = "wealthreader"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::fmt::Write as _;

use bankfeed::{Capability, Provider};
use bankfeed_sandbox::Sandbox;

fn matrix(providers: &[Box<dyn Provider>]) -> String {
    let mut text = String::from("|  |");
    for provider in providers {
        write!(text, " {} |", common::name(&provider.id())).unwrap();
    }
    writeln!(text, "\n|---|{}", "---|".repeat(providers.len())).unwrap();
    for capability in Capability::ALL {
        write!(text, "| {capability} |").unwrap();
        for provider in providers {
            write!(text, " {} |", if provider.capabilities().has(*capability) { "yes" } else { "–" }).unwrap();
        }
        text.push('\n');
    }
    text
}

/// `INSTA_UPDATE=always` writes it anew, as it does snapshots.
#[tokio::test]
async fn the_documented_matrix_is_what_the_providers_say() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut providers = common::providers(&sandbox);
    providers.extend(common::drafts(&sandbox));
    let matrix = matrix(&providers);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/capabilities.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(path, &matrix).unwrap();
    }
    let documented = std::fs::read_to_string(path).unwrap();
    assert_eq!(documented, matrix, "run this test with INSTA_UPDATE=always");
}

/// A trait that is there has something in it, and what can be done has its trait.
#[tokio::test]
async fn capabilities_and_traits_agree() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for provider in common::providers(&sandbox).into_iter().chain(common::drafts(&sandbox)) {
        let has = |capabilities: &[Capability]| capabilities.iter().any(|one| provider.capabilities().has(*one));
        let agree = [
            (provider.institutions().is_some(), has(&[Capability::ListInstitutions, Capability::ShowInstitution])),
            (
                provider.connections().is_some(),
                has(&[
                    Capability::StartSession,
                    Capability::ListConnections,
                    Capability::ShowConnection,
                    Capability::RefreshConnection,
                    Capability::RemoveConnection,
                ]),
            ),
            (
                provider.consents().is_some(),
                has(&[Capability::ListConsents, Capability::ShowConsent, Capability::RevokeConsent]),
            ),
            (provider.holders().is_some(), has(&[Capability::ListHolders])),
            (provider.accounts().is_some(), has(&[Capability::ListAccounts])),
            (provider.balances().is_some(), has(&[Capability::ListBalances])),
            (provider.transactions().is_some(), has(&[Capability::ListTransactions])),
            (provider.holdings().is_some(), has(&[Capability::ListHoldings])),
        ];
        // The trait may be there and refuse everything, for want of a key.
        assert!(provider.webhooks().is_some() || !has(&[Capability::VerifyWebhooks]), "{}", provider.id());
        assert!(agree.iter().all(|(there, can)| there == can), "{}: {agree:?}", provider.id());
    }
}
