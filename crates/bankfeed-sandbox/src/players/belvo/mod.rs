//! Belvo.

use serde_json::json;

use super::{Player, Scene};
use crate::answer::Answer;
use crate::call::{Call, Received};
use crate::fault::Trouble;
use crate::playbook::Operation;
use crate::refusal::Refusal;
use crate::world::World;

pub(super) struct Belvo {}

impl Belvo {
    pub(super) fn new(_world: &World) -> Self {
        Self {}
    }
}

impl Player for Belvo {
    fn authenticate(&self, _operation: &Operation, _received: &Received, _scene: &Scene<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    fn answer(&mut self, call: &Call, _scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        Ok(Answer::json(call.operation.success(), call.operation.example().cloned().unwrap_or_default()))
    }

    fn refuse(&self, refusal: &Refusal, _operation: Option<&Operation>, _scene: &Scene<'_>) -> Answer {
        Answer::json(400, json!({ "refused": refusal.header() }))
    }

    fn trouble(&self, _trouble: &Trouble, _operation: &Operation, _scene: &Scene<'_>) -> Option<Answer> {
        None
    }
}
