//! What the provider says when it refuses.

use std::fmt;

use bankfeed_runtime as rt;

use crate::advice::Advice;
use crate::challenge::Challenge;
use crate::error_code::ErrorCode;
use crate::generated::Error;
use crate::generated::types::{CardErrorCode, OtpMethod, Statistics};
use crate::told;

/// A failed call or read: an answer with `success: false`, under HTTP 200 or another status, or in a callback.
#[derive(Clone, PartialEq)]
pub struct ApiFailure {
    pub(crate) code: Option<ErrorCode>,
    pub(crate) card_code: Option<CardErrorCode>,
    /// The code as text, whichever it is.
    pub(crate) printed: Option<String>,
    pub(crate) fatal: Option<bool>,
    pub(crate) message: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) contract_names: Option<rt::Json>,
    pub(crate) statistics: Option<Statistics>,
}

impl ApiFailure {
    /// The number of a failed read, with its meaning. Calls about users and tokens fail without one.
    pub fn code(&self) -> Option<ErrorCode> {
        self.code
    }

    /// The code of letters that calls about cards fail with.
    pub fn card_code(&self) -> Option<&CardErrorCode> {
        self.card_code.as_ref()
    }

    /// Whether the same call would fail again, and perhaps lock the user out: as the answer says, else as is known of
    /// the code. `None` when neither says.
    pub fn fatal(&self) -> Option<bool> {
        self.fatal.or_else(|| self.code?.is_fatal())
    }

    /// Text for the user, in Spanish or in the language of the bank. May quote what the user entered.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The session of the read: for support, and for going on; see [`challenge`](Self::challenge).
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// The ways in which the user can be authenticated, after code 2017 or 20171.
    pub fn otp_methods(&self) -> &[OtpMethod] {
        self.statistics.as_ref().and_then(|known| known.otp_methods.as_deref()).unwrap_or_default()
    }

    /// The contracts of the user, after code 2020. Their form is not documented.
    pub fn contract_names(&self) -> Option<&rt::Json> {
        self.contract_names.as_ref()
    }

    /// How the read went.
    pub fn statistics(&self) -> Option<&Statistics> {
        self.statistics.as_ref()
    }

    /// Whether the user has no product of the kind asked for, which the provider reports as an error in place of an
    /// empty answer.
    pub fn is_not_contracted(&self) -> bool {
        self.code == Some(ErrorCode::NOT_CONTRACTED)
    }

    /// What the user has to do for the read to go on; `None` when that would not help.
    pub fn challenge(&self) -> Option<Challenge> {
        Challenge::of(self)
    }

    /// What may help; `None` when the provider says nothing of the sort, so that the HTTP status decides.
    pub fn advice(&self) -> Option<Advice> {
        let by_code = self.code.and_then(Advice::for_code);
        by_code.or_else(|| self.card_code().and_then(Advice::for_card_code))
    }
}

impl fmt::Debug for ApiFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiFailure")
            .field("code", &self.code)
            .field("card_code", &self.card_code)
            .field("fatal", &self.fatal())
            .field("message", &rt::redact(&self.message))
            .field("session", &self.session)
            .field("contract_names", &rt::redact(&self.contract_names))
            .field("statistics", &self.statistics)
            .finish()
    }
}

impl rt::ApiError for ApiFailure {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        told::in_refusal(body)
    }

    fn in_success(body: &[u8]) -> Option<Self> {
        told::in_success(body)
    }

    fn code(&self) -> Option<&str> {
        self.printed.as_deref()
    }

    fn is_rate_limited(&self, status: u16) -> bool {
        status == 429 || self.card_code == Some(CardErrorCode::RateLimited)
    }
}

/// What this provider's errors say beyond those of other providers.
pub trait ErrorExt {
    /// The number of a failed read, if the provider gave one.
    fn error_code(&self) -> Option<ErrorCode>;

    /// Whether the same call is known to fail again, and perhaps to lock the user out. Never repeat it unchanged.
    fn is_fatal(&self) -> bool;

    /// Whether the user has no product of the kind asked for: an empty answer in truth.
    fn is_not_contracted(&self) -> bool;

    /// The session of the failed read, to quote to the provider's support.
    fn session(&self) -> Option<&str>;

    /// What the user has to do for the read to go on, if that is why it failed.
    fn challenge(&self) -> Option<Challenge>;

    /// What may help.
    fn advice(&self) -> Advice;
}

impl ErrorExt for Error {
    fn error_code(&self) -> Option<ErrorCode> {
        self.api()?.code()
    }

    fn is_fatal(&self) -> bool {
        self.api().and_then(ApiFailure::fatal).unwrap_or(false)
    }

    fn is_not_contracted(&self) -> bool {
        self.api().is_some_and(ApiFailure::is_not_contracted)
    }

    fn session(&self) -> Option<&str> {
        self.api()?.session()
    }

    fn challenge(&self) -> Option<Challenge> {
        self.api()?.challenge()
    }

    fn advice(&self) -> Advice {
        if let Some(advice) = self.api().and_then(ApiFailure::advice) {
            return advice;
        }
        let unanswered = self.attempts() > 0 && self.status().is_none();
        let unwell = self.status().is_some_and(|status| status.is_server_error() || status == 408);
        let passing = unanswered || unwell || self.is_truncated() || self.is_rate_limited();
        if passing && !self.is_fatal() { Advice::Wait } else { Advice::GiveUp }
    }
}
