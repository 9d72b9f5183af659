//! Khipu: one operation, answered at once or by a callback.
//!
//! An account number of nine zeros and three digits plays a part, see [`script`]. Any other number is an account of the world, the
//! same number always the same account.

mod balances;
mod envelope;
mod script;

use std::sync::atomic::{AtomicU64, Ordering};

use http::header::AUTHORIZATION;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use url::Url;

use self::envelope::{Envelope, Failure, Retry};
use self::script::Part;
use super::{Player, Scene};
use crate::access::{KHIPU_API_KEY, KHIPU_JWT};
use crate::answer::Answer;
use crate::call::{Call, Received};
use crate::callback::Callback;
use crate::fault::Trouble;
use crate::playbook::Operation;
use crate::refusal::{Kind, Refusal};
use crate::world::{Ids, World};

/// How long an asynchronous operation may run.
const LIFE_SPAN: SignedDuration = SignedDuration::from_hours(4);
/// Kind of the ids of operations.
const OPERATION: u8 = 1;

pub(super) struct Khipu {
    ids: Ids,
    /// Operations so far, refused ones included: each answer has an id of its own.
    operations: AtomicU64,
}

impl Khipu {
    pub(super) fn new(world: &World) -> Self {
        Self { ids: Ids::new(world.seed), operations: AtomicU64::new(0) }
    }

    fn operation_id(&self) -> String {
        self.ids.uuid(OPERATION, 0, self.operations.fetch_add(1, Ordering::Relaxed))
    }

    fn failed(&self, status: u16, failure: Failure) -> Answer {
        Answer::json(status, Envelope::failed(failure).with_id(&self.operation_id()))
    }
}

impl Player for Khipu {
    fn authenticate(&self, _operation: &Operation, received: &Received, _scene: &Scene<'_>) -> Result<(), Refusal> {
        let key = received.header("x-api-key");
        let bearer = received.headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
        match (key, bearer) {
            (Some(_), Some(_)) => {
                let problem = "stands beside an Authorization header: send one of the two";
                Err(Refusal::code("P002", "header x-api-key", problem))
            }
            (Some(KHIPU_API_KEY), None) => Ok(()),
            (Some(_), None) => {
                Err(Refusal::new(Kind::Unauthenticated("A000"), "header x-api-key", "is not the sandbox's key"))
            }
            (None, Some(bearer)) if bearer.strip_prefix("Bearer ") == Some(KHIPU_JWT) => Ok(()),
            (None, Some(_)) => {
                let problem = "is not `Bearer` and the sandbox's token";
                Err(Refusal::new(Kind::Unauthenticated("A000"), "header authorization", problem))
            }
            (None, None) => {
                let problem = "or a bearer token is required";
                Err(Refusal::new(Kind::Unauthenticated("A000"), "header x-api-key", problem))
            }
        }
    }

    fn answer(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let asked = &call.body["RequestData"];
        let number = asked["AccountNumber"].as_str().unwrap_or_default();
        if number.trim().is_empty() {
            return Err(Refusal::code("P002", "body /RequestData/AccountNumber", "is empty"));
        }
        if call.received.header("x-api-key").is_some() && asked["AccountCredential"].is_null() {
            let problem = "is required with an API key; with a bearer token it is not";
            return Err(Refusal::code("P001", "body /RequestData/AccountCredential", problem));
        }
        let part = Part::of(number);
        if let Some(url) = call.body["CallbackUrl"].as_str() {
            return self.later(url, number, part, scene);
        }
        let (status, envelope) = result(part, number, scene.world, scene.now);
        Ok(Answer::json(status, envelope.with_id(&self.operation_id())))
    }

    fn refuse(&self, refusal: &Refusal, _operation: Option<&Operation>, _scene: &Scene<'_>) -> Answer {
        let (status, failure) = match &refusal.kind {
            Kind::Route => (404, Failure::new("P003", Retry::Never, "El recurso no existe.")),
            Kind::Method(_) => (405, Failure::new("P003", Retry::Never, "El método no está permitido.")),
            Kind::NotAcceptable => (406, Failure::new("P003", Retry::Never, "La respuesta es JSON.")),
            Kind::TooLarge => (413, Failure::new("P002", Retry::Never, "La solicitud es demasiado grande.")),
            Kind::Unauthenticated(code) => (401, Failure::new(code, Retry::Never, "La credencial no es válida.")),
            Kind::Missing => (400, Failure::new("P001", Retry::Never, "Falta un dato en la solicitud.")),
            Kind::Code("P001") => (400, Failure::new("P001", Retry::Never, "Falta la credencial de la cuenta.")),
            Kind::Code(code) => (400, Failure::new(code, Retry::Never, "Un dato de la solicitud no es válido.")),
            Kind::MediaType | Kind::Syntax | Kind::Invalid | Kind::Fault => {
                (400, Failure::new("P002", Retry::Never, "Un dato de la solicitud no es válido."))
            }
        };
        self.failed(status, failure)
    }

