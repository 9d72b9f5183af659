//! Values that are kept elsewhere: in the environment, in a file, behind a command.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bankfeed::Secret;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::trouble::Trouble;

/// Where a value is kept.
#[derive(Clone)]
pub(crate) enum SecretFrom {
    /// As it stands.
    Plain(String),
    /// Elsewhere.
    Elsewhere(Elsewhere),
}

/// A place outside the file. One of the three.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Elsewhere {
    /// A variable of the environment.
    env: Option<String>,
    /// A file; what stands in it without the last line break.
    file: Option<PathBuf>,
    /// A command, run by the shell; what it prints without the last line break.
    command: Option<String>,
}

/// Either form. Written out, since what is derived for two forms in one can only say that none of them fits.
impl<'de> Deserialize<'de> for SecretFrom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = SecretFrom;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a text in quotation marks, { env = \"NAME\" }, { file = \"PATH\" } or { command = \"LINE\" }",
                )
            }

            fn visit_str<E>(self, text: &str) -> Result<SecretFrom, E> {
                Ok(SecretFrom::Plain(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SecretFrom, A::Error> {
                Elsewhere::deserialize(MapAccessDeserializer::new(map)).map(SecretFrom::Elsewhere)
            }
        }

        deserializer.deserialize_any(Forms)
    }
}

impl fmt::Debug for SecretFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("[redacted]"),
            Self::Elsewhere(elsewhere) => elsewhere.fmt(f),
        }
    }
}

impl SecretFrom {
    /// Whether the value itself stands in the file.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    /// The value, if it stands in the file itself.
    pub(crate) fn as_plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::Elsewhere(_) => None,
        }
    }

    /// The file that it is kept in, if it is one.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Elsewhere(Elsewhere { file: Some(path), .. }) => Some(at_home(path)),
            _ => None,
        }
    }

    /// The variable that it is kept in, if it is one.
    pub(crate) fn env(&self) -> Option<&str> {
        match self {
            Self::Elsewhere(elsewhere) => elsewhere.env.as_deref(),
            Self::Plain(_) => None,
        }
    }

    /// The value; `name` is what errors call it.
    pub(crate) fn read(&self, name: &str) -> Result<Secret, Trouble> {
        let text = match self {
            Self::Plain(text) => text.clone(),
            Self::Elsewhere(Elsewhere { env: Some(variable), file: None, command: None }) => from_env(name, variable)?,
            Self::Elsewhere(Elsewhere { env: None, file: Some(path), command: None }) => from_file(name, path)?,
            Self::Elsewhere(Elsewhere { env: None, file: None, command: Some(line) }) => from_command(name, line)?,
            Self::Elsewhere(_) => {
                return Err(Trouble::configuration(
                    format!("`{name}` does not say where it is kept"),
                    "write one of { env = \"NAME\" }, { file = \"PATH\" }, { command = \"LINE\" }",
                ));
            }
        };
        if text.trim().is_empty() {
            return Err(Trouble::configuration(format!("`{name}` is empty"), "see what it is kept in"));
        }
        Ok(Secret::from(text))
    }
}

/// A value, or an error that says how to set it.
pub(crate) fn value(from: Option<&SecretFrom>, name: &str) -> Result<Secret, Trouble> {
    match from {
        Some(from) => from.read(name),
        None => Err(Trouble::configuration(
            format!("`{name}` is missing"),
            format!("set {} in the environment, or {name} in the configuration", variable(name)),
        )),
    }
}

/// The variable that overrides a setting: `saltedge.app_id` is `BANKFEED_SALTEDGE_APP_ID`.
pub(crate) fn variable(name: &str) -> String {
    format!("BANKFEED_{}", name.replace('.', "_").to_uppercase())
}

fn from_env(name: &str, variable: &str) -> Result<String, Trouble> {
    std::env::var(variable).map_err(|_| {
        Trouble::configuration(
            format!("`{name}` is kept in ${variable}, which is not set"),
            format!("export {variable}, or say in the configuration where else it is kept"),
        )
    })
}

fn from_file(name: &str, path: &Path) -> Result<String, Trouble> {
    let path = at_home(path);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Trouble::configuration(
            format!("`{name}` is kept in {}, which cannot be read: {error}", path.display()),
            "check the path and its permissions",
        )
    })?;
    Ok(without_break(text))
}

fn from_command(name: &str, line: &str) -> Result<String, Trouble> {
    let failed = |why: &str| {
        Trouble::configuration(
            format!("`{name}` is kept behind a command, which {why}"),
            "run the command of the configuration by hand and see what it says",
        )
    };
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    // What it asks the person is shown; what it prints is the value.
    let output = Command::new(shell)
        .args([flag, line])
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(&format!("cannot be started: {error}")))?;
    if !output.status.success() {
        return Err(failed(&format!("failed ({})", output.status)));
    }
    let text = String::from_utf8(output.stdout).map_err(|_| failed("printed what is no text"))?;
    Ok(without_break(text))
}

/// `~/` is the home folder, as in a shell.
fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path.to_path_buf(),
    }
}

fn without_break(text: String) -> String {
    text.trim_end_matches(['\n', '\r']).to_owned()
}
