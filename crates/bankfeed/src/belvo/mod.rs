//! Belvo.

use belvo_client::Client;

use crate::provider::{Capabilities, Provider, ProviderId};

/// Belvo as a [`Provider`].
#[derive(Clone, Debug)]
pub struct Belvo {
    client: Client,
}

impl Belvo {
    pub(crate) fn with_client(client: Client) -> Self {
        Self { client }
    }

    pub(crate) fn client_ref(&self) -> &Client {
        &self.client
    }
}

impl Provider for Belvo {
    fn id(&self) -> ProviderId {
        ProviderId::BELVO
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }
}
