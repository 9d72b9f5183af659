//! Where a walk was left, as a text that goes through a shell unquoted.

use std::fmt;
use std::str::FromStr;

use bankfeed::ResumeToken;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::trouble::Trouble;

/// Where a walk was left.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Mark {
    #[serde(rename = "v")]
    version: u32,
    /// What was listed.
    of: String,
    /// The providers walked through, in order.
    providers: Vec<String>,
    /// The one at which it was left.
    pub(super) at: String,
    /// Before the connection at which it was left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) connections: Option<ResumeToken>,
    /// In that connection's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) records: Option<ResumeToken>,
}

const VERSION: u32 = 1;

/// What to do about a token that does not fit.
pub(super) const HELP: &str = "give the same command, providers and filters as before, or begin anew without the token";

impl Mark {
    /// At the beginning of a provider.
    pub(super) fn before(of: &str, providers: &[String], at: &str) -> Self {
        let (of, at) = (of.to_owned(), at.to_owned());
        Self { version: VERSION, of, providers: providers.to_vec(), at, connections: None, records: None }
    }

    /// How many providers come before it, if it is of this walk.
    pub(super) fn skipped(&self, of: &str, providers: &[String]) -> Result<usize, Trouble> {
        if self.of != of {
            return Err(Trouble::usage(format!("the resume token is of `bankfeed {}`", self.of), HELP));
        }
        if self.providers != providers {
            let were = self.providers.join(", ");
            return Err(Trouble::usage(format!("the resume token is of other providers: {were}"), HELP));
        }
        let at = providers.iter().position(|name| *name == self.at);
        at.ok_or_else(|| Trouble::usage("the resume token names no provider of its own", HELP))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(serde_json::to_string(self).map_err(|_| fmt::Error)?))
    }
}

impl FromStr for Mark {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let none = || "it is no resume token, or not all of one".to_owned();
        let json = URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_| none())?;
        let mark: Self = serde_json::from_slice(&json).map_err(|_| none())?;
        if mark.version == VERSION { Ok(mark) } else { Err("it was printed by another version".to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_through_a_shell_unquoted_and_comes_back() {
        let providers = ["saltedge".to_owned(), "belvo".to_owned()];
        let text = Mark::before("transactions", &providers, "belvo").to_string();
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'), "{text}");
        let mark: Mark = text.parse().unwrap();
        assert_eq!(mark.skipped("transactions", &providers).unwrap(), 1);
        assert_eq!(mark.to_string(), text);
    }

    #[test]
    fn what_is_cut_or_of_something_else_is_refused() {
        let providers = ["saltedge".to_owned()];
        let mark = Mark::before("transactions", &providers, "saltedge");
        let text = mark.to_string();
        assert!(text[..text.len() - 3].parse::<Mark>().is_err());
        assert!("nonsense!".parse::<Mark>().is_err());
        assert!(Mark { version: 9, ..mark.clone() }.to_string().parse::<Mark>().is_err());
        assert!(mark.skipped("holdings", &providers).is_err());
        assert!(mark.skipped("transactions", &["belvo".to_owned()]).is_err());
        assert!(Mark { at: "belvo".to_owned(), ..mark }.skipped("transactions", &providers).is_err());
    }
}
