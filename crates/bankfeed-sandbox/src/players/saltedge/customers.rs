//! End users of the application.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::ids::{self, Kind};
use super::{SaltEdge, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::World;

/// Those who are there from the start, less those removed, and those who came.
#[derive(Default)]
pub(super) struct Customers {
    created: BTreeMap<u64, Customer>,
    removed: BTreeSet<u64>,
    /// How many came, whether they are still there or not.
    count: u64,
}

#[derive(Clone)]
pub(super) struct Customer {
    pub(super) number: u64,
    pub(super) identifier: Option<String>,
    email: Option<String>,
    created_at: Timestamp,
}

impl Customers {
    pub(super) fn get(&self, world: &World, number: u64) -> Option<Customer> {
        if self.removed.contains(&number) {
            return None;
        }
        if number >= world.size.people {
            return self.created.get(&number).cloned();
        }
        let mut random = world.random("saltedge customer", &[number]);
        let ago = SignedDuration::from_hours(24 * (400 + random.between(0, 200)));
        let created_at = world.start.saturating_sub(ago).unwrap_or(world.start);
        Some(Customer { number, identifier: Some(format!("customer-{:04}", number + 1)), email: None, created_at })
    }

    /// The number of the customer with an identifier.
    fn identified(&self, world: &World, identifier: &str) -> Option<u64> {
        let seeded = identifier.strip_prefix("customer-").and_then(|digits| digits.parse::<u64>().ok()?.checked_sub(1));
        let seeded = seeded.filter(|number| *number < world.size.people);
        let has = |number: &u64| {
            self.get(world, *number).is_some_and(|customer| customer.identifier.as_deref() == Some(identifier))
        };
        seeded.filter(has).or_else(|| self.created.keys().copied().find(has))
    }

    fn numbers(&self, world: &World) -> impl Iterator<Item = u64> {
        let seeded = (0..world.size.people).filter(|number| !self.removed.contains(number));
        seeded.chain(self.created.keys().copied())
    }
}

impl SaltEdge {
    /// The customer with an id.
    pub(super) fn customer(&self, world: &World, place: &str, id: &str) -> Result<Customer, Refusal> {
        ids::read(world, Kind::Customer, id)
            .and_then(|number| self.customers.get(world, number))
            .ok_or_else(|| Refusal::code("CustomerNotFound", place, "no customer has this id"))
    }

    /// The customer whom a body names by id or by identifier.
    pub(super) fn named_customer(&self, world: &World, data: &Value) -> Result<Customer, Refusal> {
        match (&data["customer_id"], data["customer_identifier"].as_str()) {
            (Value::Null, None) => {
                let problem = "customer_id or customer_identifier is required";
                Err(Refusal::code("WrongRequestFormat", "body /data", problem))
            }
            (Value::Null, Some(identifier)) => self
                .customers
                .identified(world, identifier)
                .and_then(|number| self.customers.get(world, number))
                .ok_or_else(|| {
                    let problem = "no customer has this identifier";
                    Refusal::code("CustomerNotFound", "body /data/customer_identifier", problem)
                }),
            (id, _) => {
                let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
                self.customer(world, "body /data/customer_id", &id)
            }
        }
    }

    pub(super) fn create_customer(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let data = &call.body["data"];
        let text = |name: &str| data[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let (identifier, email) = (text("identifier"), text("email"));
        if identifier.is_none() && email.is_none() {
            let problem = "identifier is required, or email for partners";
            return Err(Refusal::code("WrongRequestFormat", "body /data", problem));
        }
        if email.as_ref().is_some_and(|email| !email.contains('@')) {
            return Err(Refusal::code("WrongRequestFormat", "body /data/email", "is no e-mail address"));
        }
        let taken = |problem| Err(Refusal::code("DuplicatedCustomer", "body /data", problem));
        if identifier.as_ref().is_some_and(|name| self.customers.identified(scene.world, name).is_some()) {
            return taken("a customer has this identifier already");
        }
        if email.is_some() && self.customers.created.values().any(|known| known.email == email) {
            return taken("a customer has this e-mail address already");
        }
        let number = scene.world.size.people + self.customers.count;
        self.customers.count += 1;
        let customer = Customer { number, identifier, email, created_at: scene.now };
        let answer = paging::single(&write(scene.world, &customer));
        self.customers.created.insert(number, customer);
        Ok(answer)
    }

    pub(super) fn list_customers(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let world = scene.world;
        let first = ids::first_from(world, Kind::Customer, paging::from(call)?);
        let numbers = self.customers.numbers(world).skip_while(|number| *number < first);
        let customers = numbers.filter_map(|number| self.customers.get(world, number));
        let listed = customers.map(|customer| (ids::id(world, Kind::Customer, customer.number), customer));
        paging::listed(call, listed, |customer| write(world, &customer))
    }

    pub(super) fn show_customer(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let customer = self.customer(scene.world, "path customer_id", call.segment("customer_id"))?;
        Ok(paging::single(&write(scene.world, &customer)))
    }

    pub(super) fn remove_customer(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.segment("customer_id");
        let customer = self.customer(scene.world, "path customer_id", id)?;
        for connection in self.connections.of_customer(scene.world, customer.number) {
            self.drop_connection(connection, scene);
        }
        self.reports.drop_of(customer.number);
        self.buckets.retain(|_, bucket| bucket.customer != customer.number);
        self.lessons.forget(customer.number);
        self.sessions.retain(|_, session| session.customer != customer.number);
        self.customers.created.remove(&customer.number);
        self.customers.removed.insert(customer.number);
        Ok(paging::single(&json!({ "customer_id": id, "deleted": true })))
    }
}

fn write(world: &World, customer: &Customer) -> Value {
    json!({
        "customer_id": ids::text(world, Kind::Customer, customer.number),
        "identifier": customer.identifier,
        "blocked_at": null,
        "created_at": customer.created_at.to_string(),
        "updated_at": customer.created_at.to_string(),
    })
}
