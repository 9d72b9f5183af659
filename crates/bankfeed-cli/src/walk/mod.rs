//! Through everything that providers give: each provider, each connection, each record, and back to where it was left.

mod flat;
mod mark;
mod tally;

use bankfeed::{Connection, ConnectionFilter, Error, ErrorKind, Paging, Records, ResumeToken};

use crate::commands::is_named;
use crate::interrupt::Interrupt;
use crate::output::{Progress, Settings, handle};
use crate::providers::Feed;
use crate::trouble::Trouble;

pub(crate) use flat::flat;
pub(crate) use mark::Mark;
use tally::Tally;
pub(crate) use tally::Walked;

/// Where records go.
pub(crate) trait Sink<T> {
    /// Takes a record of a connection.
    fn put(&mut self, feed: &Feed, connection: &Connection, record: &T) -> Result<(), Trouble>;

    /// Whether it wants no more.
    fn is_full(&self) -> bool {
        false
    }
}

/// A walk over the records of all connections.
pub(crate) struct Walk<'a> {
    /// What is listed, as resume tokens name it.
    pub(crate) of: &'static str,
    pub(crate) feeds: &'a [Feed],
    /// Only the connection that is named so.
    pub(crate) only: Option<&'a str>,
    pub(crate) resume: Option<Mark>,
    pub(crate) settings: Settings,
    /// A walk that came before: what failed then is left out, and not told again.
    pub(crate) before: Option<&'a Walked>,
}

/// Why a walk goes no further.
enum Stop {
    /// The next provider's turn.
    Next,
    /// For good: the person stopped it.
    Interrupted(Mark),
    /// For good: the sink is full.
    Full(Mark),
    /// The provider failed, for all of its connections. Where it was left.
    Failed(Box<Error>, Mark),
}

/// How a connection's list ended.
enum End {
    Whole,
    Full,
    Interrupted,
    Failed(Error),
}

impl Walk<'_> {
    /// Gives the sink all records; `list` begins a connection's list, if the provider has one.
    ///
    /// # Errors
    /// When the sink fails, or the resume token does not fit. What providers fail at is told on the way, and tallied.
    pub(crate) async fn run<T: 'static>(
        self,
        list: impl Fn(&Feed, &Connection, Paging) -> Option<Records<T>>,
        sink: &mut impl Sink<T>,
    ) -> Result<Walked, Trouble> {
        let names: Vec<String> = self.feeds.iter().map(|feed| feed.id.to_string()).collect();
        let mut resume = self.resume.clone();
        let skip = resume.as_ref().map_or(Ok(0), |mark| mark.skipped(self.of, &names))?;
        let mut interrupt = Interrupt::listen();
        let mut tally = Tally::new(Progress::new(self.settings), self.settings.quiet, self.before);
        for (index, feed) in self.feeds.iter().enumerate().skip(skip) {
            if tally.has_failed(&feed.id, None) {
                continue;
            }
            let mark = resume.take().unwrap_or_else(|| Mark::before(self.of, &names, feed.id.as_str()));
            match self.one(feed, mark, &list, sink, &mut tally, &mut interrupt).await? {
                Stop::Next => {}
                Stop::Interrupted(mark) => {
                    tally.interrupted();
                    tally.left_at(mark);
                    break;
                }
                Stop::Full(mark) => {
                    tally.left_at(mark);
                    break;
                }
                Stop::Failed(error, mark) => {
                    let refused = error.kind() == ErrorKind::ResumeRefused;
                    tally.failed(&feed.id, None, *error);
                    // Records of later providers stand between this one's, so that only the last one can be gone on with.
                    if index + 1 == self.feeds.len() && !refused {
                        tally.left_at(mark);
                    }
                }
            }
        }
        tally.end(self.only)
    }

    async fn one<T: 'static>(
        &self,
        feed: &Feed,
        mut mark: Mark,
        list: &impl Fn(&Feed, &Connection, Paging) -> Option<Records<T>>,
        sink: &mut impl Sink<T>,
        tally: &mut Tally,
        interrupt: &mut Interrupt,
    ) -> Result<Stop, Trouble> {
        let Some(connections) = feed.provider.connections() else { return Ok(Stop::Next) };
        let mut connections = connections.list_connections(ConnectionFilter::all(), paging(mark.connections.clone()));
        loop {
            mark.connections = Some(connections.resume_token());
            let connection = match interrupt.or(connections.next()).await {
                None => return Ok(Stop::Interrupted(mark)),
                Some(None) => return Ok(Stop::Next),
                Some(Some(Ok(connection))) => connection,
                Some(Some(Err(error))) if error.is_bad_record() => {
                    tally.bad_record(&error);
                    continue;
                }
                Some(Some(Err(error))) => return Ok(Stop::Failed(Box::new(error), mark)),
            };
            let wanted = self.only.is_none_or(|only| is_named(connection.id.as_str(), &handle(&connection.id), only));
            let resumed = mark.records.take();
            let within = resumed.is_some();
            tally.connection(wanted);
            if tally.has_failed(&feed.id, Some(&connection.id)) {
                continue;
            }
            let begun = if wanted { list(feed, &connection, paging(resumed)) } else { None };
            let Some(mut records) = begun else {
                if within {
                    return Err(Trouble::usage("the resume token is of another connection or account", mark::HELP));
                }
                continue;
            };
            let end = one_list(feed, &connection, &mut records, sink, tally, interrupt).await?;
            tally.losses(&feed.id, &records.losses());
            match end {
                End::Whole => tally.whole(),
                End::Full => {
                    mark.records = Some(records.resume_token());
                    return Ok(Stop::Full(mark));
                }
                End::Interrupted => {
                    mark.records = Some(records.resume_token());
                    return Ok(Stop::Interrupted(mark));
                }
                End::Failed(error) if concerns_all(&error) => {
                    mark.records = Some(records.resume_token());
                    return Ok(Stop::Failed(Box::new(error), mark));
                }
                End::Failed(error) => tally.failed(&feed.id, Some(&connection.id), error),
            }
        }
    }
}

async fn one_list<T>(
    feed: &Feed,
    connection: &Connection,
    records: &mut Records<T>,
    sink: &mut impl Sink<T>,
    tally: &mut Tally,
    interrupt: &mut Interrupt,
) -> Result<End, Trouble> {
    loop {
        if sink.is_full() {
            return Ok(End::Full);
        }
        match interrupt.or(records.next()).await {
            None => return Ok(End::Interrupted),
            Some(None) => return Ok(End::Whole),
            Some(Some(Ok(record))) => {
                sink.put(feed, connection, &record)?;
                tally.record(&feed.id);
            }
            Some(Some(Err(error))) if error.is_bad_record() => tally.bad_record(&error),
            Some(Some(Err(error))) => return Ok(End::Failed(error)),
        }
    }
}

/// Whether other connections of the provider would fail in the same way.
fn concerns_all(error: &Error) -> bool {
    use ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::Configuration
            | Kind::Unauthorized
            | Kind::Forbidden
            | Kind::InvalidRequest
            | Kind::Unsupported
            | Kind::RateLimited
            | Kind::Network
            | Kind::ResumeRefused
    )
}

/// As large as the largest pages that providers give: a tenth of the requests, for a few megabytes.
const PAGE: u32 = 1_000;

fn paging(resume: Option<ResumeToken>) -> Paging {
    let paging = Paging::default().page_size(PAGE);
    match resume {
        Some(token) => paging.resume(token),
        None => paging,
    }
}
