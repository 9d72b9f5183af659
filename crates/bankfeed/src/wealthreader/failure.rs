//! From the client's errors.

use bankfeed_runtime as rt;
use wealthreader_client::{ApiFailure, ErrorExt as _, runtime::webhook::CallbackError};

use super::causes;
use crate::Secret;
use crate::error::{Cause, Challenge, Error, ErrorKind, RetryAdvice, from_client, plain};
use crate::provider::ProviderId;

/// The error of a call that is not billed.
pub(crate) fn failure(error: wealthreader_client::Error) -> Error {
    told(error, plain)
}

/// The error of a read. It is billed, so one that may have been carried out is not advised to be repeated.
pub(crate) fn read_failure(error: wealthreader_client::Error) -> Error {
    told(error, |error| {
        let cause = plain(error);
        let unknown = matches!(
            cause.kind,
            ErrorKind::Network | ErrorKind::Timeout | ErrorKind::ProviderFailed | ErrorKind::UnexpectedAnswer
        );
        if unknown && !error.is_connect() { cause.advice(RetryAdvice::LookFirst) } else { cause }
    })
}

fn told(error: wealthreader_client::Error, otherwise: impl FnOnce(&rt::Error<ApiFailure>) -> Cause) -> Error {
    let code = error.code().map(str::to_owned);
    let cause = code.as_deref().and_then(causes::cause).unwrap_or_else(|| otherwise(&error));
    let asks = cause.kind == ErrorKind::SecondFactor || error.challenge().is_some();
    let challenge = asks.then(|| {
        let mut challenge = Challenge::new(error.session().map(Secret::from));
        challenge.prompt = error.api().and_then(ApiFailure::message).map(str::to_owned);
        challenge
    });
    let error = from_client(ProviderId::WEALTHREADER, error, Some(cause));
    match challenge {
        Some(challenge) => error.with_challenge(challenge),
        None => error,
    }
}

/// The error of a callback that is not taken.
pub(crate) fn callback(error: CallbackError) -> Error {
    let kind = match &error {
        CallbackError::Unreadable(_) => ErrorKind::UnexpectedAnswer,
        _ => ErrorKind::NotVerified,
    };
    Error::of(kind).from_provider(ProviderId::WEALTHREADER).caused_by(error)
}

/// The error of settings that are wrong.
pub(crate) fn settings(error: rt::ConfigError) -> Error {
    Error::of(ErrorKind::Configuration).from_provider(ProviderId::WEALTHREADER).caused_by(error)
}
