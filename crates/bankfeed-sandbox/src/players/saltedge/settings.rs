//! What an attempt is to read: scopes, days, accounts.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::connection::Connection;
use super::consents::{Consent, LONGEST_DAYS};
use super::ids::{self, Kind};
use super::{SaltEdge, accounts};
use crate::refusal::Refusal;
use crate::world::World;

/// The `attempt` of a request, with what stands for what it leaves out.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) scopes: Vec<String>,
    pub(super) from_date: Option<Date>,
    pub(super) to_date: Option<Date>,
    pub(super) natures: Option<Vec<String>>,
    /// Numbers of accounts.
    pub(super) excluded: Vec<u64>,
    pub(super) custom_fields: Value,
    pub(super) locale: String,
    pub(super) duplicates: Duplicates,
}

/// What becomes of transactions that the bank sent twice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Duplicates {
    Pending,
    Marked,
    Deleted,
}

/// The consent that a request asks for.
#[derive(Clone)]
pub(super) struct Wish {
    pub(super) scopes: Vec<String>,
    pub(super) period_days: Option<i64>,
    pub(super) from_date: Option<Date>,
    pub(super) to_date: Option<Date>,
}

const PLACE: &str = "body /data/attempt";

fn strings(value: &Value) -> Option<Vec<String>> {
    Some(value.as_array()?.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect())
}

fn date(value: &Value) -> Option<Date> {
    value.as_str()?.parse().ok()
}

impl Wish {
    /// The `consent` of a request, checked.
    pub(super) fn read(data: &Value) -> Result<Self, Refusal> {
        let consent = &data["consent"];
        let wish = Self {
            scopes: strings(&consent["scopes"]).unwrap_or_default(),
            period_days: consent["period_days"].as_i64(),
            from_date: date(&consent["from_date"]),
            to_date: date(&consent["to_date"]),
        };
        let place = |name: &str| format!("body /data/consent/{name}");
        if wish.scopes.is_empty() {
            return Err(Refusal::code("AispConsentScopesNotAllowed", place("scopes"), "names no scope"));
        }
        if wish.period_days.is_some_and(|days| !(1..=LONGEST_DAYS).contains(&days)) {
            let problem = format!("has to be from 1 to {LONGEST_DAYS}");
            return Err(Refusal::code("InvalidAispConsentPeriod", place("period_days"), problem));
        }
        if let (Some(from), Some(to)) = (wish.from_date, wish.to_date)
            && from > to
        {
            return Err(Refusal::code("InvalidAispConsentFromDate", place("from_date"), "is after to_date"));
        }
        Ok(wish)
    }

    /// As the consent that stands.
    pub(super) fn of(consent: &Consent) -> Self {
        Self {
            scopes: consent.scopes.clone(),
            period_days: consent.period_days,
            from_date: consent.from_date,
            to_date: consent.to_date,
        }
    }
}

impl Settings {
    /// Those of connections that are there from the start.
    pub(super) fn usual() -> Self {
        Self {
            scopes: ["accounts", "balance", "holder_info", "transactions"].map(str::to_owned).to_vec(),
            from_date: None,
            to_date: None,
            natures: None,
            excluded: Vec::new(),
            custom_fields: json!({}),
            locale: "en".to_owned(),
            duplicates: Duplicates::Marked,
        }
    }

    /// Whether a scope is read.
    pub(super) fn reads(&self, scope: &str) -> bool {
        self.scopes.iter().any(|known| known == scope)
    }
}

