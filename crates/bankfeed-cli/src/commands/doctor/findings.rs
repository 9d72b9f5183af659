//! What was found, and how it is shown.

use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use serde_json::json;

use crate::arguments::Format;
use crate::output::Settings;
use crate::trouble::{self, Exit, Trouble};

/// What a check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ok,
    /// It works, and yet.
    Warning,
    /// It does not work.
    Wrong,
    /// It was not tried.
    Skipped,
}

/// The outcome of a check: never with a value that is secret.
struct Finding {
    check: String,
    verdict: Verdict,
    says: String,
    /// What to do; empty where there is nothing.
    cure: String,
}

/// All outcomes.
#[derive(Default)]
pub(super) struct Findings {
    all: Vec<Finding>,
    exit: Option<Exit>,
}

impl Findings {
    pub(super) fn ok(&mut self, check: &str, says: impl Into<String>) {
        self.add(check, Verdict::Ok, says.into(), String::new());
    }

    pub(super) fn warning(&mut self, check: &str, says: impl Into<String>, cure: impl Into<String>) {
        self.add(check, Verdict::Warning, says.into(), cure.into());
    }

    /// Wrong until a person changes something.
    pub(super) fn wrong(&mut self, check: &str, says: impl Into<String>, cure: impl Into<String>) {
        self.exit = Some(Exit::Configuration);
        self.add(check, Verdict::Wrong, says.into(), cure.into());
    }

    /// Wrong now; it may be right later.
    pub(super) fn wrong_now(&mut self, check: &str, says: impl Into<String>, cure: impl Into<String>) {
        self.exit.get_or_insert(Exit::Later);
        self.add(check, Verdict::Wrong, says.into(), cure.into());
    }

    pub(super) fn skipped(&mut self, check: &str, why: impl Into<String>) {
        self.add(check, Verdict::Skipped, why.into(), String::new());
    }

    fn add(&mut self, check: &str, verdict: Verdict, says: String, cure: String) {
        self.all.push(Finding { check: check.to_owned(), verdict, says, cure });
    }

    /// How the command ends.
    pub(super) fn exit(&self) -> Exit {
        self.exit.unwrap_or(Exit::Done)
    }

    pub(super) fn print(&self, settings: Settings) -> Result<(), Trouble> {
        match settings.format {
            Format::Table => self.table(settings.quiet),
            Format::Json => {
                let all: Vec<_> = self.all.iter().map(Finding::document).collect();
                writeln!(std::io::stdout().lock(), "{:#}", json!(all))?;
                Ok(())
            }
            Format::Jsonl => {
                let mut out = std::io::stdout().lock();
                for finding in &self.all {
                    writeln!(out, "{}", finding.document())?;
                }
                Ok(())
            }
            Format::Csv => {
                let mut out = csv::Writer::from_writer(std::io::stdout().lock());
                out.write_record(["check", "verdict", "says", "cure"])?;
                for Finding { check, verdict, says, cure } in &self.all {
                    out.write_record([check, verdict.word(), says, cure])?;
                }
                out.flush()?;
                Ok(())
            }
        }
    }

    fn summary(&self) -> String {
        let count = |verdict| self.all.iter().filter(|finding| finding.verdict == verdict).count();
        match (count(Verdict::Wrong), count(Verdict::Warning)) {
            (0, 0) => "nothing is wrong".to_owned(),
            (0, warnings) => format!("nothing is wrong, warnings: {warnings}"),
            (wrong, 0) => format!("wrong: {wrong}"),
            (wrong, warnings) => format!("wrong: {wrong}, warnings: {warnings}"),
        }
    }

    /// Quiet, only what needs somebody.
    fn table(&self, quiet: bool) -> Result<(), Trouble> {
        let shown: Vec<&Finding> = self.all.iter().filter(|finding| !quiet || !finding.cure.is_empty()).collect();
        let width = shown.iter().map(|finding| finding.check.len()).max().unwrap_or_default();
        let faint = Style::new().dimmed();
        let mut out = anstream::stdout().lock();
        for Finding { check, verdict, says, cure } in shown {
            let tone = verdict.tone();
            writeln!(out, "{tone}{:<8}{tone:#} {check:<width$}  {says}", verdict.word())?;
            if !cure.is_empty() {
                writeln!(out, "{:<8} {:<width$}  {faint}→{faint:#} {cure}", "", "")?;
            }
        }
        drop(out);
        if !quiet {
            trouble::note(self.summary());
        }
        Ok(())
    }
}

impl Finding {
    fn document(&self) -> serde_json::Value {
        let cure = Some(&self.cure).filter(|cure| !cure.is_empty());
        json!({ "check": self.check, "verdict": self.verdict.word(), "says": self.says, "cure": cure })
    }
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Wrong => "wrong",
            Self::Skipped => "skipped",
        }
    }

    const fn tone(self) -> Style {
        match self {
            Self::Ok => AnsiColor::Green.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default().bold(),
            Self::Wrong => AnsiColor::Red.on_default().bold(),
            Self::Skipped => Style::new().dimmed(),
        }
    }
}
