//! WealthReader.

use wealthreader_client::Client;

use crate::provider::{Capabilities, Provider, ProviderId};

/// WealthReader as a [`Provider`].
#[derive(Clone, Debug)]
pub struct WealthReader {
    client: Client,
}

impl WealthReader {
    pub(crate) fn with_client(client: Client) -> Self {
        Self { client }
    }

    pub(crate) fn client_ref(&self) -> &Client {
        &self.client
    }
}

impl Provider for WealthReader {
    fn id(&self) -> ProviderId {
        ProviderId::WEALTHREADER
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::default()
    }
}
