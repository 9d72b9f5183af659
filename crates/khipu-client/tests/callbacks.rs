//! Callbacks: their addresses, and what is taken from whom. Signatures are checked against OpenSSL's
//! (`tests/data/signing/README.md`).
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::HashSet;
use std::error::Error as _;
use std::time::Duration;

use khipu_client::runtime::{AgeWindow, HeaderMap, HeaderValue, ManualClock, WebhookError};
use khipu_client::types::{Envelope, FailureReason};
use khipu_client::{Advice, Callback, CallbackError, CallbackReader, CallbackToken, ConfigError, Id, ReceivedCallback};
use support::{OPERATION, failure, sample};

const TOKEN: &str = "3yv1x0Wf7tq2mC5s9dJ8aA";
const SECRET: &str = "test-only-secret";
const NOON_MS: &str = "1767268800000";

fn token() -> CallbackToken {
    CallbackToken::restore(TOKEN).unwrap()
}

fn reader() -> CallbackReader {
    CallbackReader::new(token())
}

fn read(token: &str, body: &str) -> Result<ReceivedCallback, CallbackError> {
    reader().read(token, &HeaderMap::new(), body.as_bytes())
}

#[test]
fn tokens_are_random_and_fit_into_addresses() {
    let tokens: HashSet<String> = (0..100).map(|_| CallbackToken::random().unwrap().expose().to_owned()).collect();
    assert_eq!(tokens.len(), 100);
    for token in &tokens {
        assert_eq!(token.len(), 43, "256 bits");
        assert!(CallbackToken::restore(token.as_str()).unwrap().expose() == token);
    }
    // Each place takes many signs, so all bits are drawn.
    for place in 0..42 {
        let signs: HashSet<_> = tokens.iter().map(|token| token.as_bytes()[place]).collect();
        assert!(signs.len() > 16, "place {place} takes only {} signs", signs.len());
    }
}

#[test]
fn a_token_that_could_be_guessed_is_refused() {
    for token in ["", "a", &TOKEN[1..], "3yv1x0Wf7tq2mC5s9dJ8/A", "3yv1x0Wf7tq2mC5s9dJ8aA=", "3yv1x0Wf7tq2mC5s9d 8aA"] {
        assert!(CallbackToken::restore(token).is_err(), "{token}");
    }
    assert!(CallbackToken::restore(TOKEN).is_ok());
}

#[test]
fn addresses_carry_the_token_in_path_or_query() {
    let path = |base: &str| token().in_path(base).map(|url| url.expose().to_owned());
    let query = |base: &str, name: &str| token().in_query(base, name).map(|url| url.expose().to_owned());
    assert_eq!(path("https://app.example.com").unwrap(), format!("https://app.example.com/{TOKEN}"));
    for base in ["https://app.example.com/khipu", "https://app.example.com/khipu/"] {
        assert_eq!(path(base).unwrap(), format!("https://app.example.com/khipu/{TOKEN}"));
    }
    let mixed = path("https://app.example.com:8443/a?tenant=7").unwrap();
    assert_eq!(mixed, format!("https://app.example.com:8443/a/{TOKEN}?tenant=7"));
    assert_eq!(query("https://app.example.com/a", "t").unwrap(), format!("https://app.example.com/a?t={TOKEN}"));
    let further = query("https://app.example.com/a?tenant=7", "t").unwrap();
    assert_eq!(further, format!("https://app.example.com/a?tenant=7&t={TOKEN}"));
    assert!(query("https://app.example.com/a?t=1", "t").is_err());
    assert!(query("https://app.example.com/a", "").is_err());
}

#[test]
fn addresses_that_will_not_do_are_refused() {
    let problem = |base: &str| match (token().in_path(base), token().in_query(base, "t")) {
        (Err(path), Err(query)) => {
            assert_eq!(path, query, "{base}");
            path.to_string()
        }
        _ => panic!("{base} was taken"),
    };
    assert!(problem("app.example.com/khipu").contains("not a URL"));
    assert!(problem("http://app.example.com/khipu").contains("not https"));
    assert!(problem("data:text/plain,x").contains("not https"));
    assert!(problem("https://user:secret@app.example.com/").contains("credentials"));
    assert!(problem("https://app.example.com/#part").contains("fragment"));
}

#[test]
fn an_address_has_at_most_255_characters() {
    let base = |length: usize| format!("https://app.example.com/{}", "x".repeat(length - 24));
    let fits =
        |length: usize| -> Result<usize, ConfigError> { token().in_path(&base(length)).map(|url| url.expose().len()) };
    assert_eq!(fits(255 - 23).unwrap(), 255);
    let error = fits(255 - 22).unwrap_err();
    assert_eq!(error.to_string(), "the callback address has 256 characters; the provider takes 255");
}

