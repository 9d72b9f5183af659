//! `bankfeed connections`

use std::io::Write as _;
use std::ops::ControlFlow;

use bankfeed::{Connection, ConnectionFilter, ConnectionStatus, Paging, ProviderId, SessionRequest};

use super::book::Institutions;
use super::{is_named, word};
use crate::arguments::{Format, Source};
use crate::output::{Cell, Column, Printer, Settings, Show, Tone, handle, when};
use crate::providers::{Feed, Feeds};
use crate::trouble::{self, Exit, Trouble};
use crate::walk::flat;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand)]
enum What {
    /// All connections; what happens without a word
    List,
    /// Begin a session in which a user connects an institution
    Connect {
        /// The institution, as `bankfeed institutions` names it
        #[arg(long, value_name = "ID")]
        institution: Option<String>,
        /// The user or customer for whom, as the provider names it
        #[arg(long, value_name = "ID")]
        party: Option<String>,
        /// Where the user's browser goes afterwards
        #[arg(long, value_name = "URL")]
        return_to: Option<String>,
        /// The language of the pages, such as es
        #[arg(long, value_name = "CODE")]
        locale: Option<String>,
    },
    /// Have the institution asked anew
    Refresh {
        /// The connection, as the list names it
        connection: String,
    },
    /// Remove a connection at the provider
    Remove {
        /// The connection, as the list names it
        connection: String,
        /// Do it: it cannot be undone
        #[arg(long)]
        yes: bool,
    },
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    let feeds = Feeds::open(source).await?;
    match wanted.what.unwrap_or(What::List) {
        What::List => list(&feeds, settings).await,
        What::Connect { institution, party, return_to, locale } => {
            let mut request = SessionRequest::new();
            request.institution = institution.map(Into::into);
            request.party = party.map(Into::into);
            request.return_to = return_to;
            request.locale = locale;
            connect(&feeds, request).await
        }
        What::Refresh { connection } => {
            let (feed, found) = find(&feeds, &connection).await?;
            let connections = feed.provider.connections().ok_or_else(|| nothing_of_the_kind(feed))?;
            let refreshed = connections.refresh_connection(&found.id).await?;
            show(feed, settings, refreshed).await
        }
        What::Remove { connection, yes } => {
            let (feed, found) = find(&feeds, &connection).await?;
            if !yes {
                return Err(Trouble::usage(
                    format!("{} at {} would be removed for good", handle(&found.id), feed.id),
                    "add --yes to do it",
                ));
            }
            let connections = feed.provider.connections().ok_or_else(|| nothing_of_the_kind(feed))?;
            connections.remove_connection(&found.id).await?;
            trouble::note(format!("removed {} at {}", handle(&found.id), feed.id));
            Ok(Exit::Done)
        }
    }
}

async fn list(feeds: &Feeds, settings: Settings) -> Result<Exit, Trouble> {
    let mut all = Vec::new();
    let list =
        |feed: &Feed| Some(feed.provider.connections()?.list_connections(ConnectionFilter::all(), Paging::default()));
    let walked = flat(&feeds.feeds, settings, list, |feed, connection| {
        all.push((feed.id.clone(), connection));
        Ok(ControlFlow::Continue(()))
    })
    .await?;
    let mut printer = Printer::<Connection>::new(settings, None, false)?;
    let mut institutions = Institutions::default();
    for (provider, connection) in all {
        if let Some(feed) = feeds.feeds.iter().find(|feed| feed.id == provider) {
            printer.print(&provider, &named(connection, feed, &mut institutions, settings).await)?;
        }
    }
    printer.finish()?;
    walked.tell()
}

/// The connection with a name for its institution, in a table.
async fn named(
    mut connection: Connection,
    feed: &Feed,
    institutions: &mut Institutions,
    settings: Settings,
) -> Connection {
    if settings.format == Format::Table
        && connection.institution_name.is_none()
        && let Some(id) = &connection.institution
    {
        connection.institution_name = Some(institutions.name(feed, id.as_str()).await);
    }
    connection
}

