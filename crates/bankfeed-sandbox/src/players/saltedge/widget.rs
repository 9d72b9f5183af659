//! The page on which a user decides, and what comes of it.

use std::borrow::Cow;

use http::Method;
use url::Url;

use super::catalogue::{self, BANKS};
use super::connection::{Attempt, Connection};
use super::consents::Consent;
use super::ids::{self, Kind};
use super::sessions::{Purpose, Session};
use super::{SaltEdge, callbacks};
use crate::answer::Answer;
use crate::call::Received;
use crate::players::Scene;
use crate::world::day;

/// What a user can do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Consent,
    Refuse,
    Fail,
}

impl Decision {
    fn failure(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Consent => None,
            Self::Refuse => Some(("ProviderAccessNotGranted", "The user gave no consent.")),
            Self::Fail => Some(("InvalidCredentials", "The bank does not know these credentials.")),
        }
    }
}

impl SaltEdge {
    /// Answers on the address of a session; `None` for any other.
    pub(super) fn page(&mut self, received: &Received, scene: &mut Scene<'_>) -> Option<Answer> {
        let token = received.path.strip_prefix("/connect/")?;
        let Some(session) = self.sessions.get(token).cloned() else {
            return Some(closing(404, "This session is not known, or it is over."));
        };
        if session.expires_at <= scene.now {
            self.sessions.remove(token);
            return Some(closing(410, "This session has expired."));
        }
        if received.method == Method::GET {
            return Some(form(&session));
        }
        if received.method != Method::POST {
            return None;
        }
        let fields: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(&received.body).collect();
        let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref());
        let decision = match field("decision") {
            Some("consent") => Decision::Consent,
            Some("refuse") => Decision::Refuse,
            Some("fail") => Decision::Fail,
            _ => return Some(closing(400, "The field decision has to be consent, refuse or fail.")),
        };
        let bank = session.bank.or_else(|| field("provider_code").and_then(|code| choice(&session, code)));
        let Some(bank) = bank else {
            return Some(closing(400, "The field provider_code has to name a provider of the page."));
        };
        self.sessions.remove(token);
        let number = self.finish(&session, bank, decision, scene);
        Some(returned(&session, number, decision, scene))
    }

    /// Makes or changes the connection, and tells; its number.
    fn finish(&mut self, session: &Session, bank: usize, decision: Decision, scene: &mut Scene<'_>) -> u64 {
        let number = session.connection.or_else(|| self.same(session, bank, scene));
        let number =
            number.unwrap_or_else(|| self.connections.add(scene.world, |number| begun(session, bank, number, scene)));
        if decision == Decision::Consent {
            if session.purpose != Purpose::Refresh {
                self.consent_anew(session, number, scene);
            }
            self.read_again(number, session.settings.clone(), session.automatic_refresh, true, scene);
            return number;
        }
        self.connections.change(scene.world, number, |connection| {
            let serial = connection.attempt.serial + 1;
            let failure = decision.failure();
            connection.attempt = Attempt { serial, at: scene.now, failure, user_present: true, automatic: false };
            connection.settings = session.settings.clone();
            connection.active &= decision != Decision::Fail;
            connection.updated_at = scene.now;
        });
        if let Some(connection) = self.connections.get(scene.world, number) {
            callbacks::notify(&connection, "start", scene);
            callbacks::notify(&connection, "connect", scene);
            callbacks::fail(&connection, scene);
            callbacks::notify(&connection, "finish", scene);
        }
        number
    }

    /// For other modes than OAuth the same provider once more is the same connection.
    fn same(&self, session: &Session, bank: usize, scene: &Scene<'_>) -> Option<u64> {
        if BANKS.get(bank).is_none_or(|bank| bank.mode == "oauth") {
            return None;
        }
        let has = |number: &u64| self.connections.get(scene.world, *number).is_some_and(|known| known.bank == bank);
        self.connections.of_customer(scene.world, session.customer).into_iter().find(has)
    }

    fn consent_anew(&mut self, session: &Session, number: u64, scene: &Scene<'_>) {
        for former in self.consents.of_connection(scene.world, number) {
            self.consents.revoke(scene.world, former.number, scene.now, "client");
        }
        let consent = self.consents.add(
            scene.world,
            Consent {
                number: 0,
                connection: number,
                customer: session.customer,
                scopes: session.wish.scopes.clone(),
                period_days: session.wish.period_days,
                from_date: session.wish.from_date,
                to_date: session.wish.to_date,
                created_at: scene.now,
                revoked: None,
            },
        );
        self.connections.change(scene.world, number, |connection| {
            connection.consent = Some(consent);
            connection.active = true;
            connection.agreed = session.settings.clone();
            connection.store_credentials = session.store_credentials;
            if session.purpose == Purpose::Connect {
                connection.categorization.clone_from(&session.categorization);
                connection.vendor.clone_from(&session.vendor);
            }
        });
    }
}

