//! `bankfeed holdings`

use bankfeed::{Amount, Connection, Holding};

use super::book::Book;
use super::only::{self, Only};
use super::print_all;
use crate::arguments::Source;
use crate::output::{self, Cell, Column, Settings, Show, Table, code, when};
use crate::providers::{Feed, Feeds};
use crate::trouble::{Exit, Trouble};
use crate::walk::{Sink, Walk};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    only: Only,
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    let feeds = Feeds::open(source).await?;
    let only = wanted.only.connection.as_deref();
    let known = wanted.only.known(&feeds, settings).await?;
    if let Some(walked) = known.over() {
        return walked.tell();
    }
    let named = wanted.only.named(&known)?;
    let list = |feed: &Feed, connection: &Connection, paging| {
        Some(feed.provider.holdings()?.list_holdings(only::filter(named, feed, connection)?, paging))
    };
    let Some(book) = known.book() else {
        return print_all(&feeds, settings, "holdings", only, list).await;
    };
    let mut portfolio = Portfolio { book, table: Table::new(columns(), settings.width) };
    let walk = Walk { of: "holdings", feeds: &feeds.feeds, only, resume: None, settings, before: known.before() };
    let walked = walk.run(list, &mut portfolio).await?;
    portfolio.table.print()?;
    walked.tell()
}

/// Holdings as a table, each with the account that holds it.
struct Portfolio<'a> {
    book: &'a Book,
    table: Table,
}

impl Sink<Holding> for Portfolio<'_> {
    fn put(&mut self, feed: &Feed, _: &Connection, holding: &Holding) -> Result<(), Trouble> {
        let money =
            |value: Option<Amount>| value.map(|value| output::amount(value, holding.currency)).unwrap_or_default();
        self.table.row(vec![
            Cell::faint(feed.id.as_str()),
            Cell::faint(self.book.name(&feed.id, &holding.account)),
            Cell::maybe(holding.name.as_deref()),
            Cell::faint(identifier(holding)),
            Cell::faint(when(holding.as_of)),
            Cell::plain(amount(holding.quantity)),
            Cell::plain(money(holding.price)),
            Cell::plain(money(holding.value)),
            Cell::plain(code(holding.currency)),
        ]);
        Ok(())
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::text("provider").spare(3),
        Column::prose("account"),
        Column::prose("name"),
        Column::text("identifier").spare(2),
        Column::text("as of").spare(5),
        Column::number("quantity"),
        Column::number("price").spare(4),
        Column::number("value"),
        Column::text(""),
    ]
}

fn amount(amount: Option<Amount>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}

/// What the market knows it by: an ISIN, as a rule.
fn identifier(holding: &Holding) -> String {
    let json = holding.identifiers.first().and_then(|identifier| serde_json::to_value(identifier).ok());
    json.and_then(|json| json["value"].as_str().map(str::to_owned)).unwrap_or_default()
}

impl Show for Holding {
    fn header() -> &'static [&'static str] {
        &["account", "name", "identifier", "quantity", "price", "value", "currency", "as_of"]
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.account.as_str().to_owned(),
            self.name.clone().unwrap_or_default(),
            identifier(self),
            amount(self.quantity),
            amount(self.price),
            amount(self.value),
            code(self.currency),
            self.as_of.map(|moment| moment.to_string()).unwrap_or_default(),
        ]
    }
}
