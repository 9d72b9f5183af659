//! Wealth Reader: reads of everything a user holds, stored credentials, batches, and card payments as they happen.
//!
//! What logs in, and how, stands in [`login`]; how a second factor goes on, in [`challenges`]. Pages for users are in [`widget`] and [`oauth`].

mod batches;
mod cards;
mod categories;
mod challenges;
mod clients;
mod codes;
mod custody;
mod domains;
mod entities;
mod login;
mod names;
mod oauth;
mod ownership;
mod read;
mod refusals;
mod users;
mod widget;

use std::cell::{Cell, RefCell};

use serde_json::{Value, json};

use self::batches::Batches;
use self::cards::Cards;
use self::challenges::Challenges;
use self::clients::Client;
use self::custody::Custody;
use self::domains::Domains;
use self::login::{Failed, Good, Login, Outcome};
use self::names::Names;
use self::oauth::Grants;
use self::read::{Held, Reading, Wanted};
use self::users::Users;
use super::{Player, Scene};
use crate::answer::{Answer, Weaver};
use crate::call::{Call, Received};
use crate::fault::Trouble;
use crate::playbook::Operation;
use crate::refusal::{Kind, Refusal};
use crate::world::{World, day, number};

pub(super) struct WealthReader {
    custody: Custody,
    challenges: RefCell<Challenges>,
    /// Sessions so far, failed ones included.
    sessions: Cell<u64>,
    users: Users,
    domains: Domains,
    grants: Grants,
    batches: Batches,
    cards: Cards,
}

impl WealthReader {
    pub(super) fn new(world: &World) -> Self {
        Self {
            custody: Custody::new(world),
            challenges: RefCell::default(),
            sessions: Cell::new(0),
            users: Users::default(),
            domains: Domains::default(),
            grants: Grants::default(),
            batches: Batches::default(),
            cards: Cards::new(world),
        }
    }

    /// The name of a new session.
    fn session(&self, world: &World) -> String {
        let number = self.sessions.get();
        self.sessions.set(number + 1);
        world.random("session", &[number]).hex(15)
    }

    fn statistics(&self, session: &str, world: &World) -> Value {
        let mut random = world.random("execution time", &[self.sessions.get()]);
        json!({ "SESSION": session, "execution_time": number(random.between(80, 2_400)) })
    }

    /// A failed read.
    fn failure(&self, code: u32, session: &str, world: &World) -> Value {
        let mut error = json!({ "code": code, "message": codes::error(code).unwrap_or_default() });
        let mut statistics = self.statistics(session, world);
        match code {
            2017 | 2018 | 20_171 => {
                let methods = challenges::METHODS.map(|method| json!({ "otp_method": method }));
                statistics["otpMethods"] = Value::from(methods.to_vec());
            }
            2020 => error["contract_names"] = Value::from(challenges::CONTRACTS.to_vec()),
            _ => {}
        }
        json!({ "success": false, "payload": null, "error": error, "statistics": statistics })
    }

    /// A read that went well.
    fn success(&self, good: Good, payload: Value, session: &str, world: &World) -> Value {
        let mut statistics = self.statistics(session, world);
        if let Some(code) = good.warning {
            let message = codes::warning(code).unwrap_or_default();
            statistics["warnings"] = json!([{ "code": code, "message": message, "product_type": "unknown" }]);
        }
        if good.stored {
            statistics["token"] = Value::from(self.custody.token(good.holder));
        }
        statistics["code"] = Value::from(entities::code(world, good.institution));
        json!({ "success": true, "payload": payload, "statistics": statistics })
    }

    /// Reads a bank, now.
    fn read(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let wanted = Wanted::read(&call.body, day(scene.now), &scene.book.schemas)?;
        let content = call.operation.body.as_ref().and_then(|body| body.content.first());
        let schema = content.and_then(|content| content.schema.as_ref());
        let schemas = &scene.book.schemas;
        let declared = schema.and_then(|schema| schemas.resolve(schemas.get(schema))["properties"].as_object());
        let login = Login::new(clients::of_call(call), &call.body, declared);
        let mut session = self.session(scene.world);
        match self.log_in(&login, &mut session, scene)? {
            Outcome::Failed(Failed { code, stored }) => {
                if let Some(holder) = stored {
                    self.custody.used(holder, scene.now, code, &session);
                }
                Ok(Answer::json(200, self.failure(code, &session, scene.world)))
            }
            Outcome::Good(good) => {
                let reading = Reading::new(scene.world, good.holder, good.institution, scene.now, &wanted)?;
                let mut weaver = Weaver::default();
                let payload = reading.payload(&mut weaver);
                if good.stored {
                    self.custody.used(good.holder, scene.now, 0, &session);
                }
                let document = self.success(good, payload, &session, scene.world);
                Ok(Answer::woven(200, weaver, &document))
            }
        }
    }

