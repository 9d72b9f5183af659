//! The four providers, set up against a sandbox.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::time::Duration;

use bankfeed::native::{self, saltedge::runtime as rt};
use bankfeed::{Belvo, Khipu, Provider, ProviderId, SaltEdge, WealthReader};
use bankfeed_sandbox::Sandbox;

/// An account of the sandbox's bank in Argentina.
pub const KHIPU_ACCOUNT: &str = "000011887755";

pub fn providers(sandbox: &Sandbox) -> Vec<Box<dyn Provider>> {
    let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
    let (khipu, wealthreader) = (sandbox.khipu(), sandbox.wealthreader());
    let saltedge_builder = SaltEdge::builder(saltedge.app_id, saltedge.secret).base_url(&saltedge.url);
    let belvo_builder = Belvo::builder(belvo.secret_id, belvo.secret_password).base_url(&belvo.url);
    let wealthreader_builder = WealthReader::builder(wealthreader.api_key).base_url(&wealthreader.url);
    vec![
        Box::new(
            saltedge_builder
                .callback_key_pem(saltedge.callback_key)
                .success_callback("https://app.example.com/saltedge")
                .build()
                .unwrap(),
        ),
        Box::new(belvo_builder.webhook_authorization(belvo.webhook_authorization).build().unwrap()),
        Box::new(Khipu::builder().jwt(khipu.jwt).base_url(&khipu.url).account(KHIPU_ACCOUNT).build().unwrap()),
        Box::new(wealthreader_builder.cards_webhook_secret(wealthreader.cards_secret).build().unwrap()),
    ]
}

/// How the clients of [`patient`] deal with time.
#[derive(Clone, Copy)]
pub enum Patience {
    /// No pause between attempts, no deadline.
    Endless,
    /// One attempt, with a deadline that comes soon.
    Short,
}

impl rt::Sleeper for Patience {
    fn sleep(&self, _: Duration) -> rt::BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }

    fn deadline(&self, _: Duration) -> rt::BoxFuture<()> {
        match self {
            Self::Endless => Box::pin(std::future::pending()),
            Self::Short => Box::pin(tokio::time::sleep(Duration::from_millis(100))),
        }
    }
}

/// The same with clients that do not wait between attempts, nor take large answers.
pub fn patient(sandbox: &Sandbox, patience: Patience) -> Vec<Box<dyn Provider>> {
    let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
    let (khipu, wealthreader) = (sandbox.khipu(), sandbox.wealthreader());
    let quick = move |transport: rt::TransportBuilder| {
        let transport = transport.sleeper(patience).max_response_bytes(1 << 20);
        if matches!(patience, Patience::Short) { transport.max_attempts(1) } else { transport }
    };
    let saltedge = native::saltedge::Client::builder(saltedge.app_id, saltedge.secret).base_url(&saltedge.url);
    let environment = native::belvo::Environment::Sandbox;
    let belvo =
        native::belvo::Client::builder(environment, belvo.secret_id, belvo.secret_password).base_url(&belvo.url);
    let khipu = native::khipu::Client::builder(native::khipu::Auth::jwt(khipu.jwt)).base_url(&khipu.url);
    let wealthreader = native::wealthreader::Client::builder(wealthreader.api_key).base_url(&wealthreader.url);
    let khipu = Khipu::builder().client(khipu.transport(quick).build().unwrap());
    vec![
        Box::new(SaltEdge::from_client(saltedge.transport(quick).build().unwrap())),
        Box::new(Belvo::from_client(belvo.transport(quick).build().unwrap())),
        Box::new(khipu.account(KHIPU_ACCOUNT).build().unwrap()),
        Box::new(WealthReader::from_client(wealthreader.transport(quick).build().unwrap())),
    ]
}

/// Providers whose sandbox answers with examples yet, so that the laws of a whole world do not hold for them.
pub fn drafts(sandbox: &Sandbox) -> Vec<Box<dyn Provider>> {
    let _ = sandbox;
    vec![
        // One for each.
    ]
}

/// As people write it: the table of specifications says.
pub fn name(id: &ProviderId) -> String {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs/README.md")).unwrap();
    let row = format!("| `{id}.yaml` | ");
    let title = readme.lines().find_map(|line| line.strip_prefix(&row)?.split(" |").next());
    title.map_or_else(|| id.to_string(), str::to_owned)
}

/// Snapshots in a folder of the workspace's, under plain names.
pub fn snapshots(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{}/../../snapshots/bankfeed/{folder}", env!("CARGO_MANIFEST_DIR")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// What must not show anywhere: credentials.
pub fn secrets(sandbox: &Sandbox) -> Vec<String> {
    let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
    let (khipu, wealthreader) = (sandbox.khipu(), sandbox.wealthreader());
    let all =
        [saltedge.secret, belvo.secret_password, khipu.jwt, khipu.api_key, wealthreader.api_key, &wealthreader.token];
    all.iter().map(|secret| (*secret).to_owned()).collect()
}
