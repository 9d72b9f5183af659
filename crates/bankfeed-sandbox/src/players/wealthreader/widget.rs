//! The widget as a page: `/widget/?domain=HOST&operation_id=ID`. Whoever signs in there is told to the domain's callback address.
//!
//! `domain` is one that was added, `operation_id` the integrator's own, `date_from` may say since when to read. A form that is posted
//! there with the same members, `user` and `password` is what the page itself sends.

use std::collections::BTreeMap;

use http::Method;
use serde_json::{Map, Value, json};

use super::domains::Domain;
use super::login::{Failed, Good, Login, Outcome};
use super::{Held, Reading, Wanted, WealthReader, challenges, codes, entities};
use crate::answer::Answer;
use crate::call::Received;
use crate::callback::Callback;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::day;

/// Members of a form or query.
pub(super) type Fields = BTreeMap<String, String>;

/// What came of a step of the user.
pub(super) enum Step {
    /// Another page.
    Page(Answer),
    /// The data, as it is told.
    Done(Value),
}

/// What the user enters; everything else is carried from step to step.
const ENTERED: [&str; 3] = ["code", "user", "password"];

impl WealthReader {
    /// The page, or what comes of it.
    pub(super) fn widget(&mut self, received: &Received, scene: &mut Scene<'_>) -> Option<Answer> {
        if received.path != "/widget/" {
            return None;
        }
        let (fields, entered) = fields(received)?;
        let Some(domain) = fields.get("domain").and_then(|domain| self.domains.find(domain)).cloned() else {
            return Some(page(400, "This domain was not added."));
        };
        if fields.get("operation_id").is_none_or(String::is_empty) {
            return Some(page(400, "The page needs an operation_id."));
        }
        if !entered {
            return Some(page(200, &sign_in(&fields, scene)));
        }
        Some(match self.sign_in(&domain, &fields, scene) {
            Ok(Step::Page(answer)) => answer,
            Ok(Step::Done(told)) => {
                scene.call_back(Callback::new(scene.provider, "widget", domain.callback.as_str(), told));
                page(200, "flow completed")
            }
            Err(refusal) => page(400, &escaped(&refusal.header())),
        })
    }

    /// A user signs in, or goes on.
    pub(super) fn sign_in(&mut self, domain: &Domain, fields: &Fields, scene: &Scene<'_>) -> Result<Step, Refusal> {
        let mut body = Map::new();
        for name in ENTERED {
            let value = fields.get(name).cloned().unwrap_or_default();
            body.insert(name.to_owned(), Value::String(value));
        }
        let body = Value::Object(body);
        let mut login = Login::new(domain.client, &body, None);
        login.unlisted =
            ["session", "otp"].into_iter().filter_map(|name| fields.get(name)).map(String::as_str).collect();
        let mut session = self.session(scene.world);
        let good = match self.log_in(&login, &mut session, scene)? {
            Outcome::Good(good) => good,
            Outcome::Failed(Failed { code, .. }) if challenges::is_challenge(code) || code == 2012 => {
                return Ok(Step::Page(page(200, &second_factor(fields, &session, code))));
            }
            Outcome::Failed(Failed { code, .. }) => {
                // The widget says so itself; nobody else is told.
                let why = codes::error(code).unwrap_or_default();
                return Ok(Step::Page(page(200, &format!("<p>{code}: {why}</p>{}", sign_in(fields, scene)))));
            }
        };
        let mocked = fields.get("user").is_some_and(|user| user.starts_with("MOCK"));
        let holder = if mocked && domain.tokenize { self.custody.stranger() } else { good.holder };
        let good = Good { holder, ..good };
        if domain.tokenize {
            let stored = self.custody.store(domain.client, holder, good.institution, scene.now);
            stored.ok_or_else(|| Refusal::code("2", "form field user", "belongs to another key"))?;
        }
        let wanted = match fields.get("date_from").filter(|date| !date.is_empty()) {
            Some(date) => Wanted::read(&json!({ "date_from": date }), day(scene.now), &scene.book.schemas)?,
            None => Wanted::read(&Value::Null, day(scene.now), &scene.book.schemas)?,
        };
        let reading = Reading::new(scene.world, holder, good.institution, scene.now, &wanted)?;
        let payload = reading.payload(&mut Held);
        let mut told = self.success(Good { stored: domain.tokenize, ..good }, payload, &session, scene.world);
        told["statistics"]["operation_id"] = json!(fields.get("operation_id"));
        Ok(Step::Done(told))
    }
}

/// The members of a request for a page, and whether the user entered them.
pub(super) fn fields(received: &Received) -> Option<(Fields, bool)> {
    let parse = |text: &[u8]| form_urlencoded::parse(text).into_owned().collect::<Fields>();
    match received.method {
        Method::GET => Some((parse(received.query.as_deref().unwrap_or_default().as_bytes()), false)),
        Method::POST => Some((parse(&received.body), true)),
        _ => None,
    }
}

/// The form of user and password.
pub(super) fn sign_in(fields: &Fields, scene: &Scene<'_>) -> String {
    let banks = scene.world.institutions(crate::world::Region::Spain).len();
    let banks: String =
        (0..banks).map(|index| format!("<option>{}</option>", entities::code(scene.world, index))).collect();
    format!(
        "<form method=\"post\">{}<label>Bank <select name=\"code\">{banks}</select></label> \
         <label>User <input name=\"user\"></label> <label>Password <input name=\"password\" type=\"password\"></label> \
         <button>Sign in</button></form>",
        hidden(fields, &["code", "user", "password", "session", "otp"])
    )
}

fn second_factor(fields: &Fields, session: &str, code: u32) -> String {
    let why = codes::error(code).unwrap_or_default();
    format!(
        "<p>{code}: {why}</p><form method=\"post\">{}<input type=\"hidden\" name=\"session\" value=\"{}\">\
         <label>Code <input name=\"otp\"></label> <button>Go on</button></form>",
        hidden(fields, &["session", "otp"]),
        escaped(session)
    )
}

/// What is carried on: all but some members.
fn hidden(fields: &Fields, without: &[&str]) -> String {
    let carried = fields.iter().filter(|(name, _)| !without.contains(&name.as_str()));
    let input = |(name, value): (&String, &String)| {
        format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
    };
    carried.map(input).collect()
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub(super) fn page(status: u16, content: &str) -> Answer {
    let html = format!("<!doctype html><meta charset=\"utf-8\"><title>Widget</title>{content}\n");
    Answer::bytes(status, "text/html; charset=utf-8", html)
}
