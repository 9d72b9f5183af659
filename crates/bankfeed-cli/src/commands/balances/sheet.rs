//! Balances as a table: a row for each account, and what they come to.

use std::collections::BTreeMap;
use std::io::Write as _;

use bankfeed::{Balance, BalanceKind, Connection, Currency, Decimal, ProviderId};

use crate::commands::book::Book;
use crate::commands::word;
use crate::output::{Cell, Column, Settings, Table, Tone, amount, bar, code, is_negative, when};
use crate::providers::Feed;
use crate::trouble::{self, Trouble};
use crate::walk::Sink;

/// Balances as they came.
pub(super) struct Sheet<'a> {
    book: &'a Book,
    balances: Vec<(ProviderId, Balance)>,
}

impl Sink<Balance> for Sheet<'_> {
    fn put(&mut self, feed: &Feed, _: &Connection, balance: &Balance) -> Result<(), Trouble> {
        self.balances.push((feed.id.clone(), balance.clone()));
        Ok(())
    }
}

/// An account's balances in one currency.
struct Row<'a> {
    provider: &'a ProviderId,
    booked: Option<&'a Balance>,
    available: Option<&'a Balance>,
    any: &'a Balance,
}

/// How wide bars are, on a narrow terminal and on a wide one.
const BARS: (u32, u32) = (8, 16);

impl<'a> Sheet<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        Self { book, balances: Vec::new() }
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut places = BTreeMap::new();
        for (provider, balance) in &self.balances {
            let key = (provider.clone(), balance.account.clone(), balance.currency);
            let place = *places.entry(key).or_insert_with(|| {
                rows.push(Row { provider, booked: None, available: None, any: balance });
                rows.len() - 1
            });
            let row = &mut rows[place];
            let slot = match balance.kind.value {
                Some(BalanceKind::Booked) => &mut row.booked,
                Some(BalanceKind::Available) => &mut row.available,
                _ => continue,
            };
            // An account may have several that are available: the first one is the institution's own order.
            slot.get_or_insert(balance);
        }
        rows
    }

    /// A row for each account, and below it what the booked balances come to.
    pub(super) fn print(&self, settings: Settings) -> Result<(), Trouble> {
        let rows = self.rows();
        // Bars compare what can be compared: booked balances in one currency.
        let mut greatest: BTreeMap<Option<Currency>, Decimal> = BTreeMap::new();
        for booked in rows.iter().filter_map(|row| row.booked) {
            let most = greatest.entry(booked.currency).or_default();
            *most = (*most).max(booked.amount.decimal().abs());
        }
        let columns = if settings.width < 100 { BARS.0 } else { BARS.1 };
        let mut table = Table::new(
            vec![
                Column::text("provider").spare(4),
                Column::prose("institution").least(16).spare(2),
                Column::prose("account").least(16),
                Column::text("as of").spare(5),
                Column::number("booked"),
                Column::number("available"),
                Column::text(""),
                Column::text("").spare(3),
            ],
            settings.width,
        );
        for row in &rows {
            let entry = self.book.of(row.provider, &row.any.account);
            let most = row.booked.and_then(|booked| greatest.get(&booked.currency)).copied().unwrap_or_default();
            let drawn = row.booked.map(|booked| bar(booked.amount.decimal(), most, columns)).unwrap_or_default();
            let owed = row.booked.is_some_and(|booked| is_negative(booked.amount.decimal()));
            let as_of = row.booked.or(row.available).unwrap_or(row.any).as_of;
            table.row(vec![
                Cell::faint(row.provider.as_str()),
                Cell::maybe(entry.map(|entry| entry.institution.as_str())),
                Cell::plain(self.book.name(row.provider, &row.any.account)),
                Cell::faint(when(as_of)),
                row.booked.map_or_else(|| Cell::plain(""), shown),
                row.available.map_or_else(|| Cell::plain(""), |available| Cell::faint(shown(available).text)),
                Cell::plain(code(row.any.currency)),
                Cell::toned(drawn, if owed { Tone::Bad } else { Tone::Good }),
            ]);
        }
        table.print()?;
        if settings.quiet || rows.is_empty() {
            return Ok(());
        }
        totals(&rows, settings)?;
        self.tell_others();
        Ok(())
    }

    /// Each balance on a row of its own.
    pub(super) fn print_all(&self, settings: Settings) -> Result<(), Trouble> {
        let mut table = Table::new(
            vec![
                Column::text("provider").spare(2),
                Column::prose("institution").spare(3),
                Column::prose("account"),
                Column::text("balance"),
                Column::text("as of").spare(1),
                Column::number("amount"),
                Column::text(""),
            ],
            settings.width,
        );
        for (provider, balance) in &self.balances {
            let entry = self.book.of(provider, &balance.account);
            table.row(vec![
                Cell::faint(provider.as_str()),
                Cell::maybe(entry.map(|entry| entry.institution.as_str())),
                Cell::plain(self.book.name(provider, &balance.account)),
                Cell::plain(word(balance.kind.value.as_ref(), balance.kind.word.as_deref())),
                Cell::faint(when(balance.as_of)),
                shown(balance),
                Cell::plain(code(balance.currency)),
            ]);
        }
        table.print()
    }

    /// Says which kinds of balances have no column.
    fn tell_others(&self) {
        let mut others: BTreeMap<String, u64> = BTreeMap::new();
        for (_, balance) in &self.balances {
            if !matches!(balance.kind.value, Some(BalanceKind::Booked | BalanceKind::Available)) {
                let kind = word(balance.kind.value.as_ref(), balance.kind.word.as_deref());
                *others.entry(kind).or_default() += 1;
            }
        }
        if !others.is_empty() {
            let others: Vec<String> = others.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            trouble::note(format!("not shown: {}; --all shows them", others.join(", ")));
        }
    }
}

