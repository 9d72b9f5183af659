//! What may help against a refusal.

use crate::generated::types::ErrorClass;

/// What may help when a call or an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// The same call later.
    ///
    /// How much later depends: seconds for a rate limit or an outage, the next day for the daily limit of refreshes,
    /// `next_refresh_possible_at` for a connection that was refreshed just now. After a timeout of a call that creates
    /// or changes, look before repeating.
    Wait,
    /// The same call, signed anew, once. If that does not help, the clock is wrong.
    SignAgain,
    /// A reconnect, in which the user consents or enters credentials again.
    AskUser,
    /// Nothing, as long as the request, the settings or the contract stay the same.
    GiveUp,
}

impl Advice {
    /// What may help against a class of errors, from a call, an attempt or a fail callback; `None` when the class says
    /// nothing of the sort by itself, so that the status decides.
    pub fn for_class(class: &ErrorClass) -> Option<Self> {
        use ErrorClass as Class;
        Some(match class {
            Class::RateLimitExceeded
            | Class::TooManyRequests
            | Class::ActionTemporarilyNotAllowed
            | Class::BackgroundFetchLimitExceeded
            | Class::ConnectionCannotBeRefreshed
            | Class::ConnectionAlreadyProcessing
            | Class::ProviderInactive
            | Class::ProviderUnavailable
            | Class::ReportFetchError
            | Class::EnrichmentError
            | Class::InternalServerError => Self::Wait,
            Class::RequestExpired | Class::ExpiresAtInvalid => Self::SignAgain,
            Class::AispConsentExpired
            | Class::AispConsentRevoked
            | Class::BackgroundRefreshNotAllowed
            | Class::InvalidCredentials
            | Class::InvalidInteractiveCredentials => Self::AskUser,
            _ => return None,
        })
    }
}
