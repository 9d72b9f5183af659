//! Refusals in the three shapes that the provider has: for reads, for users and tokens, and for cards.

use serde_json::{Value, json};

use super::WealthReader;
use super::codes;
use crate::answer::Answer;
use crate::fault::Trouble;
use crate::playbook::Operation;
use crate::players::Scene;
use crate::refusal::{Kind, Refusal};

/// Which shape an operation's refusals have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Read,
    Plain,
    Cards,
}

fn shape(operation: Option<&Operation>) -> Shape {
    match operation.map(|operation| operation.id.as_str()) {
        Some(
            "list_tokens" | "revoke_token" | "reassign_token" | "add_domain" | "register_user" | "check_user"
            | "unregister_user",
        ) => Shape::Plain,
        Some("set_cards_webhook" | "create_card_enrollment" | "show_card_enrollment" | "list_card_transactions") => {
            Shape::Cards
        }
        _ => Shape::Read,
    }
}

/// What read operations can be hit by: those that log in at a bank.
fn logs_in(operation: &Operation) -> bool {
    operation.id == "read_financial_data"
}

fn plain(status: u16, message: &str) -> Answer {
    Answer::json(status, json!({ "success": false, "message": message }))
}

fn cards(status: u16, code: Option<&str>, message: &str) -> Answer {
    let mut body = json!({ "success": false });
    if let Some(code) = code {
        body["code"] = Value::from(code);
    }
    body["message"] = Value::from(message);
    Answer::json(status, body)
}

impl WealthReader {
    pub(super) fn failed_read(&self, status: u16, code: u32, message: &str, scene: &Scene<'_>) -> Answer {
        let statistics = self.statistics(&self.session(scene.world), scene.world);
        let mut body = json!({
            "success": false,
            "error": { "code": code, "message": message },
            "statistics": statistics,
        });
        if status == 200 {
            body["payload"] = Value::Null;
        }
        Answer::json(status, body)
    }

    pub(super) fn refusal(&self, refusal: &Refusal, operation: Option<&Operation>, scene: &Scene<'_>) -> Answer {
        let status = match &refusal.kind {
            Kind::Route => 404,
            Kind::Method(_) => 405,
            Kind::NotAcceptable => 406,
            Kind::TooLarge => 413,
            Kind::Unauthenticated(_) => return self.unauthenticated(operation, scene),
            Kind::Code(code) => return self.coded(code, refusal, operation, scene),
            Kind::MediaType | Kind::Syntax | Kind::Missing | Kind::Invalid | Kind::Fault => 400,
        };
        match shape(operation) {
            Shape::Read => self.failed_read(status, 2, codes::error(2).unwrap_or_default(), scene),
            Shape::Plain => plain(status, "The call is not correct."),
            Shape::Cards => cards(status, invalid(operation, &refusal.place), "The call is not correct."),
        }
    }

    fn unauthenticated(&self, operation: Option<&Operation>, scene: &Scene<'_>) -> Answer {
        const MESSAGE: &str = "The key is not valid.";
        match shape(operation) {
            Shape::Plain => plain(401, MESSAGE),
            Shape::Cards => cards(401, Some("unauthorized"), MESSAGE),
            Shape::Read => {
                // Reads fail under 200; a batch of another client is not there at all.
                let status = match operation.map(|operation| operation.id.as_str()) {
                    Some("read_financial_data") => 200,
                    Some("verify_iban_ownership") => 400,
                    Some("show_batch_statistics" | "show_batch_result") => 404,
                    _ => 401,
                };
                self.failed_read(status, 2, MESSAGE, scene)
            }
        }
    }

    /// One of the provider's reasons: a number for reads, letters for cards, and only a message for the rest.
    fn coded(&self, code: &str, refusal: &Refusal, operation: Option<&Operation>, scene: &Scene<'_>) -> Answer {
        match shape(operation) {
            Shape::Plain => plain(400, &format!("{}: {}", refusal.place, refusal.problem)),
            Shape::Cards => {
                let status = scene.book.statuses.get(code).and_then(Value::as_u64);
                let status = status.and_then(|status| u16::try_from(status).ok()).unwrap_or(400);
                cards(status, Some(code), &refusal.problem)
            }
            Shape::Read => {
                let status = match (operation.map(|operation| operation.id.as_str()), code) {
                    (Some("read_financial_data"), _) => 200,
                    (Some("show_batch_statistics" | "show_batch_result"), "404") => 404,
                    _ => 400,
                };
                let number = code.parse().ok().filter(|number| codes::error(*number).is_some()).unwrap_or(2);
                self.failed_read(status, number, codes::error(number).unwrap_or_default(), scene)
            }
        }
    }