#[test]
fn a_result_is_read_when_token_and_operation_are_ours() {
    let received = read(TOKEN, &sample("response")).unwrap();
    assert_eq!(received.operation_id().as_ref(), OPERATION);
    let issued = HashSet::from([Id::from("1"), Id::from(OPERATION)]);
    let Callback::Completed(envelope) = received.matching(|id| issued.contains(id)).unwrap() else { panic!() };
    assert_eq!(envelope.balances().unwrap().len(), 1);
}

#[test]
fn a_failed_operation_is_told_with_its_advice() {
    let received = read(TOKEN, &failure("E201", "WAIT_4_HOURS_BEFORE_RETRY")).unwrap();
    let Callback::Failed(failure) = received.matching(|_| true).unwrap() else { panic!() };
    assert_eq!((failure.code(), failure.advice()), (Some("E201"), Some(Advice::WaitFourHours)));
    assert_eq!(failure.operation_id(), Some(&Id::from(OPERATION)));
}

#[test]
fn the_older_form_of_failure_is_read() {
    let body = format!(
        r#"{{"OperationId":"{OPERATION}","Status":"ERROR","FailureReason":"LIFESPAN_EXCEEDED","Message":"Tarde"}}"#
    );
    let Callback::Failed(failure) = read(TOKEN, &body).unwrap().matching(|_| true).unwrap() else { panic!() };
    assert_eq!((failure.reason(), failure.description()), (Some(&FailureReason::LifespanExceeded), Some("Tarde")));
    assert_eq!((failure.code(), failure.advice()), (None, Some(Advice::Wait)));
}

#[test]
fn without_the_token_nothing_is_read() {
    let longer = format!("{TOKEN}x");
    let changed = TOKEN.replace('3', "4");
    for wrong in ["", "x", &TOKEN[1..], &longer, &changed, &TOKEN.to_uppercase()] {
        // The body is not even looked at.
        let error = read(wrong, "no envelope").unwrap_err();
        assert!(matches!(error, CallbackError::Refused(WebhookError::WrongAddress)), "{wrong}: {error:?}");
    }
}

#[test]
fn an_operation_that_was_not_issued_is_refused() {
    let error = read(TOKEN, &sample("response")).unwrap().matching(|id| id.as_ref() == "another").unwrap_err();
    assert!(matches!(error, CallbackError::NotExpected), "{error:?}");
    assert_eq!(error.to_string(), "the callback is about something that was not started here");
}

#[test]
fn what_is_no_envelope_cannot_be_read() {
    for body in ["", "{}", "[]", "null", r#"{"Status":"OK"}"#, r#"{"OperationId":"1"}"#, "<html>"] {
        let error = read(TOKEN, body).unwrap_err();
        assert!(matches!(error, CallbackError::Unreadable(_)) && error.source().is_some(), "{body}: {error:?}");
    }
}

fn vector(name: &str) -> String {
    support::file(&format!("data/signing/{name}"))
}

fn signed(header: &str) -> HeaderMap {
    HeaderMap::from_iter([("x-khipu-signature".parse().unwrap(), HeaderValue::try_from(header).unwrap())])
}

/// The header of the vectors.
fn genuine() -> String {
    format!("t={NOON_MS},s={}", vector("callback-signature.b64"))
}

/// Reads the body of the vectors with signatures switched on.
fn verify_at(now: &str, headers: &HeaderMap, body: &[u8]) -> Result<Envelope, CallbackError> {
    let clock = ManualClock::new(now.parse().unwrap());
    let received = reader().signing_secret(SECRET).unwrap().clock(clock).read(TOKEN, headers, body)?;
    match received.matching(|id| id.as_ref() == OPERATION)? {
        Callback::Completed(envelope) => Ok(envelope),
        other => panic!("{other:?}"),
    }
}

fn verify(headers: &HeaderMap, body: &[u8]) -> Result<Envelope, CallbackError> {
    verify_at("2026-01-01T12:00:00Z", headers, body)
}

