//! What may help against a refusal.

use crate::generated::types::ErrorCode;

/// What may help when a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// The same call later.
    ///
    /// How much later depends: minutes for an institution that is down, ten minutes for a link refreshed just now, a
    /// minute for the limit of removals. After a timeout of a call that creates something, look before repeating.
    Wait,
    /// The same retrieval in asynchronous mode, where the operation has it: there was more data than fits the time of
    /// one answer.
    GoAsync,
    /// The second factor, with the `resume_` operation; see [`SecondFactor`](crate::types::SecondFactor).
    Resume,
    /// The whole retrieval anew: the session that waited for a second factor is over.
    StartOver,
    /// The widget, in which the user enters credentials or consents again.
    AskUser,
    /// Nothing, as long as the request, the keys or the contract stay the same.
    GiveUp,
}

impl Advice {
    /// What may help against an error of this code; `None` for a code this version does not know, so that the status
    /// decides.
    pub fn for_code(code: &ErrorCode) -> Option<Self> {
        use ErrorCode as Code;
        Some(match code {
            Code::TooManySessions
            | Code::InstitutionDown
            | Code::InstitutionUnavailable
            | Code::LinkRefreshed
            | Code::IdempotencyKeyConflict
            | Code::UnexpectedError => Self::Wait,
            Code::RequestTimeout => Self::GoAsync,
            Code::TokenRequired => Self::Resume,
            Code::SessionExpired => Self::StartOver,
            Code::LoginError | Code::InvalidLink | Code::UnconfirmedLink | Code::ConsentWithoutAccounts => {
                Self::AskUser
            }
            Code::Required
            | Code::Null
            | Code::Blank
            | Code::Invalid
            | Code::DoesNotExist
            | Code::InstitutionInactive
            | Code::InvalidFetchResources
            | Code::InvalidCredentialsStorage
            | Code::InvalidAccessModeSwitch
            | Code::InvalidPeriod
            | Code::UnsupportedOperation
            | Code::AuthenticationFailed
            | Code::AccessToResourceDenied
            | Code::NotFound
            | Code::IdempotencyPayloadMismatch => Self::GiveUp,
            _ => return None,
        })
    }
}
