//! What must not be seen shows nowhere.

use bankfeed::*;
use bankfeed_testing::Log;
use http::HeaderMap;

use crate::support::*;

/// What stands for everything that must not be seen.
const PLANTED: &str = "PLANTED-PLANTED-PLANTED";

#[track_caller]
fn is_clean(printed: &str) {
    assert!(!printed.contains("PLANTED"), "shows what was planted: {printed}");
}

fn planted(server: &Server) -> KhipuBuilder {
    Khipu::builder()
        .api_key(PLANTED)
        .base_url(&server.url)
        .account_with_link("PLANTED-1", PLANTED)
        .account_with_login("PLANTED-2", [("Username", PLANTED), ("Password", PLANTED)])
        .callback_address(format!("{}/PLANTED", server.url))
        .callback_token(PLANTED)
        .callback_signing_secret(PLANTED)
}

#[test]
fn neither_the_provider_nor_what_it_reads_shows_what_is_secret_or_personal() {
    run(async {
        let bad = balance(PLANTED, "Credit", r#"{"Amount":"PLANTED"}"#);
        let good = balance(PLANTED, "PLANTED ñ", r#"{"Amount":"0"}"#);
        let body = envelope(&format!(r#"{{"Balance":[{good},{bad}]}}"#)).replace("null", r#""PLANTED""#);
        let server = Server::answering(move |request| match request.text().contains("PLANTED-2") {
            true => json(failure("E100", "DO_NOT_RETRY").replace("Alex was here", PLANTED)),
            false => json(body.replace(r#""Error":"PLANTED""#, r#""Error":null"#)),
        })
        .await;
        is_clean(&format!("{:?} {:#?}", planted(&server), planted(&server)));
        let khipu = planted(&server).build().unwrap();
        is_clean(&format!("{khipu:?} {khipu:#?}"));

        let snapshot = khipu.balances_of("PLANTED-1").await;
        assert_eq!((snapshot.balances.records().len(), snapshot.balances.rejected().len()), (1, 1));
        is_clean(&format!("{snapshot:?} {snapshot:#?}"));
        for error in snapshot.balances.rejected() {
            is_clean(&printed(error));
        }
        assert_eq!(serde_json::to_value(snapshot.accounts.records()).unwrap()[0]["id"], PLANTED);

        let error = khipu.refresh(&"PLANTED-2".into(), RefreshOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LoginFailed);
        is_clean(&printed(&error));
        let mut list = khipu.list_balances(AccountFilter::of("PLANTED-1"), Paging::default());
        list.next().await.unwrap().unwrap();
        is_clean(&format!("{list:?} {} {:?}", list.resume_token(), list.resume_token()));
        let error = khipu.verify_at("/PLANTED", &HeaderMap::new(), b"PLANTED", Timestamp::UNIX_EPOCH).unwrap_err();
        is_clean(&printed(&error));
        is_clean(&format!("{:?}", khipu.callback_address(&"PLANTED-1".into()).unwrap()));
    });
}

trait Read {
    async fn balances_of(&self, number: &str) -> Snapshot;
}

impl Read for Khipu {
    async fn balances_of(&self, number: &str) -> Snapshot {
        self.refresh(&number.into(), RefreshOptions::new()).await.unwrap()
    }
}

#[test]
fn nothing_of_it_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    // For all threads: whether a place logs is decided once for the process, by whichever thread comes first.
    tracing::subscriber::set_global_default(subscriber.with_writer(move || writer.clone()).finish()).unwrap();
    run(async {
        let body = envelope(&format!(r#"{{"Balance":[{}]}}"#, balance(PLANTED, "Credit", r#"{"Amount":"1"}"#)));
        let server = Server::answering(move |_| json(&body)).await;
        planted(&server).build().unwrap().balances_of("PLANTED-1").await;
    });
    assert!(log.text().contains("retrieve_santander_ar_current_day_balances"), "{}", log.text());
    is_clean(&log.text());
}
