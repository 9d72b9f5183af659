//! `bankfeed webhook verify`

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use bankfeed::{ErrorKind, Timestamp};

use super::checkers::{Checker, Lack, lacks, why_not};
use super::recorded::Head;
use super::shown;
use crate::arguments::{Format, ProviderName, Source};
use crate::config::{self, Profile};
use crate::embedded;
use crate::output::Settings;
use crate::trouble::{self, Exit, Trouble};

/// The kinds of Salt Edge's callbacks in the configuration's words.
const KINDS: [&str; 7] = ["success", "fail", "notify", "destroy", "provider_changes", "categorization", "report"];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The body, byte for byte as it came; - is standard input
    #[arg(value_name = "FILE")]
    body: PathBuf,
    /// A header that came with it, 'Name: value'; may be repeated
    #[arg(long = "header", short = 'H', value_name = "HEADER")]
    headers: Vec<String>,
    /// A file with a header on each line, below the request's line if that is there; for what no command line should show
    #[arg(long = "headers", value_name = "FILE")]
    head: Option<PathBuf>,
    /// When it came, such as 2026-01-31T12:00:00Z; now, unless said otherwise
    #[arg(long, value_name = "TIME", value_parser = moment)]
    received_at: Option<Timestamp>,
    /// The address it came to: the registered one (Salt Edge signs it), or the whole one with its token (Khipu)
    #[arg(long, value_name = "URL", env = "BANKFEED_CALLBACK_URL", hide_env_values = true)]
    url: Option<String>,
    /// Its kind, where the address does not tell (Salt Edge)
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    kind: Option<String>,
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write a moment as 2026-01-31T12:00:00Z".to_owned())
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    let &[name] = source.providers.as_slice() else {
        return Err(Trouble::usage("whose callback it is has to be said", "name one provider with --provider"));
    };
    let mut head = Head::default();
    for line in &wanted.headers {
        head.add(line)?;
    }
    if let Some(file) = &wanted.head {
        head.add_file(file)?;
    }
    let body = read(&wanted.body)?;
    let profile = profile(source, name, &wanted).await?;
    let Some(checker) = Checker::of(name, &profile)? else {
        return Err(not_set_up(name));
    };
    let target = wanted.url.as_deref().map(target_of).or(head.target.as_deref()).unwrap_or("/");
    let received_at = wanted.received_at.unwrap_or_else(Timestamp::now);
    match checker.verify(target, &head.headers, &body, received_at) {
        Ok(event) => {
            match settings.format {
                Format::Table => shown::print_list(&event)?,
                Format::Json => writeln!(std::io::stdout().lock(), "{:#}", shown::document(&event)?)?,
                Format::Jsonl => writeln!(std::io::stdout().lock(), "{}", shown::document(&event)?)?,
                Format::Csv => {
                    return Err(Trouble::usage("an event is not printed as CSV", "--format table or json is possible"));
                }
            }
            Ok(Exit::Done)
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotVerified | ErrorKind::UnexpectedAnswer) => {
            trouble::error(why_not(&error));
            trouble::hint(&way_out(name, &error, &body));
            Ok(Exit::Failed)
        }
        Err(error) => Err(error.into()),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut body)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut body))
    };
    read.map_err(|error| {
        Trouble::usage(format!("{} cannot be read: {error}", path.display()), "name the file with the callback's body")
    })?;
    Ok(body)
}

/// The settings to verify with.
async fn profile(source: &Source, name: ProviderName, wanted: &Arguments) -> Result<Profile, Trouble> {
    let mut profile = if source.sandbox {
        let sandbox = embedded::start(source).await?;
        embedded::profile_at(&sandbox, "http://127.0.0.1")?
    } else {
        config::load(source)?.profile
    };
    if let (ProviderName::Saltedge, Some(saltedge), Some(url)) = (name, &mut profile.saltedge, &wanted.url) {
        let configured = saltedge.callbacks.iter().find(|(_, known)| *known == url).map(|(kind, _)| kind.clone());
        let Some(kind) = wanted.kind.clone().or(configured).or_else(|| kind_of(url)) else {
            return Err(Trouble::usage(
                "the address does not tell which kind of callback it is",
                "name it with --kind",
            ));
        };
        // No other address may count.
        saltedge.callbacks.clear();
        saltedge.callbacks.insert(kind, url.clone());
    }
    match lacks(name, &profile) {
        Some(Lack::Everything) => Err(not_set_up(name)),
        Some(Lack::Setting("saltedge.callbacks")) => {
            Err(Trouble::usage("Salt Edge signs the address of a callback, too", "give the registered one with --url"))
        }
        Some(Lack::Setting(missing)) => Err(Trouble::configuration(
            format!("`{missing}` is missing, so that no callback can be verified"),
            format!("set {} in the environment, or {missing} in the configuration", config::variable(missing)),
        )),
        None => Ok(profile),
    }
}

fn not_set_up(name: ProviderName) -> Trouble {
    Trouble::configuration(
        format!("{} is not set up", name.title()),
        "`bankfeed doctor --example` shows what belongs into a configuration",
    )
}

/// The kind that the last part of an address names.
fn kind_of(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next()?;
    let last = if last == "categorization_finished" { "categorization" } else { last };
    KINDS.contains(&last).then(|| last.to_owned())
}

/// Path and query of an address.
fn target_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

/// What a callback that is refused most often suffers from.
fn way_out(name: ProviderName, error: &bankfeed::Error, body: &[u8]) -> String {
    if error.kind() == ErrorKind::UnexpectedAnswer {
        return "a later version of bankfeed may know it; the provider's changes are worth a look".to_owned();
    }
    let ends = if body.ends_with(b"\n") { " and end in a line break, as an editor adds it" } else { "" };
    let bytes = format!("the body has to be as it came: these are {} bytes{ends}", body.len());
    match name {
        ProviderName::Saltedge => format!("{bytes}; so has the address (--url) and the header Signature"),
        ProviderName::Belvo => "the header Authorization has to be what belvo.webhook_authorization is".to_owned(),
        ProviderName::Khipu => {
            "its address proves it: give the whole one with --url, or in the file of --headers".to_owned()
        }
        ProviderName::Wealthreader => {
            format!("{bytes}; so has the header X-WR-Signature; --received-at says when it came")
        }
    }
}
