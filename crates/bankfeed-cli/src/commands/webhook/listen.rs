//! `bankfeed webhook listen`

use std::collections::{HashSet, VecDeque};
use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use bankfeed::{Event, Provider, Timestamp};
use bankfeed_sandbox::{Provider as Player, Sandbox, Url};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use super::checkers::{Checker, Deaf};
use super::receiver::{Desk, News, serve};
use super::{shown, stir};
use crate::arguments::{Format, ProviderName, Source};
use crate::config;
use crate::embedded;
use crate::interrupt::Interrupt;
use crate::output::Settings;
use crate::providers::provider;
use crate::trouble::{self, Exit, Trouble};

/// Events that wait to be printed; when there are more, callers are asked to come again.
const QUEUE: usize = 1_024;
/// Events that are remembered, to know one that comes again.
const REMEMBERED: usize = 100_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen; port 0 is any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    address: SocketAddr,
    /// What paths begin with before the provider's name, such as /hooks
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true, value_parser = prefix)]
    path: String,
    /// End after so many events
    #[arg(long, value_name = "N")]
    count: Option<NonZeroU64>,
}

fn prefix(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    if (text.is_empty() || text.starts_with('/')) && text.bytes().all(plain) {
        Ok(text.to_owned())
    } else {
        Err("write a path such as /hooks".to_owned())
    }
}

/// Who sends, and what is needed to verify it.
struct Stage {
    checkers: Vec<Checker>,
    deaf: Vec<Deaf>,
    play: Option<Play>,
}

/// The sandbox, and the providers that make it send.
struct Play {
    sandbox: Arc<Sandbox>,
    providers: Vec<Box<dyn Provider>>,
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    if settings.format == Format::Csv {
        return Err(Trouble::usage("events are not printed as CSV", "--format table and --format jsonl are possible"));
    }
    let mut interrupt = Interrupt::listen();
    let listener = TcpListener::bind(wanted.address).await.map_err(|error| {
        Trouble::usage(
            format!("cannot listen on {}: {error}", wanted.address),
            "--address 127.0.0.1:0 is any free port",
        )
    })?;
    let root = format!("http://{}{}", listener.local_addr()?, wanted.path);
    let Stage { checkers, deaf, play } =
        if source.sandbox { in_sandbox(source, &root).await? } else { configured(source)? };
    introduce(&root, &checkers, &deaf)?;

    let (news, mut incoming) = mpsc::channel(QUEUE);
    let (stop, stopping) = watch::channel(false);
    let now: Box<dyn Fn() -> Timestamp + Send + Sync> = match &play {
        // Its callbacks are as old as its own clock says.
        Some(Play { sandbox, .. }) => {
            let sandbox = Arc::clone(sandbox);
            Box::new(move || Timestamp::try_from(sandbox.now()).unwrap_or_default())
        }
        None => Box::new(Timestamp::now),
    };
    let wanted_events = wanted.count.map_or(u64::MAX, NonZeroU64::get);
    let left = AtomicU64::new(wanted_events);
    let desk = Desk { checkers, prefix: wanted.path, now, news, left };
    let serving = tokio::spawn(serve(listener, desk, stopping));
    let stirring = play.map(|Play { sandbox, providers }| tokio::spawn(stir::stir(sandbox, providers)));

    let mut tally = Tally::default();
    let mut printed = loop {
        if tally.events >= wanted_events {
            break Ok(());
        }
        let Some(Some(news)) = interrupt.or(incoming.recv()).await else { break Ok(()) };
        if let Err(trouble) = tally.take(news, settings) {
            break Err(trouble);
        }
    };
    if let Some(stirring) = stirring {
        stirring.abort();
        // The sandbox is given back before this ends.
        let _ = stirring.await;
    }
    stop.send_replace(true);
    let _ = serving.await;
    // What was taken before the end is told, too.
    while let (Ok(()), Ok(news)) = (&printed, incoming.try_recv()) {
        printed = tally.take(news, settings);
    }
    printed?;
    if !settings.quiet {
        trouble::note(&tally);
    }
    Ok(Exit::Done)
}

