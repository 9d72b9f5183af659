//! Khipu.

use khipu_client::Client;

use crate::provider::{Capabilities, Provider, ProviderId};

/// Khipu as a [`Provider`].
#[derive(Clone, Debug)]
pub struct Khipu {
    client: Client,
}

impl Khipu {
    pub(crate) fn with_client(client: Client) -> Self {
        Self { client }
    }

    pub(crate) fn client_ref(&self) -> &Client {
        &self.client
    }
}

impl Provider for Khipu {
    fn id(&self) -> ProviderId {
        ProviderId::KHIPU
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }
}
