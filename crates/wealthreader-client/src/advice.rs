//! What may help against a failure.

use crate::error_code::ErrorCode;
use crate::generated::types::CardErrorCode;

/// What may help when a call failed. The client waits for none of it by itself: reads are billed, so the next one is
/// the caller's to start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// The same call, some minutes later: five after code 2005, when the user is being read already, or after a read
    /// without an answer, which may still be running at the bank and be billed.
    Wait,
    /// The same call after 24 business hours.
    WaitADay,
    /// The user: new credentials or a confirmation in the widget, or what the message says at the bank itself.
    AskUser,
    /// The same read again with what the user entered, accepted or chose; see [`Challenge`](crate::Challenge).
    Resume,
    /// The whole read anew: the session that waited for the user is over.
    StartOver,
    /// The redirect flow, which this bank insists on; see [`OauthLogin`](crate::OauthLogin).
    Redirect,
    /// Nothing: the user has no such product. Take it for an empty answer.
    TakeAsEmpty,
    /// The provider's support, with the [session](crate::ErrorExt::session).
    Report,
    /// Nothing, as long as the request, the key or the contract stay the same.
    GiveUp,
}

impl Advice {
    /// What may help against an error of this code; `None` for a code this version does not know, so that the status
    /// decides.
    pub fn for_code(code: ErrorCode) -> Option<Self> {
        code.advice()
    }

    /// What may help against a refusal of a request about cards; `None` for a code this version does not know.
    pub fn for_card_code(code: &CardErrorCode) -> Option<Self> {
        use CardErrorCode as Code;
        Some(match code {
            Code::RateLimited => Self::Wait,
            Code::EmailLinkedToOtherClient
            | Code::InvalidDateFrom
            | Code::InvalidEmail
            | Code::InvalidWebhookUrl
            | Code::NotFound
            | Code::Unauthorized => Self::GiveUp,
            _ => return None,
        })
    }
}
