//! What the provider's codes stand for.

use std::time::Duration;

use wealthreader_client::types::CardErrorCode;

use crate::error::{Actor, Cause, ErrorKind, RetryAdvice};

/// The next day; the provider speaks of 24 business hours, which a weekend makes longer.
const A_DAY: Duration = Duration::from_secs(24 * 3600);

/// The cause that a code stands for; `None` for one that is not known.
///
/// Reads log in at a bank and are billed, so nothing here says to repeat one at once. Where the provider names a pause it
/// is that; where it speaks of some minutes the advice is a pause that grows.
pub(crate) fn cause(code: &str) -> Option<Cause> {
    let cause = match code.parse::<i64>() {
        Ok(number) => of_number(number)?,
        Err(_) => of_word(code)?,
    };
    Some(cause.code(code))
}

fn of_number(code: i64) -> Option<Cause> {
    let is = Cause::new;
    Some(match code {
        // Of no other kind: what became of the read is not known.
        1 => is(ErrorKind::ProviderFailed).advice(RetryAdvice::LookFirst),
        // The call is wrong, or beyond limits or products of the contract: the message says which.
        2 => is(ErrorKind::InvalidRequest),
        // Blocked after an error that must not be repeated; the user stores a new token.
        3 => is(ErrorKind::ConnectionInactive),
        // Not usable for some minutes.
        4 => is(ErrorKind::ConnectionInactive).advice(RetryAdvice::Later).actor(Actor::Caller),
        // The bank has changed, and the provider has to follow.
        1000 | 1001 => is(ErrorKind::ProviderFailed),
        2000 => is(ErrorKind::LoginFailed),
        2001 => is(ErrorKind::UserLocked),
        2002 => is(ErrorKind::UserAction),
        2003 => is(ErrorKind::NotContracted),
        2004 => is(ErrorKind::InstitutionUnavailable).advice(RetryAdvice::After(A_DAY)),
        2005 => is(ErrorKind::TooSoon).advice(RetryAdvice::After(Duration::from_secs(300))),
        // Codes, approvals, images, the choice among them, and captchas, which only the widget shows.
        2010..=2014 | 2016..=2019 | 2030 | 2050..=2053 => is(ErrorKind::SecondFactor),
        2015 => is(ErrorKind::SessionExpired),
        // Several contracts: the user chooses.
        2020 => is(ErrorKind::UserAction),
        // The bank takes users by redirect only.
        2070 => is(ErrorKind::ConsentMissing),
        3000 => is(ErrorKind::InstitutionUnavailable),
        3001 => is(ErrorKind::Timeout).advice(RetryAdvice::Later),
        3002 => is(ErrorKind::InstitutionUnavailable).advice(RetryAdvice::After(A_DAY)).actor(Actor::Provider),
        // The token has to be confirmed again by its user.
        20_101 | 20_111 | 20_131 | 20_141 | 20_161 | 20_191 => is(ErrorKind::ConsentExpired),
        20_171 => is(ErrorKind::SecondFactor),
        // Revoked.
        9999 => is(ErrorKind::ConsentMissing),
        _ => return None,
    })
}

fn of_word(code: &str) -> Option<Cause> {
    let is = Cause::new;
    Some(match CardErrorCode::from(code) {
        // Sixty calls in a minute.
        CardErrorCode::RateLimited => is(ErrorKind::RateLimited).advice(RetryAdvice::After(Duration::from_secs(60))),
        CardErrorCode::EmailLinkedToOtherClient => is(ErrorKind::Conflict),
        CardErrorCode::InvalidDateFrom | CardErrorCode::InvalidEmail | CardErrorCode::InvalidWebhookUrl => {
            is(ErrorKind::InvalidRequest)
        }
        CardErrorCode::NotFound => is(ErrorKind::NotFound),
        CardErrorCode::Unauthorized => is(ErrorKind::Unauthorized),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use wealthreader_client::ErrorCode;

    use super::*;

    const WORDS: [CardErrorCode; 7] = [
        CardErrorCode::EmailLinkedToOtherClient,
        CardErrorCode::InvalidDateFrom,
        CardErrorCode::InvalidEmail,
        CardErrorCode::InvalidWebhookUrl,
        CardErrorCode::NotFound,
        CardErrorCode::RateLimited,
        CardErrorCode::Unauthorized,
    ];

    fn codes() -> Vec<String> {
        ErrorCode::known().map(|code| code.to_string()).chain(WORDS.map(|word| word.to_string())).collect()
    }

    #[test]
    fn every_known_code_has_a_cause_chosen_on_purpose() {
        assert_eq!(codes().len(), 47);
        for code in codes() {
            let cause = cause(&code).unwrap_or_else(|| panic!("{code} has no cause"));
            assert_ne!(cause.kind, ErrorKind::Other, "{code}");
            assert_eq!(cause.code.as_deref(), Some(code.as_str()));
        }
        assert_eq!((cause("77"), cause("blocked_host")), (None, None));
    }

    #[test]
    fn what_is_fatal_is_never_to_be_repeated_as_it_is() {
        for code in ErrorCode::known().filter(|code| code.is_fatal() == Some(true) && code.number() != 2004) {
            let advice = cause(&code.to_string()).unwrap().advice;
            assert!(matches!(advice, RetryAdvice::Never | RetryAdvice::AfterUser), "{code}: {advice:?}");
        }
    }

    #[test]
    fn causes_are_as_listed() {
        let lines: Vec<String> = codes()
            .into_iter()
            .map(|code| {
                let cause = cause(&code).unwrap();
                format!("{code}: {:?}, {:?}, {:?}", cause.kind, cause.advice, cause.actor)
            })
            .collect();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/bankfeed/errors"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("wealthreader", lines.join("\n")));
    }
}
