//! What requests do to links.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::callbacks::{self, News};
use super::institution::{Health, Institution};
use super::links::{self, Link, Mood, Status};
use super::resource::Resource;
use super::retrieve;
use super::view::View;
use super::{Belvo, errors, session};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// A link is not refreshed again within this time.
const REFRESH: SignedDuration = SignedDuration::from_mins(10);
/// A password that no institution accepts.
const WRONG_PASSWORD: &str = "wrong";

impl Belvo {
    /// Connects a user with an institution.
    pub(super) fn create_link(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let body = &call.body;
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let name = text("institution").unwrap_or_default();
        let institution = Institution::named(&name)
            .ok_or_else(|| Refusal::code("does_not_exist", "body /institution", "there is no such institution"))?;
        if institution.open_finance {
            let problem = "users connect it in the widget, by consent";
            return Err(Refusal::code("unsupported_operation", "body /institution", problem));
        }
        if institution.health == Health::Down {
            return Err(Refusal::code("institution_down", "body /institution", "the institution is down"));
        }
        let mood = Mood::of(&text("username").unwrap_or_default());
        if let Mood::Refused(code) = mood {
            return Err(Refusal::code(code, "body /username", "the institution turned the user down"));
        }
        if text("password").as_deref() == Some(WRONG_PASSWORD) {
            return Err(Refusal::code("login_error", "body /password", "the institution refused the credentials"));
        }
        let mut link = Link {
            institution,
            person: self.links.next() - (1 << 32) + view.world.size.people,
            created: scene.now,
            accessed: scene.now,
            refreshed: None,
            external_id: text("external_id"),
            recurrent: true,
            status: match mood {
                Mood::SecondFactor => Status::TokenRequired,
                Mood::Unconfirmed => Status::Unconfirmed,
                _ => Status::Valid,
            },
            credentials_storage: storage(body)?.unwrap_or_else(|| "365d".to_owned()),
            stale_in: "365d".to_owned(),
            fetch: Vec::new(),
            stored: None,
            mood,
        };
        change(&mut link, body)?;
        link.stored = Some(retrieve::kinds(&link));
        let number = self.links.add(link.clone());
        if mood == Mood::SecondFactor {
            let serial = self.serial();
            return Ok(self.sessions.open(call, scene, number, serial));
        }
        Ok(self.connected(scene, number, &link, 201))
    }

    /// A link that works now: its record, and the news of its data.
    fn connected(&mut self, scene: &mut Scene<'_>, number: u64, link: &Link, status: u16) -> Answer {
        if link.status == Status::Valid {
            for resource in Resource::of(link.institution.family) {
                if resource.name.is_some_and(|name| link.fetch.iter().any(|fetched| fetched == name)) {
                    self.announce(scene, (number, link), resource, "historical_update", None);
                }
            }
        }
        Answer::json(status, link.record(&View::new(scene), number))
    }