/// A connection of which nothing has been read.
fn begun(session: &Session, bank: usize, number: u64, scene: &Scene<'_>) -> Connection {
    Connection {
        number,
        customer: session.customer,
        bank,
        active: false,
        categorization: session.categorization.clone(),
        vendor: session.vendor.clone(),
        automatic_refresh: false,
        store_credentials: session.store_credentials,
        consent: None,
        attempt: Attempt { serial: 0, at: scene.now, failure: None, user_present: true, automatic: false },
        accounts_at: None,
        transactions_at: None,
        holder_known: false,
        settings: session.settings.clone(),
        agreed: session.settings.clone(),
        background: (day(scene.now), 0),
        created_at: scene.now,
        updated_at: scene.now,
    }
}

/// Providers among which the user chooses.
fn choices(session: &Session) -> impl Iterator<Item = usize> + '_ {
    let usable = |bank: &catalogue::Bank| {
        bank.institution.is_some() && (session.modes.is_empty() || session.modes.iter().any(|mode| mode == bank.mode))
    };
    BANKS.iter().enumerate().filter(move |(_, bank)| usable(bank)).map(|(number, _)| number)
}

fn choice(session: &Session, code: &str) -> Option<usize> {
    choices(session).find(|number| BANKS[*number].code == code)
}

/// Back to the application, or a page that says goodbye.
fn returned(session: &Session, number: u64, decision: Decision, scene: &Scene<'_>) -> Answer {
    let failure = decision.failure();
    let Some(mut url) = session.return_to.as_deref().and_then(|address| Url::parse(address).ok()) else {
        return closing(200, failure.map_or("Your accounts are connected.", |(_, message)| message));
    };
    let shown = [
        session.return_connection_id.then(|| ("connection_id", ids::text(scene.world, Kind::Connection, number))),
        failure.filter(|_| session.return_error_class).map(|(class, _)| ("error_class", class.to_owned())),
    ];
    for (name, value) in shown.into_iter().flatten() {
        url.query_pairs_mut().append_pair(name, &value);
    }
    Answer::bytes(302, HTML, "").header("location", url.as_str())
}

const HTML: &str = "text/html; charset=utf-8";

fn html(status: u16, body: &str) -> Answer {
    let text = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Salt Edge sandbox</title></head>\n\
         <body><main><h1>Salt Edge sandbox</h1>\n{body}\n</main></body></html>\n"
    );
    Answer::bytes(status, HTML, text)
}

fn closing(status: u16, message: &str) -> Answer {
    html(status, &format!("<p>{message}</p>"))
}

fn form(session: &Session) -> Answer {
    let purpose = match session.purpose {
        Purpose::Connect => "connect your accounts at",
        Purpose::Reconnect => "renew the connection to",
        Purpose::Refresh => "read again from",
    };
    let (bank, choice) = match session.bank.and_then(|number| BANKS.get(number)) {
        Some(bank) => (bank.name, String::new()),
        None => {
            let option =
                |number: usize| format!("<option value=\"{0}\">{1}</option>", BANKS[number].code, BANKS[number].name);
            let options: String = choices(session).map(option).collect();
            ("a bank", format!("<p><select name=\"provider_code\">{options}</select></p>\n"))
        }
    };
    let days = session.wish.period_days.map_or_else(|| "until revoked".to_owned(), |days| format!("for {days} days"));
    let scopes = session.wish.scopes.join(", ");
    let button =
        |decision: &str, label: &str| format!("<button name=\"decision\" value=\"{decision}\">{label}</button>\n");
    html(
        200,
        &format!(
            "<p>No real bank is behind this page. An application wants to {purpose} <strong>{bank}</strong>.</p>\n\
             <p>It may read: {scopes}; {}. This page is good until {}.</p>\n\
             <form method=\"post\">\n{choice}{}{}{}</form>",
            days,
            session.expires_at,
            button("consent", "Consent"),
            button("refuse", "Refuse"),
            button("fail", "Fail with wrong credentials"),
        ),
    )
}
