//! What the provider says when it refuses.

use bankfeed_runtime as rt;

use crate::advice::Advice;
use crate::generated::Error;
use crate::generated::types::{ErrorCode, ErrorItem, SecondFactor};

/// Status of an answer that asks for a second factor.
const PRECONDITION_REQUIRED: u16 = 428;

/// The body of a refusal: a list, nearly always of one error.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiFailure {
    errors: Vec<ErrorItem>,
    second_factor: Option<SecondFactor>,
}

impl ApiFailure {
    /// Everything the provider lists. More than one when several members of a request are refused.
    pub fn errors(&self) -> &[ErrorItem] {
        &self.errors
    }

    /// The code of the first error that has one.
    pub fn error_code(&self) -> Option<&ErrorCode> {
        self.errors.iter().find_map(|error| error.code.as_ref())
    }

    /// The session that waits for a second factor, if that is what the answer is about.
    pub fn second_factor(&self) -> Option<&SecondFactor> {
        self.second_factor.as_ref()
    }

    /// An explanation for developers. May name the institution.
    pub fn message(&self) -> Option<&str> {
        self.errors.iter().find_map(|error| error.message.as_deref())
    }

    /// The provider's id of the request, to quote to its support.
    pub fn request_id(&self) -> Option<&rt::Id> {
        self.errors.iter().find_map(|error| error.request_id.as_ref())
    }
}

impl rt::ApiError for ApiFailure {
    fn decode(status: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        let errors: Vec<ErrorItem> = one_or_more(body)?;
        // A list without a code is not the provider's: something on the way answered.
        errors.iter().find(|error| error.code.is_some() || error.message.is_some())?;
        let second_factor = (status == PRECONDITION_REQUIRED)
            .then(|| one_or_more::<SecondFactor>(body))
            .flatten()
            .and_then(|sessions| sessions.into_iter().next());
        Some(Self { errors, second_factor })
    }

    fn code(&self) -> Option<&str> {
        self.error_code().map(AsRef::as_ref)
    }
}

/// Errors come as a list; a single one outside a list is read as well.
fn one_or_more<T: for<'de> rt::Lenient<'de>>(body: &[u8]) -> Option<Vec<T>> {
    rt::de::from_slice::<Vec<T>>(body).or_else(|_| rt::de::from_slice::<T>(body).map(|one| vec![one])).ok()
}

/// What this provider's errors say beyond those of other providers.
pub trait ErrorExt {
    /// The kind of the refusal, if the provider gave one.
    fn error_code(&self) -> Option<&ErrorCode>;

    /// Every error that the provider lists; those about a member of the request name it.
    fn errors(&self) -> &[ErrorItem];

    /// The session that waits for a second factor. Not a failure: [`answer`](SecondFactor::answer) it.
    fn second_factor(&self) -> Option<&SecondFactor>;

    /// What may help.
    fn advice(&self) -> Advice;
}

impl ErrorExt for Error {
    fn error_code(&self) -> Option<&ErrorCode> {
        self.api()?.error_code()
    }

    fn errors(&self) -> &[ErrorItem] {
        self.api().map(ApiFailure::errors).unwrap_or_default()
    }

    fn second_factor(&self) -> Option<&SecondFactor> {
        self.api()?.second_factor()
    }

    fn advice(&self) -> Advice {
        if let Some(advice) = self.error_code().and_then(Advice::for_code) {
            return advice;
        }
        let unanswered = self.is_connect() || self.is_timeout() || self.is_truncated();
        let unwell = self.status().is_some_and(|status| status.is_server_error());
        if unanswered || unwell || self.is_rate_limited() { Advice::Wait } else { Advice::GiveUp }
    }
}
