//! Reads that fail, and those that go on.

use std::time::Duration;

use super::{form, mocked, sandbox};

#[tokio::test]
async fn every_error_code_can_be_had() {
    let sandbox = sandbox().await;
    for (word, code) in [
        ("MOCKLOGINKO", 2000),
        ("MOCKOTP", 2010),
        ("MOCK3", 3),
        ("MOCK4", 4),
        ("MOCK2005", 2005),
        ("MOCK3000", 3000),
        ("MOCK9999", 9999),
        ("MOCK20101", 20101),
    ] {
        let read = mocked(&sandbox, word, &[]).await;
        assert_eq!((&read["success"], &read["error"]["code"]), (&false.into(), &code.into()), "{word}");
    }
    let warned = mocked(&sandbox, "MOCKWARNING1051", &[]).await;
    assert_eq!((&warned["success"], &warned["statistics"]["warnings"][0]["code"]), (&true.into(), &1051.into()));
    let unknown = form(&sandbox, "/entities/", &[("code", "bancoficticio"), ("token", "MOCK12345")]).await;
    assert_eq!(unknown.refused(), "field token: is no token of this key");
}

#[tokio::test]
async fn a_one_time_code_goes_on_in_its_session() {
    let sandbox = sandbox().await;
    let session = mocked(&sandbox, "MOCKOTP", &[]).await["statistics"]["SESSION"].as_str().unwrap().to_owned();
    let wrong = mocked(&sandbox, "MOCKOTP", &[("sid", &session), ("pin", "000000")]).await;
    assert_eq!((&wrong["error"]["code"], &wrong["statistics"]["SESSION"]), (&2010.into(), &session.as_str().into()));
    let other = mocked(&sandbox, "MOCKDATA", &[("sid", &session), ("pin", "123456")]).await;
    assert_eq!(other["error"]["code"], 2015, "the session is of another login");
    let read = mocked(&sandbox, "MOCKOTP", &[("sid", &session), ("pin", "123456")]).await;
    assert_eq!((&read["success"], &read["statistics"]["SESSION"]), (&true.into(), &session.as_str().into()));
    let again = [("code", "bancoficticio"), ("token", "MOCKOTP"), ("sid", &session), ("pin", "123456")];
    let again = form(&sandbox, "/entities/", &again).await;
    assert!(again.refused().contains("none of them is a session"), "{}", again.refused());
}

#[tokio::test]
async fn a_challenge_ends_after_five_minutes() {
    let sandbox = sandbox().await;
    let session = mocked(&sandbox, "MOCKOTP", &[]).await["statistics"]["SESSION"].as_str().unwrap().to_owned();
    sandbox.advance(Duration::from_secs(301));
    let late = mocked(&sandbox, "MOCKOTP", &[("sid", &session), ("pin", "123456")]).await;
    assert_eq!(late["error"]["code"], 2015);
}

#[tokio::test]
async fn an_approval_takes_ten_seconds() {
    let sandbox = sandbox().await;
    let session = mocked(&sandbox, "MOCK2011", &[]).await["statistics"]["SESSION"].as_str().unwrap().to_owned();
    assert_eq!(mocked(&sandbox, "MOCK2011", &[("sid", &session)]).await["error"]["code"], 2012);
    sandbox.advance(Duration::from_secs(10));
    assert_eq!(mocked(&sandbox, "MOCK2011", &[("sid", &session)]).await["success"], true);
}

#[tokio::test]
async fn methods_and_contracts_are_chosen() {
    let sandbox = sandbox().await;
    let asked = mocked(&sandbox, "MOCK2017", &[]).await;
    let session = asked["statistics"]["SESSION"].as_str().unwrap();
    let method = asked["statistics"]["otpMethods"][1]["otp_method"].as_str().unwrap();
    let wrong = mocked(&sandbox, "MOCK2017", &[("sid", session), ("otp_method", "Pigeon")]).await;
    assert_eq!(wrong["error"]["code"], 2018);
    let chosen = mocked(&sandbox, "MOCK2017", &[("sid", session), ("otp_method", method)]).await;
    assert_eq!(chosen["error"]["code"], 2010);
    assert_eq!(mocked(&sandbox, "MOCK2017", &[("sid", session), ("pin", "123456")]).await["success"], true);

    let asked = mocked(&sandbox, "MOCK2020", &[]).await;
    let contract = asked["error"]["contract_names"][0].as_str().unwrap();
    assert_eq!(mocked(&sandbox, "MOCK2020", &[("contract_name", "none")]).await["error"]["code"], 2020);
    assert_eq!(mocked(&sandbox, "MOCK2020", &[("contract_name", contract)]).await["success"], true);
}
