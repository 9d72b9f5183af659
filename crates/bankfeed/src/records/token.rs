//! Where a list was left.

use std::fmt;
use std::str::FromStr;

use bankfeed_runtime as rt;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, ErrorKind};
use crate::provider::ProviderId;

const VERSION: u32 = 1;

/// Where a list was left: store it, and hand it to the same list with
/// [`Paging::resume`](crate::Paging::resume) to get the records that were not yielded yet, each once.
///
/// It is bound to the provider, the list and its filter, and refused by any other. It holds positions and counts, no
/// filter in clear and no credential. `Display` and `FromStr` give it as one line of text, serde as an object.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeToken {
    #[serde(rename = "v")]
    version: u32,
    provider: ProviderId,
    list: String,
    query: String,
    at: Value,
}

impl ResumeToken {
    pub(crate) fn new(scope: &Scope, at: Value) -> Self {
        Self {
            version: VERSION,
            provider: scope.provider.clone(),
            list: scope.list.to_owned(),
            query: scope.query.clone(),
            at,
        }
    }

    /// The position, if the token belongs to this list.
    pub(crate) fn position(&self, scope: &Scope) -> Result<&Value, Error> {
        let refuse = |why: &str| {
            let error = Error::of(ErrorKind::ResumeRefused).from_provider(scope.provider.clone());
            Err(error.message(why))
        };
        if self.version != VERSION {
            return refuse("it is of another version: start the list over");
        }
        if self.provider != scope.provider {
            return refuse("it is of another provider");
        }
        if self.list != scope.list {
            return refuse("it is of another list");
        }
        if self.query != scope.query {
            return refuse("it is of the same list with another filter");
        }
        if !self.is_finished() && self.at.get("page").is_none() {
            return Err(no_position(&scope.provider));
        }
        Ok(&self.at)
    }

    /// Whether the list was read to its end.
    pub fn is_finished(&self) -> bool {
        self.at.get("end") == Some(&Value::Bool(true))
    }
}

impl fmt::Display for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

impl FromStr for ResumeToken {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Error::of(ErrorKind::ResumeRefused).message(format!("the text is no resume token ({place})"))
        })
    }
}

impl fmt::Debug for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumeToken")
            .field("provider", &self.provider)
            .field("list", &self.list)
            .field("finished", &self.is_finished())
            .finish_non_exhaustive()
    }
}

/// The error for a token whose position is none of its list: beginning anew in its place would yield records twice.
pub(crate) fn no_position(provider: &ProviderId) -> Error {
    Error::of(ErrorKind::ResumeRefused).from_provider(provider.clone()).message("it has no position of this list")
}

/// The list that a token belongs to: provider, name, and a hash of the filter.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub(crate) provider: ProviderId,
    pub(crate) list: &'static str,
    query: String,
}

impl Scope {
    /// A list with this filter; the filter's parts are hashed.
    pub(crate) fn new(provider: ProviderId, list: &'static str, filter: &[Option<&str>]) -> Self {
        let mut text = String::new();
        for part in filter {
            match part {
                Some(part) => text.push_str(&format!("{}:{part},", part.len())),
                None => text.push('-'),
            }
        }
        Self { provider, list, query: rt::hex(&rt::sha256(text.as_bytes())[..16]) }
    }
}
