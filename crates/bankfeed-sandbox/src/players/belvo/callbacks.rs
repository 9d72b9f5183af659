//! What Belvo sends of its own accord.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::banking::accounts;
use super::links::{self, Link};
use super::resource::Resource;
use super::view::{View, kind};
use crate::access;
use crate::callback::Callback;
use crate::players::Scene;
use crate::world::{Ledger, day};

/// Callbacks tell how many of the transactions came in and went out, unless there are more than this.
const COUNTED: u64 = 20_000;

/// What happened.
pub(super) struct News<'a> {
    /// Such as `TRANSACTIONS`.
    pub(super) about: &'a str,
    /// Why data were read.
    pub(super) process: &'static str,
    pub(super) code: &'static str,
    pub(super) request_id: Option<&'a str>,
    pub(super) data: Value,
}

/// Sends a callback, where the test told an address.
pub(super) fn send(scene: &mut Scene<'_>, link: u64, external_id: Option<&str>, news: &News<'_>, serial: u64) {
    let Some(url) = scene.receiver else { return };
    let view = View::new(scene);
    let body = json!({
        "webhook_id": scene.world.random("belvo webhook", &[serial]).hex(32),
        "webhook_type": news.about,
        "process_type": news.process,
        "webhook_code": news.code,
        "link_id": links::id(&view, link),
        "request_id": news.request_id,
        "external_id": external_id,
        "data": news.data,
    });
    let callback = Callback::new(scene.provider, "aggregation", url.as_str(), body);
    scene.call_back(callback.header("authorization", access::BELVO_WEBHOOK_AUTHORIZATION));
}

/// What is told of a resource that was read completely.
pub(super) fn totals(view: &View, link: &Link, number: u64, resource: &Resource) -> Value {
    let seat = link.seat(view, number);
    let runs = (resource.runs)(view, &seat);
    let total: u64 = runs.iter().map(|run| run.len).sum();
    match resource.kind {
        kind::ACCOUNT => json!({ "total_accounts": total }),
        kind::TRANSACTION => {
            let ledgers = || runs.iter().filter(|run| run.len > 0).filter_map(|run| Some((run, run.ledger.as_ref()?)));
            let first = ledgers().map(|(_, ledger)| ledger.entry(0).made_on()).min();
            let last = ledgers().map(|(run, ledger)| ledger.entry(run.len - 1).made_on()).max();
            let mut data = json!({ "total_transactions": total });
            if total <= COUNTED {
                let inflow: usize = ledgers()
                    .map(|(run, ledger)| (0..run.len).filter(|index| ledger.entry(*index).cents >= 0).count())
                    .sum();
                let inflow = u64::try_from(inflow).unwrap_or_default();
                data["total_inflow_transactions"] = json!(inflow);
                data["total_outflow_transactions"] = json!(total - inflow);
            }
            data["first_transaction_date"] = json!(first.map(|day| day.to_string()));
            data["last_transaction_date"] = json!(last.map(|day| day.to_string()));
            data
        }
        _ => json!({}),
    }
}

/// How many transactions a link got between two refreshes.
pub(super) fn arrived(view: &View, link: &Link, number: u64, from: Timestamp, to: Timestamp) -> u64 {
    let seat = link.seat(view, number);
    let grown = |ledger: Ledger| ledger.len(to).saturating_sub(ledger.len(from));
    accounts::of(view, &seat).iter().map(|account| grown(view.world.ledger(account))).sum()
}

/// What is told of a consent that ends.
pub(super) fn consent(view: &View, link: &Link, number: u64) -> Value {
    json!({
        "consent_id": view.ids.uuid(kind::CONSENT, 0, number),
        "consent_due_date": link.consent_ends().map(|end| end.to_string()),
        "action": "renew",
        "institution": link.institution.name,
        "institution_display_name": link.institution.display_name,
        "institution_icon_logo": link.institution.icon(),
    })
}

/// When recurrent links were refreshed last: once a day, counted from the start of the sandbox.
pub(super) fn refreshed(view: &View, at: Timestamp) -> Timestamp {
    let days = at.duration_since(view.world.start).as_hours() / 24;
    view.world.start.checked_add(SignedDuration::from_hours(days * 24)).unwrap_or(at)
}

/// The day of a moment, as callbacks write it.
pub(super) fn date(at: Timestamp) -> String {
    day(at).to_string()
}
