//! Where settings come from: the file, the environment, and who else can read them.

use std::collections::BTreeSet;
use std::path::Path;

use super::findings::Findings;
use crate::arguments::Source;
use crate::config::{self, Belvo, Khipu, Profile, SaltEdge, WealthReader, variable};

/// Settings that may be read by anybody.
const PUBLIC: [&str; 9] = [
    "saltedge.callback_key",
    "saltedge.base_url",
    "belvo.environment",
    "belvo.base_url",
    "khipu.callback_address",
    "khipu.base_url",
    "khipu.accounts.number",
    "wealthreader.base_url",
    "wealthreader.redirect_url",
];

/// The configured profile, as far as it can be read.
pub(super) fn configuration(source: &Source, findings: &mut Findings) -> Option<Profile> {
    let mut settings = match config::load(source) {
        Ok(settings) => settings,
        Err(trouble) => {
            findings.wrong("configuration", trouble.to_string(), trouble.help());
            return None;
        }
    };
    match &settings.file {
        Some(file) => {
            findings.ok("configuration", format!("{}, profile `{}`", file.display(), settings.name));
            file_itself(file, &settings.plain, findings);
        }
        None => {
            findings.ok("configuration", format!("the environment alone: there is no {}", settings.place.display()))
        }
    }
    kept_in_files(&mut settings.profile, findings);
    environment(&mut settings.profile, findings);
    if settings.profile.named().is_empty() {
        findings.wrong("configuration", "no provider is set up", way_in(&settings.place));
    }
    Some(settings.profile)
}

/// How to begin.
fn way_in(place: &Path) -> String {
    let folder = place.parent().filter(|folder| !folder.is_dir());
    let folder = folder.map(|folder| format!("mkdir -p {} && ", folder.display())).unwrap_or_default();
    format!("`{folder}bankfeed doctor --example > {}` and fill it in, or try `--sandbox`", place.display())
}

fn file_itself(file: &Path, plain: &[&'static str], findings: &mut Findings) {
    let secret: Vec<&str> = plain.iter().copied().filter(|name| !PUBLIC.contains(name)).collect();
    if secret.is_empty() {
        return;
    }
    let names = secret.join(", ");
    if others_read(file) {
        findings.warning(
            "permissions",
            format!("others can read the file, and secrets stand in it: {names}"),
            format!("chmod 600 {}", file.display()),
        );
    } else {
        findings.warning(
            "secrets",
            format!("they stand in the file as they are: {names}"),
            "better kept elsewhere: { env = \"NAME\" }, { file = \"PATH\" } or { command = \"LINE\" }",
        );
    }
}

/// Files of their own in which settings are kept.
fn kept_in_files(profile: &mut Profile, findings: &mut Findings) {
    for (name, from) in profile.present() {
        if let Some(path) = from.path().filter(|path| !PUBLIC.contains(&name) && others_read(path)) {
            findings.warning(
                "permissions",
                format!("others can read {}, in which {name} is kept", path.display()),
                format!("chmod 600 {}", path.display()),
            );
        }
    }
}

#[cfg(unix)]
fn others_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o044 != 0)
}

/// Elsewhere permissions are not told by a few bits.
#[cfg(not(unix))]
fn others_read(_: &Path) -> bool {
    false
}

/// Variables that look like settings and are none, and those that say nothing.
fn environment(profile: &mut Profile, findings: &mut Findings) {
    let mut known: BTreeSet<String> =
        ["BANKFEED_PROFILE", "BANKFEED_CONFIG", "BANKFEED_CALLBACK_URL"].map(str::to_owned).into();
    known.extend(all_names().into_iter().map(variable));
    let own: BTreeSet<String> =
        profile.present().into_iter().filter_map(|(_, from)| from.env().map(str::to_owned)).collect();
    for (name, value) in std::env::vars_os() {
        let Some(name) = name.to_str().filter(|name| name.starts_with("BANKFEED_") && !own.contains(*name)) else {
            continue;
        };
        if !known.contains(name) {
            let near = nearest(name, &known).map(|near| format!("did you mean {near}?"));
            findings.warning("environment", format!("{name} is no setting"), near.unwrap_or("take it out".to_owned()));
        } else if value.is_empty() {
            findings.warning("environment", format!("{name} is empty and does not count"), "set it, or unset it");
        }
    }
}

/// The names of all settings.
fn all_names() -> Vec<&'static str> {
    let mut whole = Profile {
        saltedge: Some(SaltEdge::default()),
        belvo: Some(Belvo::default()),
        khipu: Some(Khipu::default()),
        wealthreader: Some(WealthReader::default()),
    };
    whole.named().into_iter().map(|(name, _)| name).collect()
}

/// The known name that differs only in how its words are put together.
fn nearest<'a>(name: &str, known: &'a BTreeSet<String>) -> Option<&'a String> {
    let plain = |name: &str| name.replace('_', "");
    known.iter().find(|other| plain(other) == plain(name))
}
