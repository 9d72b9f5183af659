//! What callbacks are verified with. Whatever is not proven is refused.

use std::error::Error as StdError;

use bankfeed::{Error, ErrorKind, Event, Khipu, Provider, Timestamp};
use http::HeaderMap;

use crate::arguments::{ProviderName, Source};
use crate::config::Profile;
use crate::providers;
use crate::trouble::Trouble;

/// A provider whose callbacks can be verified.
pub(super) struct Checker {
    pub(super) name: ProviderName,
    kind: Kind,
}

enum Kind {
    /// By headers and body.
    Signed(Box<dyn Provider>),
    /// By the address that it came to.
    Addressed(Box<Khipu>),
}

/// One whose callbacks cannot be verified, and the setting that is missing for it.
pub(super) struct Deaf {
    pub(super) name: ProviderName,
    pub(super) missing: &'static str,
}

impl Checker {
    /// The wanted ones of those that are set up, and those that lack something.
    pub(super) fn all(source: &Source, profile: &Profile) -> Result<(Vec<Self>, Vec<Deaf>), Trouble> {
        let (mut able, mut deaf) = (Vec::new(), Vec::new());
        for name in ProviderName::ALL.into_iter().filter(|name| name.is_wanted(source)) {
            match lacks(name, profile) {
                Some(Lack::Everything) => {}
                Some(Lack::Setting(missing)) => deaf.push(Deaf { name, missing }),
                None => able.extend(Self::of(name, profile)?),
            }
        }
        Ok((able, deaf))
    }

    /// One by its settings; `None` when it has none.
    pub(super) fn of(name: ProviderName, profile: &Profile) -> Result<Option<Self>, Trouble> {
        let kind = match (name, &profile.khipu) {
            (ProviderName::Khipu, Some(settings)) => Kind::Addressed(Box::new(providers::khipu(settings)?)),
            _ => match providers::provider(name, profile)? {
                Some(provider) => Kind::Signed(provider),
                None => return Ok(None),
            },
        };
        Ok(Some(Self { name, kind }))
    }

    /// What the callback tells. `target` is path and query of its address.
    pub(super) fn verify(
        &self,
        target: &str,
        headers: &HeaderMap,
        body: &[u8],
        received_at: Timestamp,
    ) -> Result<Event, Error> {
        match &self.kind {
            Kind::Addressed(khipu) => khipu.verify_at(target, headers, body, received_at),
            Kind::Signed(provider) => match provider.webhooks() {
                Some(webhooks) => webhooks.verify(headers, body, received_at),
                None => Err(Error::of(ErrorKind::Unsupported).from_provider(self.name.id())),
            },
        }
    }
}

/// Why a callback is not taken. What refuses one says so in words of its own, none of them the callback's.
pub(super) fn why_not(error: &Error) -> String {
    let told = error.to_string();
    // The deepest cause is the most exact one.
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(StdError::source) {
        cause = Some(deeper);
    }
    match (error.kind(), cause) {
        (ErrorKind::UnexpectedAnswer, _) => {
            let whose = error.provider().map(|provider| format!("{provider}: ")).unwrap_or_default();
            format!("{whose}it is the provider's, and cannot be read")
        }
        (ErrorKind::NotVerified, Some(why)) if !told.contains(&why.to_string()) => format!("{told}: {why}"),
        _ => told,
    }
}

/// What callbacks of a provider cannot be verified without.
pub(crate) enum Lack {
    /// It is not set up.
    Everything,
    /// This setting.
    Setting(&'static str),
}

pub(crate) fn lacks(name: ProviderName, profile: &Profile) -> Option<Lack> {
    let unless = |there: bool, setting| (!there).then_some(Lack::Setting(setting));
    match name {
        ProviderName::Saltedge => match &profile.saltedge {
            Some(settings) => unless(settings.callback_key.is_some(), "saltedge.callback_key")
                .or_else(|| unless(!settings.callbacks.is_empty(), "saltedge.callbacks")),
            None => Some(Lack::Everything),
        },
        ProviderName::Belvo => match &profile.belvo {
            Some(settings) => unless(settings.webhook_authorization.is_some(), "belvo.webhook_authorization"),
            None => Some(Lack::Everything),
        },
        ProviderName::Khipu => match &profile.khipu {
            Some(settings) => unless(settings.callback_token.is_some(), "khipu.callback_token"),
            None => Some(Lack::Everything),
        },
        ProviderName::Wealthreader => match &profile.wealthreader {
            Some(settings) => unless(settings.cards_secret.is_some(), "wealthreader.cards_secret"),
            None => Some(Lack::Everything),
        },
    }
}
