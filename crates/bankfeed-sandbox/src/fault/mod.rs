//! What goes wrong on request.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use crate::Provider;
use crate::answer::Answer;
use crate::call::Call;
use crate::playbook::{Operation, Playbook};
use crate::players::{Player, Scene};
use crate::refusal::Refusal;

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {}

/// A fault, and whom it hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {}

/// Why a text is no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no fault")]
pub struct FaultError {}

/// Why a file of faults is refused.
#[derive(Debug, thiserror::Error)]
#[error("no faults")]
pub struct FaultsError {}

impl FromStr for Rule {
    type Err = FaultError;

    fn from_str(_text: &str) -> Result<Self, FaultError> {
        Ok(Self {})
    }
}

pub(crate) fn read_file(_path: &Path) -> Result<Vec<Rule>, FaultsError> {
    Ok(Vec::new())
}

/// Rules, one on each line.
pub(crate) fn read(_text: &str) -> Result<Vec<Rule>, FaultsError> {
    Ok(Vec::new())
}

/// Trouble that providers have an answer of their own for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A failure with this status.
    Status(u16),
    /// Too many requests, with the seconds of `Retry-After` if it is told.
    RateLimit { retry_after: Option<u64> },
    /// The user's consent is over.
    ConsentExpired,
    /// The bank asks for a second factor.
    SecondFactor,
}

/// The rules of a sandbox.
pub(crate) struct Faults {}

impl Faults {
    pub(crate) fn new(_rules: Vec<Rule>) -> Self {
        Self {}
    }

    pub(crate) fn add(&self, _rule: Rule) {}

    pub(crate) fn clear(&self) {}

    /// What hits a request: by its header, and by rules.
    pub(crate) fn hitting(
        &self,
        _provider: Provider,
        _operation: &str,
        _header: Option<&str>,
    ) -> Result<Vec<Fault>, Refusal> {
        Ok(Vec::new())
    }
}

/// What is answered in place of the provider's answer.
pub(crate) fn instead(
    _faults: &[Fault],
    _player: &dyn Player,
    _operation: &Operation,
    _scene: &Scene<'_>,
) -> Result<Option<Answer>, Refusal> {
    Ok(None)
}

/// Asks for another page than the request did.
pub(crate) fn rewrite(_faults: &[Fault], _call: &mut Call) {}

/// Changes what is answered.
pub(crate) fn alter(_faults: &[Fault], _call: &Call, _book: &Playbook, answer: Answer) -> Result<Answer, Refusal> {
    Ok(answer)
}

/// What happens to an answer on its way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wire {
    /// Before the first byte.
    pub(crate) latency: Duration,
    /// Bytes at a time, and the pause after each.
    pub(crate) pace: Option<(usize, Duration)>,
    /// The connection breaks before the first byte.
    pub(crate) cut: bool,
    /// It breaks in the middle of the body.
    pub(crate) truncated: bool,
}

impl Wire {
    pub(crate) fn of(_faults: &[Fault]) -> Self {
        Self::default()
    }
}
