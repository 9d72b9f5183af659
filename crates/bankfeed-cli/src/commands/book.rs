//! Accounts with what people know them by: the names of accounts and institutions, which other records do not carry.

use std::collections::BTreeMap;

use bankfeed::{Account, AccountId, Connection, ConnectionId, ProviderId};

use super::{is_named, word};
use crate::output::{Settings, handle};
use crate::providers::{Feed, Feeds};
use crate::trouble::Trouble;
use crate::walk::{Sink, Walk, Walked};

/// An account and where it is.
pub(crate) struct Entry {
    pub(crate) provider: ProviderId,
    pub(crate) connection: ConnectionId,
    /// The name of the institution, or else its id.
    pub(crate) institution: String,
    pub(crate) account: Account,
}

/// All accounts.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) entries: Vec<Entry>,
    places: BTreeMap<(ProviderId, String), usize>,
}

impl Sink<Account> for Book {
    fn put(&mut self, feed: &Feed, connection: &Connection, account: &Account) -> Result<(), Trouble> {
        let name = connection.institution_name.clone();
        let institution = name.or(connection.institution.as_ref().map(|id| id.as_str().to_owned()));
        self.places.insert((feed.id.clone(), account.id.as_str().to_owned()), self.entries.len());
        self.entries.push(Entry {
            provider: feed.id.clone(),
            connection: connection.id.clone(),
            institution: institution.unwrap_or_default(),
            account: account.clone(),
        });
        Ok(())
    }
}

impl Book {
    /// Reads it. The walk that comes after it leaves out what failed here.
    pub(crate) async fn read(feeds: &Feeds, only: Option<&str>, settings: Settings) -> Result<(Self, Walked), Trouble> {
        let mut book = Self::default();
        let walk = Walk { of: "accounts", feeds: &feeds.feeds, only, resume: None, settings, before: None };
        let accounts = |feed: &Feed, connection: &Connection, paging| {
            Some(feed.provider.accounts()?.list_accounts(&connection.id, paging))
        };
        let walked = walk.run(accounts, &mut book).await?;
        let mut institutions = Institutions::default();
        for entry in &mut book.entries {
            let feed = feeds.feeds.iter().find(|feed| feed.id == entry.provider);
            if let Some(feed) = feed {
                entry.institution = institutions.name(feed, &entry.institution).await;
            }
        }
        Ok((book, walked))
    }

    /// What is known of an account.
    pub(crate) fn of(&self, provider: &ProviderId, account: &AccountId) -> Option<&Entry> {
        self.entries.get(*self.places.get(&(provider.clone(), account.as_str().to_owned()))?)
    }

    /// What an account is called: its name, or else its fingerprint.
    pub(crate) fn name(&self, provider: &ProviderId, account: &AccountId) -> String {
        self.of(provider, account).map_or_else(|| handle(account), |entry| entry.name())
    }

    /// The account that a text names, by id, fingerprint, or name.
    pub(crate) fn find(&self, wanted: &str) -> Result<&Entry, Trouble> {
        let named = |entry: &&Entry| {
            let called = entry.account.name.as_ref().is_some_and(|name| name.0.eq_ignore_ascii_case(wanted));
            called || is_named(entry.account.id.as_str(), &handle(&entry.account.id), wanted)
        };
        let found: Vec<&Entry> = self.entries.iter().filter(named).collect();
        match found.as_slice() {
            [] => Err(Trouble::usage(format!("there is no account {wanted}"), "`bankfeed accounts` lists them")),
            [entry] => Ok(entry),
            several => {
                let handles: Vec<String> = several.iter().map(|entry| handle(&entry.account.id)).collect();
                Err(Trouble::usage(
                    format!("{} accounts are called {wanted}", several.len()),
                    format!("name one by its fingerprint: {}", handles.join(", ")),
                ))
            }
        }
    }
}

impl Entry {
    /// Its name, or else what kind it is.
    pub(crate) fn name(&self) -> String {
        let given = self.account.name.as_ref().or(self.account.nickname.as_ref());
        let kind = &self.account.kind;
        given.map_or_else(|| word(kind.value.as_ref(), kind.word.as_deref()), |name| name.0.clone())
    }

    /// Whether it is an account of this connection.
    pub(crate) fn is_of(&self, feed: &Feed, connection: &Connection) -> bool {
        self.provider == feed.id && self.connection == connection.id
    }
}

/// Names of institutions where connections tell no more than an id. Each is asked for once.
#[derive(Default)]
pub(crate) struct Institutions(BTreeMap<(ProviderId, String), String>);

impl Institutions {
    /// The name, or what was known before where there is none.
    pub(crate) async fn name(&mut self, feed: &Feed, known: &str) -> String {
        // An id is one word; what has spaces is a name already.
        if known.is_empty() || known.contains(' ') {
            return known.to_owned();
        }
        let key = (feed.id.clone(), known.to_owned());
        if let Some(name) = self.0.get(&key) {
            return name.clone();
        }
        let name = match feed.provider.institutions() {
            Some(institutions) => institutions.show_institution(&known.into()).await.ok().and_then(|found| found.name),
            None => None,
        };
        // What has no name is known by its id; a table is no worse for it.
        let name = name.unwrap_or_else(|| known.to_owned());
        self.0.insert(key, name.clone());
        name
    }
}
