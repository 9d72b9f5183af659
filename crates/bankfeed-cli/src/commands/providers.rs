//! `bankfeed providers`

use std::io::Write as _;

use bankfeed::Capability;
use serde_json::{Value, json};

use crate::arguments::{Format, ProviderName, Source};
use crate::config;
use crate::output::{Cell, Column, Settings, Table, Tone};
use crate::providers::{played, provider};
use crate::trouble::{Exit, Trouble};

/// A provider, whether it is set up, and what it can do then.
struct Row {
    name: ProviderName,
    set_up: bool,
    can: Vec<Capability>,
}

impl Row {
    fn json(&self) -> Value {
        json!({"provider": self.name.id(), "title": self.name.title(), "set_up": self.set_up, "can": self.can})
    }
}

pub(super) async fn run(source: &Source, settings: Settings) -> Result<Exit, Trouble> {
    let rows = rows(source).await?;
    match settings.format {
        Format::Table => table(&rows, settings)?,
        Format::Json => {
            let all: Vec<Value> = rows.iter().map(Row::json).collect();
            writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&all).map_err(std::io::Error::from)?)?;
        }
        Format::Jsonl => {
            let mut out = std::io::stdout().lock();
            for row in &rows {
                writeln!(out, "{}", row.json())?;
            }
        }
        Format::Csv => {
            let mut out = csv::Writer::from_writer(std::io::stdout().lock());
            out.write_record(["provider", "set_up", "can"])?;
            for row in &rows {
                let can: Vec<&str> = row.can.iter().map(|can| can.text()).collect();
                out.write_record([row.name.title(), if row.set_up { "yes" } else { "no" }, &can.join("; ")])?;
            }
            out.flush()?;
        }
    }
    Ok(Exit::Done)
}

/// What is not set up is shown as the sandbox plays it: what it could do.
async fn rows(source: &Source) -> Result<Vec<Row>, Trouble> {
    let sandbox = bankfeed_sandbox::Sandbox::builder().people(0).start().await;
    let sandbox = sandbox.map_err(|error| Trouble::usage(error.to_string(), ""))?;
    let settings = if source.sandbox { None } else { Some(config::load(source)?) };
    let mut rows = Vec::new();
    for name in ProviderName::ALL {
        let configured = match &settings {
            Some(settings) => provider(name, &settings.profile)?,
            None => Some(played(name, &sandbox)?),
        };
        let set_up = configured.is_some();
        let provider = match configured {
            Some(provider) => provider,
            None => played(name, &sandbox)?,
        };
        rows.push(Row { name, set_up, can: provider.capabilities().iter().collect() });
    }
    Ok(rows)
}

fn table(rows: &[Row], settings: Settings) -> Result<(), Trouble> {
    let mut columns = vec![Column::prose("")];
    columns.extend(rows.iter().map(|row| Column::text(row.name.title())));
    let mut table = Table::new(columns, settings.width);
    let mark = |yes: bool| if yes { Cell::toned("yes", Tone::Good) } else { Cell::faint("–") };
    let row_of = |title: &str, has: &dyn Fn(&Row) -> bool| {
        let mut cells = vec![Cell::plain(title)];
        cells.extend(rows.iter().map(|row| mark(has(row))));
        cells
    };
    table.row(row_of("set up", &|row| row.set_up));
    for capability in Capability::ALL {
        table.row(row_of(capability.text(), &|row| row.can.contains(capability)));
    }
    table.print()
}
