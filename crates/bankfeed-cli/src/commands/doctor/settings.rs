//! Settings one by one: whether they are there, and look like what they are.

use bankfeed::SaltEdge;
use bankfeed_runtime::{RsaSigner, RsaVerifier, Transport};

use super::findings::Findings;
use crate::arguments::ProviderName;
use crate::commands::webhook::{Lack, lacks};
use crate::config::{KhipuAccount, Profile, SecretFrom, value, variable};

/// A setting that cannot be used, and the way out.
type Wrong = (String, String);

/// Settings without which nothing goes.
const NEEDED: [&str; 5] =
    ["saltedge.app_id", "saltedge.secret", "belvo.secret_id", "belvo.secret_password", "wealthreader.api_key"];

/// Checks all settings of a provider; whether nothing is wrong. What was read is kept, so that no command runs twice.
pub(super) fn check(name: ProviderName, profile: &mut Profile, findings: &mut Findings) -> bool {
    let mut wrongs: Vec<(&str, Wrong)> = Vec::new();
    let mut wrong = |setting, wrong| wrongs.push((setting, wrong));
    let section = format!("{}.", name.id());
    for (setting, from) in profile.named().into_iter().filter(|(setting, _)| setting.starts_with(&section)) {
        if from.is_none() && !NEEDED.contains(&setting) {
            continue;
        }
        match value(from.as_ref(), setting) {
            Ok(secret) => {
                if let Some(problem) = problem_of(setting, secret.expose()) {
                    wrong(setting, problem);
                }
                *from = Some(SecretFrom::Plain(secret.expose().to_owned()));
            }
            Err(trouble) => wrong(setting, (trouble.to_string(), trouble.help())),
        }
    }
    if let (ProviderName::Khipu, Some(khipu)) = (name, &mut profile.khipu) {
        for (setting, from) in khipu.accounts.iter_mut().flat_map(KhipuAccount::named) {
            match from.read(setting) {
                Ok(secret) => *from = SecretFrom::Plain(secret.expose().to_owned()),
                Err(trouble) => wrong(setting, (trouble.to_string(), trouble.help())),
            }
        }
        if khipu.accounts.is_empty() {
            findings.warning(
                "khipu.accounts",
                "there is none, so that nothing can be read",
                "add accounts = [{ number = \"…\" }]",
            );
        }
    }
    if let (ProviderName::Saltedge, Some(saltedge)) = (name, &profile.saltedge) {
        match (saltedge.callback_key.is_some(), saltedge.callbacks.is_empty()) {
            (true, true) => wrong(
                "saltedge.callbacks",
                (
                    "there is a key for callbacks and no address that they come to".to_owned(),
                    "add callbacks = { success = \"https://…\" } as registered in the dashboard, or leave callback_key out".to_owned(),
                ),
            ),
            (false, false) => wrong(
                "saltedge.callback_key",
                (
                    "there are addresses of callbacks and no key to verify them with".to_owned(),
                    "take the key that Salt Edge publishes for it".to_owned(),
                ),
            ),
            _ => {}
        }
        if saltedge.private_key.is_none() {
            findings.warning(
                "saltedge.private_key",
                "there is none: requests are not signed, as live clients have to",
                "make a pair of keys, give the public half to the dashboard, and set private_key = { file = \"…\" }",
            );
        }
    }
    let well = wrongs.is_empty();
    for (setting, (says, cure)) in wrongs {
        findings.wrong(setting, says, cure);
    }
    well
}

