//! The providers as they behave: who may call, what is there, what happens.

mod belvo;
mod khipu;
mod saltedge;
mod wealthreader;

use jiff::Timestamp;
use url::Url;

use crate::Provider;
use crate::answer::Answer;
use crate::call::{Call, Received};
use crate::callback::Callback;
use crate::fault::Trouble;
use crate::playbook::{Operation, Playbook};
use crate::refusal::Refusal;
use crate::world::World;

/// What a player sees of the sandbox while it answers.
pub(crate) struct Scene<'a> {
    pub(crate) provider: Provider,
    pub(crate) world: &'a World,
    pub(crate) book: &'static Playbook,
    pub(crate) now: Timestamp,
    /// Where this provider is, without a slash at the end and without the base path of its operations:
    /// `http://127.0.0.1:49152/belvo`.
    pub(crate) root: &'a str,
    /// Where callbacks go that are registered in the provider's dashboard, when the test told.
    pub(crate) receiver: Option<&'a Url>,
    /// Callbacks to send after the answer.
    pub(crate) callbacks: Vec<Callback>,
}

impl<'a> Scene<'a> {
    /// A scene at the start of a world, nobody listening.
    #[cfg(test)]
    pub(crate) fn quiet(provider: Provider, world: &'a World) -> Self {
        let book = Playbook::of(provider);
        Self { provider, world, book, now: world.start, root: "", receiver: None, callbacks: Vec::new() }
    }

    /// Sends a callback after the answer.
    pub(crate) fn call_back(&mut self, callback: Callback) {
        self.callbacks.push(callback);
    }
}

/// One provider.
pub(crate) trait Player: Send {
    /// Whether the credentials of a request are those of the sandbox. Not asked for operations that anybody may call.
    ///
    /// `operation` is known; query and body are as they came, since who has no key learns nothing of them.
    fn authenticate(&self, operation: &Operation, received: &Received, scene: &Scene<'_>) -> Result<(), Refusal>;

    /// Answers a request that keeps the specification.
    fn answer(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal>;

    /// A refusal as the provider words it.
    fn refuse(&self, refusal: &Refusal, operation: Option<&Operation>, scene: &Scene<'_>) -> Answer;

    /// What the provider answers in a kind of trouble; `None` when it has no such answer.
    fn trouble(&self, trouble: &Trouble, operation: &Operation, scene: &Scene<'_>) -> Option<Answer>;

    /// Answers what is no operation of the API, such as the page on which a user gives consent.
    fn beside(&mut self, _received: &Received, _scene: &mut Scene<'_>) -> Option<Answer> {
        None
    }

    /// Time moved.
    fn tick(&mut self, _scene: &mut Scene<'_>) {}
}

/// The player of a provider.
pub(crate) fn of(provider: Provider, world: &World, options: &crate::builder::Options) -> Box<dyn Player> {
    match provider {
        Provider::SaltEdge => Box::new(saltedge::SaltEdge::new(world, options)),
        Provider::Belvo => Box::new(belvo::Belvo::new(world)),
        Provider::Khipu => Box::new(khipu::Khipu::new(world)),
        Provider::WealthReader => Box::new(wealthreader::WealthReader::new(world)),
    }
}

/// A custody token that Wealth Reader knows from the start.
pub(crate) fn first_token(world: &World) -> String {
    wealthreader::first_token(world)
}
