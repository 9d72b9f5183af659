//! What goes wrong before the provider does anything.

use http::StatusCode;

use super::faults::Struck;
use super::model::Fault;
use super::name::{Key, Name};
use crate::answer::Answer;
use crate::playbook::Operation;
use crate::players::{Player, Scene};
use crate::refusal::Refusal;

/// Trouble that providers have an answer of their own for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A failure with this status.
    Status(u16),
    /// Too many requests.
    RateLimit,
    /// The user's consent is over.
    ConsentExpired,
    /// The bank asks for a second factor.
    SecondFactor,
}

impl Trouble {
    fn of(fault: &Fault) -> Option<Self> {
        let code = || fault.told(Key::Code).and_then(|code| u16::try_from(code).ok());
        match fault.name {
            Name::Status => code().map(Self::Status),
            Name::RateLimit => Some(Self::RateLimit),
            Name::ConsentExpired => Some(Self::ConsentExpired),
            Name::SecondFactor => Some(Self::SecondFactor),
            _ => None,
        }
    }

    /// What stands between client and provider may fail, too: it answers with a line of text.
    fn of_a_gateway(&self) -> Option<Answer> {
        let status = match self {
            Self::Status(status) => *status,
            Self::RateLimit => StatusCode::TOO_MANY_REQUESTS.as_u16(),
            Self::ConsentExpired | Self::SecondFactor => return None,
        };
        Some(Answer::bytes(status, "text/plain; charset=utf-8", format!("{}\n", reason(status))))
    }
}

/// What a status is called.
pub(super) fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Failure")
}

/// What is answered in place of the provider's answer. The first trouble wins.
pub(crate) fn instead(
    struck: &Struck,
    player: &dyn Player,
    operation: &Operation,
    scene: &Scene<'_>,
) -> Result<Option<Answer>, Refusal> {
    for hit in &struck.hits {
        let Some(trouble) = Trouble::of(&hit.fault) else { continue };
        let answer = player.trouble(&trouble, operation, scene).or_else(|| trouble.of_a_gateway());
        match answer {
            Some(answer) => {
                return Ok(Some(match hit.fault.told(Key::RetryAfter) {
                    Some(seconds) => answer.header("retry-after", &seconds.to_string()),
                    None => answer,
                }));
            }
            None if hit.named => {
                return Err(hit.unplayable(&format!("{} has no such answer on {}", scene.provider, operation.id)));
            }
            None => {}
        }
    }
    Ok(None)
}
