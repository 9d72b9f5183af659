//! One file per command.

pub(crate) mod accounts;
pub(crate) mod balances;
mod book;
pub(crate) mod completions;
pub(crate) mod connections;
pub(crate) mod doctor;
pub(crate) mod holdings;
pub(crate) mod institutions;
mod only;
mod overview;
mod providers;
pub(crate) mod sandbox;
pub(crate) mod schema;
pub(crate) mod transactions;
pub(crate) mod webhook;

use bankfeed::{Connection, Paging, Records};

use crate::arguments::{Arguments, Command};
use crate::output::{Printer, Settings, Show};
use crate::providers::{Feed, Feeds};
use crate::trouble::{Exit, Trouble};
use crate::walk::Walk;

/// Does what was asked; without a word, an overview.
pub(crate) async fn run(arguments: Arguments, settings: Settings) -> Result<Exit, Trouble> {
    let source = &arguments.source;
    match arguments.command.unwrap_or(Command::Overview) {
        Command::Overview => overview::run(source, settings).await,
        Command::Providers => providers::run(source, settings).await,
        Command::Institutions(wanted) => institutions::run(source, settings, wanted).await,
        Command::Connections(wanted) => connections::run(source, settings, wanted).await,
        Command::Accounts(wanted) => accounts::run(source, settings, wanted).await,
        Command::Balances(wanted) => balances::run(source, settings, wanted).await,
        Command::Transactions(wanted) => transactions::run(source, settings, *wanted).await,
        Command::Holdings(wanted) => holdings::run(source, settings, wanted).await,
        Command::Webhook(wanted) => webhook::run(source, settings, wanted).await,
        Command::Schema(wanted) => schema::run(&wanted),
        Command::Sandbox(wanted) => sandbox::run(source, settings, wanted).await,
        Command::Doctor(wanted) => doctor::run(source, settings, wanted).await,
        Command::Completions { shell } => completions::print(shell),
        Command::Man { page } => completions::manual(page.as_deref()),
    }
}

/// Prints the records of all connections; `list` begins one connection's.
async fn print_all<T: Show + 'static>(
    feeds: &Feeds,
    settings: Settings,
    of: &'static str,
    only: Option<&str>,
    list: impl Fn(&Feed, &Connection, Paging) -> Option<Records<T>>,
) -> Result<Exit, Trouble> {
    let mut printer = Printer::<T>::new(settings, None, false)?;
    let walk = Walk { of, feeds: &feeds.feeds, only, resume: None, settings, before: None };
    let walked = walk.run(list, &mut printer).await;
    // What was read is shown, even if the rest failed.
    printer.finish()?;
    walked?.tell()
}

/// Whether an id, shown as this fingerprint, is the wanted one.
pub(crate) fn is_named(id: &str, fingerprint: &str, wanted: &str) -> bool {
    id == wanted || fingerprint == wanted || fingerprint.strip_prefix('#') == Some(wanted)
}

/// A coded value in the model's words, or else in the provider's.
fn word<T: serde::Serialize>(value: Option<&T>, word: Option<&str>) -> String {
    let json = value.and_then(|value| serde_json::to_value(value).ok());
    let known = json.as_ref().and_then(|json| json.as_str());
    known.or(word).unwrap_or_default().replace('_', " ")
}
