//! SaltEdge.

use saltedge_client::Client;

use crate::provider::{Capabilities, Provider, ProviderId};

/// SaltEdge as a [`Provider`].
#[derive(Clone, Debug)]
pub struct SaltEdge {
    client: Client,
}

impl SaltEdge {
    pub(crate) fn with_client(client: Client) -> Self {
        Self { client }
    }

    pub(crate) fn client_ref(&self) -> &Client {
        &self.client
    }
}

impl Provider for SaltEdge {
    fn id(&self) -> ProviderId {
        ProviderId::SALTEDGE
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }
}
