//! Who may call, and whether requests are signed as they should be.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::access::{SALTEDGE_APP_ID, SALTEDGE_SECRET};
use crate::call::Received;
use crate::keys;
use crate::refusal::{Kind, Refusal};

/// How far ahead a signature may expire, in seconds.
const FURTHEST: u64 = 3_600;

pub(super) fn check(received: &Received, signed: bool) -> Result<(), Refusal> {
    let refused = |code, place: &str, problem: &str| Err(Refusal::new(Kind::Unauthenticated(code), place, problem));
    let Some(app_id) = received.header("app-id") else {
        return refused("AppIdNotProvided", "header App-id", "is missing");
    };
    let Some(secret) = received.header("secret") else {
        return refused("SecretNotProvided", "header Secret", "is missing");
    };
    if (app_id, secret) != (SALTEDGE_APP_ID, SALTEDGE_SECRET) {
        return refused("ApiKeyNotFound", "headers App-id and Secret", "are no API key of the sandbox");
    }
    let (expires_at, signature) = (received.header("expires-at"), received.header("signature"));
    if !signed && expires_at.is_none() && signature.is_none() {
        return Ok(());
    }
    let Some(expires_at) = expires_at else {
        return refused("MissingExpiresAt", "header Expires-at", "is missing");
    };
    let Some(signature) = signature else {
        return refused("MissingSignature", "header Signature", "is missing");
    };
    let Ok(moment) = expires_at.parse::<u64>() else {
        return refused("ExpiresAtInvalid", "header Expires-at", "has to be whole Unix seconds");
    };
    // By the machine's own time: clients sign with theirs, and the sandbox's clock stands elsewhere.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    if moment > now + FURTHEST {
        return refused("ExpiresAtInvalid", "header Expires-at", "is more than an hour ahead");
    }
    if moment < now {
        return refused("RequestExpired", "header Expires-at", "has passed");
    }
    let mut text = format!("{expires_at}|{}|{}|", received.method, received.url).into_bytes();
    text.extend_from_slice(&received.body);
    match keys::verify(signature, &text) {
        Some(true) => Ok(()),
        Some(false) => refused("SignatureNotMatch", "header Signature", "does not fit Expires-at|METHOD|URL|body"),
        None => refused("SignatureNotMatch", "header Signature", "is not Base64"),
    }
}
