//! From the client's errors to those of the facade.

use bankfeed_runtime as rt;
use saltedge_client::{ApiFailure, ErrorExt as _};

use super::causes;
use crate::error::{Cause, Challenge, Error, ErrorKind, from_client};
use crate::provider::ProviderId;

/// The facade's error for one of the client.
pub(super) fn failure(error: rt::Error<ApiFailure>) -> Error {
    let by_class = error.class().and_then(causes::cause);
    failure_as(error, by_class)
}

/// The same where more is known than the class tells.
pub(super) fn failure_as(error: rt::Error<ApiFailure>, by_class: Option<Cause>) -> Error {
    let error = from_client(ProviderId::SALTEDGE, error, by_class);
    if error.kind() == ErrorKind::SecondFactor {
        // Nothing waits for the factor: it is asked for in the session of a reconnect.
        return error.with_challenge(Challenge::new(None));
    }
    error
}

/// The error for a request that Salt Edge could not serve, so that it is not sent.
pub(super) fn invalid(message: &str) -> Error {
    Error::of(ErrorKind::InvalidRequest).from_provider(ProviderId::SALTEDGE).message(message)
}
