//! Logins that wait for a second factor.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::view::View;
use super::{errors, links};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// The token that is right.
pub(super) const TOKEN: &str = "1234";
/// Seconds that a session waits.
const EXPIRY: i64 = 9_600;

/// Open sessions, by their names.
pub(super) struct Sessions {
    open: BTreeMap<String, Session>,
}

/// One of them.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) link: u64,
    /// The collection that was asked for.
    path: String,
    /// What was asked for.
    pub(super) body: Value,
    expires: Timestamp,
}

impl Sessions {
    pub(super) fn new() -> Self {
        Self { open: BTreeMap::new() }
    }

    /// Opens a session, and asks for the token.
    pub(super) fn open(&mut self, call: &Call, scene: &Scene<'_>, link: u64, serial: u64) -> Answer {
        let name = scene.world.random("belvo session", &[serial]).hex(32);
        let path = collection(&call.operation.path).to_owned();
        let expires = scene.now.checked_add(SignedDuration::from_secs(EXPIRY)).unwrap_or(Timestamp::MAX);
        self.open.insert(name.clone(), Session { link, path, body: call.body.clone(), expires });
        asked(scene, serial, &name, &links::id(&View::new(scene), link))
    }

    /// Closes a session with its token; what was asked for goes on.
    pub(super) fn close(&mut self, call: &Call, scene: &Scene<'_>, link: u64) -> Result<Session, Refusal> {
        let name = call.body["session"].as_str().unwrap_or_default();
        if name == of_fault(scene) {
            token(call)?;
            return Ok(Session { link, path: String::new(), body: json!({}), expires: Timestamp::MAX });
        }
        let Some(session) = self.open.get(name) else {
            return Err(Refusal::invalid("body /session", "no session has this name"));
        };
        if session.expires <= scene.now {
            self.open.remove(name);
            return Err(Refusal::code("session_expired", "body /session", "the session is over: start anew"));
        }
        if session.link != link {
            return Err(Refusal::invalid("body /link", "the session belongs to another link"));
        }
        if session.path != collection(&call.operation.path) {
            return Err(Refusal::invalid("body /session", "the session belongs to another resource"));
        }
        token(call)?;
        self.open.remove(name).ok_or_else(|| Refusal::invalid("body /session", "no session has this name"))
    }
}

/// The collection of a path.
fn collection(path: &str) -> &str {
    path.strip_suffix("{id}/").unwrap_or(path)
}

/// Whether the token of a request is the right one.
pub(super) fn token(call: &Call) -> Result<(), Refusal> {
    match call.body["token"].as_str() {
        Some(TOKEN) => Ok(()),
        Some(_) => Err(Refusal::invalid("body /token", format!("the token is wrong; the sandbox takes {TOKEN}"))),
        None => Err(Refusal::missing("body /token", "is required")),
    }
}

/// The session of second factors that a fault asked for: it fits every link.
pub(super) fn of_fault(scene: &Scene<'_>) -> String {
    scene.world.random("belvo session of faults", &[]).hex(32)
}

/// Asks for the token.
pub(super) fn asked(scene: &Scene<'_>, serial: u64, session: &str, link: &str) -> Answer {
    Answer::json(
        428,
        json!([{
            "code": "token_required",
            "message": "The institution wants a token to go on",
            "request_id": errors::request_id(scene, serial),
            "session": session,
            "expiry": EXPIRY,
            "link": link,
            "token_generation_data": {
                "instructions": "Type the number into your device, and send what it shows",
                "type": "numeric",
                "value": "71350",
                "expects_user_input": true,
            },
        }]),
    )
}
