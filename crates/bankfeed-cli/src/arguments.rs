//! What can be asked.

use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;

/// Accounts, balances and transactions of Salt Edge, Belvo, Khipu and Wealth Reader, in one form.
///
/// Credentials come from a file, the environment, or a command; `bankfeed doctor` says what is missing. With `--sandbox`
/// every command runs against an embedded server that plays all four: no credentials, no network.
#[derive(Parser)]
#[command(name = "bankfeed", version, max_term_width = 100, after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What to try first, and what scripts go by.
const AFTER: &str = "\
Try it without credentials:
    bankfeed --sandbox
    bankfeed --sandbox transactions --limit 20

Exit codes:
    0  all of it is there
    1  something failed that no other code names
    2  the arguments are wrong
    3  the configuration is wrong, or a provider refuses its credentials
    4  some of it is there: a record, a connection or a provider failed
    5  a person has to act: consent, second factor, password
    6  it may work later: too many requests, maintenance, no network
  130  interrupted; the resume token goes on there";

/// Whose data.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Whose data")]
pub(crate) struct Source {
    /// Only this provider; may be repeated
    #[arg(long = "provider", short = 'p', value_name = "PROVIDER", global = true)]
    pub(crate) providers: Vec<ProviderName>,
    /// The embedded sandbox instead of real providers
    #[arg(long, global = true)]
    pub(crate) sandbox: bool,
    /// Movements on each current account of the sandbox
    #[arg(long, value_name = "N", default_value_t = 24, global = true, hide_short_help = true)]
    pub(crate) sandbox_transactions: u64,
    /// A fault of the sandbox, such as "belvo list_accounts rate-limit"; may be repeated
    #[arg(long = "sandbox-fault", value_name = "RULE", global = true, hide_short_help = true)]
    pub(crate) sandbox_faults: Vec<String>,
    /// Which profile of the configuration
    #[arg(long, value_name = "NAME", env = "BANKFEED_PROFILE", global = true)]
    pub(crate) profile: Option<String>,
    /// The configuration file, instead of the one in the usual place
    #[arg(long, value_name = "FILE", env = "BANKFEED_CONFIG", global = true, value_parser = path())]
    pub(crate) config: Option<PathBuf>,
}

/// Any path; an empty one, as a variable that is set to nothing gives it, counts as none later.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// How it is shown.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "How it is shown")]
pub(crate) struct Output {
    /// How to print records; a table on a terminal, else one JSON object a line
    #[arg(long, short = 'f', value_name = "FORMAT", global = true)]
    pub(crate) format: Option<Format>,
    /// Whether to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: Color,
    /// Columns of the terminal, instead of what it says itself
    #[arg(long, value_name = "COLUMNS", global = true, value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
    /// No progress, no summary, no warnings about single records
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// The providers by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum ProviderName {
    /// Salt Edge
    Saltedge,
    /// Belvo
    Belvo,
    /// Khipu
    Khipu,
    /// Wealth Reader
    Wealthreader,
}

/// How records are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns for people
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

/// Whether to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Every account with its balance and latest transaction; what happens without a word
    Overview,
    /// What each provider can do, and whether it is set up
    Providers,
    /// Banks and others that can be connected
    Institutions(commands::institutions::Arguments),
    /// Connections of users to institutions
    Connections(commands::connections::Arguments),
    /// Accounts
    Accounts(commands::accounts::Arguments),
    /// Balances
    Balances(commands::balances::Arguments),
    /// Transactions of all providers, merged by date
    Transactions(Box<commands::transactions::Arguments>),
    /// Holdings of investment accounts
    Holdings(commands::holdings::Arguments),
    /// Callbacks of providers: receive and verify them
    Webhook(commands::webhook::Arguments),
    /// The JSON Schema of what is printed
    Schema(commands::schema::Arguments),
    /// Serve the embedded sandbox, for programs of your own
    Sandbox(commands::sandbox::Arguments),
    /// Check configuration, keys, clock and network, and say what to do
    Doctor(commands::doctor::Arguments),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man {
        /// Of this command, such as transactions
        page: Option<String>,
    },
}