/// What is wrong with a value, without the value.
fn problem_of(setting: &str, value: &str) -> Option<Wrong> {
    let elsewhere = "write { env = \"NAME\" }, { file = \"PATH\" } or { command = \"LINE\" }";
    if value.starts_with("${") || value.starts_with("$(") || (value.starts_with('<') && value.ends_with('>')) {
        return wrong("is a placeholder: nothing in the file is filled in", elsewhere);
    }
    if value.len() > 1 && ['"', '\''].iter().any(|quote| value.starts_with(*quote) && value.ends_with(*quote)) {
        return wrong("has quotation marks of its own around it", "take one pair of them out");
    }
    match setting {
        "saltedge.private_key" => key(value, RsaSigner::from_pem(value).err().map(|error| error.to_string())),
        "saltedge.callback_key" if value.contains("PRIVATE KEY") => wrong(
            "is a private key, which belongs to nobody else",
            "callbacks are verified with the public key that Salt Edge publishes",
        ),
        "saltedge.callback_key" => key(value, RsaVerifier::from_pem(value).err().map(|error| error.to_string())),
        "belvo.environment" if !["sandbox", "production"].contains(&value) => {
            wrong("is neither of the two that there are", "write \"sandbox\" or \"production\"")
        }
        "belvo.webhook_authorization" => ends(value),
        _ if setting.ends_with("_url") => address(value),
        "khipu.callback_token" if value.len() < 22 => wrong(
            "is too short: it could be guessed",
            "take 22 letters and digits at least, such as of `openssl rand -hex 24`",
        ),
        _ => ends(value).or_else(|| {
            let broken = value.contains(['\n', '\r']);
            let blank = value.contains(char::is_whitespace);
            let what = if broken { "has a line break in it" } else { "has white space in it" };
            if blank { wrong(what, "copy it anew, on one line") } else { None }
        }),
    }
}

/// White space at the ends, which comes along when something is copied.
fn ends(value: &str) -> Option<Wrong> {
    if value.trim() == value {
        None
    } else {
        wrong("has white space at its ends", "take it out: the value counts as it stands")
    }
}

/// What is wrong with a key, and how it usually comes about.
fn key(value: &str, error: Option<String>) -> Option<Wrong> {
    let error = error?;
    let cure = if value.contains("\\n") {
        "its line breaks are written as \\n: keep it in a file, { file = \"PATH\" }"
    } else if !value.contains('\n') && value.ends_with(".pem") {
        "that is the name of a file: write { file = \"PATH\" }"
    } else if !value.contains("-----BEGIN") {
        "take the whole text of the .pem, its first and last line too: { file = \"PATH\" }"
    } else if error.contains("public") {
        "take the private half; the public one belongs into the dashboard"
    } else {
        "take an RSA key of 2048 to 4096 bits in PEM: { file = \"PATH\" }"
    };
    Some((error, cure.to_owned()))
}

/// The transport itself says what is wrong with an address.
fn address(value: &str) -> Option<Wrong> {
    let error = Transport::builder(value).build().err()?;
    wrong(&error.to_string(), "write https://…, or leave it out: the provider's own is then taken")
}

fn wrong(says: &str, cure: &str) -> Option<Wrong> {
    Some((says.to_owned(), cure.to_owned()))
}

/// Whether callbacks can be verified.
pub(super) fn callbacks(name: ProviderName, profile: &Profile, findings: &mut Findings) {
    let check = format!("{} callbacks", name.id());
    match lacks(name, profile) {
        None => findings.ok(&check, "can be verified"),
        Some(Lack::Setting(missing)) => {
            findings.skipped(&check, format!("none are taken without {missing} (${})", variable(missing)));
        }
        Some(Lack::Everything) => {}
    }
    let Some(saltedge) = profile.saltedge.as_ref().filter(|_| name == ProviderName::Saltedge) else { return };
    let (Some(SecretFrom::Plain(key)), None) = (&saltedge.callback_key, &saltedge.base_url) else { return };
    let published = RsaVerifier::from_pem(key)
        .is_ok_and(|key| key.fingerprint().is_none_or(|print| print == SaltEdge::PUBLISHED_CALLBACK_KEY_SHA256));
    if !published {
        findings.warning(
            "saltedge.callback_key",
            "is another key than the one that Salt Edge publishes",
            "compare it with spectre_public.pem of Salt Edge's example repository",
        );
    }
}
