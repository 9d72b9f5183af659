//! Events as people and programs read them.

use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use bankfeed::{Event, Timestamp};
use serde_json::Value;

use crate::commands::word;
use crate::output::handle;
use crate::trouble::Trouble;

/// An event as JSON: a fingerprint in place of its connection, whose id may give access.
pub(super) fn document(event: &Event) -> Result<Value, Trouble> {
    let mut document = serde_json::to_value(event).map_err(io::Error::from)?;
    if let Some(connection) = &event.connection {
        document["connection"] = handle(connection).into();
    }
    Ok(document)
}

/// An event as one line of JSON, sent on at once: somebody may wait for it.
pub(super) fn print_json(event: &Event, at: Timestamp, repeated: bool) -> Result<(), Trouble> {
    let mut document = document(event)?;
    document["received_at"] = at.to_string().into();
    document["repeated"] = repeated.into();
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &document).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

/// An event as a line of a table that grows.
pub(super) fn print_line(event: &Event, at: Timestamp, repeated: bool) -> Result<(), Trouble> {
    let tone = match event.error {
        Some(_) => AnsiColor::Red.on_default(),
        None if repeated => Style::new().dimmed(),
        None => AnsiColor::Green.on_default(),
    };
    let faint = Style::new().dimmed();
    let connection = event.connection.as_ref().map(handle).unwrap_or_default();
    let line = format!(
        "{faint}{}  {:<12}{faint:#}  {tone}{:<18}{tone:#}  {connection:<12}  {}",
        time(at),
        event.provider.as_str(),
        kind(event),
        about(event, repeated)
    );
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", line.trim_end())?;
    out.flush()?;
    Ok(())
}

/// An event as a list of what it says.
pub(super) fn print_list(event: &Event) -> Result<(), Trouble> {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let rows = [
        ("provider", event.provider.as_str().to_owned()),
        ("event", kind(event)),
        ("word", text(event.kind.word.as_deref())),
        ("connection", event.connection.as_ref().map(handle).unwrap_or_default()),
        ("party", text(event.party.as_ref().map(|party| party.as_str()))),
        ("institution", text(event.institution.as_ref().map(|institution| institution.as_str()))),
        ("failure", event.error.as_ref().map(|cause| cause.kind.to_string()).unwrap_or_default()),
        ("sent at", event.sent_at.map(|moment| moment.to_string()).unwrap_or_default()),
        ("key", event.idempotency_key.clone()),
    ];
    let bold = Style::new().bold();
    let mut out = anstream::stdout().lock();
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "{bold}{name:<12}{bold:#}{value}")?;
    }
    Ok(())
}

fn kind(event: &Event) -> String {
    word(event.kind.value.as_ref(), event.kind.word.as_deref())
}

/// The provider's word for it, why it failed, whether it was there before.
fn about(event: &Event, repeated: bool) -> String {
    let mut parts = Vec::new();
    parts.extend(event.kind.word.clone());
    parts.extend(event.institution.as_ref().map(|institution| institution.as_str().to_owned()));
    parts.extend(event.error.as_ref().map(|cause| cause.kind.to_string()));
    if repeated {
        parts.push("again".to_owned());
    }
    parts.join(", ")
}

/// Day and time, in UTC, to the second.
fn time(at: Timestamp) -> String {
    at.to_string().get(..19).unwrap_or_default().replace('T', " ")
}
