//! From the errors of clients.

use bankfeed_runtime as rt;

use super::{Cause, Error, ErrorKind, RetryAdvice};
use crate::provider::ProviderId;

/// An error of a client, with the cause that its provider's code stands for; without one, what the exchange itself
/// tells.
pub(crate) fn from_client<E: rt::ApiError>(provider: ProviderId, error: rt::Error<E>, by_code: Option<Cause>) -> Error {
    let mut cause = by_code.unwrap_or_else(|| plain(&error));
    if let Some(code) = error.code() {
        cause = cause.code(code);
    }
    // What the provider asks for counts more than what is known of the code, as far as waiting helps at all.
    if let Some(pause) = error.retry_after()
        && matches!(cause.advice, RetryAdvice::Later | RetryAdvice::Now | RetryAdvice::After(_))
    {
        cause = cause.advice(RetryAdvice::After(pause));
    }
    let mut facade = Error::new(cause).from_provider(provider);
    facade.inner.operation = Some(error.operation());
    facade.inner.status = error.status().map(|status| status.as_u16());
    facade.inner.request_id = error.request_id().map(str::to_owned);
    if error.is_decode() {
        facade.inner.place = error.path().map(str::to_owned);
        facade.inner.record = error.raw().cloned();
    }
    facade.caused_by(error)
}

/// What the exchange tells when the provider gives no code, or one that is not known.
pub(crate) fn plain<E: rt::ApiError>(error: &rt::Error<E>) -> Cause {
    let kind = match () {
        () if error.is_rate_limited() => ErrorKind::RateLimited,
        () if error.is_invalid_request() => ErrorKind::InvalidRequest,
        () if error.is_auth() => ErrorKind::Configuration,
        () if error.is_connect() || error.is_truncated() => ErrorKind::Network,
        () if error.is_timeout() => ErrorKind::Timeout,
        () if error.is_too_large() => ErrorKind::TooMuchData,
        () if error.is_decode() || error.is_paging() || error.is_redirect() => ErrorKind::UnexpectedAnswer,
        () => match error.status().map(|status| status.as_u16()) {
            Some(400 | 405 | 406 | 415 | 422) => ErrorKind::InvalidRequest,
            Some(401) => ErrorKind::Unauthorized,
            Some(402 | 403) => ErrorKind::Forbidden,
            Some(404 | 410) => ErrorKind::NotFound,
            Some(408 | 504) => ErrorKind::Timeout,
            Some(409 | 412) => ErrorKind::Conflict,
            Some(413) => ErrorKind::TooMuchData,
            Some(428) => ErrorKind::SecondFactor,
            Some(429) => ErrorKind::RateLimited,
            Some(500..) => ErrorKind::ProviderFailed,
            Some(_) => ErrorKind::Other,
            None => ErrorKind::Network,
        },
    };
    let cause = Cause::new(kind);
    // What broke after it was sent may have been carried out.
    if kind == ErrorKind::Network && !error.is_connect() { cause.advice(RetryAdvice::LookFirst) } else { cause }
}
