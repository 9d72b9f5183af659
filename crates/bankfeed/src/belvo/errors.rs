//! From the client's errors to the facade's.

use std::time::Duration;

use bankfeed_runtime as rt;
use belvo_client::{ApiFailure, ErrorExt as _};
use rt::Clock;

use super::causes::cause;
use crate::Timestamp;
use crate::error::{Cause, Challenge, Error, ErrorKind, RetryAdvice, from_client, plain};
use crate::provider::ProviderId;

/// How long removals rest once there were five of one kind within a minute.
const REMOVALS_REST: Duration = Duration::from_secs(60);

/// The facade's error. Second factors carry no time here: without a clock nobody knows when they run out.
pub(super) fn error(error: rt::Error<ApiFailure>) -> Error {
    convert(error, None)
}

/// The facade's error, with the moment until which a second factor is waited for.
pub(super) fn error_at(clock: &impl Clock, error: rt::Error<ApiFailure>) -> Error {
    convert(error, Some(clock.now()))
}

fn convert(error: rt::Error<ApiFailure>, now: Option<Timestamp>) -> Error {
    let challenge = error.second_factor().map(|asked| {
        let ends = now.zip(asked.lifetime()).and_then(|(now, life)| now.checked_add(life).ok());
        let mut challenge = Challenge::new(Some(asked.session.clone()));
        challenge.expires_at = ends.map(Into::into);
        challenge.prompt = asked.token_generation_data.as_ref().and_then(|how| how.instructions.clone());
        challenge
    });
    let known = error.code().and_then(cause).map(|known| in_context(known, error.operation()));
    let known = known.or_else(|| removed_too_fast(&error));
    let facade = from_client(ProviderId::BELVO, error, known);
    match challenge {
        Some(challenge) => facade.with_challenge(challenge),
        None => facade,
    }
}

/// What Belvo has stored can be read again at any time: only what reaches for the institution has to be looked at first.
fn in_context(cause: Cause, operation: &str) -> Cause {
    let reads = operation.starts_with("list_") || operation.starts_with("show_");
    if cause.kind == ErrorKind::Timeout && reads { cause.advice(RetryAdvice::Later) } else { cause }
}

/// Belvo refuses the sixth removal within a minute without a code.
fn removed_too_fast(error: &rt::Error<ApiFailure>) -> Option<Cause> {
    let removal = error.operation().starts_with("remove_") && error.is_rate_limited();
    removal.then(|| plain(error).advice(RetryAdvice::After(REMOVALS_REST)))
}