fn configured(source: &Source) -> Result<Stage, Trouble> {
    let settings = config::load(source)?;
    let (checkers, deaf) = Checker::all(source, &settings.profile)?;
    if checkers.is_empty() {
        let missing: Vec<&str> = deaf.iter().map(|deaf| deaf.missing).collect();
        let help = match missing.as_slice() {
            [] => "try `--sandbox`; `bankfeed doctor --example` shows what a configuration has".to_owned(),
            missing => format!("set {}; `bankfeed doctor --example` says what each is", missing.join(", ")),
        };
        return Err(Trouble::configuration("no provider is set up so that its callbacks could be verified", help));
    }
    Ok(Stage { checkers, deaf, play: None })
}

async fn in_sandbox(source: &Source, root: &str) -> Result<Stage, Trouble> {
    let sandbox = embedded::start(source).await?;
    let profile = embedded::profile_at(&sandbox, root)?;
    for (name, player) in [
        (ProviderName::Saltedge, Player::SaltEdge),
        (ProviderName::Belvo, Player::Belvo),
        (ProviderName::Wealthreader, Player::WealthReader),
    ] {
        let address = Url::parse(&format!("{root}/{}", name.id())).map_err(|error| {
            Trouble::usage(format!("{root} is no address: {error}"), "--address 127.0.0.1:0 is any free port")
        })?;
        if name.is_wanted(source) {
            sandbox.send_callbacks_to(player, address);
        }
    }
    let (checkers, deaf) = Checker::all(source, &profile)?;
    let mut providers = Vec::new();
    for checker in &checkers {
        providers.extend(provider(checker.name, &profile)?);
    }
    Ok(Stage { checkers, deaf, play: Some(Play { sandbox: Arc::new(sandbox), providers }) })
}

/// Says where callbacks are taken. On stderr, and also when nothing else is wanted there: a port that nobody knows is of no use.
fn introduce(root: &str, checkers: &[Checker], deaf: &[Deaf]) -> Result<(), Trouble> {
    use std::io::Write as _;
    let mut out = anstream::stderr().lock();
    writeln!(out, "listening on {root}")?;
    for checker in checkers {
        let below = if checker.name == ProviderName::Khipu { "/…" } else { "" };
        writeln!(out, "  {:<14}{root}/{}{below}", checker.name.title(), checker.name.id())?;
    }
    for Deaf { name, missing } in deaf {
        writeln!(out, "  {:<14}not taken: {missing} is missing", name.title())?;
    }
    out.flush()?;
    Ok(())
}

/// What came so far.
#[derive(Default)]
struct Tally {
    events: u64,
    repeated: u64,
    refused: u64,
    seen: HashSet<String>,
    order: VecDeque<String>,
}

impl Tally {
    fn take(&mut self, news: News, settings: Settings) -> Result<(), Trouble> {
        match news {
            News::Event { event, at } => {
                let repeated = self.is_known(&event);
                self.events += 1;
                self.repeated += u64::from(repeated);
                match settings.format {
                    Format::Table => shown::print_line(&event, at, repeated),
                    _ => shown::print_json(&event, at, repeated),
                }
            }
            News::Refused { from, status, why } => {
                self.refused += 1;
                // An error of the facade names its provider itself.
                let whose =
                    from.map(|name| format!("{}: ", name.id())).filter(|whose| !why.starts_with(whose.as_str()));
                trouble::warn(format!("refused with {}: {}{why}", status.as_u16(), whose.unwrap_or_default()));
                Ok(())
            }
        }
    }

    /// Whether the same came before; keys of providers are apart from one another.
    fn is_known(&mut self, event: &Event) -> bool {
        let key = format!("{} {}", event.provider, event.idempotency_key);
        if !self.seen.insert(key.clone()) {
            return true;
        }
        self.order.push_back(key);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        false
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plural = if self.events == 1 { "" } else { "s" };
        write!(f, "{} event{plural}, {} of them again; {} refused", self.events, self.repeated, self.refused)
    }
}
