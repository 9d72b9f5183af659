//! `bankfeed accounts`

use bankfeed::{Account, AccountIdentifier, Connection};

use super::book::Book;
use super::{print_all, word};
use crate::arguments::{Format, Source};
use crate::output::{Cell, Column, Settings, Show, Table, code, handle};
use crate::providers::{Feed, Feeds};
use crate::trouble::{Exit, Trouble};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only of this connection, as `bankfeed connections` names it
    #[arg(long, value_name = "CONNECTION")]
    connection: Option<String>,
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    let feeds = Feeds::open(source).await?;
    let only = wanted.connection.as_deref();
    if settings.format != Format::Table {
        return print_all(&feeds, settings, "accounts", only, |feed: &Feed, connection: &Connection, paging| {
            Some(feed.provider.accounts()?.list_accounts(&connection.id, paging))
        })
        .await;
    }
    let (book, walked) = Book::read(&feeds, only, settings).await?;
    let mut table = Table::new(
        vec![
            Column::text("provider").spare(2),
            Column::prose("institution").spare(4),
            Column::text("account"),
            Column::prose("name"),
            Column::prose("holder").spare(5),
            Column::text("kind").spare(3),
            Column::text("number").spare(1),
            Column::text("currency"),
        ],
        settings.width,
    );
    for entry in &book.entries {
        let account = &entry.account;
        let holders: Vec<&str> =
            account.holders.iter().filter_map(|holder| holder.name.as_ref()).map(|name| name.0.as_str()).collect();
        table.row(vec![
            Cell::faint(entry.provider.as_str()),
            Cell::plain(entry.institution.clone()),
            Cell::faint(handle(&account.id)),
            Cell::plain(entry.name()),
            Cell::plain(holders.join(", ")),
            Cell::plain(kind(account)),
            Cell::plain(number(account)),
            Cell::plain(code(account.currency)),
        ]);
    }
    table.print()?;
    walked.tell()
}

/// The number under which people know the account.
fn number(account: &Account) -> String {
    let iban = account.identifiers.iter().find(|identifier| matches!(identifier, AccountIdentifier::Iban { .. }));
    let Some(identifier) = iban.or(account.identifiers.first()) else { return String::new() };
    let json = serde_json::to_value(identifier).unwrap_or_default();
    ["value", "number", "account"].iter().find_map(|name| json[name].as_str()).unwrap_or_default().to_owned()
}

/// What it is in the model's words, or else in the provider's.
fn kind(account: &Account) -> String {
    word(account.kind.value.as_ref(), account.kind.word.as_deref())
}

impl Show for Account {
    fn header() -> &'static [&'static str] {
        &["id", "name", "kind", "number", "currency"]
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.id.as_str().to_owned(),
            self.name.as_ref().map(|name| name.0.clone()).unwrap_or_default(),
            kind(self),
            number(self),
            code(self.currency),
        ]
    }

    const HIDDEN: &'static [&'static str] = &["connection"];
}
