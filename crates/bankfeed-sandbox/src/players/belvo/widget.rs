//! Tokens of the widget, in which users connect their institutions.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::access;
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::{Kind, Refusal};

/// What a token may allow.
const SCOPES: [&str; 7] = [
    "read_institutions",
    "write_links",
    "read_links",
    "read_consents",
    "write_consents",
    "write_consent_callback",
    "delete_consents",
];
/// Days for which a consent can be asked.
const DURATIONS: [i64; 4] = [92, 183, 275, 366];

/// A token; the keys stand in the body.
pub(super) fn create(call: &Call, scene: &Scene<'_>, serial: u64) -> Result<Answer, Refusal> {
    let body = &call.body;
    if body["id"] != access::BELVO_SECRET_ID || body["password"] != access::BELVO_SECRET_PASSWORD {
        let problem = "are not the keys of the sandbox";
        return Err(Refusal::new(Kind::Unauthenticated("authentication_failed"), "body /id and /password", problem));
    }
    let scopes = body["scopes"].as_str().unwrap_or_default();
    if let Some(unknown) = scopes.split(',').find(|scope| !SCOPES.contains(scope)) {
        let problem = format!("`{unknown}` is none of {}", SCOPES.join(", "));
        return Err(Refusal::invalid("body /scopes", problem));
    }
    let days = body.pointer("/widget/consent/default_consent_duration_days").and_then(serde_json::Value::as_i64);
    if days.is_some_and(|days| !DURATIONS.contains(&days)) {
        let place = "body /widget/consent/default_consent_duration_days";
        return Err(Refusal::invalid(place, "is none of 92, 183, 275 and 366"));
    }
    let token = |kind: &str| {
        let claims = json!({
            "token_type": kind,
            "exp": scene.now.as_second() + 600,
            "jti": scene.world.random("belvo widget", &[serial]).hex(32),
            "scopes": scopes,
        });
        let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        format!("{head}.{}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()), URL_SAFE_NO_PAD.encode("sandbox"))
    };
    Ok(Answer::json(200, json!({ "access": token("access"), "refresh": token("refresh") })))
}