    pub(super) fn in_trouble(&self, trouble: &Trouble, operation: &Operation, scene: &Scene<'_>) -> Option<Answer> {
        let shape = shape(Some(operation));
        match trouble {
            Trouble::Status(status) if *status >= 400 => Some(match shape {
                Shape::Read => self.failed_read(*status, 1, codes::error(1).unwrap_or_default(), scene),
                Shape::Plain => plain(*status, "Something went wrong."),
                Shape::Cards => cards(*status, None, "Something went wrong."),
            }),
            Trouble::RateLimit => match shape {
                Shape::Cards => Some(cards(429, Some("rate_limited"), "Too many calls.")),
                // The limit of reads has no status of its own, and the other operations have no limit.
                Shape::Read if logs_in(operation) => {
                    Some(self.failed_read(200, 2, "Se superó el límite de uso.", scene))
                }
                Shape::Read | Shape::Plain => None,
            },
            Trouble::ConsentExpired if logs_in(operation) => Some(self.asked(9999, scene)),
            Trouble::SecondFactor if logs_in(operation) => Some(self.asked(2010, scene)),
            Trouble::Status(_) | Trouble::ConsentExpired | Trouble::SecondFactor => None,
        }
    }

    /// A failed login; a challenge goes on with whichever request names its session.
    fn asked(&self, code: u32, scene: &Scene<'_>) -> Answer {
        let session = self.session(scene.world);
        if code == 2010 {
            self.challenges.borrow_mut().open(&session, None, code, scene.now);
        }
        Answer::json(200, self.failure(code, &session, scene.world))
    }
}

/// The reason that an operation on cards has for a member that does not keep the specification.
fn invalid(operation: Option<&Operation>, place: &str) -> Option<&'static str> {
    match operation?.id.as_str() {
        "create_card_enrollment" => Some("invalid_email"),
        "list_card_transactions" if place.contains("date") => Some("invalid_date_from"),
        "set_cards_webhook" if place.contains("webhook_url") => Some("invalid_webhook_url"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Provider;
    use crate::answer::Body;
    use crate::playbook::Playbook;
    use crate::world::{Size, World};

    #[test]
    fn trouble_has_the_shape_of_its_operation() {
        let start = crate::DEFAULT_START.parse().unwrap();
        let world = World::new(1, Size { people: 1, transactions: 10, days: 30 }, start);
        let book = Playbook::of(Provider::WealthReader);
        let scene = Scene::quiet(Provider::WealthReader, &world);
        let player = WealthReader::new(&world);
        let limit = Trouble::RateLimit;
        for (trouble, operation, status, pointer, code) in [
            (&Trouble::ConsentExpired, "read_financial_data", 200, "/error/code", Value::from(9999)),
            (&Trouble::SecondFactor, "read_financial_data", 200, "/error/code", Value::from(2010)),
            (&limit, "read_financial_data", 200, "/error/code", Value::from(2)),
            (&limit, "create_card_enrollment", 429, "/code", Value::from("rate_limited")),
            (&Trouble::Status(500), "list_tokens", 500, "/success", Value::from(false)),
        ] {
            let operation = book.operation(operation).unwrap();
            let answer = player.in_trouble(trouble, operation, &scene).unwrap();
            let Body::Json(body) = answer.body else { panic!("{trouble:?}") };
            assert_eq!((answer.status, body.pointer(pointer)), (status, Some(&code)));
            let schema = operation.answer(status).unwrap()[0].schema.as_ref().unwrap();
            book.schemas.check(schema, &body).unwrap();
            if *trouble == Trouble::SecondFactor {
                let session = body["statistics"]["SESSION"].as_str().unwrap();
                assert!(player.challenges.borrow().knows(session), "it can be resumed");
            }
        }
        for (trouble, operation) in [(&Trouble::ConsentExpired, "list_tokens"), (&limit, "list_entities")] {
            assert!(player.in_trouble(trouble, book.operation(operation).unwrap(), &scene).is_none());
        }
    }
}
