//! What Belvo's codes stand for.

use std::time::Duration;

use belvo_client::types::ErrorCode;

use crate::error::{Actor, Cause, ErrorKind, RetryAdvice};

/// How long a link rests once it was refreshed.
const LINK_RESTS: Duration = Duration::from_secs(600);

/// The cause that a code stands for; `None` for one that this version does not know.
pub(crate) fn cause(code: &str) -> Option<Cause> {
    use ErrorCode as Code;
    use ErrorKind as Kind;
    let code = ErrorCode::from(code);
    let kind = match code {
        Code::Required
        | Code::Null
        | Code::Blank
        | Code::Invalid
        | Code::InvalidFetchResources
        | Code::InvalidCredentialsStorage
        | Code::InvalidAccessModeSwitch
        | Code::InvalidPeriod
        | Code::IdempotencyPayloadMismatch => Kind::InvalidRequest,
        // The one is about an id in the address, the other about one in the body.
        Code::NotFound | Code::DoesNotExist => Kind::NotFound,
        Code::UnsupportedOperation => Kind::Unsupported,
        Code::AuthenticationFailed => Kind::Unauthorized,
        Code::AccessToResourceDenied => Kind::Forbidden,
        Code::ConsentWithoutAccounts => Kind::ConsentMissing,
        Code::LoginError => Kind::LoginFailed,
        Code::TokenRequired => Kind::SecondFactor,
        Code::SessionExpired => Kind::SessionExpired,
        // Credentials that do not work any more, a consent that is over, a link that nobody confirmed: the code is one.
        Code::InvalidLink | Code::UnconfirmedLink => Kind::ConnectionInactive,
        Code::InstitutionDown | Code::InstitutionUnavailable => Kind::InstitutionUnavailable,
        Code::InstitutionInactive => Kind::InstitutionDisabled,
        // The user is logged in elsewhere, or another reading is under way.
        Code::TooManySessions | Code::LinkRefreshed => Kind::TooSoon,
        Code::RequestTimeout => Kind::Timeout,
        Code::IdempotencyKeyConflict => Kind::Conflict,
        Code::UnexpectedError => Kind::ProviderFailed,
        _ => return None,
    };
    let cause = Cause::new(kind).code(code.as_ref());
    Some(match code {
        Code::LinkRefreshed => cause.advice(RetryAdvice::After(LINK_RESTS)),
        // The first request with the key is still being worked on.
        Code::IdempotencyKeyConflict => cause.advice(RetryAdvice::Later).actor(Actor::Caller),
        _ => cause,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    /// Every code of the specification, as the client's surface lists them.
    fn codes() -> Vec<String> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/surface/belvo.snap");
        let surface = std::fs::read_to_string(path).unwrap();
        let (_, list) = surface.split_once("\nenum ErrorCode (open)\n").unwrap();
        let lines = list.lines().take_while(|line| line.starts_with("  "));
        lines.map(|line| line.split('"').nth(1).unwrap().to_owned()).collect()
    }

    #[test]
    fn every_code_has_a_cause_chosen_on_purpose() {
        let codes = codes();
        assert!(codes.len() >= 28, "{codes:?}");
        let mut table = String::new();
        for code in &codes {
            let cause = cause(code).unwrap_or_else(|| panic!("{code} has no cause"));
            assert_ne!(cause.kind, ErrorKind::Other, "{code}");
            assert_eq!(cause.code.as_deref(), Some(&**code));
            table.push_str(&format!("{code}: {:?}, {:?}, {:?}\n", cause.kind, cause.advice, cause.actor));
        }
        assert_eq!(cause("moon_phase"), None);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../../../snapshots/bankfeed/errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("belvo", table));
    }

    #[test]
    fn nothing_that_reaches_for_a_login_is_repeated_blindly() {
        for code in ["login_error", "token_required", "session_expired", "invalid_link", "request_timeout"] {
            let advice = cause(code).unwrap().advice;
            assert!(matches!(advice, RetryAdvice::AfterUser | RetryAdvice::LookFirst), "{code}: {advice:?}");
        }
    }
}
