//! Callbacks, which nothing but their address proves.

use std::collections::BTreeMap;
use std::fmt;

use bankfeed_runtime as rt;
use http::HeaderMap;
use khipu_client::{CallbackError, CallbackReader, CallbackToken, types};
use rt::{Bytes, WebhookError};

use super::link::Link;
use super::map;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::{ConnectionId, Event};
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::source::Source;
use crate::{Secret, Timestamp};

/// What callbacks are known by: an address of its own for each connection.
///
/// The last part of a connection's address is an HMAC of its number under the one secret that is configured. It cannot
/// be guessed, tells which connection a callback is about, and is the same in every process with the same secret.
pub(super) struct Callbacks {
    base: Option<String>,
    signing_secret: Option<Secret>,
    /// Connections with their tokens, by the SHA-256 of the token: looking one up tells nothing of how near it was.
    tokens: BTreeMap<[u8; 32], (ConnectionId, CallbackToken)>,
}

impl Callbacks {
    pub(super) fn new<'a>(
        secret: &Secret,
        base: Option<String>,
        signing_secret: Option<Secret>,
        links: impl Iterator<Item = &'a Link>,
    ) -> Result<Self, rt::ConfigError> {
        // What holds for a token holds for what tokens are made from.
        let secret = CallbackToken::restore(secret)?;
        let mut tokens = BTreeMap::new();
        for link in links {
            let text = format!("khipu callback of {}", link.number());
            let token = rt::hex(&rt::hmac_sha256(secret.expose().as_bytes(), text.as_bytes()));
            tokens.insert(rt::sha256(token.as_bytes()), (link.id.clone(), CallbackToken::restore(token)?));
        }
        let callbacks = Self { base, signing_secret, tokens };
        for (_, token) in callbacks.tokens.values() {
            callbacks.reader(token.clone(), Timestamp::UNIX_EPOCH)?;
            callbacks.base.as_deref().map(|base| address(base, token)).transpose()?;
        }
        Ok(callbacks)
    }

    /// Where the callbacks of a connection go; `None` when no address is configured.
    pub(super) fn address(&self, connection: &ConnectionId) -> Option<Result<Secret, rt::ConfigError>> {
        let base = self.base.as_deref()?;
        let (_, token) = self.tokens.values().find(|(id, _)| id == connection)?;
        Some(address(base, token))
    }

    /// Checks a callback that came to `target`, and reads it.
    pub(super) fn read(
        &self,
        target: &str,
        headers: &HeaderMap,
        body: &[u8],
        received_at: Timestamp,
    ) -> Result<Event, Error> {
        let found = parts(target).find_map(|part| Some((part, self.tokens.get(&rt::sha256(part.as_bytes()))?)));
        let (part, (connection, token)) = found.ok_or_else(|| refused(WebhookError::WrongAddress.into()))?;
        let reader = self.reader(token.clone(), received_at).map_err(configuration)?;
        // Which operations were asked for, no process can know of the others: the address is proof enough, and the key of
        // the event keeps repetitions apart.
        let _received = reader.read(part, headers, body).map_err(refused)?;
        let body = Bytes::copy_from_slice(body);
        let envelope: types::Envelope = rt::de::from_slice(&body).map_err(|error| refused(error.into()))?;
        let source = Source::whole(ProviderId::KHIPU, "Envelope", body);
        map::event(envelope, connection.clone(), &Cx::new(&source, &Losses::default()))
            .map_err(|error| Error::of(ErrorKind::UnexpectedAnswer).from_provider(ProviderId::KHIPU).caused_by(error))
    }

    fn reader(&self, token: CallbackToken, now: Timestamp) -> Result<CallbackReader, rt::ConfigError> {
        let reader = CallbackReader::new(token).clock(rt::ManualClock::new(now));
        match &self.signing_secret {
            Some(secret) => reader.signing_secret(secret),
            None => Ok(reader),
        }
    }
}

/// The parts of a request's target in which a token can stand: the path's, and the values in the query.
fn parts(target: &str) -> impl Iterator<Item = &str> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let values = query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value);
    path.split('/').chain(values).filter(|part| !part.is_empty())
}

/// The address that ends in a token: `https`, or `http` to this machine, as tests have it.
fn address(base: &str, token: &CallbackToken) -> Result<Secret, rt::ConfigError> {
    match base.strip_prefix("http://").filter(|rest| is_this_machine(rest)) {
        Some(rest) => {
            let address = token.in_path(&format!("https://{rest}"))?;
            let rest = address.expose().strip_prefix("https://").unwrap_or_default();
            Ok(Secret::from(format!("http://{rest}")))
        }
        None => token.in_path(base),
    }
}

fn is_this_machine(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The error for a callback that is not taken.
fn refused(error: CallbackError) -> Error {
    let kind = match error {
        CallbackError::Unreadable(_) => ErrorKind::UnexpectedAnswer,
        _ => ErrorKind::NotVerified,
    };
    Error::of(kind).from_provider(ProviderId::KHIPU).caused_by(error)
}

/// The error for settings that are wrong.
pub(super) fn configuration(error: rt::ConfigError) -> Error {
    let text = error.to_string();
    Error::of(ErrorKind::Configuration).from_provider(ProviderId::KHIPU).message(text).caused_by(error)
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks")
            .field("address", &self.base.is_some())
            .field("checks_signature", &self.signing_secret.is_some())
            .finish_non_exhaustive()
    }
}
