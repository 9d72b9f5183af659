//! What each class of Salt Edge's errors stands for.

use saltedge_client::types::ErrorClass as Class;

use crate::error::{Actor, Cause, ErrorKind as Kind, RetryAdvice as Advice};

/// The cause behind a class, of a refusal, an attempt or a callback; `None` for a class that is not known.
pub(crate) fn cause(class: &Class) -> Option<Cause> {
    let of = Cause::new;
    Some(match class {
        // The request.
        Class::InvalidParams
        | Class::InvalidRequestFormatError
        | Class::MissingParams
        | Class::MissingRequiredFields
        | Class::WrongRequestFormat
        | Class::WrongReportType
        | Class::WrongProviderMode
        | Class::AllAccountsExcluded
        | Class::CustomFieldsFormatInvalid
        | Class::CustomFieldsSizeTooBig
        | Class::DateFormatInvalid
        | Class::DateOutOfRange
        | Class::InvalidAispConsentFromDate
        | Class::InvalidAispConsentPeriod
        | Class::InvalidEncoding
        | Class::InvalidFromDate
        | Class::InvalidToDate
        | Class::JsonParseError
        | Class::ReturnUrlInvalid
        | Class::ReturnUrlTooLong
        | Class::RouteNotFound
        | Class::ValueOutOfRange => of(Kind::InvalidRequest),
        Class::TooManyImportObjectsError | Class::BatchSizeLimitExceeded => of(Kind::TooMuchData),
        Class::ActionNotSupported => of(Kind::Unsupported).advice(Advice::AfterOperator).actor(Actor::Operator),
        Class::ConnectionNotFound
        | Class::CustomerNotFound
        | Class::ProviderNotFound
        | Class::RecordNotFound
        | Class::ReportNotFound
        | Class::ReportExpired
        | Class::AispConsentNotFound => of(Kind::NotFound),
        Class::DuplicatedCustomer
        | Class::DuplicatedRecord
        | Class::ConnectionDuplicated
        | Class::AispConsentAlreadyRevoked => of(Kind::Conflict),
        // The application.
        Class::ApiKeyNotFound
        | Class::AppIdNotProvided
        | Class::SecretNotProvided
        | Class::ClientNotFound
        | Class::MissingExpiresAt
        | Class::MissingSignature
        | Class::PublicKeyNotProvided
        | Class::SignatureNotMatch => of(Kind::Unauthorized),
        // The client has signed anew and sent again by itself: what is left is a clock that is wrong.
        Class::ExpiresAtInvalid | Class::RequestExpired => of(Kind::Unauthorized),
        Class::ActionNotAllowed
        | Class::ClientDisabled
        | Class::ClientPending
        | Class::ClientRestricted
        | Class::ConnectionLimitReached
        | Class::CustomerLocked
        | Class::ProviderKeyNotFound
        | Class::TppRegistration => of(Kind::Forbidden),
        Class::ProviderAccessNotGranted => of(Kind::UserAction),
        // Too often, too soon.
        Class::RateLimitExceeded | Class::TooManyRequests => of(Kind::RateLimited),
        Class::ActionTemporarilyNotAllowed
        | Class::BackgroundFetchLimitExceeded
        | Class::ConnectionAlreadyProcessing
        | Class::ConnectionCannotBeRefreshed => of(Kind::TooSoon),
        // The consent.
        Class::AispConsentExpired => of(Kind::ConsentExpired),
        Class::AispConsentRevoked | Class::ReportConsentRevoked => of(Kind::ConsentMissing),
        Class::AispConsentScopesNotAllowed => of(Kind::ConsentMissing).advice(Advice::Never).actor(Actor::Caller),
        // The user. Another attempt with the same password may lock the user out, so it always waits for the user.
        Class::InvalidCredentials | Class::CredentialsNotMatch => of(Kind::LoginFailed),
        Class::InvalidInteractiveCredentials | Class::BackgroundRefreshNotAllowed => of(Kind::SecondFactor),
        Class::InteractiveTimeout | Class::InteractiveAdapterTimeout => of(Kind::SessionExpired),
        Class::ConnectionDisabled => of(Kind::ConnectionInactive),
        // The bank.
        Class::ProviderInactive
        | Class::ProviderUnavailable
        | Class::ProviderError
        | Class::ConnectionFailed
        | Class::ConnectionLost
        | Class::FetchingTimeout => of(Kind::InstitutionUnavailable),
        Class::ProviderDisabled => of(Kind::InstitutionDisabled),
        // Salt Edge.
        Class::ExecutionTimeout => of(Kind::Timeout).actor(Actor::Provider),
        Class::EnrichmentError
        | Class::InternalServerError
        | Class::ReportFetchError
        | Class::StandaloneCategorizationError => of(Kind::ProviderFailed),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use saltedge_client::types::ErrorClass;

    use super::*;

    /// All classes that the specification knows.
    fn classes() -> Vec<String> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs/saltedge.yaml");
        let specification = std::fs::read_to_string(path).unwrap();
        let (_, classes) = specification.split_once("\n    ErrorClass:\n").unwrap();
        let (_, classes) = classes.split_once("      enum:\n").unwrap();
        let lines = classes.lines().take_while(|line| line.starts_with("        "));
        lines.filter_map(|line| line.trim().strip_prefix("- ")).map(str::to_owned).collect()
    }

    #[test]
    fn every_class_stands_for_something_on_purpose() {
        let mut table = Vec::new();
        for class in classes() {
            let known = ErrorClass::from(class.as_str());
            assert!(!matches!(known, ErrorClass::Unrecognized(_)), "{class}");
            let cause = cause(&known).unwrap_or_else(|| panic!("{class} has no cause"));
            assert_ne!(cause.kind, Kind::Other, "{class}");
            table.push(format!("{class}: {:?}, {:?}, {:?}\n", cause.kind, cause.advice, cause.actor));
        }
        assert!(table.len() > 80);
        table.sort();
        assert_eq!(cause(&ErrorClass::from("NeverHeardOf")), None);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../../../snapshots/bankfeed/errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("saltedge", table.concat()));
    }

    #[test]
    fn nothing_that_may_lock_a_user_out_is_to_be_repeated_unasked() {
        for class in [Class::InvalidCredentials, Class::InvalidInteractiveCredentials, Class::CredentialsNotMatch] {
            assert_eq!(cause(&class).unwrap().advice, Advice::AfterUser, "{class}");
        }
    }
}
