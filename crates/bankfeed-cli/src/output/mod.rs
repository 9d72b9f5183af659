//! How records are shown: tables for people, JSON and CSV for programs.

mod delimited;
mod document;
mod drawn;
mod layout;
mod money;
mod progress;
mod rows;
mod shown;
mod table;

use std::io::{self, IsTerminal as _, Write};

use bankfeed::{Connection, ProviderId};
use serde::Serialize;

use crate::arguments::{Color, Format, Output};
use crate::providers::Feed;
use crate::trouble::Trouble;
use crate::walk::Sink;

pub(crate) use drawn::{bar, sparkline};
pub(crate) use money::{amount, code, is_negative};
pub(crate) use progress::Progress;
pub(crate) use rows::{Cell, Column, Tone};
pub(crate) use shown::{handle, when};
pub(crate) use table::Table;

/// How wide a table is that goes to no terminal.
const PLAIN_WIDTH: u16 = 120;

/// How things are shown this time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) format: Format,
    pub(crate) width: u16,
    pub(crate) quiet: bool,
}

impl Settings {
    /// What the arguments say, and where they say nothing, what the terminal is.
    pub(crate) fn of(output: &Output) -> Self {
        match output.color {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        let terminal = io::stdout().is_terminal();
        let format = output.format.unwrap_or(if terminal { Format::Table } else { Format::Jsonl });
        let measured = || terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| width.0);
        let width = output.width.or_else(measured).unwrap_or(PLAIN_WIDTH);
        Self { format, width, quiet: output.quiet }
    }
}

/// A record that can be shown in every format.
pub(crate) trait Show: Serialize {
    /// The columns of its table; none where the command draws its own.
    fn columns() -> Vec<Column> {
        Vec::new()
    }

    /// Its row in that table.
    fn cells(&self, provider: &ProviderId) -> Vec<Cell> {
        let _ = provider;
        Vec::new()
    }

    /// The header of its CSV, after the provider.
    fn header() -> &'static [&'static str];

    /// Its values in that CSV.
    fn values(&self) -> Vec<String>;

    /// Members of its JSON that give access, so that a fingerprint stands in their place.
    const HIDDEN: &'static [&'static str] = &[];
}

/// Where records go in the wanted format.
pub(crate) struct Printer<T> {
    into: Into,
    limit: Option<usize>,
    taken: usize,
    record: std::marker::PhantomData<fn(T)>,
}

enum Into {
    Table { width: u16, rows: Vec<Vec<Cell>> },
    Document(document::Document),
    Lines(Box<dyn Write>),
    Delimited(Box<delimited::Delimited>),
}

impl<T: Show> Printer<T> {
    /// A printer; `resumed` output goes on where an earlier one ended, without a header.
    pub(crate) fn new(settings: Settings, limit: Option<usize>, resumed: bool) -> Result<Self, Trouble> {
        let out = || Box::new(io::BufWriter::new(io::stdout())) as Box<dyn Write>;
        let into = match settings.format {
            Format::Table => Into::Table { width: settings.width, rows: Vec::new() },
            Format::Json => Into::Document(document::Document::new(out())),
            Format::Jsonl => Into::Lines(out()),
            Format::Csv => Into::Delimited(Box::new(delimited::Delimited::new(out(), (!resumed).then(T::header))?)),
        };
        Ok(Self { into, limit, taken: 0, record: std::marker::PhantomData })
    }

    /// Prints what was kept back, and the end of what was begun.
    pub(crate) fn finish(self) -> Result<(), Trouble> {
        match self.into {
            Into::Table { width, rows } => {
                let mut table = Table::new(T::columns(), width);
                for row in rows {
                    table.row(row);
                }
                table.print()?;
            }
            Into::Document(document) => document.finish()?,
            Into::Lines(mut out) => out.flush()?,
            Into::Delimited(delimited) => delimited.finish()?,
        }
        Ok(())
    }

    /// Prints a record, or keeps its row.
    pub(crate) fn print(&mut self, provider: &ProviderId, record: &T) -> Result<(), Trouble> {
        self.taken += 1;
        match &mut self.into {
            Into::Table { rows, .. } => rows.push(record.cells(provider)),
            Into::Document(document) => document.put(&shown::line(provider, record)?)?,
            Into::Lines(out) => {
                serde_json::to_writer(&mut *out, &shown::line(provider, record)?).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Into::Delimited(delimited) => delimited.put(provider, record.values())?,
        }
        Ok(())
    }
}

impl<T: Show> Sink<T> for Printer<T> {
    fn put(&mut self, feed: &Feed, _: &Connection, record: &T) -> Result<(), Trouble> {
        self.print(&feed.id, record)
    }

    fn is_full(&self) -> bool {
        self.limit.is_some_and(|limit| self.taken >= limit)
    }
}
