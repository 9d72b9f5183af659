//! Stored bank credentials: the tokens, whose they are, and what became of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::clients::Client;
use super::entities;
use super::names::{Named, Names};
use crate::refusal::Refusal;
use crate::world::World;

/// Tokens on a page.
const PAGE: u64 = 500;

/// The tokens. Each person has one, for one bank; those of the first `people` persons are there from the start and belong to the
/// first key.
pub(super) struct Custody {
    names: Names,
    /// Persons whose credentials were there from the start.
    people: u64,
    /// Those that came later.
    made: BTreeMap<u64, Made>,
    /// Whose they are, where not the first key's.
    owners: BTreeMap<u64, Client>,
    /// How often the token of a person was made anew.
    generations: BTreeMap<u64, u64>,
    revoked: BTreeSet<u64>,
    uses: BTreeMap<u64, Use>,
}

/// Credentials that a user entered in the widget.
struct Made {
    at: Timestamp,
    institution: usize,
}

/// The latest read of a token, and how many there were.
struct Use {
    times: u64,
    at: Timestamp,
    code: u32,
    session: String,
}

/// What a token is to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It reads this person's bank.
    Good(u64),
    Revoked,
    /// There is none, or it is another client's.
    Unknown,
}

/// The first token of a person.
pub(super) fn token(names: Names, holder: u64) -> String {
    names.short(Named::Token, 0, holder)
}

/// The bank of a person who is there from the start, by its index.
pub(super) fn bank(world: &World, holder: u64) -> usize {
    let banks = world.institutions(crate::world::Region::Spain).len().max(1);
    usize::try_from(holder % banks as u64).unwrap_or_default()
}

impl Custody {
    pub(super) fn new(world: &World) -> Self {
        Self {
            names: Names::new(world),
            people: world.size.people,
            made: BTreeMap::new(),
            owners: BTreeMap::new(),
            generations: BTreeMap::new(),
            revoked: BTreeSet::new(),
            uses: BTreeMap::new(),
        }
    }

    pub(super) fn standing(&self, client: Client, token: &str) -> Standing {
        let Some((generation, holder)) = self.names.read_short(Named::Token, token) else { return Standing::Unknown };
        let latest = self.generation(holder);
        if !self.has(holder) || self.owner(holder) != client || generation > latest {
            return Standing::Unknown;
        }
        if generation < latest || self.revoked.contains(&holder) { Standing::Revoked } else { Standing::Good(holder) }
    }

    fn has(&self, holder: u64) -> bool {
        holder < self.people || self.made.contains_key(&holder)
    }

    fn owner(&self, holder: u64) -> Client {
        self.owners.get(&holder).copied().unwrap_or_default()
    }

    fn generation(&self, holder: u64) -> u64 {
        self.generations.get(&holder).copied().unwrap_or_default()
    }

    /// The token of a person, as it is now.
    pub(super) fn token(&self, holder: u64) -> String {
        self.names.short(Named::Token, self.generation(holder), holder)
    }

    /// The bank that a person's token reads.
    pub(super) fn bank(&self, world: &World, holder: u64) -> usize {
        self.made.get(&holder).map_or_else(|| bank(world, holder), |made| made.institution)
    }

    /// A person whose credentials nobody has.
    pub(super) fn stranger(&self) -> u64 {
        self.made.last_key_value().map_or(self.people, |(last, _)| self.people.max(last + 1))
    }

    /// Stores what a user entered; `None` when another client has it. A token that was revoked is made anew.
    pub(super) fn store(&mut self, client: Client, holder: u64, institution: usize, now: Timestamp) -> Option<()> {
        if !self.has(holder) {
            self.made.insert(holder, Made { at: now, institution });
            if client != 0 {
                self.owners.insert(holder, client);
            }
            return Some(());
        }
        if self.owner(holder) != client {
            return None;
        }
        if self.revoked.remove(&holder) {
            *self.generations.entry(holder).or_default() += 1;
        }
        Some(())
    }

    /// Notes a read.
    pub(super) fn used(&mut self, holder: u64, at: Timestamp, code: u32, session: &str) {
        let times = self.uses.get(&holder).map_or(0, |before| before.times) + 1;
        self.uses.insert(holder, Use { times, at, code, session: session.to_owned() });
    }

    /// Ends a token; it can still be told from one that never was.
    pub(super) fn revoke(&mut self, client: Client, token: &str) -> Result<(), Refusal> {
        let holder = self.good(client, token)?;
        self.revoked.insert(holder);
        Ok(())
    }

    /// Hands a token over.
    pub(super) fn reassign(&mut self, from: Client, to: Client, token: &str) -> Result<(), Refusal> {
        let holder = self.good(from, token)?;
        self.owners.insert(holder, to);
        Ok(())
    }

    fn good(&self, client: Client, token: &str) -> Result<u64, Refusal> {
        match self.standing(client, token) {
            Standing::Good(holder) => Ok(holder),
            Standing::Revoked => Err(Refusal::code("token", "form field token", "was revoked before")),
            Standing::Unknown => Err(Refusal::code("token", "form field token", "is no token of this key")),
        }
    }

    /// A page of a client's tokens, from 1 on.
    pub(super) fn page(&self, world: &World, client: Client, page: u64) -> Value {
        let own = |holder: &u64| self.owner(*holder) == client && !self.revoked.contains(holder);
        let holders: Box<dyn Iterator<Item = u64>> = if client == 0 {
            Box::new((0..self.people).chain(self.made.keys().copied()))
        } else {
            // Another client's tokens all stand in the map.
            Box::new(self.owners.keys().copied())
        };
        let skipped = usize::try_from(page.saturating_sub(1).saturating_mul(PAGE)).unwrap_or(usize::MAX);
        let size = usize::try_from(PAGE).unwrap_or_default();
        holders.filter(own).skip(skipped).take(size).map(|holder| self.listed(world, holder)).collect()
    }

    fn listed(&self, world: &World, holder: u64) -> Value {
        let mut random = world.random("token", &[holder]);
        let ago = |days: i64| {
            let hours = SignedDuration::from_hours(days * 24 + 3);
            world.start.saturating_sub(hours).unwrap_or(Timestamp::MIN)
        };
        let age = random.between(4, 80);
        let made = self.made.get(&holder).map(|made| made.at);
        let created = made.unwrap_or_else(|| ago(age));
        // Those of the start were read before.
        let before = if made.is_none() { 2 } else { 0 };
        let (times, at, code, session) = match self.uses.get(&holder) {
            Some(used) => (used.times + before, used.at, used.code, used.session.clone()),
            None => (before, made.unwrap_or_else(|| ago(random.between(1, 3))), 0, random.hex(15)),
        };
        json!({
            "token": self.token(holder),
            "entity_code": entities::code(world, self.bank(world, holder)),
            "created_at": created.to_string(),
            "accesed_at": at.to_string(),
            "times_accesed": times,
            "latest_code": code,
            "latest_session": session,
        })
    }
}
