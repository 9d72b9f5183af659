//! The signature that the provider documents for payment notifications.

use bankfeed_runtime as rt;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rt::WebhookError;
use rt::jiff::Timestamp;

/// `t=`, the time of sending in Unix milliseconds, a comma, `s=`, the signature in Base64.
pub(super) const HEADER: &str = "x-khipu-signature";

/// Checks that a header signs this body with this secret: HMAC-SHA256 over the time as written, a dot and the body.
/// Gives the time of sending, which is proven then.
pub(super) fn check(secret: &rt::Secret, header: &str, body: &[u8]) -> Result<Timestamp, WebhookError> {
    let (time, signature) = parts(header)?;
    let signature = STANDARD.decode(signature).map_err(|_| WebhookError::Malformed("the signature is not Base64"))?;
    let mut message = Vec::with_capacity(time.len() + 1 + body.len());
    message.extend_from_slice(time.as_bytes());
    message.push(b'.');
    message.extend_from_slice(body);
    if !rt::verify_hmac_sha256(secret.expose().as_bytes(), &message, &signature) {
        return Err(WebhookError::Mismatch);
    }
    let time = time.parse().ok().and_then(|time| Timestamp::from_millisecond(time).ok());
    time.ok_or(WebhookError::Malformed("its time is not in Unix milliseconds"))
}

/// Time and signature, each there once. Parts of other names are left to later versions of the scheme.
fn parts(header: &str) -> Result<(&str, &str), WebhookError> {
    let (mut time, mut signature) = (None, None);
    for part in header.split(',') {
        // At the first sign of equality: Base64 may end in more.
        let (name, value) = part.trim().split_once('=').ok_or(WebhookError::Malformed("a part has no name"))?;
        let place = match name {
            "t" => &mut time,
            "s" => &mut signature,
            _ => continue,
        };
        if place.replace(value).is_some() {
            return Err(WebhookError::Malformed("a part is there twice"));
        }
    }
    time.zip(signature).ok_or(WebhookError::Malformed("its header has no time or no signature"))
}
