//! The redirect flow, checked against `od` and `sha256sum` (`tests/data/oauth/README.md`).
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::HashSet;

use support::{Server, error, failure, json, json_status, printed, reply, sample};
use wealthreader_client::{Advice, Configure, ErrorExt, Json, OauthClient, OauthLogin, OauthReturn, OauthReturnError};

const BACK: &str = "https://app.example.com/return?a=b c";

fn vector(name: &str) -> String {
    support::file(&format!("data/oauth/{name}"))
}

fn login() -> OauthLogin {
    OauthLogin::restore(BACK, vector("nonce.hex"), vector("state.hex"), vector("code-verifier.hex")).unwrap()
}

fn conf() -> Json {
    vector("conf.json").parse().unwrap()
}

fn client(server: &Server) -> OauthClient {
    OauthClient::builder().base_url(&server.url).build().unwrap()
}

fn returned(query: &str) -> OauthReturn {
    OauthReturn::from_query(query).unwrap()
}

/// The pairs of an address, in their order.
fn pairs(url: &str) -> Vec<(String, String)> {
    url::Url::parse(url).unwrap().query_pairs().into_owned().collect()
}

#[test]
fn the_address_has_the_providers_own_names_and_encodings() {
    let url = login().redirect_url(&conf()).unwrap();
    let (place, _) = url.expose().split_once('?').unwrap();
    assert_eq!(place, "https://oauth.wealthreader.com/oauth2/");
    let expected = [
        ("response_type", "code".to_owned()),
        ("redirect_uri", BACK.to_owned()),
        ("state", vector("state.hex")),
        ("nonce", vector("nonce.hex")),
        ("wr_conf", vector("conf.hex")),
        ("challenge_code", vector("challenge.hex")),
        ("code_challenge_method", "S256".to_owned()),
    ];
    assert_eq!(pairs(url.expose()), expected.map(|(name, value)| (name.to_owned(), value)));
    assert!(!url.expose().contains(&vector("code-verifier.hex")), "the verifier stays here");
}

#[test]
fn each_login_has_secrets_of_its_own() {
    let mut seen = HashSet::new();
    for _ in 0..50 {
        let login = OauthLogin::begin(BACK).unwrap();
        for secret in [login.nonce(), login.state(), login.code_verifier()] {
            assert_eq!(secret.expose().len(), 82);
            let text = wealthreader_client::runtime::from_hex(secret.expose()).unwrap();
            assert!(text.len() == 41 && text.iter().all(u8::is_ascii_alphanumeric));
            assert!(seen.insert(secret.expose().to_owned()));
        }
        let again = OauthLogin::restore(BACK, login.nonce(), login.state(), login.code_verifier()).unwrap();
        assert!(again == login);
        assert!(again.redirect_url(&conf()).unwrap() == login.redirect_url(&conf()).unwrap());
    }
}

#[test]
fn what_will_not_do_is_refused() {
    for back in ["app.example.com", "http://app.example.com/", "https://u:p@app.example.com/", "https://a.example/#x"] {
        assert!(OauthLogin::begin(back).is_err(), "{back}");
    }
    for back in ["http://localhost:8080/return", "http://127.0.0.1/", "http://[::1]:1/", "https://app.example.com"] {
        assert!(OauthLogin::begin(back).is_ok(), "{back}");
    }
    let nonce = vector("nonce.hex");
    for wrong in ["", &nonce[2..], &nonce.replace('4', "g"), &format!("{nonce}00")] {
        assert!(OauthLogin::restore(BACK, wrong, nonce.as_str(), nonce.as_str()).is_err(), "{wrong}");
        assert!(OauthLogin::restore(BACK, nonce.as_str(), wrong, nonce.as_str()).is_err(), "{wrong}");
        assert!(OauthLogin::restore(BACK, nonce.as_str(), nonce.as_str(), wrong).is_err(), "{wrong}");
    }
    for conf in ["null", "[]", "{}", r#""1""#, r#"{"operation_id":""}"#, r#"{"operation_id":null}"#] {
        assert!(login().redirect_url(&conf.parse().unwrap()).is_err(), "{conf}");
    }
}

