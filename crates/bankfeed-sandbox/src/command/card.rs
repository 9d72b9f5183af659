//! What is printed at the start: where everything is, and a first request for each provider.

use std::fmt::Write as _;

use super::arguments::Clock;
use crate::{Provider, Sandbox};

pub(super) fn card(sandbox: &Sandbox, clock: &Clock) -> String {
    let (saltedge, belvo, khipu, wealthreader) =
        (sandbox.saltedge(), sandbox.belvo(), sandbox.khipu(), sandbox.wealthreader());
    let root = format!("http://{}", sandbox.address());
    let mut card = format!("bankfeed-sandbox {} on {root}\n", env!("CARGO_PKG_VERSION"));
    let moves = if clock.running { "and time runs" } else { "and stays so until it is moved" };
    let _ = writeln!(card, "It is {} here, {moves}.\n", clock.start);
    let sections = [
        (
            "Salt Edge",
            saltedge.url.clone(),
            format!("App-id: {}   Secret: {}", saltedge.app_id, saltedge.secret),
            format!(
                "curl -H 'App-id: {}' -H 'Secret: {}' {}/customers",
                saltedge.app_id, saltedge.secret, saltedge.url
            ),
        ),
        (
            "Belvo",
            belvo.url.clone(),
            format!("secret id: {}   password: {}", belvo.secret_id, belvo.secret_password),
            format!("curl -u {}:{} {}/api/accounts/", belvo.secret_id, belvo.secret_password, belvo.url),
        ),
        (
            "Khipu",
            khipu.url.clone(),
            format!("x-api-key: {}   or a bearer token: {}", khipu.api_key, khipu.jwt),
            format!(
                "curl -H 'Authorization: Bearer {}' -H 'Content-Type: application/json' -d '{}' {}{}",
                khipu.jwt,
                r#"{"RequestData":{"AccountNumber":"000011887755"}}"#,
                khipu.url,
                "/v1/ar/banking/personal/santander.com.ar/pending/current-day/ACY/balances"
            ),
        ),
        (
            "Wealth Reader",
            wealthreader.url.clone(),
            format!(
                "api_key: {}   tokens: MOCKDATA, MOCKOTP, MOCKLOGINKO, {}",
                wealthreader.api_key, wealthreader.token
            ),
            format!(
                "curl -d api_key={} -d code=bancoficticio -d token=MOCKDATA {}/entities/",
                wealthreader.api_key, wealthreader.url
            ),
        ),
    ];
    let told = sections.len();
    for (name, url, credentials, example) in sections {
        let _ = writeln!(card, "{name:<15}{url}\n  {credentials}\n  {example}\n");
    }
    for provider in Provider::ALL.into_iter().skip(told) {
        let _ = writeln!(card, "{:<15}{}\n", provider.name(), sandbox.url(provider));
    }
    let _ = writeln!(
        card,
        "The sandbox itself: {root}/sandbox says what can be asked: clock, requests, callbacks, faults."
    );
    card
}
