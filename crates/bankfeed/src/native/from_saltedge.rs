//! SaltEdge and its client.

use saltedge_client::Client;

use crate::SaltEdge;

impl SaltEdge {
    /// The provider behind a client.
    pub fn from_client(client: Client) -> Self {
        Self::with_client(client)
    }

    /// The client, for what the facade does not cover.
    pub fn client(&self) -> &Client {
        self.client_ref()
    }
}