impl SaltEdge {
    /// The `attempt` of a request under a consent, for a connection that is there already or not.
    pub(super) fn settings(
        &self,
        world: &World,
        data: &Value,
        wish: &Wish,
        connection: Option<&Connection>,
    ) -> Result<Settings, Refusal> {
        let attempt = &data["attempt"];
        let agreed = connection.map(|connection| &connection.agreed);
        let excluded = match (&attempt["exclude_accounts"], connection) {
            (Value::Array(ids), Some(connection)) => excluded(world, ids, connection)?,
            _ => agreed.map(|agreed| agreed.excluded.clone()).unwrap_or_default(),
        };
        let settings = Settings {
            scopes: match strings(&attempt["fetch_scopes"]) {
                Some(scopes) => scopes,
                None => everything(&wish.scopes),
            },
            from_date: date(&attempt["fetch_from_date"]).or(wish.from_date),
            to_date: date(&attempt["fetch_to_date"]).or(wish.to_date),
            natures: strings(&attempt["account_natures"]).or_else(|| agreed.and_then(|agreed| agreed.natures.clone())),
            excluded,
            custom_fields: match &attempt["custom_fields"] {
                Value::Null => agreed.map_or_else(|| json!({}), |agreed| agreed.custom_fields.clone()),
                fields => fields.clone(),
            },
            locale: attempt["locale"].as_str().map_or_else(|| "en".to_owned(), str::to_lowercase),
            duplicates: match (attempt["unduplication_strategy"].as_str(), agreed) {
                (Some("mark_as_duplicate"), _) => Duplicates::Marked,
                (Some("delete_duplicated"), _) => Duplicates::Deleted,
                (None, Some(agreed)) => agreed.duplicates,
                _ => Duplicates::Pending,
            },
        };
        fits(&settings, wish)?;
        if let Some(connection) = connection
            && connection.accounts_at.is_some()
            && !settings.excluded.is_empty()
            && accounts::of(world, connection, &settings).is_empty()
        {
            return Err(Refusal::code("AllAccountsExcluded", "body /data/attempt/exclude_accounts", "leaves none"));
        }
        Ok(settings)
    }
}

/// All that may be fetched under the scopes of a consent.
fn everything(scopes: &[String]) -> Vec<String> {
    let mut fetched = scopes.to_vec();
    if fetched.iter().any(|scope| scope == "accounts") {
        fetched.push("balance".to_owned());
    }
    fetched
}

fn fits(settings: &Settings, wish: &Wish) -> Result<(), Refusal> {
    let allowed = everything(&wish.scopes);
    if settings.scopes.is_empty() {
        return Err(Refusal::code("WrongRequestFormat", format!("{PLACE}/fetch_scopes"), "names no scope"));
    }
    if let Some(scope) = settings.scopes.iter().find(|scope| !allowed.contains(scope)) {
        let problem = format!("{scope} is not covered by the consent");
        return Err(Refusal::code("AispConsentScopesNotAllowed", format!("{PLACE}/fetch_scopes"), problem));
    }
    if let (Some(from), Some(to)) = (settings.from_date, settings.to_date)
        && from > to
    {
        return Err(Refusal::code("InvalidFromDate", format!("{PLACE}/fetch_from_date"), "is after fetch_to_date"));
    }
    if wish.from_date.zip(settings.from_date).is_some_and(|(agreed, from)| from < agreed) {
        let problem = "is before the first day of the consent";
        return Err(Refusal::code("InvalidFromDate", format!("{PLACE}/fetch_from_date"), problem));
    }
    if wish.to_date.zip(settings.to_date).is_some_and(|(agreed, to)| to > agreed) {
        let problem = "is after the last day of the consent";
        return Err(Refusal::code("InvalidToDate", format!("{PLACE}/fetch_to_date"), problem));
    }
    Ok(())
}

fn excluded(world: &World, ids: &[Value], connection: &Connection) -> Result<Vec<u64>, Refusal> {
    let numbers = ids.iter().map(|id| {
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        ids::read(world, Kind::Account, &id).filter(|number| number / 16 == connection.number).ok_or_else(|| {
            let place = format!("{PLACE}/exclude_accounts");
            Refusal::code("WrongRequestFormat", place, "names an account that is not of this connection")
        })
    });
    numbers.collect()
}
