//! Reading connections again: with the user, without, and every day.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::catalogue::BANKS;
use super::connection::{Attempt, Connection};
use super::sessions::Purpose;
use super::settings::{Settings, Wish};
use super::{SaltEdge, callbacks};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{World, day};

/// Minutes between two refreshes.
pub(super) const PAUSE_MINUTES: i64 = 15;
/// Refreshes of a connection in a day without its user.
const DAILY: u32 = 4;

/// When a connection may be read again.
pub(super) fn next_possible(connection: &Connection) -> Option<Timestamp> {
    connection.attempt.at.checked_add(SignedDuration::from_mins(PAUSE_MINUTES)).ok()
}

/// The latest moment of a connection's daily refresh: between two and five in the morning, always the same.
fn daily(world: &World, number: u64, now: Timestamp) -> Timestamp {
    let second = world.random("saltedge daily", &[number]).between(2 * 3_600, 5 * 3_600);
    let midnight = day(now).to_zoned(TimeZone::UTC).map_or(now, |zoned| zoned.timestamp());
    let today = midnight.saturating_add(SignedDuration::from_secs(second)).unwrap_or(now);
    if today <= now { today } else { today.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(now) }
}

/// Stages of an attempt that succeeds, and whether the application is told to read.
fn stages(settings: &Settings, categorized: bool) -> Vec<(&'static str, bool)> {
    let mut stages = vec![("start", false), ("connect", true)];
    let scopes =
        [("holder_info", "fetch_holder_info"), ("accounts", "fetch_accounts"), ("transactions", "fetch_transactions")];
    stages.extend(scopes.iter().filter(|(scope, _)| settings.reads(scope)).map(|(_, stage)| (*stage, false)));
    stages.push(("finish_fetching", true));
    if categorized && settings.reads("transactions") {
        stages.extend([("start_categorization", false), ("finish_categorization", false)]);
    }
    stages.push(("finish", true));
    stages
}

impl SaltEdge {
    pub(super) fn refresh(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let connection = self.connection(scene.world, "path connection_id", call.segment("connection_id"))?;
        let data = &call.body["data"];
        let wish = self.may_refresh(&connection, scene)?;
        let settings = self.settings(scene.world, data, &wish, Some(&connection))?;
        if data["show_widget"].as_bool().unwrap_or(true) {
            return self.open(Purpose::Refresh, data, &connection, wish, settings, scene);
        }
        if BANKS.get(connection.bank).is_some_and(|bank| bank.interactive) {
            let problem = "the bank asks its user for something each time: show the widget";
            return Err(Refusal::code("BackgroundRefreshNotAllowed", "body /data/show_widget", problem));
        }
        self.read_again(connection.number, settings, data["automatic_refresh"].as_bool(), true, scene);
        self.single_connection(connection.number, scene)
    }

    pub(super) fn refresh_in_background(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let place = "path connection_id";
        let connection = self.connection(scene.world, place, call.segment("connection_id"))?;
        let data = &call.body["data"];
        let wish = self.may_refresh(&connection, scene)?;
        if BANKS.get(connection.bank).is_some_and(|bank| bank.interactive) {
            let problem = "the bank asks its user for something each time";
            return Err(Refusal::code("BackgroundRefreshNotAllowed", place, problem));
        }
        let today = day(scene.now);
        let used = if connection.background.0 == today { connection.background.1 } else { 0 };
        if used >= DAILY {
            let problem = format!("{DAILY} times a day without the user: wait for tomorrow");
            return Err(Refusal::code("ActionTemporarilyNotAllowed", place, problem));
        }
        let settings = self.settings(scene.world, data, &wish, Some(&connection))?;
        self.connections.change(scene.world, connection.number, |connection| {
            connection.background = (today, used + 1);
        });
        self.read_again(connection.number, settings, data["automatic_refresh"].as_bool(), false, scene);
        self.single_connection(connection.number, scene)
    }

