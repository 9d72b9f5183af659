//! Where the provider serves its API, and which version.

use crate::{Client, runtime as rt};

pub fn transport() -> Result<rt::Transport, rt::ConfigError> {
    rt::Transport::builder(Client::BASE_URL).build()
}

pub fn version() -> &'static str {
    Client::API_VERSION
}
