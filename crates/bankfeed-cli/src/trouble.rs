//! What went wrong, in words that say what to do next, and as an exit code that scripts can use.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use bankfeed::{Actor, Error, ErrorKind, RetryAdvice};

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Everything that was asked for is there.
    Done = 0,
    /// Something failed that no other code names.
    Failed = 1,
    /// The arguments are wrong. clap ends with the same.
    Usage = 2,
    /// The configuration is wrong, or a provider refuses its credentials.
    Configuration = 3,
    /// Some of it is there: a record, a connection or a provider failed.
    Partial = 4,
    /// A person has to act: consent, second factor, password.
    User = 5,
    /// It may work later: too many requests, maintenance, no network.
    Later = 6,
    /// Interrupted; the resume token says where.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Something that ends the command.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// A provider, or the network on the way to it.
    Provider(Box<Error>),
    /// What the person said: an argument, a file, a setting. With the way out.
    Person { problem: String, help: String, exit: Exit },
    /// Reading or writing.
    Io(io::Error),
}

impl Trouble {
    /// An argument that cannot be used.
    pub(crate) fn usage(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Person { problem: problem.into(), help: help.into(), exit: Exit::Usage }
    }

    /// A setting that cannot be used.
    pub(crate) fn configuration(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Person { problem: problem.into(), help: help.into(), exit: Exit::Configuration }
    }

    /// Nobody reads any more.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Provider(error) => exit_of(error),
            Self::Person { exit, .. } => *exit,
            Self::Io(_) => Exit::Failed,
        }
    }

    /// Says it on stderr.
    pub(crate) fn tell(&self) {
        self.say(&self.to_string());
    }

    /// Says on stderr what it happened to, too.
    pub(crate) fn tell_of(&self, what: &str) {
        self.say(&format!("{what}: {self}"));
    }

    fn say(&self, text: &str) {
        error(text);
        let help = self.help();
        if !help.is_empty() {
            hint(&help);
        }
    }

    /// What to do about it; empty when nothing is known.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Provider(error) => advice(error),
            Self::Person { help, .. } => help.clone(),
            Self::Io(_) => {
                "see where input comes from and output goes: a full disk, a file that is not open".to_owned()
            }
        }
    }
}

/// A line that says what to do.
pub(crate) fn hint(text: &str) {
    let bold = Style::new().bold();
    err(format_args!("  {bold}help{bold:#}: {text}"));
}

/// A line about something that failed.
pub(crate) fn error(text: impl fmt::Display) {
    let red = AnsiColor::Red.on_default().bold();
    err(format_args!("{red}error{red:#}: {text}"));
}

/// A line about something that does not end the command.
pub(crate) fn warn(text: impl fmt::Display) {
    let yellow = AnsiColor::Yellow.on_default().bold();
    err(format_args!("{yellow}warning{yellow:#}: {text}"));
}

/// A line that explains what is shown.
pub(crate) fn note(text: impl fmt::Display) {
    let faint = Style::new().dimmed();
    err(format_args!("{faint}{text}{faint:#}"));
}

/// What cannot be said because nobody listens is no reason to stop.
fn err(line: fmt::Arguments<'_>) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Provider(error) => error.fmt(f),
            Self::Person { problem, .. } => f.write_str(problem),
            Self::Io(error) => write!(f, "reading or writing failed: {error}"),
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Provider(Box::new(error))
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<csv::Error> for Trouble {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            _ => Self::Io(io::Error::other("a row could not be written as CSV")),
        }
    }
}

/// The exit code that an error of a provider stands for.
pub(crate) fn exit_of(error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::Configuration | ErrorKind::Unauthorized | ErrorKind::Forbidden => Exit::Configuration,
        ErrorKind::InvalidRequest | ErrorKind::ResumeRefused => Exit::Usage,
        _ => match (error.actor(), error.advice()) {
            (Actor::EndUser, _) | (_, RetryAdvice::AfterUser) => Exit::User,
            (Actor::Operator, _) | (_, RetryAdvice::AfterOperator) => Exit::Configuration,
            (_, RetryAdvice::Now | RetryAdvice::After(_) | RetryAdvice::Later | RetryAdvice::AfterNotice) => {
                Exit::Later
            }
            _ => Exit::Failed,
        },
    }
}

/// What to do about an error of a provider.
fn advice(error: &Error) -> String {
    let provider = error.provider().map_or("the provider", |provider| provider.as_str());
    match error.kind() {
        ErrorKind::Configuration => "`bankfeed doctor` looks at every setting".to_owned(),
        ErrorKind::Unauthorized => format!("check the credentials of {provider}; `bankfeed doctor` tries them"),
        ErrorKind::Forbidden => format!("ask {provider} what the application's contract covers"),
        ErrorKind::InvalidRequest => "`--help` behind the command says what else can be given".to_owned(),
        ErrorKind::NotFound => "`bankfeed connections` and `bankfeed accounts` list what is there".to_owned(),
        ErrorKind::ResumeRefused => {
            "give the same command and filters as before, or begin anew without the token".to_owned()
        }
        ErrorKind::Network => {
            "check the network and a proxy if there is one; `bankfeed doctor` tries every address".to_owned()
        }
        ErrorKind::ConsentExpired | ErrorKind::ConsentMissing | ErrorKind::LoginFailed | ErrorKind::SessionExpired => {
            "the user connects anew: `bankfeed connections connect`".to_owned()
        }
        ErrorKind::SecondFactor => {
            "the institution asks the user for a second factor: `bankfeed connections connect`".to_owned()
        }
        _ => match error.advice() {
            RetryAdvice::After(pause) => format!("the same again in {} s", pause.as_secs().max(1)),
            RetryAdvice::Now => "the same again may work".to_owned(),
            RetryAdvice::Later => "the same again later may work".to_owned(),
            RetryAdvice::AfterUser => "the user has to act at the institution first".to_owned(),
            RetryAdvice::AfterOperator => format!("it takes a change of settings or contract with {provider}"),
            RetryAdvice::AfterNotice => format!("wait until {provider} sends word"),
            RetryAdvice::LookFirst => "look whether it was done before trying again".to_owned(),
            _ => String::new(),
        },
    }
}
