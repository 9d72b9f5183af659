//! Where the configuration lies when nobody says: `$XDG_CONFIG_HOME/bankfeed/config.toml`, or what takes its place.

use std::path::PathBuf;

use etcetera::{BaseStrategy as _, choose_base_strategy};

use crate::trouble::Trouble;

pub(super) fn usual() -> Result<PathBuf, Trouble> {
    let strategy = choose_base_strategy().map_err(|_| {
        Trouble::configuration("there is no home folder to look for the configuration in", "name a file with --config")
    })?;
    Ok(strategy.config_dir().join("bankfeed").join("config.toml"))
}
