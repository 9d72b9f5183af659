//! What the provider's codes mean, and what may help.

use std::time::Duration;

use khipu_client::types::ErrorType;
use khipu_client::{Advice, ApiFailure, ErrorExt as _, ErrorGroup};

use crate::error::{Actor, Cause, Error, ErrorKind, RetryAdvice, from_client, plain};
use crate::provider::ProviderId;

/// What the provider means by `WAIT_4_HOURS_BEFORE_RETRY`.
const FOUR_HOURS: Duration = Duration::from_secs(4 * 60 * 60);

/// What a code stands for, or the reason of a failure in the older form, as long as the provider gives no advice of its
/// own. `None` for one that is not published.
///
/// Every call is a login at the bank. Where it is not known how far the failed one went, the advice is to look first.
pub(crate) fn cause(code: &str) -> Option<Cause> {
    let of = |kind: ErrorKind| Cause::new(kind);
    let Some(group) = ErrorGroup::of(code) else { return of_reason(code) };
    Some(match group {
        ErrorGroup::Token => of(ErrorKind::Unauthorized),
        ErrorGroup::Generic => of(ErrorKind::ProviderFailed).advice(RetryAdvice::LookFirst),
        // Wrong credentials or a blocked account: the codes do not say which.
        ErrorGroup::BankLogin => of(ErrorKind::LoginFailed),
        ErrorGroup::BankUnavailable => of(ErrorKind::InstitutionUnavailable),
        ErrorGroup::NoData => of(ErrorKind::NotContracted),
        ErrorGroup::UserInput => of(ErrorKind::InvalidRequest).actor(Actor::EndUser),
        // Nothing here pays; an answer about payments is not one to what was asked.
        ErrorGroup::AutomaticPayment => of(ErrorKind::UnexpectedAnswer),
        ErrorGroup::Custom => of(ErrorKind::Other),
        ErrorGroup::Incomplete => of(ErrorKind::Incomplete),
        ErrorGroup::Processing | ErrorGroup::Infrastructure => of(ErrorKind::ProviderFailed),
        ErrorGroup::ReadingTimeout => of(ErrorKind::Timeout),
        ErrorGroup::RequestParameters => of(ErrorKind::InvalidRequest),
        _ => return None,
    })
}

/// The older form: a reason in place of a code.
fn of_reason(reason: &str) -> Option<Cause> {
    match reason {
        // The operation has ended, so another one does not meet it at the bank.
        "LIFESPAN_EXCEEDED" => Some(Cause::new(ErrorKind::Timeout).advice(RetryAdvice::Later).actor(Actor::Provider)),
        "TASK_FINISHED" => Some(Cause::new(ErrorKind::ProviderFailed).advice(RetryAdvice::Never)),
        _ => None,
    }
}

/// The same with what the provider itself advises, as far as nobody is harmed by it.
fn advised(cause: Cause, advice: Option<&ErrorType>) -> Cause {
    // With a token that is refused nothing helps but another one.
    if cause.kind == ErrorKind::Unauthorized {
        return cause;
    }
    // Another login after one that was refused, or that may still be going on, can lock the user out.
    let harmful = matches!(cause.kind, ErrorKind::LoginFailed | ErrorKind::Timeout);
    match advice {
        Some(ErrorType::RetryImmediately) if harmful => cause.advice(RetryAdvice::LookFirst),
        Some(ErrorType::RetryImmediately) => cause.advice(RetryAdvice::Now),
        Some(ErrorType::WaitFourHoursBeforeRetry) => cause.advice(RetryAdvice::After(FOUR_HOURS)),
        Some(ErrorType::RetryAfterNotification) => cause.advice(RetryAdvice::AfterNotice).actor(Actor::Provider),
        // The same request never; once the user has put the login right it is another one.
        Some(ErrorType::DoNotRetry) if cause.advice != RetryAdvice::AfterUser => cause.advice(RetryAdvice::Never),
        _ => cause,
    }
}

/// Why an operation failed.
pub(super) fn of_failure(failure: &ApiFailure) -> Cause {
    let code = failure.code().or_else(|| failure.reason().map(AsRef::as_ref));
    let unknown = || Cause::new(ErrorKind::Other).advice(RetryAdvice::LookFirst);
    let cause = advised(code.and_then(cause).unwrap_or_else(unknown), failure.error_type());
    match code {
        Some(code) => cause.code(code),
        None => cause,
    }
}

