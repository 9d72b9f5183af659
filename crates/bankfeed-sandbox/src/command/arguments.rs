//! What can be asked of a sandbox that is served.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::SystemTime;

use jiff::Timestamp;
use url::Url;

use super::card::card;
use crate::clock::DEFAULT_START;
use crate::{Provider, Rule, Sandbox, SandboxBuilder, UnknownProvider};

/// What can be set of a sandbox that is served: arguments of `bankfeed-sandbox`, and of others that serve one.
#[derive(clap::Args, Debug)]
pub struct ServeArguments {
    /// Port to listen on; 0 is any free one
    #[arg(long, default_value_t = 4010)]
    port: u16,
    /// Address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Whose data: another seed is another world
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// People whose accounts are connected from the start, with each provider
    #[arg(long, default_value_t = 3)]
    people: u32,
    /// Movements on each current account; other accounts have fewer
    #[arg(long, default_value_t = 500)]
    transactions: u64,
    /// Days that these movements cover
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..))]
    days: u32,
    /// What time it is at the start, such as 2026-03-02T09:00:00Z, or `now`
    #[arg(long, default_value = DEFAULT_START)]
    start: String,
    /// Let time run; otherwise it stands until POST /sandbox/clock moves it
    #[arg(long)]
    running: bool,
    /// A fault, such as "belvo list_accounts rate-limit times=2"; may be repeated
    #[arg(long = "fault", value_name = "RULE")]
    faults: Vec<Rule>,
    /// File with a fault on each line
    #[arg(long = "faults", value_name = "FILE")]
    faults_file: Option<PathBuf>,
    /// Where a provider sends its callbacks, such as saltedge=http://127.0.0.1:8080/callbacks; may be repeated
    #[arg(long = "callbacks", value_name = "PROVIDER=URL", value_parser = receiver)]
    receivers: Vec<(Provider, Url)>,
    /// Let callbacks leave this machine
    #[arg(long)]
    callbacks_anywhere: bool,
    /// Refuse unsigned requests to Salt Edge, as it does for live clients
    #[arg(long)]
    require_signatures: bool,
    /// Check every answer against the specification; a broken one becomes a status 500
    #[arg(long)]
    check_answers: bool,
    /// Threads that serve
    #[arg(long, default_value_t = 1)]
    threads: usize,
}

/// What the card says of time.
pub(super) struct Clock {
    pub(super) start: Timestamp,
    pub(super) running: bool,
}

impl ServeArguments {
    /// Starts the sandbox; with it comes the card that says where everything is, with which credentials.
    ///
    /// # Errors
    /// When an argument says nothing that can be used, or the address cannot be listened on.
    pub fn start(self) -> Result<(Sandbox, String), Box<dyn std::error::Error + Send + Sync>> {
        let clock = self.clock()?;
        let sandbox = self.builder()?.start_blocking()?;
        let card = card(&sandbox, &clock);
        Ok((sandbox, card))
    }

    /// The time that was asked for.
    fn clock(&self) -> Result<Clock, String> {
        let start = match self.start.as_str() {
            "now" => Timestamp::now().round(jiff::Unit::Second).unwrap_or_default(),
            text => text.parse().map_err(|error| {
                format!("--start `{text}` is no moment: {error}; write it as {DEFAULT_START}, or `now`")
            })?,
        };
        Ok(Clock { start, running: self.running })
    }

    /// A sandbox with these settings.
    fn builder(self) -> Result<SandboxBuilder, Box<dyn std::error::Error + Send + Sync>> {
        let start = SystemTime::from(self.clock()?.start);
        let mut builder = Sandbox::builder()
            .address(SocketAddr::new(self.host, self.port))
            .seed(self.seed)
            .people(self.people)
            .transactions(self.transactions)
            .days(self.days)
            .starts_at(start)
            .threads(self.threads);
        for (wanted, set) in [
            (self.running, SandboxBuilder::running_clock as fn(SandboxBuilder) -> SandboxBuilder),
            (self.callbacks_anywhere, SandboxBuilder::callbacks_anywhere),
            (self.require_signatures, SandboxBuilder::require_signatures),
            (self.check_answers, SandboxBuilder::check_answers),
        ] {
            if wanted {
                builder = set(builder);
            }
        }
        for rule in self.faults {
            builder = builder.fault(rule);
        }
        for (provider, url) in self.receivers {
            builder = builder.callbacks_to(provider, url);
        }
        match self.faults_file {
            Some(file) => Ok(builder.faults_from(file)?),
            None => Ok(builder),
        }
    }
}

fn receiver(text: &str) -> Result<(Provider, Url), String> {
    let (provider, url) = text.split_once('=').ok_or("write PROVIDER=URL")?;
    let provider = provider.parse().map_err(|error: UnknownProvider| error.to_string())?;
    Ok((provider, Url::parse(url).map_err(|error| format!("`{url}` is no URL: {error}"))?))
}