    fn trouble(&self, trouble: &Trouble, _operation: &Operation, _scene: &Scene<'_>) -> Option<Answer> {
        let (status, failure) = match trouble {
            // Nothing is published about limits.
            Trouble::RateLimit => return None,
            Trouble::ConsentExpired => (200, Failure::new("E101", Retry::Never, "El acceso a la cuenta ha vencido.")),
            Trouble::SecondFactor => (200, Failure::new("E102", Retry::Never, "El banco pide una segunda clave.")),
            Trouble::Status(401) => (401, Failure::new("A000", Retry::Never, "Token vencido.")),
            Trouble::Status(404) => (404, Failure::new("P003", Retry::Never, "El recurso no existe.")),
            Trouble::Status(status @ 400..=499) => {
                (*status, Failure::new("P002", Retry::Never, "Un dato de la solicitud no es válido."))
            }
            Trouble::Status(status @ 500..=599) => {
                (*status, Failure::new("I001", Retry::AtOnce, "Error de infraestructura."))
            }
            Trouble::Status(200) => (200, Failure::new("E000", Retry::AtOnce, "Error sin detalles.")),
            Trouble::Status(_) => return None,
        };
        Some(self.failed(status, failure))
    }
}

impl Khipu {
    /// The operation is taken; its result goes to the address.
    fn later(&self, url: &str, number: &str, part: Option<Part>, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        if !Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
            return Err(Refusal::code("P002", "body /CallbackUrl", "is no address of http or https"));
        }
        let id = self.operation_id();
        let ends = scene.now.checked_add(LIFE_SPAN).unwrap_or(Timestamp::MAX);
        let (body, delay) = if part == Some(Part::NeverEnds) {
            (Envelope::expired(&id), LIFE_SPAN)
        } else {
            (result(part, number, scene.world, scene.now).1.with_id(&id), SignedDuration::ZERO)
        };
        scene.call_back(Callback::new(scene.provider, "result", url, body).after(delay));
        let mut accepted = Envelope::nothing(None);
        accepted.life_span = Some(format!("{ends:.3}"));
        Ok(Answer::json(202, accepted.with_id(&id)))
    }
}

/// How an operation ends, with the status of a synchronous answer.
fn result(part: Option<Part>, number: &str, world: &World, now: Timestamp) -> (u16, Envelope) {
    let read = |overdrawn| balances::of(world, number, now, overdrawn);
    match part {
        None => (200, Envelope::read(read(false), None)),
        Some(Part::Overdrawn) => (200, Envelope::read(read(true), None)),
        Some(Part::Incomplete) => {
            let Value::Array(mut list) = read(false) else { return (200, Envelope::nothing(None)) };
            list.truncate(1);
            (200, Envelope::read(Value::Array(list), Some("D000: el banco no mostró todos los saldos.")))
        }
        Some(Part::Nothing) => (200, Envelope::nothing(Some("El banco no mostró saldo para hoy."))),
        Some(Part::EmptyList) => (200, Envelope::empty()),
        Some(part) => {
            let (status, failure) = part.failure();
            (status, Envelope::failed(failure))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Provider;
    use crate::answer::Body;
    use crate::playbook::Playbook;
    use crate::world::Size;

    #[test]
    fn trouble_is_told_in_the_envelope() {
        let start = crate::DEFAULT_START.parse().unwrap();
        let world = World::new(1, Size { people: 1, transactions: 10, days: 30 }, start);
        let book = Playbook::of(Provider::Khipu);
        let scene = Scene::quiet(Provider::Khipu, &world);
        let (khipu, operation) = (Khipu::new(&world), &book.operations[0]);
        for (trouble, status, code) in [
            (Trouble::ConsentExpired, 200, "E101"),
            (Trouble::SecondFactor, 200, "E102"),
            (Trouble::Status(401), 401, "A000"),
            (Trouble::Status(500), 500, "I001"),
        ] {
            let answer = khipu.trouble(&trouble, operation, &scene).unwrap();
            let Body::Json(body) = answer.body else { panic!("{trouble:?}") };
            assert_eq!((answer.status, &body["Error"]["Code"]), (status, &Value::from(code)));
            let schema = operation.answer(status).unwrap()[0].schema.as_ref().unwrap();
            book.schemas.check(schema, &body).unwrap();
        }
        assert!(khipu.trouble(&Trouble::RateLimit, operation, &scene).is_none());
    }
}
