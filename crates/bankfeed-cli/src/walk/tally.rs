//! What became of a walk: how much came, what failed, what could not be carried over.

use std::collections::BTreeMap;

use bankfeed::{ConnectionId, Error, LossReport, ProviderId};

use super::Mark;
use crate::output::{Progress, handle};
use crate::trouble::{self, Exit, Trouble};

/// How a walk ended.
pub(crate) struct Walked {
    /// What it comes to as an exit code.
    pub(crate) exit: Exit,
    /// Where it was left, if it can be gone on with there.
    pub(crate) mark: Option<Mark>,
    /// How many records were taken.
    pub(crate) records: u64,
    /// What could not be carried over, to be told at the end.
    losses: Vec<String>,
    failures: Vec<Failure>,
}

/// What failed: a provider, or one of its connections.
#[derive(Clone)]
struct Failure {
    provider: ProviderId,
    connection: Option<ConnectionId>,
    exit: Exit,
}

/// Counts along the way.
pub(super) struct Tally {
    progress: Progress,
    quiet: bool,
    records: u64,
    /// Lists that were read to their end.
    whole: u64,
    /// Connections that were wanted.
    wanted: u64,
    bad_records: u64,
    failures: Vec<Failure>,
    mark: Option<Mark>,
    stopped: bool,
    losses: BTreeMap<ProviderId, LossReport>,
}

/// So many records that cannot be read are told of one by one.
const TOLD: u64 = 5;

impl Tally {
    pub(super) fn new(progress: Progress, quiet: bool, before: Option<&Walked>) -> Self {
        Self {
            progress,
            quiet,
            records: 0,
            whole: 0,
            wanted: 0,
            bad_records: 0,
            failures: before.map(|before| before.failures.clone()).unwrap_or_default(),
            mark: None,
            stopped: false,
            losses: BTreeMap::new(),
        }
    }

    pub(super) fn record(&mut self, provider: &ProviderId) {
        self.records += 1;
        self.progress.one(provider);
    }

    pub(super) fn connection(&mut self, wanted: bool) {
        self.wanted += u64::from(wanted);
    }

    pub(super) fn whole(&mut self) {
        self.whole += 1;
    }

    /// A record that could not be read: the others still count.
    pub(super) fn bad_record(&mut self, error: &Error) {
        self.bad_records += 1;
        if !self.quiet && self.bad_records <= TOLD {
            self.progress.suspend(|| trouble::warn(error));
        }
    }

    /// A connection's list, or a whole provider, failed: the others still come.
    pub(super) fn failed(&mut self, provider: &ProviderId, connection: Option<&ConnectionId>, error: Error) {
        let trouble = Trouble::from(error);
        let (provider, connection) = (provider.clone(), connection.cloned());
        self.progress.suspend(|| match &connection {
            Some(connection) => trouble.tell_of(&format!("connection {}", handle(connection))),
            None => trouble.tell(),
        });
        self.failures.push(Failure { provider, connection, exit: trouble.exit() });
    }

    /// Whether it failed, now or in the walk before.
    pub(super) fn has_failed(&self, provider: &ProviderId, connection: Option<&ConnectionId>) -> bool {
        let is = |failure: &Failure| failure.provider == *provider && failure.connection.as_ref() == connection;
        self.failures.iter().any(is)
    }

    pub(super) fn losses(&mut self, provider: &ProviderId, report: &LossReport) {
        if !report.is_clean() {
            self.losses.entry(provider.clone()).or_default().merge(report);
        }
    }

    /// Where the walk was left, and can be gone on with.
    pub(super) fn left_at(&mut self, mark: Mark) {
        self.mark = Some(mark);
    }

    /// The person stopped it.
    pub(super) fn interrupted(&mut self) {
        self.stopped = true;
    }

    /// What it comes to.
    pub(super) fn end(self, only: Option<&str>) -> Result<Walked, Trouble> {
        self.progress.finish();
        if let Some(only) = only
            && self.wanted == 0
            && self.failures.is_empty()
            && !self.stopped
        {
            return Err(Trouble::usage(format!("there is no connection {only}"), "`bankfeed connections` lists them"));
        }
        let exit = match self.failures.first() {
            _ if self.stopped => Exit::Interrupted,
            Some(failure) if self.records == 0 && self.whole == 0 => failure.exit,
            Some(_) => Exit::Partial,
            None if self.bad_records > 0 => Exit::Partial,
            None => Exit::Done,
        };
        let mut losses: Vec<String> =
            self.losses.iter().filter_map(|(provider, report)| words(provider, report)).collect();
        if self.bad_records > TOLD {
            losses
                .push(format!("{} records could not be read, the first {TOLD} of which stand above", self.bad_records));
        }
        let losses = if self.quiet { Vec::new() } else { losses };
        Ok(Walked { exit, mark: self.mark, records: self.records, losses, failures: self.failures })
    }
}

impl Walked {
    /// Whether nothing is left to do after it: it was interrupted, or all of it failed.
    pub(crate) fn is_over(&self) -> bool {
        self.exit == Exit::Interrupted || (self.records == 0 && !self.failures.is_empty())
    }

    /// Says what could not be carried over; how the command ends.
    pub(crate) fn tell(&self) -> Result<Exit, Trouble> {
        for line in &self.losses {
            trouble::warn(line);
        }
        if self.exit == Exit::Interrupted {
            trouble::note(format!("interrupted after {} records", self.records));
        }
        Ok(self.exit)
    }
}

/// The words that this version does not know, by field.
fn words(provider: &ProviderId, report: &LossReport) -> Option<String> {
    let fields = report.unknown_values.iter().map(|(field, words)| {
        let words: Vec<String> = words.iter().map(|(word, count)| format!("`{word}` ×{count}")).collect();
        format!("{field} {}", words.join(", "))
    });
    let fields: Vec<String> = fields.collect();
    (!fields.is_empty()).then(|| format!("{provider}: values that this version does not know: {}", fields.join("; ")))
}
