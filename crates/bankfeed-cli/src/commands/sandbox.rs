//! `bankfeed sandbox`

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bankfeed_sandbox::Sandbox;
use bankfeed_sandbox::command::{self, ServeArguments};

use crate::arguments::Source;
use crate::embedded;
use crate::interrupt::Interrupt;
use crate::output::Settings;
use crate::trouble::{self, Exit, Trouble};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    serve: ServeArguments,
    /// Write a configuration for it to a new file, for `bankfeed --config FILE`
    #[arg(long, value_name = "FILE")]
    write_config: Option<PathBuf>,
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    if !source.sandbox_faults.is_empty() {
        return Err(Trouble::usage("--sandbox-fault is for the other commands", "write --fault in place of it"));
    }
    command::log(settings.quiet);
    // Heard from before the card on: whoever has read it may end this.
    let mut interrupt = Interrupt::listen();
    let started = wanted.serve.start();
    let (sandbox, card) = started.map_err(|error| {
        Trouble::usage(error.to_string(), "`bankfeed sandbox --help` shows what it takes; --port 0 is any free port")
    })?;
    if let Some(path) = &wanted.write_config {
        write(path, &toml_of(&sandbox, true))?;
    }
    // Whoever reads the card through a pipe waits for its last line.
    let mut out = std::io::stdout().lock();
    write!(out, "{card}\nA configuration for it:\n\n{}\n", toml_of(&sandbox, false))?;
    match &wanted.write_config {
        Some(path) => writeln!(out, "It is in {0}: `bankfeed --config {0} accounts`. Ctrl-C ends.", path.display())?,
        None => {
            writeln!(out, "--write-config FILE writes it to a file, with the key that signs requests. Ctrl-C ends.")?
        }
    }
    out.flush()?;
    drop(out);
    interrupt.or(std::future::pending::<()>()).await;
    if !settings.quiet {
        trouble::note("the sandbox has ended");
    }
    drop(sandbox);
    Ok(Exit::Done)
}

/// A configuration file with the sandbox as its only profile. Nothing in it is a secret: every sandbox has the same keys.
/// Keys take many lines, which a person who reads along can do without.
fn toml_of(sandbox: &Sandbox, keys: bool) -> String {
    let mut profile = embedded::profile(sandbox);
    let account = profile.khipu.as_ref().and_then(|khipu| khipu.accounts.first()).map(|account| account.number.clone());
    let mut text = "profile = \"sandbox\"\n".to_owned();
    let mut section = "";
    for (name, from) in profile.named() {
        let (provider, setting) = name.split_once('.').unwrap_or_default();
        let Some(value) = from.as_ref().and_then(|from| from.as_plain()) else { continue };
        if provider != section {
            section = provider;
            text.push_str(&format!("\n[profiles.sandbox.{provider}]\n"));
            if let Some(number) = account.as_ref().and_then(|from| from.as_plain()).filter(|_| provider == "khipu") {
                text.push_str(&format!("accounts = [{{ number = \"{number}\" }}]\n"));
            }
        }
        let long = value.contains('\n');
        if long && !keys {
            continue;
        }
        let quotes = if long { "'''" } else { "\"" };
        text.push_str(&format!("{setting} = {quotes}{value}{quotes}\n"));
    }
    text
}

/// Only to a new file: what stands elsewhere may be somebody's configuration.
fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    created.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        Trouble::usage(format!("{} cannot be written: {error}", path.display()), "name a file that is not there yet")
    })
}