    fn tokens(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let page = match &call.body["page"] {
            Value::Null => 1,
            page => page
                .as_u64()
                .filter(|page| *page > 0)
                .ok_or_else(|| Refusal::code("page", "form field page", "counts from 1 on"))?,
        };
        Ok(Answer::json(200, self.custody.page(scene.world, clients::of_call(call), page)))
    }

    fn reassign(&mut self, call: &Call) -> Result<Answer, Refusal> {
        let client = |name: &str| -> Result<Client, Refusal> {
            let key = call.body[name].as_str().unwrap_or_default();
            let wrong = || Refusal::new(Kind::Unauthenticated(""), format!("form field {name}"), "is no key");
            clients::of_key(key).ok_or_else(wrong)
        };
        let (from, to) = (client("api_key_source")?, client("api_key_target")?);
        self.custody.reassign(from, to, text(&call.body, "token"))?;
        Ok(receipt("The token is reassigned."))
    }
}

impl Player for WealthReader {
    fn authenticate(&self, operation: &Operation, received: &Received, _scene: &Scene<'_>) -> Result<(), Refusal> {
        let place = if operation.body.is_some() { "body api_key" } else { "query parameter api_key" };
        let wrong = |problem| Err(Refusal::new(Kind::Unauthenticated("2"), place, problem));
        match clients::key(operation, received) {
            Some(key) if clients::of_key(&key).is_some() => Ok(()),
            Some(_) => wrong("is no key of the sandbox"),
            None => wrong("is required"),
        }
    }

    fn answer(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let english = call.text("lang") == Some("en");
        let client = clients::of_call(call);
        match call.id() {
            "read_financial_data" => self.read(call, scene),
            "list_entities" => {
                Ok(Answer::json(200, entities::list(scene.world, call.number("show_only_tested") == Some(1))))
            }
            "list_category_types" => Ok(Answer::json(200, categories::list(english))),
            "list_error_codes" => Ok(Answer::json(200, codes::errors(english))),
            "list_warning_codes" => Ok(Answer::json(200, codes::warnings(english))),
            "list_tokens" => self.tokens(call, scene),
            "revoke_token" => {
                self.custody.revoke(client, text(&call.body, "token"))?;
                Ok(receipt("The token is revoked."))
            }
            "reassign_token" => self.reassign(call),
            "add_domain" => self.domains.add(client, &call.body),
            "verify_iban_ownership" => {
                let statistics = self.statistics(&self.session(scene.world), scene.world);
                ownership::verify(scene.world, &call.body, statistics)
            }
            "register_user" => self.users.register(client, &call.body),
            "check_user" => Ok(self.users.check(client, &call.body)),
            "unregister_user" => self.users.unregister(client, &call.body),
            "load_batch" => self.load_batch(client, &call.body, scene),
            "show_batch_statistics" => self.batches.statistics(client, &call.body, scene),
            "show_batch_result" => self.batch_result(client, &call.body, scene),
            "set_cards_webhook" => self.cards.set_webhook(client, &call.body, scene),
            "create_card_enrollment" => self.cards.enroll(client, &call.body, scene),
            "show_card_enrollment" => self.cards.show(client, call.text("enrollment_id").unwrap_or_default(), scene),
            "list_card_transactions" => self.cards.list(client, call, scene),
            _ => Err(Refusal::new(Kind::Route, format!("operation {}", call.id()), "is not played")),
        }
    }

    fn refuse(&self, refusal: &Refusal, operation: Option<&Operation>, scene: &Scene<'_>) -> Answer {
        self.refusal(refusal, operation, scene)
    }

    fn trouble(&self, trouble: &Trouble, operation: &Operation, scene: &Scene<'_>) -> Option<Answer> {
        self.in_trouble(trouble, operation, scene)
    }

    fn beside(&mut self, received: &Received, scene: &mut Scene<'_>) -> Option<Answer> {
        self.widget(received, scene).or_else(|| self.oauth(received, scene))
    }

    fn tick(&mut self, scene: &mut Scene<'_>) {
        self.cards.tick(scene);
    }
}

/// That something was done.
fn receipt(message: &str) -> Answer {
    Answer::json(200, json!({ "success": true, "message": message }))
}

fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().unwrap_or_default()
}

/// A custody token that is known from the start.
pub(super) fn first_token(world: &World) -> String {
    custody::token(Names::new(world), 0)
}
