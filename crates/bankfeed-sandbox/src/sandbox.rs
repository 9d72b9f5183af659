//! A running sandbox.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use tokio::sync::oneshot;
use url::Url;

use crate::access::{self, BelvoAccess, KhipuAccess, SaltEdgeAccess, WealthReaderAccess};
use crate::builder::{Options, SandboxBuilder};
use crate::callback::Delivery;
use crate::exchange::Stage;
use crate::fault::Rule;
use crate::record::Recorded;
use crate::{Provider, keys, server};

/// Salt Edge, Belvo, Khipu and Wealth Reader on a port of this machine. It stops when it is dropped.
pub struct Sandbox {
    stage: Arc<Stage>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Why a sandbox could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is taken, or not of this machine.
    #[error("cannot listen on {address}: {source}; is another server there?")]
    Address {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system gives no thread.
    #[error("cannot start the server's thread: {0}")]
    Thread(std::io::Error),
}

impl Sandbox {
    /// A sandbox to be set up.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    pub(crate) fn start(options: Options) -> Result<Self, StartError> {
        let failed = |source| StartError::Address { address: options.address, source };
        let listener = TcpListener::bind(options.address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stage = Arc::new(Stage::new(options, address));
        let (stop, stopped) = oneshot::channel();
        let runtime = server::runtime(stage.options.threads).map_err(StartError::Thread)?;
        let playing = Arc::clone(&stage);
        let thread = std::thread::Builder::new()
            .name("bankfeed-sandbox".to_owned())
            .spawn(move || runtime.block_on(server::serve(listener, playing, stopped)))
            .map_err(StartError::Thread)?;
        Ok(Self { stage, address, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where a provider is: the address below which its operations stand, such as `http://127.0.0.1:49152/saltedge/api/v6`.
    #[must_use]
    pub fn url(&self, provider: Provider) -> String {
        format!("{}{}", self.stage.root(provider), crate::playbook::Playbook::of(provider).base)
    }

    /// Salt Edge: address and credentials.
    #[must_use]
    pub fn saltedge(&self) -> SaltEdgeAccess {
        SaltEdgeAccess {
            url: self.url(Provider::SaltEdge),
            app_id: access::SALTEDGE_APP_ID,
            secret: access::SALTEDGE_SECRET,
            private_key: keys::CLIENT_PRIVATE,
            callback_key: keys::PROVIDER_PUBLIC,
        }
    }

    /// Belvo: address and credentials.
    #[must_use]
    pub fn belvo(&self) -> BelvoAccess {
        BelvoAccess {
            url: self.stage.root(Provider::Belvo).to_owned(),
            secret_id: access::BELVO_SECRET_ID,
            secret_password: access::BELVO_SECRET_PASSWORD,
            webhook_authorization: access::BELVO_WEBHOOK_AUTHORIZATION,
        }
    }

    /// Khipu: address and credentials.
    #[must_use]
    pub fn khipu(&self) -> KhipuAccess {
        KhipuAccess {
            url: self.stage.root(Provider::Khipu).to_owned(),
            api_key: access::KHIPU_API_KEY,
            jwt: access::KHIPU_JWT,
        }
    }

    /// Wealth Reader: address and credentials.
    #[must_use]
    pub fn wealthreader(&self) -> WealthReaderAccess {
        WealthReaderAccess {
            url: self.stage.root(Provider::WealthReader).to_owned(),
            api_key: access::WEALTHREADER_API_KEY,
            second_api_key: access::WEALTHREADER_SECOND_API_KEY,
            token: crate::players::first_token(&self.stage.world),
            cards_secret: access::WEALTHREADER_CARDS_SECRET,
        }
    }

    /// What time it is in the sandbox.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.stage.clock.now().into()
    }

    /// Moves the sandbox's time on: new transactions appear, pending ones are booked, consents expire, callbacks become due.
    pub fn advance(&self, by: Duration) {
        self.stage.advance(by);
    }

    /// Where a provider sends the callbacks that are registered in its dashboard. Salt Edge adds the kind to the path
    /// (`/success`, `/fail`, `/notify`, `/destroy`, …), since its dashboard has an address for each. Callbacks that a request names an
    /// address for (Khipu, batches of Wealth Reader) need none.
    pub fn send_callbacks_to(&self, provider: Provider, url: Url) {
        self.stage.set_receiver(provider, url);
    }

    /// Waits until every callback that is due was sent.
    pub async fn settled(&self) {
        self.stage.mailbox.settled(&self.stage.clock).await;
    }

    /// Callbacks that were sent, with what their receivers answered, the latest 1,000.
    #[must_use]
    pub fn callbacks(&self) -> Vec<Delivery> {
        self.stage.mailbox.delivered()
    }

    /// The latest requests, secrets and personal data redacted.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.stage.record.all()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.stage.record.clear();
    }

    /// Lets something go wrong from now on, see [`Rule`].
    pub fn fault(&self, rule: Rule) {
        self.stage.faults.add(rule);
    }

    /// Ends every fault that a rule set.
    pub fn clear_faults(&self) {
        self.stage.faults.clear();
    }

    /// Ids of every operation of a provider, in the order of its specification.
    #[must_use]
    pub fn operations(provider: Provider) -> Vec<&'static str> {
        crate::playbook::Playbook::of(provider).operations.iter().map(|operation| operation.id.as_str()).collect()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Whoever is gone already has stopped.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}