/// The facade's error for one of the client.
pub(super) fn error(error: khipu_client::Error) -> Error {
    let cause = match error.api() {
        // A status says more than an envelope without a code that is known.
        Some(failure) if failure.code().or(error.code()).and_then(cause).is_none() && !is_success(&error) => {
            advised(plain(&error), failure.error_type())
        }
        Some(failure) => of_failure(failure),
        // Sent, and not answered in full: the bank may have been asked.
        None if error.advice() == Advice::Clarify => plain(&error).advice(RetryAdvice::LookFirst),
        None => plain(&error),
    };
    from_client(ProviderId::KHIPU, error, Some(cause))
}

fn is_success(error: &khipu_client::Error) -> bool {
    error.status().is_some_and(|status| status.is_success())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use khipu_client::runtime::ApiError as _;

    use super::*;

    /// First and last code of each published group, and the reasons of the older form.
    const CODES: [&str; 28] = [
        "A000",
        "E000",
        "E100",
        "E110",
        "E199",
        "E200",
        "E201",
        "E299",
        "E300",
        "E302",
        "E399",
        "E400",
        "E499",
        "E500",
        "E599",
        "E999",
        "D000",
        "F000",
        "T000",
        "I001",
        "I002",
        "I003",
        "P001",
        "P002",
        "P003",
        "LIFESPAN_EXCEEDED",
        "TASK_FINISHED",
        "X000",
    ];
    const TYPES: [&str; 4] =
        ["RETRY_IMMEDIATELY", "DO_NOT_RETRY", "WAIT_4_HOURS_BEFORE_RETRY", "RETRY_AFTER_NOTIFICATION"];

    fn failure(code: &str, advice: Option<&str>) -> ApiFailure {
        let body = match (code, advice) {
            ("LIFESPAN_EXCEEDED" | "TASK_FINISHED", _) => format!(r#"{{"Status":"ERROR","FailureReason":"{code}"}}"#),
            (_, None) => format!(r#"{{"Status":"ERROR","Error":{{"Code":"{code}"}}}}"#),
            (_, Some(advice)) => format!(r#"{{"Status":"ERROR","Error":{{"Code":"{code}","Type":"{advice}"}}}}"#),
        };
        ApiFailure::in_success(body.as_bytes()).unwrap()
    }

    fn line(code: &str, advice: Option<&str>) -> String {
        let cause = of_failure(&failure(code, advice));
        let name = advice.map_or_else(|| code.to_owned(), |advice| format!("{code} {advice}"));
        format!("{name}: {:?}, {:?}, {:?}\n", cause.kind, cause.advice, cause.actor)
    }

    #[test]
    fn the_table_is_what_was_reviewed() {
        let mut table = String::new();
        for code in CODES {
            table.push_str(&line(code, None));
        }
        for code in ["A000", "E000", "E100", "E201", "E302", "E400", "T000", "I001", "P001", "X000"] {
            for advice in TYPES {
                table.push_str(&line(code, Some(advice)));
            }
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../../../snapshots/bankfeed/errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("khipu", table));
    }

    #[test]
    fn every_published_code_has_a_cause_of_its_own() {
        for letter in 'A'..='Z' {
            for number in 0..1000 {
                let code = format!("{letter}{number:03}");
                let known = ErrorGroup::of(&code);
                assert_eq!(cause(&code).is_some(), known.is_some(), "{code}");
                // The provider's own "something else" is the only one that is left so.
                let other = cause(&code).is_some_and(|cause| cause.kind == ErrorKind::Other);
                assert_eq!(other, known == Some(ErrorGroup::Custom), "{code}");
            }
        }
    }

    #[test]
    fn no_login_that_failed_or_may_go_on_is_to_be_repeated_at_once() {
        for code in ["E100", "E150", "E199", "T000"] {
            for advice in TYPES {
                let cause = of_failure(&failure(code, Some(advice)));
                assert!(!matches!(cause.advice, RetryAdvice::Now | RetryAdvice::Later), "{code} {advice}");
            }
        }
    }
}
