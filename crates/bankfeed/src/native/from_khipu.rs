//! Khipu and its client.

use khipu_client::Client;

use crate::Khipu;
use crate::khipu::KhipuBuilder;

impl Khipu {
    /// The provider behind a client, without any account: [`KhipuBuilder::client`] sets one up with accounts.
    pub fn from_client(client: Client) -> Self {
        Self::with_client(client)
    }

    /// The client, for what the facade does not cover.
    pub fn client(&self) -> &Client {
        self.client_ref()
    }
}

impl KhipuBuilder {
    /// A client that was set up to the last detail, in place of key or JWT and address.
    pub fn client(self, client: Client) -> Self {
        self.with_client(client)
    }
}
