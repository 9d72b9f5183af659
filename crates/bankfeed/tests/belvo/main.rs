//! Belvo as a provider, over real HTTP: against the sandbox, and with what the documents print.
#![cfg(feature = "belvo")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod errors;
mod lists;
mod records;
mod refresh;
mod samples;
mod secrecy;
mod webhooks;

use bankfeed::{Belvo, BelvoBuilder, ConnectionFilter, ConnectionId, Connections, Paging};
use bankfeed_sandbox::{Sandbox, SandboxBuilder};

/// A bank whose users consent, and one that they give credentials to.
const BANK: &str = "ofmockbank_br_retail";

/// A sandbox and the provider in front of it.
struct Scene {
    sandbox: Sandbox,
    belvo: Belvo,
}

impl Scene {
    fn new() -> Self {
        Self::with(|sandbox| sandbox, |belvo| belvo)
    }

    fn with(
        sandbox: impl FnOnce(SandboxBuilder) -> SandboxBuilder,
        set_up: impl FnOnce(BelvoBuilder) -> BelvoBuilder,
    ) -> Self {
        let builder = Sandbox::builder().people(2).transactions(60).days(90).check_answers();
        let sandbox = sandbox(builder).start_blocking().unwrap();
        let access = sandbox.belvo();
        let builder = Belvo::builder(access.secret_id, access.secret_password)
            .sandbox()
            .base_url(&access.url)
            .webhook_authorization(access.webhook_authorization)
            .widget("ACME", "https://a.example/icon", "https://a.example/logo", "https://a.example/terms");
        Self { belvo: set_up(builder).build().unwrap(), sandbox }
    }

    /// The first link to an institution.
    async fn link(&self, institution: &str) -> ConnectionId {
        let filter = ConnectionFilter::all().institution(institution);
        let links = self.belvo.list_connections(filter, Paging::default()).collect_all().await.unwrap();
        self.sandbox.forget_requests();
        links[0].id.clone()
    }

    /// The operations that were asked for, in order of their names.
    fn asked(&self) -> Vec<String> {
        let mut asked: Vec<String> = self.sandbox.requests().into_iter().map(|request| request.operation).collect();
        asked.sort();
        asked
    }
}
