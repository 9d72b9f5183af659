//! Where settings come from: flags before the environment before the file.

mod file;
mod place;
mod secret;

use std::path::{Path, PathBuf};

use crate::arguments::Source;
use crate::trouble::Trouble;

pub(crate) use file::{Belvo, Khipu, KhipuAccount, Profile, SaltEdge, WealthReader};
pub(crate) use secret::{SecretFrom, value, variable};

/// The profile that is used when none is named.
const DEFAULT: &str = "default";

/// The settings of one profile, and where they come from.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) profile: Profile,
    /// The name of the profile.
    pub(crate) name: String,
    /// The file, if there is one.
    pub(crate) file: Option<PathBuf>,
    /// Where the file is looked for.
    pub(crate) place: PathBuf,
    /// The settings whose values stand in the file itself.
    pub(crate) plain: Vec<&'static str>,
}

/// Reads the settings that the arguments name.
pub(crate) fn load(source: &Source) -> Result<Settings, Trouble> {
    // What is set to nothing in the environment is not set.
    let named = source.config.as_ref().filter(|file| !file.as_os_str().is_empty());
    let wanted = source.profile.as_ref().filter(|name| !name.is_empty());
    let place = match named {
        Some(file) => file.clone(),
        None => place::usual()?,
    };
    let text = read(&place, named.is_some())?;
    let mut file = match &text {
        Some(text) => file::parse(text, &place)?,
        None => file::File::default(),
    };
    let name = wanted.cloned().or(file.profile.take()).unwrap_or_else(|| DEFAULT.to_owned());
    let mut profile = match file.profiles.remove(&name) {
        Some(profile) => profile,
        None if wanted.is_none() && file.profiles.is_empty() => Profile::default(),
        None => return Err(unknown_profile(&name, &file, &place)),
    };
    let mut plain: Vec<&str> =
        profile.present().into_iter().filter(|(_, from)| from.is_plain()).map(|(name, _)| name).collect();
    plain.dedup();
    profile.override_from_environment(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    Ok(Settings { profile, name, file: text.map(|_| place.clone()), place, plain })
}

fn read(place: &Path, named: bool) -> Result<Option<String>, Trouble> {
    match std::fs::read_to_string(place) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named => Ok(None),
        Err(error) => Err(Trouble::configuration(
            format!("the configuration {} cannot be read: {error}", place.display()),
            "check the path, or leave --config and BANKFEED_CONFIG out",
        )),
    }
}

fn unknown_profile(name: &str, file: &file::File, place: &Path) -> Trouble {
    let known: Vec<&str> = file.profiles.keys().map(String::as_str).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Trouble::configuration(
        format!("there is no profile `{name}`"),
        format!("the profiles in {} are: {known}", place.display()),
    )
}
