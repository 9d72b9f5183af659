//! Settings of a sandbox.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;
use url::Url;

use crate::Provider;
use crate::clock::DEFAULT_START;
use crate::fault::Rule;
use crate::sandbox::{Sandbox, StartError};
use crate::world::Size;

/// Everything that can be set.
pub(crate) struct Options {
    pub(crate) address: SocketAddr,
    pub(crate) seed: u64,
    pub(crate) size: Size,
    pub(crate) start: Timestamp,
    pub(crate) running: bool,
    pub(crate) signatures: bool,
    pub(crate) anywhere: bool,
    pub(crate) receivers: [Option<Url>; Provider::ALL.len()],
    pub(crate) rules: Vec<Rule>,
    pub(crate) recorded: usize,
    pub(crate) check_answers: bool,
    pub(crate) threads: usize,
}

/// A sandbox that is not started yet.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use bankfeed_sandbox::Sandbox;
///
/// let sandbox = Sandbox::builder().seed(7).transactions(2_000).start().await?;
/// assert!(sandbox.belvo().url.starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
#[must_use = "a sandbox does nothing before it is started"]
pub struct SandboxBuilder {
    options: Options,
}

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        let options = Options {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            seed: 1,
            size: Size { people: 3, transactions: 500, days: 365 },
            start: DEFAULT_START.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            running: false,
            signatures: false,
            anywhere: false,
            receivers: [const { None }; Provider::ALL.len()],
            rules: Vec::new(),
            recorded: 1_000,
            check_answers: false,
            threads: 1,
        };
        Self { options }
    }

    /// Whose data: another seed is another world, the same seed the same bytes. Default 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// How many people have their accounts connected from the start, with each provider. Default 3.
    pub fn people(mut self, people: u32) -> Self {
        self.options.size.people = u64::from(people);
        self
    }

    /// Movements on each current account, up to the start; other accounts have fewer. Default 500.
    ///
    /// A million costs no more memory than one: they are made when they are asked for.
    pub fn transactions(mut self, transactions: u64) -> Self {
        self.options.size.transactions = transactions;
        self
    }

    /// Days that these movements cover. Default 365.
    pub fn days(mut self, days: u32) -> Self {
        self.options.size.days = days;
        self
    }

    /// What time it is in the sandbox, to the second. It stands still until [`Sandbox::advance`] moves it. Default 2 March 2026, 09:00 UTC.
    pub fn starts_at(mut self, moment: SystemTime) -> Self {
        let moment = Timestamp::try_from(moment).and_then(|moment| Timestamp::from_second(moment.as_second()));
        self.options.start = moment.unwrap_or(self.options.start);
        self
    }

    /// Lets time run from the start. Answers are then no longer the same from run to run.
    pub fn running_clock(mut self) -> Self {
        self.options.running = true;
        self
    }

    /// Refuses requests to Salt Edge that are not signed, as it does for live clients. Signatures that come are checked either way.
    pub fn require_signatures(mut self) -> Self {
        self.options.signatures = true;
        self
    }

    /// Where a provider sends the callbacks that are registered in its dashboard, see [`Sandbox::send_callbacks_to`].
    pub fn callbacks_to(mut self, provider: Provider, url: Url) -> Self {
        self.options.receivers[provider.index()] = Some(url);
        self
    }

    /// Lets callbacks leave this machine. They go to loopback addresses alone otherwise.
    pub fn callbacks_anywhere(mut self) -> Self {
        self.options.anywhere = true;
        self
    }

    /// Lets something go wrong, see [`Rule`].
    ///
    /// ```
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bankfeed_sandbox::Sandbox;
    /// let rule = "belvo list_accounts rate-limit retry-after=2 times=1".parse()?;
    /// let sandbox = Sandbox::builder().fault(rule).start().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn fault(mut self, rule: Rule) -> Self {
        self.options.rules.push(rule);
        self
    }

    /// Lets everything go wrong that a file says: one rule on each line, `#` before remarks.
    ///
    /// # Errors
    /// When the file cannot be read, or a line is no rule; the error names the line.
    pub fn faults_from(mut self, path: impl AsRef<Path>) -> Result<Self, crate::fault::FaultsError> {
        self.options.rules.extend(crate::fault::read_file(path.as_ref())?);
        Ok(self)
    }

    /// How many of the latest requests are kept for [`Sandbox::requests`]. Default 1,000.
    pub fn recorded(mut self, requests: usize) -> Self {
        self.options.recorded = requests;
        self
    }

    /// Checks every answer against the specification before it goes out; one that breaks it becomes a status 500 with the place in the
    /// header `x-sandbox-broken`. For tests of the sandbox itself and for checkers from outside; long lists are then built whole.
    pub fn check_answers(mut self) -> Self {
        self.options.check_answers = true;
        self
    }

    /// Where to listen. Default a free port of 127.0.0.1.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.options.address = address;
        self
    }

    /// Threads that serve. Default 1, which keeps parallel tests small.
    pub fn threads(mut self, threads: usize) -> Self {
        self.options.threads = threads.max(1);
        self
    }

    /// Starts the sandbox, on threads of its own: it answers whatever the caller's runtime does.
    ///
    /// # Errors
    /// When the address is taken or not of this machine, or when no thread can be made.
    #[expect(clippy::unused_async, reason = "starting may have to wait one day, and callers are asynchronous anyway")]
    pub async fn start(self) -> Result<Sandbox, StartError> {
        self.start_blocking()
    }

    /// [`start`](Self::start), for callers that are not asynchronous.
    ///
    /// # Errors
    /// See there.
    pub fn start_blocking(self) -> Result<Sandbox, StartError> {
        Sandbox::start(self.options)
    }
}