    /// Whether a connection can be read now; under which consent.
    fn may_refresh(&self, connection: &Connection, scene: &Scene<'_>) -> Result<Wish, Refusal> {
        let place = "path connection_id";
        let consent = connection.consent.and_then(|number| self.consents.get(scene.world, number));
        if let Some(refusal) = consent.as_ref().and_then(|consent| consent.refusal(scene.now)) {
            return Err(refusal);
        }
        let Some(consent) = consent.filter(|_| connection.active) else {
            let problem = "it is inactive: reconnect";
            return Err(Refusal::code("ConnectionCannotBeRefreshed", place, problem));
        };
        let bank = BANKS.get(connection.bank);
        if bank.is_some_and(|bank| bank.status(scene.world, scene.now) == "inactive") {
            return Err(Refusal::code("ProviderInactive", place, "its provider is inactive for a while"));
        }
        match next_possible(connection).filter(|next| *next > scene.now) {
            Some(next) => {
                let problem = format!("not before {next}, by the sandbox's clock");
                Err(Refusal::code("ConnectionCannotBeRefreshed", place, problem))
            }
            None => Ok(Wish::of(&consent)),
        }
    }

    /// One attempt that succeeds, with the callbacks of its stages.
    pub(super) fn read_again(
        &mut self,
        number: u64,
        settings: Settings,
        automatic_refresh: Option<bool>,
        user_present: bool,
        scene: &mut Scene<'_>,
    ) {
        self.connections.change(scene.world, number, |connection| {
            connection.automatic_refresh = automatic_refresh.unwrap_or(connection.automatic_refresh);
            connection.agreed.duplicates = settings.duplicates;
            let serial = connection.attempt.serial + 1;
            connection.attempt = Attempt { serial, at: scene.now, failure: None, user_present, automatic: false };
            connection.settings = settings;
            fetched(connection, scene.now);
        });
        let Some(connection) = self.connections.get(scene.world, number) else { return };
        for (stage, readable) in stages(&connection.settings, connection.categorization != "none") {
            callbacks::notify(&connection, stage, scene);
            if readable {
                callbacks::success(&connection, stage, scene);
            }
        }
    }

    /// The daily refreshes that fell due, and providers whose status changed.
    pub(super) fn catch_up(&mut self, scene: &mut Scene<'_>) {
        let before = self.seen.unwrap_or(scene.world.start);
        // A running clock ticks with every request; what happens here does so by the minute.
        if scene.now.duration_since(before) < SignedDuration::from_mins(1) {
            return;
        }
        self.seen = Some(scene.now);
        for bank in BANKS.iter().filter(|bank| bank.condition == super::catalogue::Condition::Ailing) {
            let status = bank.status(scene.world, scene.now);
            if bank.status(scene.world, before) != status {
                callbacks::provider_changed(bank, status, scene);
            }
        }
        for number in self.connections.all(scene.world) {
            self.refresh_daily(number, scene);
        }
    }

    /// After several days only the last refresh is told.
    fn refresh_daily(&mut self, number: u64, scene: &mut Scene<'_>) {
        let Some(connection) = self.connections.get(scene.world, number) else { return };
        let consent = connection.consent.and_then(|number| self.consents.get(scene.world, number));
        let Some(consent) = consent else { return };
        let interactive = BANKS.get(connection.bank).is_none_or(|bank| bank.interactive);
        if interactive || !connection.active || !connection.automatic_refresh || consent.revoked.is_some() {
            return;
        }
        let until = consent.expires_at().map_or(scene.now, |end| end.min(scene.now));
        let at = daily(scene.world, number, until);
        let due = next_possible(&connection).is_some_and(|next| next <= at);
        if !due {
            return;
        }
        let days = at.duration_since(connection.attempt.at).as_hours().unsigned_abs() / 24;
        self.connections.change(scene.world, number, |connection| {
            let serial = connection.attempt.serial + 1 + days;
            connection.attempt = Attempt { serial, at, failure: None, user_present: false, automatic: true };
            connection.settings = connection.agreed.clone();
            fetched(connection, at);
        });
        if let Some(connection) = self.connections.get(scene.world, number) {
            callbacks::success(&connection, "finish", scene);
        }
    }
}

/// What an attempt read is known as of its moment.
pub(super) fn fetched(connection: &mut Connection, at: Timestamp) {
    if connection.settings.reads("accounts") || connection.settings.reads("balance") {
        connection.accounts_at = Some(at);
    }
    if connection.settings.reads("transactions") {
        connection.transactions_at = Some(at);
        connection.accounts_at = Some(at);
    }
    connection.holder_known |= connection.settings.reads("holder_info");
    connection.updated_at = at;
}
