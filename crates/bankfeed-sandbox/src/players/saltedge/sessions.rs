//! Widget sessions: opened by the application, finished by the user.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use url::Url;

use super::catalogue::{self, BANKS, Condition};
use super::connection::Connection;
use super::ids::{self, Kind};
use super::settings::{Settings, Wish};
use super::{SaltEdge, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// How long a user may take.
const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// Longest address to return to.
const LONGEST_ADDRESS: usize = 2_040;

/// What a session is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Connect,
    Reconnect,
    Refresh,
}

/// A session that waits for its user.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) purpose: Purpose,
    pub(super) customer: u64,
    pub(super) connection: Option<u64>,
    /// Number of the provider, when the application chose it.
    pub(super) bank: Option<usize>,
    /// Modes of the providers that the user may choose.
    pub(super) modes: Vec<String>,
    pub(super) wish: Wish,
    pub(super) settings: Settings,
    pub(super) return_to: Option<String>,
    pub(super) return_connection_id: bool,
    pub(super) return_error_class: bool,
    pub(super) categorization: String,
    pub(super) vendor: String,
    pub(super) automatic_refresh: Option<bool>,
    pub(super) store_credentials: bool,
    pub(super) expires_at: Timestamp,
}

impl SaltEdge {
    pub(super) fn connect(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let data = &call.body["data"];
        let customer = self.named_customer(scene.world, data)?;
        let wish = Wish::read(data)?;
        let bank = chosen_bank(data, scene)?;
        let settings = self.settings(scene.world, data, &wish, None)?;
        let session = session(Purpose::Connect, data, customer.number, wish, settings, scene)?;
        Ok(self.keep(Session { bank, ..session }, scene))
    }

    pub(super) fn reconnect(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let connection = self.connection(scene.world, "path connection_id", call.segment("connection_id"))?;
        let data = &call.body["data"];
        let wish = Wish::read(data)?;
        let settings = self.settings(scene.world, data, &wish, Some(&connection))?;
        self.open(Purpose::Reconnect, data, &connection, wish, settings, scene)
    }

    /// Opens a session for a connection that is there already.
    pub(super) fn open(
        &mut self,
        purpose: Purpose,
        data: &Value,
        connection: &Connection,
        wish: Wish,
        settings: Settings,
        scene: &Scene<'_>,
    ) -> Result<Answer, Refusal> {
        let session = session(purpose, data, connection.customer, wish, settings, scene)?;
        let (number, bank) = (Some(connection.number), Some(connection.bank));
        Ok(self.keep(Session { connection: number, bank, ..session }, scene))
    }

    /// Ends sessions that were to read a connection which may not be read any more.
    pub(super) fn close_refreshes(&mut self, connection: u64) {
        self.sessions
            .retain(|_, session| session.connection != Some(connection) || session.purpose != Purpose::Refresh);
    }

    fn keep(&mut self, session: Session, scene: &Scene<'_>) -> Answer {
        self.sessions.retain(|_, other| other.expires_at > scene.now);
        let token = scene.world.random("saltedge session", &[self.opened]).hex(64);
        self.opened += 1;
        let answer = paging::single(&json!({
            "expires_at": session.expires_at.to_string(),
            "connect_url": format!("{}/connect/{token}", scene.root),
            "customer_id": ids::text(scene.world, Kind::Customer, session.customer),
        }));
        self.sessions.insert(token, session);
        answer
    }
}

/// What a request says of its session.
fn session(
    purpose: Purpose,
    data: &Value,
    customer: u64,
    wish: Wish,
    settings: Settings,
    scene: &Scene<'_>,
) -> Result<Session, Refusal> {
    let text = |name: &str, usual: &str| data[name].as_str().unwrap_or(usual).to_owned();
    let modes = data["provider"]["modes"].as_array().into_iter().flatten();
    let return_to = data["attempt"]["return_to"].as_str();
    if let Some(address) = return_to {
        let place = "body /data/attempt/return_to";
        if address.len() > LONGEST_ADDRESS {
            return Err(Refusal::code(
                "ReturnURLTooLong",
                place,
                format!("has more than {LONGEST_ADDRESS} characters"),
            ));
        }
        if Url::parse(address).is_err() {
            return Err(Refusal::code("ReturnURLInvalid", place, "is no complete URL"));
        }
    }
    Ok(Session {
        purpose,
        customer,
        connection: None,
        bank: None,
        modes: modes.filter_map(|mode| mode.as_str().map(str::to_owned)).collect(),
        wish,
        settings,
        return_to: return_to.map(str::to_owned),
        return_connection_id: data["return_connection_id"].as_bool().unwrap_or(false),
        return_error_class: data["return_error_class"].as_bool().unwrap_or(false),
        categorization: text("categorization", "none"),
        vendor: text("categorization_vendor", "saltedge"),
        automatic_refresh: data["automatic_refresh"].as_bool(),
        store_credentials: data["attempt"]["store_credentials"].as_bool().unwrap_or(true),
        expires_at: scene.now.checked_add(LASTS).unwrap_or(Timestamp::MAX),
    })
}

/// The provider that an application chose for its user.
fn chosen_bank(data: &Value, scene: &Scene<'_>) -> Result<Option<usize>, Refusal> {
    let Some(code) = data["provider"]["code"].as_str() else { return Ok(None) };
    let refused = |class, problem| Err(Refusal::code(class, "body /data/provider/code", problem));
    let sandboxes = data["provider"]["include_sandboxes"].as_bool().unwrap_or(true);
    let number = catalogue::find(code).filter(|number| sandboxes || !BANKS[*number].is_fake());
    let Some(number) = number else { return refused("ProviderNotFound", "no provider has this code") };
    let bank = &BANKS[number];
    match (bank.status(scene.world, scene.now), bank.condition) {
        ("disabled", _) => return refused("ProviderDisabled", "this provider is supported no longer"),
        ("inactive", _) => return refused("ProviderInactive", "this provider is inactive for a while"),
        (_, Condition::NoKeys) => return refused("ProviderKeyNotFound", "no keys are entered for this provider"),
        _ => {}
    }
    if !bank.is_fake() {
        return refused("ClientPending", "the sandbox's client is a test client: its providers end in _xf");
    }
    let modes = data["provider"]["modes"].as_array();
    if modes.is_some_and(|modes| !modes.is_empty() && !modes.contains(&json!(bank.mode))) {
        return refused("WrongProviderMode", "this provider has none of the modes asked for");
    }
    Ok(Some(number))
}