/// How it is, in the model's words, or else in the provider's.
fn status(connection: &Connection) -> String {
    let status = connection.status.as_ref();
    status.map(|status| word(status.value.as_ref(), status.word.as_deref())).unwrap_or_default()
}

async fn connect(feeds: &Feeds, request: SessionRequest) -> Result<Exit, Trouble> {
    let [feed] = feeds.feeds.as_slice() else {
        return Err(Trouble::usage("several providers could be meant", "name one with --provider"));
    };
    let connections = feed.provider.connections().ok_or_else(|| nothing_of_the_kind(feed))?;
    let session = connections.start_session(request).await?;
    // The address is for one user's browser, and asked for by this command: it is what it prints.
    if let Some(address) = &session.address {
        writeln!(std::io::stdout(), "{}", address.expose())?;
        trouble::hint("the user opens this address in a browser; whoever has it can connect in the user's place");
    }
    if let Some(token) = &session.widget_token {
        writeln!(std::io::stdout(), "{}", token.expose())?;
        trouble::hint("the provider's widget takes this token");
    }
    Ok(Exit::Done)
}

/// The connection that a text names.
async fn find<'a>(feeds: &'a Feeds, wanted: &str) -> Result<(&'a Feed, Connection), Trouble> {
    for feed in &feeds.feeds {
        let Some(connections) = feed.provider.connections() else { continue };
        let mut list = connections.list_connections(ConnectionFilter::all(), Paging::default());
        while let Some(connection) = list.next().await {
            match connection {
                Ok(connection) if is_named(connection.id.as_str(), &handle(&connection.id), wanted) => {
                    return Ok((feed, connection));
                }
                Ok(_) => {}
                Err(error) if error.is_bad_record() => trouble::warn(&error),
                Err(error) => return Err(error.into()),
            }
        }
    }
    Err(Trouble::usage(format!("there is no connection {wanted}"), "`bankfeed connections` lists them"))
}

fn nothing_of_the_kind(feed: &Feed) -> Trouble {
    Trouble::usage(format!("{} has no connections", feed.id), "`bankfeed providers` says what each can do")
}

async fn show(feed: &Feed, settings: Settings, connection: Connection) -> Result<Exit, Trouble> {
    let mut printer = Printer::<Connection>::new(settings, None, false)?;
    printer.print(&feed.id, &named(connection, feed, &mut Institutions::default(), settings).await)?;
    printer.finish()?;
    Ok(Exit::Done)
}

impl Show for Connection {
    fn columns() -> Vec<Column> {
        vec![
            Column::text("provider"),
            Column::text("connection"),
            Column::prose("institution"),
            Column::text("status"),
            Column::text("updated").spare(2),
            Column::text("next refresh").spare(3),
        ]
    }

    fn cells(&self, provider: &ProviderId) -> Vec<Cell> {
        let tone = match self.status.as_ref().and_then(|status| status.value) {
            Some(ConnectionStatus::Active) => Tone::Good,
            Some(ConnectionStatus::NeedsUser) => Tone::Waiting,
            Some(_) => Tone::Bad,
            None => Tone::Plain,
        };
        let institution = self.institution_name.as_deref().or(self.institution.as_ref().map(|id| id.as_str()));
        vec![
            Cell::faint(provider.as_str()),
            Cell::plain(handle(&self.id)),
            Cell::maybe(institution),
            Cell::toned(status(self), tone),
            Cell::faint(when(self.updated_at)),
            Cell::faint(when(self.next_refresh_at)),
        ]
    }

    fn header() -> &'static [&'static str] {
        &["connection", "institution", "institution_name", "status", "updated_at"]
    }

    fn values(&self) -> Vec<String> {
        vec![
            handle(&self.id),
            self.institution.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
            self.institution_name.clone().unwrap_or_default(),
            status(self),
            self.updated_at.map(|moment| moment.to_string()).unwrap_or_default(),
        ]
    }

    const HIDDEN: &'static [&'static str] = &["id"];
}