    /// Goes on with a link that waited for a second factor.
    pub(super) fn resume_link(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, mut link) = self.link_of(call, &view)?;
        self.sessions.close(call, scene, number)?;
        let fresh = link.status == Status::TokenRequired;
        link.status = Status::Valid;
        link.accessed = scene.now;
        self.links.put(number, link.clone());
        if fresh {
            return Ok(self.connected(scene, number, &link, 200));
        }
        Ok(Answer::json(200, link.record(&view, number)))
    }

    /// The link of the path.
    fn link_at(&self, call: &Call, view: &View) -> Result<(u64, Link), Refusal> {
        let found = self.links.find(view, call.segment("id"));
        let found = found.and_then(|number| Some((number, self.links.get(view, number)?)));
        found.ok_or_else(|| Refusal::code("not_found", "path parameter id", "there is no such link"))
    }

    pub(super) fn show_link(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, link) = self.link_at(call, &view)?;
        Ok(Answer::json(200, link.record(&view, number)))
    }

    /// New credentials: a link that had become invalid works again.
    pub(super) fn update_credentials(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, mut link) = self.link_at(call, &view)?;
        if link.institution.open_finance {
            let problem = "users renew their consent in the widget";
            return Err(Refusal::code("unsupported_operation", "path parameter id", problem));
        }
        if link.status == Status::Unconfirmed {
            let problem = "the user has to confirm it with the institution";
            return Err(Refusal::code("unconfirmed_link", "path parameter id", problem));
        }
        if call.body["password"] == WRONG_PASSWORD {
            // What was seen stays, and nothing new comes.
            link.accessed = link.seat(&view, number).seen;
            link.status = Status::Invalid;
            self.links.put(number, link.clone());
            let message = "the institution refused the credentials";
            let data = json!({ "error_code": "login_error", "error_message": message, "status": 400 });
            let news = News {
                about: "LINK",
                process: "recurrent_update",
                code: "invalid_credentials",
                request_id: None,
                data,
            };
            let serial = self.serial();
            callbacks::send(scene, number, link.external_id.as_deref(), &news, serial);
            return Err(Refusal::code("login_error", "body /password", message));
        }
        if link.mood == Mood::SecondFactor {
            if call.body.get("token").is_none() {
                let serial = self.serial();
                return Ok(self.sessions.open(call, scene, number, serial));
            }
            session::token(call)?;
        }
        link.status = Status::Valid;
        link.accessed = scene.now;
        self.links.put(number, link.clone());
        Ok(Answer::json(200, link.record(&view, number)))
    }

    /// Another way to be updated.
    pub(super) fn update_link(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, mut link) = self.link_at(call, &view)?;
        // What the link shows from now on is what it shows now.
        link.accessed = link.seat(&view, number).seen;
        change(&mut link, &call.body)?;
        if let Some(stored) = &mut link.stored {
            let more = Resource::of(link.institution.family)
                .filter(|resource| resource.name.is_some_and(|name| link.fetch.iter().any(|fetched| fetched == name)));
            stored.extend(more.map(|resource| resource.kind));
        }
        self.links.put(number, link.clone());
        Ok(Answer::json(200, link.record(&view, number)))
    }

    /// Reads everything again.
    pub(super) fn refresh_link(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, mut link) = self.link_at(call, &view)?;
        retrieve::open(&view, &link)?;
        if link.refreshed.is_some_and(|last| scene.now.duration_since(last) < REFRESH) {
            let problem = "the link was refreshed within the last ten minutes";
            return Err(Refusal::code("link_refreshed", "path parameter id", problem));
        }
        let wanted = resources(&link, &call.body)?.unwrap_or_else(|| link.fetch.clone());
        link.refreshed = Some(scene.now);
        link.accessed = scene.now;
        self.links.put(number, link.clone());
        let id = errors::request_id(scene, self.serial());
        for resource in Resource::of(link.institution.family) {
            if resource.name.is_some_and(|name| wanted.iter().any(|wanted| wanted == name)) {
                self.announce(scene, (number, &link), resource, "historical_update", Some(&id));
            }
        }
        Ok(Answer::json(202, json!({ "request_id": id })))
    }

    /// Forgets a link, with everything that belongs to it.
    pub(super) fn remove_link(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, link) = self.link_at(call, &view)?;
        let later = call.headers.get("X-Belvo-Request-Mode").is_some_and(|mode| mode == "async");
        if !later {
            self.throttle(call, scene)?;
        }
        self.links.remove(number);
        self.removed.retain(|(_, holder, _)| *holder != number);
        if !later {
            return Ok(Answer::empty(204));
        }
        let id = errors::request_id(scene, self.serial());
        let news = News {
            about: "LINK",
            process: "deletion",
            code: "link_deleted",
            request_id: Some(&id),
            data: json!({ "link": links::id(&view, number), "date": callbacks::date(scene.now) }),
        };
        let serial = self.serial();
        callbacks::send(scene, number, link.external_id.as_deref(), &news, serial);
        Ok(Answer::json(202, json!({ "request_id": id })))
    }
}

/// Settings that can be changed at any time.
fn change(link: &mut Link, body: &Value) -> Result<(), Refusal> {
    if let Some(mode) = body.get("access_mode").and_then(Value::as_str) {
        link.recurrent = mode == "recurrent";
    }
    if let Some(stale) = body.get("stale_in").and_then(Value::as_str) {
        if !is_days(stale) {
            return Err(Refusal::invalid("body /stale_in", "is no number of days, such as `365d`"));
        }
        stale.clone_into(&mut link.stale_in);
    }
    if let Some(wanted) = resources(link, body)? {
        link.fetch = wanted;
    } else if link.fetch.is_empty() {
        link.fetch = link.institution.family.resources().iter().map(|&name| name.to_owned()).collect();
    }
    Ok(())
}

/// The resources that a body names; each has to be one of the institution's.
fn resources(link: &Link, body: &Value) -> Result<Option<Vec<String>>, Refusal> {
    let Some(wanted) = body.get("fetch_resources").and_then(Value::as_array) else { return Ok(None) };
    let known = link.institution.family.resources();
    let wanted: Vec<String> = wanted.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    match wanted.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => {
            let problem = format!("{} does not have {name}; it has {}", link.institution.name, known.join(", "));
            Err(Refusal::code("invalid_fetch_resources", "body /fetch_resources", problem))
        }
        None => Ok(Some(wanted)),
    }
}

/// For how long credentials are kept: `store`, `nostore` or a number of days.
fn storage(body: &Value) -> Result<Option<String>, Refusal> {
    let Some(storage) = body.get("credentials_storage").and_then(Value::as_str) else { return Ok(None) };
    if matches!(storage, "store" | "nostore") || is_days(storage) {
        return Ok(Some(storage.to_owned()));
    }
    let problem = "is neither `store` nor `nostore` nor a number of days, such as `27d`";
    Err(Refusal::code("invalid_credentials_storage", "body /credentials_storage", problem))
}

fn is_days(text: &str) -> bool {
    text.strip_suffix('d').is_some_and(|days| (1..=3).contains(&days.len()) && days.bytes().all(|b| b.is_ascii_digit()))
}
