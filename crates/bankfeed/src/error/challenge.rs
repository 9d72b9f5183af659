//! What an institution asks the user for in the middle of a read.

use std::fmt;

use crate::{DateTime, Secret};

/// What an institution asks the user for before a read can go on.
#[derive(Clone)]
#[non_exhaustive]
pub struct Challenge {
    /// The provider's session that waits: needed to go on.
    pub session: Option<Secret>,
    /// Until when it waits, where the provider says so.
    pub expires_at: Option<DateTime>,
    /// What to ask the user, in the provider's or the institution's words.
    pub prompt: Option<String>,
}

impl Challenge {
    /// A challenge of which only the session is known.
    pub fn new(session: Option<Secret>) -> Self {
        Self { session, expires_at: None, prompt: None }
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Challenge").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