fn shown(balance: &Balance) -> Cell {
    let tone = if is_negative(balance.amount.decimal()) { Tone::Bad } else { Tone::Plain };
    Cell::toned(amount(balance.amount, balance.currency), tone)
}

/// What the booked balances of each currency come to.
#[derive(Default)]
struct Total {
    has: Decimal,
    owes: Decimal,
    counted: u64,
    left_out: u64,
    too_large: bool,
}

fn totals(rows: &[Row<'_>], settings: Settings) -> Result<(), Trouble> {
    let mut totals: BTreeMap<Option<Currency>, Total> = BTreeMap::new();
    for row in rows {
        let total = totals.entry(row.any.currency).or_default();
        let Some(booked) = row.booked else {
            total.left_out += 1;
            continue;
        };
        let value = booked.amount.decimal();
        let side = if value.is_sign_negative() { &mut total.owes } else { &mut total.has };
        match side.checked_add(value) {
            Some(sum) => *side = sum,
            None => total.too_large = true,
        }
        total.counted += 1;
    }
    let columns = vec![
        Column::text("currency"),
        Column::number("has"),
        Column::number("owes"),
        Column::number("net worth, booked"),
        Column::prose("left out"),
    ];
    let mut table = Table::new(columns, settings.width);
    for (currency, total) in &totals {
        let net = total.has.checked_add(total.owes).filter(|_| !total.too_large && currency.is_some());
        let cell = |value: Decimal| match net {
            // Amounts whose currency nobody tells cannot be added up.
            None => Cell::plain(""),
            Some(_) if total.counted == 0 => Cell::plain(""),
            Some(_) => {
                let tone = if is_negative(value) { Tone::Bad } else { Tone::Plain };
                Cell::toned(amount(value, *currency), tone)
            }
        };
        let those = |count: u64, why: &str| match count {
            0 => String::new(),
            count => format!("{count} {why}"),
        };
        let left_out = match net {
            Some(_) => those(total.left_out, "without booked balance"),
            None if total.too_large => "all: they come to more than can be counted".to_owned(),
            None => those(total.left_out + total.counted, "without currency"),
        };
        table.row(vec![
            Cell::plain(code(*currency)),
            cell(total.has),
            cell(total.owes),
            cell(net.unwrap_or_default()),
            Cell::faint(left_out),
        ]);
    }
    writeln!(anstream::stdout())?;
    table.print()
}
