//! `bankfeed doctor`

mod access;
mod findings;
mod network;
mod place;
mod settings;

use std::io::Write as _;

use bankfeed::Provider;

use crate::arguments::{ProviderName, Source};
use crate::config::Profile;
use crate::output::Settings;
use crate::trouble::{Exit, Trouble};
use crate::{embedded, providers};
use findings::Findings;

/// A whole configuration with remarks.
const EXAMPLE: &str = include_str!("example.toml");

#[derive(clap::Args)]
#[command(after_long_help = format!(
    "Exit codes: 0 when nothing is wrong, 3 when a setting is, 6 when only the network is.\n\nA whole configuration:\n\n{EXAMPLE}"
))]
pub(crate) struct Arguments {
    /// Ask nobody: look at the configuration alone
    #[arg(long)]
    offline: bool,
    /// Print a whole configuration with remarks, and check nothing
    #[arg(long)]
    example: bool,
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    if wanted.example {
        write!(std::io::stdout().lock(), "{EXAMPLE}")?;
        return Ok(Exit::Done);
    }
    let mut findings = Findings::default();
    // Serves for as long as it is held.
    let sandbox = if source.sandbox { Some(embedded::start(source).await?) } else { None };
    let profile = match &sandbox {
        Some(sandbox) => {
            findings.ok("configuration", "the embedded sandbox");
            Some(embedded::profile_at(sandbox, "http://127.0.0.1")?)
        }
        None => place::configuration(source, &mut findings),
    };
    if let Some(mut profile) = profile {
        let mut able = Vec::new();
        for name in ProviderName::ALL {
            if !name.is_wanted(source) || !is_there(name, &profile) {
                continue;
            }
            if settings::check(name, &mut profile, &mut findings) {
                able.extend(build(name, &profile, &mut findings).map(|provider| (name, provider)));
            }
        }
        if wanted.offline {
            findings.skipped("network", "--offline");
        } else {
            online(&able, &profile, &mut findings).await;
        }
    }
    findings.print(settings)?;
    Ok(findings.exit())
}

fn is_there(name: ProviderName, profile: &Profile) -> bool {
    match name {
        ProviderName::Saltedge => profile.saltedge.is_some(),
        ProviderName::Belvo => profile.belvo.is_some(),
        ProviderName::Khipu => profile.khipu.is_some(),
        ProviderName::Wealthreader => profile.wealthreader.is_some(),
    }
}

/// What no setting shows by itself shows when they are put together.
fn build(name: ProviderName, profile: &Profile, findings: &mut Findings) -> Option<Box<dyn Provider>> {
    match providers::provider(name, profile) {
        Ok(provider) => {
            findings.ok(name.id().as_str(), "its settings fit together");
            settings::callbacks(name, profile, findings);
            provider
        }
        Err(trouble) => {
            let cure = match &trouble {
                Trouble::Provider(_) => "mend that setting; `bankfeed doctor --example` shows each".to_owned(),
                other => other.help(),
            };
            findings.wrong(name.id().as_str(), trouble.to_string(), cure);
            None
        }
    }
}

/// What only the network can tell.
async fn online(able: &[(ProviderName, Box<dyn Provider>)], profile: &Profile, findings: &mut Findings) {
    if able.is_empty() {
        findings.skipped("network", "there is nobody to ask");
        return;
    }
    network::proxy(findings);
    let (mut skews, mut reached) = (Vec::new(), Vec::new());
    for (name, provider) in able {
        if let Some(skew) = network::reach(*name, profile, findings).await {
            skews.extend(skew);
            reached.push((*name, provider));
        }
    }
    let signs = profile.saltedge.as_ref().is_some_and(|settings| settings.private_key.is_some());
    network::clock(&skews, signs, findings);
    for (name, provider) in reached {
        access::check(name, provider.as_ref(), findings).await;
    }
}
