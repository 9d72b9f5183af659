//! WealthReader and its client.

use wealthreader_client::Client;

use crate::WealthReader;

impl WealthReader {
    /// The provider behind a client.
    pub fn from_client(client: Client) -> Self {
        Self::with_client(client)
    }

    /// The client, for what the facade does not cover.
    pub fn client(&self) -> &Client {
        self.client_ref()
    }
}
