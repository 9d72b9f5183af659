//! The redirect flow: a user is sent to the provider, and comes back with a code.

use std::sync::PoisonError;
use std::time::Duration;

use bankfeed_runtime as rt;
use wealthreader_client::{Configure as _, Json, OauthClient, OauthCode, OauthLogin, OauthReturn};

use super::WealthReader;
use super::answer::Answer;
use super::connection_id::ConnectionRef;
use super::failure::{read_failure, settings};
use super::held::Window;
use super::map;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::{Coded, Connection, ConnectionStatus};
use crate::normalize::Cx;
use crate::provider::{ProviderId, Reply, Session, SessionRequest};
use crate::{Date, Timestamp};

/// How many users may be away at a time; with more the first is forgotten.
const AWAY: usize = 10_000;
/// How long a user may be away.
const PATIENCE: Duration = Duration::from_secs(3600);

/// A user who was sent away.
pub(super) struct Pending {
    login: OauthLogin,
    since: Timestamp,
    /// Where the user was sent, if to one bank.
    bank: Option<String>,
    data_from: Option<Date>,
}

impl WealthReader {
    /// The address to send a user to. What proves the return is kept here.
    pub(super) fn begin_login(&self, request: &SessionRequest) -> Result<Session, Error> {
        let refuse =
            |why: &str| Error::of(ErrorKind::InvalidRequest).from_provider(ProviderId::WEALTHREADER).message(why);
        let back = request.return_to.as_deref().ok_or_else(|| refuse("a session needs the address to come back to"))?;
        let renewed = request.connection.as_ref().map(ConnectionRef::parse).transpose()?;
        let bank = match &renewed {
            Some(connection) => connection.institution(),
            None => None,
        };
        let bank = request.institution.clone().or(bank);
        let mut conf = serde_json::Map::new();
        let operation = rt::random_text(22).map_err(settings)?;
        conf.insert("operation_id".to_owned(), operation.expose().into());
        if let Some(bank) = &bank {
            conf.insert("entities_to_display".to_owned(), vec![bank.as_str()].into());
        }
        if let Some(connection) = &renewed {
            conf.insert("token".to_owned(), connection.token().expose().into());
        }
        if let Some(day) = request.data_from {
            conf.insert("date_from".to_owned(), day.date().to_string().into());
        }
        if !self.inner.settings.products.is_empty() {
            conf.insert("product_types".to_owned(), self.inner.settings.products.join(",").into());
        }
        let login = OauthLogin::begin(back).map_err(|error| refuse("the address to come back to").caused_by(error))?;
        let address = login.redirect_url(&Json::from_value(&conf.into())).map_err(settings)?;

        let now = self.now();
        let bank = bank.map(|bank| bank.as_str().to_owned());
        let mut logins = self.inner.logins.lock().unwrap_or_else(PoisonError::into_inner);
        logins.retain(|pending| !is_over(pending.since, now));
        if logins.len() >= AWAY {
            logins.pop_front();
        }
        logins.push_back(Pending { login, since: now, bank, data_from: request.data_from });
        Ok(Session::at(address))
    }

    /// Ends the session of a user who is back: `query` is what stands behind the question mark of the address.
    ///
    /// The user must have been sent away by this provider or a clone of it, an hour ago at most; each return counts
    /// once. The call is a read, and billed: what it brings is held, so that lists of the new connection cost nothing
    /// at first.
    ///
    /// # Errors
    /// Kind [`NotVerified`](ErrorKind::NotVerified) when the return belongs to no session; kind
    /// [`Configuration`](ErrorKind::Configuration) when no token came, because the domain does not store credentials;
    /// else as for any read.
    pub fn complete_session<'a>(&'a self, query: &'a str) -> Reply<'a, Connection> {
        Box::pin(async move {
            let (code, pending) = self.came_back(query)?;
            let host = OauthClient::builder().base_url(&self.inner.settings.redirect_url);
            let mut call = host.build().map_err(settings)?.exchange(&code);
            if let Some(timeout) = self.inner.settings.read_timeout {
                call = call.timeout(timeout);
            }
            let answer = Answer::read(call.send().await.map_err(read_failure)?.raw().clone())?;
            let connection = answer.statistics().and_then(|(statistics, source)| {
                let losses = Losses::default();
                map::institution::connection(statistics, &Cx::new(&source, &losses), pending.bank.as_deref())
            });
            let mut connection = connection.ok_or_else(|| {
                let error = Error::of(ErrorKind::Configuration).from_provider(ProviderId::WEALTHREADER);
                error.message("no token came: the domain does not store credentials")
            })?;
            connection.status = Some(Coded::implied(ConnectionStatus::Active));
            self.inner.held.put(&connection.id, Window { since: pending.data_from, until: None }, answer);
            Ok(connection)
        })
    }

    /// The session that a return belongs to; it is over with that.
    fn came_back(&self, query: &str) -> Result<(OauthCode, Pending), Error> {
        let stray = |error: Option<wealthreader_client::OauthReturnError>| {
            let refused = Error::of(ErrorKind::NotVerified).from_provider(ProviderId::WEALTHREADER);
            match error {
                Some(error) => refused.caused_by(error),
                None => refused.message("the return belongs to no session that was started here"),
            }
        };
        let returned = OauthReturn::from_query(query).map_err(|error| stray(Some(error)))?;
        let now = self.now();
        let mut logins = self.inner.logins.lock().unwrap_or_else(PoisonError::into_inner);
        logins.retain(|pending| !is_over(pending.since, now));
        let found = logins.iter().enumerate().find_map(|(index, pending)| {
            let code = pending.login.check(&returned).ok()?;
            Some((index, code))
        });
        let (index, code) = found.ok_or_else(|| stray(None))?;
        let pending = logins.remove(index).ok_or_else(|| stray(None))?;
        Ok((code, pending))
    }
}

fn is_over(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since).unsigned_abs() > PATIENCE
}