#[test]
fn what_came_back_is_taken_when_it_belongs_to_the_login() {
    let (nonce, state) = (vector("nonce.hex"), vector("state.hex"));
    assert!(login().check(&returned(&format!("nonce={nonce}&code=the%2Bcode"))).is_ok());
    assert!(login().check(&returned(&format!("code=the-code&more=1&state={state}&nonce={nonce}"))).is_ok());
    let wrong = |query: &str| login().check(&returned(query)).unwrap_err();
    assert_eq!(wrong(&format!("nonce={state}&code=x")), OauthReturnError::WrongNonce);
    assert_eq!(wrong(&format!("nonce={}&code=x", &nonce[1..])), OauthReturnError::WrongNonce);
    assert_eq!(wrong(&format!("nonce={nonce}&code=x&state={nonce}")), OauthReturnError::WrongState);
    assert_eq!(wrong(&format!("nonce={nonce}&code=x&state=")), OauthReturnError::WrongState);
}

#[test]
fn what_came_back_must_be_whole() {
    let problem = |query: &str| OauthReturn::from_query(query).unwrap_err();
    assert_eq!(problem(""), OauthReturnError::MissingNonce);
    assert_eq!(problem("code=x"), OauthReturnError::MissingNonce);
    assert_eq!(problem("nonce=&code=x"), OauthReturnError::MissingNonce);
    assert_eq!(problem("nonce=x"), OauthReturnError::MissingCode);
    assert_eq!(problem("nonce=x&code="), OauthReturnError::MissingCode);
    for twice in ["nonce=x&nonce=x&code=y", "nonce=x&code=y&code=y", "nonce=x&code=y&state=1&state=1"] {
        assert_eq!(problem(twice), OauthReturnError::Twice, "{twice}");
    }
}

#[test]
fn the_exchange_is_a_read_without_a_key() {
    support::run(async {
        let server = Server::answering(|_| json(sample("batch-result.response"))).await;
        let code = login().check(&returned(&format!("nonce={}&code=the%2Bcode", vector("nonce.hex")))).unwrap();
        let answer = client(&server).exchange(&code).send().await.unwrap();
        assert!(answer.data().unwrap().financials().unwrap().is_some());
        let request = server.request();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/token/"));
        let mut form = request.form();
        form.sort();
        let expected = [
            ("code", "the+code".to_owned()),
            ("code_verifier", vector("code-verifier.hex")),
            ("grant_type", "authorization_code".to_owned()),
            ("redirect_uri", BACK.to_owned()),
        ];
        assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(request.header("authorization"), None);
    });
}

#[test]
fn the_exchange_fails_like_a_read_and_is_never_repeated() {
    support::run(async {
        let answers = [
            json(failure(2000)),
            json_status(400, failure(2)),
            reply(503, &[], ""),
            reply(307, &[("location", "/x")], ""),
        ];
        let advice = [Advice::AskUser, Advice::GiveUp, Advice::Wait, Advice::GiveUp];
        let server = Server::playing(answers).await;
        let client = client(&server);
        let code = login().check(&returned(&format!("nonce={}&code=PLANTED", vector("nonce.hex")))).unwrap();
        for advice in advice {
            let call = client.exchange(&code).extra_header("x-more", "PLANTED");
            assert!(!format!("{call:?} {code:?}").contains("PLANTED"));
            let error = call.send().await.unwrap_err();
            assert_eq!((error.advice(), error.attempts()), (advice, 1), "{error}");
            assert!(!printed(&error).contains("PLANTED"));
        }
        assert_eq!(server.requests().len(), 4);
    });
}

#[test]
fn a_bank_that_wants_the_redirect_says_so() {
    assert_eq!(error(json(failure(2070))).advice(), Advice::Redirect);
}

#[test]
fn nothing_of_it_shows() {
    let login = OauthLogin::begin(BACK).unwrap();
    let url = login.redirect_url(&r#"{"operation_id":"PLANTED","token":"PLANTED"}"#.parse().unwrap()).unwrap();
    let back = returned("nonce=PLANTED&code=PLANTED&state=PLANTED");
    let wrong = login.check(&back).unwrap_err();
    let shown = format!("{login:?} {url:?} {url} {back:?} {wrong:?} {wrong} {:?}", OauthClient::builder());
    for secret in ["PLANTED", login.nonce().expose(), login.state().expose(), login.code_verifier().expose()] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
