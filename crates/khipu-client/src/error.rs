//! What the provider says when an operation failed.

use std::fmt;

use bankfeed_runtime as rt;

use crate::advice::Advice;
use crate::error_group::ErrorGroup;
use crate::generated::Error;
use crate::generated::types::{Envelope, ErrorDetails, ErrorType, FailureReason, OperationStatus};

/// A failed operation: an envelope of status ERROR, under HTTP 200 or another status, or in a callback.
#[derive(Clone, PartialEq)]
pub struct ApiFailure {
    operation_id: Option<rt::Id>,
    code: Option<String>,
    error_type: Option<ErrorType>,
    description: Option<String>,
    reason: Option<FailureReason>,
}

impl ApiFailure {
    /// The failed operation. Quote it to the provider's support.
    pub fn operation_id(&self) -> Option<&rt::Id> {
        self.operation_id.as_ref()
    }

    /// The provider's code, such as `E201`; see [`group`](Self::group).
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What the code is about.
    pub fn group(&self) -> Option<ErrorGroup> {
        self.code().and_then(ErrorGroup::of)
    }

    /// What the provider advises.
    pub fn error_type(&self) -> Option<&ErrorType> {
        self.error_type.as_ref()
    }

    /// An explanation, in Spanish. May quote what the user entered.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// How it failed, in answers of the older form, which have neither code nor type.
    pub fn reason(&self) -> Option<&FailureReason> {
        self.reason.as_ref()
    }

    /// What may help; `None` when the provider says nothing of the sort, so that the HTTP status decides.
    pub fn advice(&self) -> Option<Advice> {
        if self.group() == Some(ErrorGroup::Token) {
            return Some(Advice::Authorize);
        }
        let by_type = self.error_type().and_then(Advice::for_type);
        by_type.or_else(|| self.reason().and_then(Advice::for_reason))
    }

    pub(crate) fn of_envelope(envelope: &Envelope) -> Option<Self> {
        let told = Told {
            operation_id: Some(envelope.operation_id.clone()),
            status: Some(envelope.status.clone()),
            error: envelope.error.as_ref().cloned(),
            failure_reason: envelope.failure_reason.as_ref().cloned(),
            message: envelope.message.as_ref().cloned(),
        };
        told.is_failure().then(|| told.into())
    }

    /// The failure that an answer of any status tells of.
    pub(crate) fn of_answer(status: u16, body: &[u8]) -> Option<Self> {
        let told: Told = rt::de::from_slice(body).ok()?;
        let refused = !(200..300).contains(&status) && told.explains();
        (refused || told.is_failure()).then(|| told.into())
    }
}

/// The part of an envelope that is about failure. Refusals may lack the rest.
struct Told {
    operation_id: Option<rt::Id>,
    status: Option<OperationStatus>,
    error: Option<ErrorDetails>,
    failure_reason: Option<FailureReason>,
    message: Option<String>,
}
rt::object!(Told {
    operation_id: "OperationId",
    status: "Status",
    error: "Error",
    failure_reason: "FailureReason",
    message: "Message",
});

impl Told {
    fn is_failure(&self) -> bool {
        match self.status {
            Some(OperationStatus::Error) => true,
            Some(OperationStatus::Ok) => false,
            // A status that is not known, or none, is a failure where a reason comes with it.
            _ => self.error.is_some() || self.failure_reason.is_some(),
        }
    }

    fn explains(&self) -> bool {
        self.error.is_some() || self.failure_reason.is_some() || self.message.is_some()
    }
}

impl From<Told> for ApiFailure {
    fn from(told: Told) -> Self {
        let (code, error_type, description) =
            told.error.map_or((None, None, None), |error| (error.code, error.type_, error.description));
        Self {
            operation_id: told.operation_id,
            code,
            error_type,
            description: description.or(told.message),
            reason: told.failure_reason,
        }
    }
}

impl fmt::Debug for ApiFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiFailure")
            .field("operation_id", &self.operation_id)
            .field("code", &self.code)
            .field("error_type", &self.error_type)
            .field("description", &rt::redact(&self.description))
            .field("reason", &self.reason)
            .finish()
    }
}

impl rt::ApiError for ApiFailure {
    fn decode(status: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        Self::of_answer(status, body)
    }

    fn in_success(body: &[u8]) -> Option<Self> {
        Self::of_answer(200, body)
    }

    fn code(&self) -> Option<&str> {
        self.code.as_deref().or_else(|| self.reason.as_ref().map(AsRef::as_ref))
    }
}

/// What this provider's errors say beyond those of other providers.
pub trait ErrorExt {
    /// What the provider advises, if it answered with an envelope.
    fn error_type(&self) -> Option<&ErrorType>;

    /// What the provider's code is about.
    fn group(&self) -> Option<ErrorGroup>;

    /// The failed operation, if the provider named it.
    fn operation_id(&self) -> Option<&rt::Id>;

    /// What may help.
    fn advice(&self) -> Advice;
}

impl ErrorExt for Error {
    fn error_type(&self) -> Option<&ErrorType> {
        self.api()?.error_type()
    }

    fn group(&self) -> Option<ErrorGroup> {
        self.api()?.group()
    }

    fn operation_id(&self) -> Option<&rt::Id> {
        self.api()?.operation_id()
    }

    fn advice(&self) -> Advice {
        let status = |known: &[u16]| self.status().is_some_and(|status| known.contains(&status.as_u16()));
        if self.is_auth() || status(&[401]) {
            return Advice::Authorize;
        }
        if let Some(advice) = self.api().and_then(ApiFailure::advice) {
            return advice;
        }
        if self.is_connect() || self.is_rate_limited() || status(&[500, 503]) {
            return Advice::Wait;
        }
        // Sent, and no whole answer, or one from something on the way: the bank may have been asked.
        let unanswered = self.attempts() > 0 && self.status().is_none();
        if unanswered || self.is_truncated() || status(&[408, 502, 504]) { Advice::Clarify } else { Advice::GiveUp }
    }
}