#[track_caller]
fn refusal<T: std::fmt::Debug>(result: Result<T, CallbackError>) -> WebhookError {
    match result {
        Err(CallbackError::Refused(error)) => error,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn what_openssl_signed_is_taken() {
    let envelope = verify(&signed(&genuine()), vector("callback-body.json").as_bytes()).unwrap();
    assert_eq!(envelope.additional_information.as_deref(), Some("café café"));
    // Parts in another order, with blanks, and one of a later version.
    let (time, signature) = (NOON_MS, vector("callback-signature.b64"));
    for header in [format!("s={signature},t={time}"), format!("t={time}, s={signature}, v=2")] {
        assert!(verify(&signed(&header), vector("callback-body.json").as_bytes()).is_ok(), "{header}");
    }
}

#[test]
fn every_changed_byte_is_noticed() {
    let body = vector("callback-body.json").into_bytes();
    let headers = signed(&genuine());
    for index in 0..body.len() {
        let mut changed = body.clone();
        changed[index] ^= 1;
        assert_eq!(refusal(verify(&headers, &changed)), WebhookError::Mismatch, "byte {index}");
    }
    assert_eq!(refusal(verify(&headers, &[&body[..], b" "].concat())), WebhookError::Mismatch);
    assert_eq!(refusal(verify(&headers, b"")), WebhookError::Mismatch);
    let again = serde_json::from_slice::<serde_json::Value>(&body).unwrap().to_string();
    assert_eq!(refusal(verify(&headers, again.as_bytes())), WebhookError::Mismatch);
    let later = genuine().replace(NOON_MS, "1767268800001");
    assert_eq!(refusal(verify(&signed(&later), &body)), WebhookError::Mismatch);
}

#[test]
fn another_secret_is_refused() {
    let reader = reader().signing_secret("another").unwrap();
    let result = reader.read(TOKEN, &signed(&genuine()), vector("callback-body.json").as_bytes());
    assert_eq!(refusal(result), WebhookError::Mismatch);
}

#[test]
fn wrong_ways_to_sign_are_refused() {
    let body = vector("callback-body.json");
    let verify = |header: &str| refusal(verify(&signed(header), body.as_bytes()));
    let good = vector("callback-signature.b64");
    // In hex over the body alone, under another name, without its padding, and not at all.
    let hex = vector("body-alone.hex");
    assert_eq!(verify(&format!("t={NOON_MS},s={hex}")), WebhookError::Mismatch);
    for header in [
        hex.clone(),
        format!("sha256={hex}"),
        format!("t={NOON_MS},v1={good}"),
        format!("s={good}"),
        format!("t={NOON_MS}"),
        format!("t={NOON_MS},s={}", good.trim_end_matches('=')),
        format!("t={NOON_MS},s={good},s={good}"),
        format!("t={NOON_MS},t={NOON_MS},s={good}"),
        format!("T={NOON_MS},S={good}"),
        format!("t={NOON_MS};s={good}"),
        String::new(),
    ] {
        assert!(matches!(verify(&header), WebhookError::Malformed(_)), "{header}");
    }
    assert_eq!(verify(&format!("t={NOON_MS},s=")), WebhookError::Mismatch);
    // Signed, but in seconds: that was in 1970.
    assert_eq!(verify(&format!("t=1767268800,s={}", vector("seconds-signature.b64"))), WebhookError::TooOld);
}

#[test]
fn when_switched_on_a_missing_signature_is_refused() {
    let body = vector("callback-body.json");
    assert_eq!(refusal(verify(&HeaderMap::new(), body.as_bytes())), WebhookError::MissingHeader("x-khipu-signature"));
    let mut twice = signed(&genuine());
    twice.append("x-khipu-signature", HeaderValue::try_from(genuine()).unwrap());
    assert!(matches!(refusal(verify(&twice, body.as_bytes())), WebhookError::Malformed(_)));
    let mut binary = HeaderMap::new();
    binary.insert("x-khipu-signature", HeaderValue::from_bytes(b"\xff").unwrap());
    assert!(matches!(refusal(verify(&binary, body.as_bytes())), WebhookError::Malformed(_)));
    // And when it is not, nobody looks.
    assert!(reader().read(TOKEN, &signed("nonsense"), body.as_bytes()).is_ok());
    assert!(reader().signing_secret("").unwrap_err().to_string().contains("must not be empty"));
}

#[test]
fn a_signed_callback_lasts_five_minutes() {
    let body = vector("callback-body.json");
    let at = |now: &str| verify_at(now, &signed(&genuine()), body.as_bytes());
    assert!(at("2026-01-01T12:05:00Z").is_ok());
    assert_eq!(refusal(at("2026-01-01T12:05:00.001Z")), WebhookError::TooOld);
    assert!(at("2026-01-01T11:59:00Z").is_ok());
    assert_eq!(refusal(at("2026-01-01T11:58:59.999Z")), WebhookError::FromTheFuture);
    let wide = AgeWindow { max_age: Duration::from_secs(3600), max_future_skew: Duration::ZERO };
    let clock = ManualClock::new("2026-01-01T13:00:00Z".parse().unwrap());
    let reader = reader().signing_secret(SECRET).unwrap().age_window(wide).clock(clock);
    assert!(reader.read(TOKEN, &signed(&genuine()), body.as_bytes()).is_ok());
}

#[test]
fn a_signature_does_not_stand_in_for_the_token() {
    let reader = reader().signing_secret(SECRET).unwrap();
    let error = reader.read("", &signed(&genuine()), vector("callback-body.json").as_bytes()).unwrap_err();
    assert!(matches!(error, CallbackError::Refused(WebhookError::WrongAddress)), "{error:?}");
}
