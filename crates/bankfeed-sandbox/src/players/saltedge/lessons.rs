//! Categories that customers teach.

use std::collections::BTreeMap;

use serde_json::json;

use super::ids::{self, Kind};
use super::{SaltEdge, categories, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// As often a correction has to come before it counts.
const REPETITIONS: u32 = 3;

/// What was taught, by customer and description.
#[derive(Default)]
pub(super) struct Lessons {
    rules: BTreeMap<(u64, String), Lesson>,
}

struct Lesson {
    category: String,
    times: u32,
}

impl Lessons {
    pub(super) fn teach(&mut self, customer: u64, description: &str, category: &str, immediate: bool) {
        let lesson = self
            .rules
            .entry((customer, rule(description)))
            .or_insert_with(|| Lesson { category: category.to_owned(), times: 0 });
        if lesson.category != category {
            category.clone_into(&mut lesson.category);
            lesson.times = 0;
        }
        lesson.times += if immediate { REPETITIONS } else { 1 };
    }

    /// The extra field that a description has since it was taught, and its category.
    pub(super) fn learned(&self, customer: u64, description: &str) -> Option<(&'static str, &str)> {
        if self.rules.is_empty() {
            return None;
        }
        let category = self.category(customer, description)?;
        let name = if categories::is_known(category) { "customer_category_code" } else { "customer_category_name" };
        Some((name, category))
    }

    pub(super) fn category(&self, customer: u64, description: &str) -> Option<&str> {
        let lesson = self.rules.get(&(customer, rule(description)))?;
        (lesson.times >= REPETITIONS).then_some(lesson.category.as_str())
    }

    pub(super) fn forget(&mut self, customer: u64) {
        self.rules.retain(|(known, _), _| *known != customer);
    }
}

/// A description without what differs from time to time: case, and numbers at its end.
fn rule(description: &str) -> String {
    let text = description.to_lowercase();
    text.trim_end_matches(|char: char| char.is_ascii_digit() || char == ' ').to_owned()
}

impl SaltEdge {
    pub(super) fn learn(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let data = &call.body["data"];
        let id = data["customer_id"].as_str().unwrap_or_default();
        let customer = self.customer(scene.world, "body /data/customer_id", id)?;
        let connections = self.connections.of_customer(scene.world, customer.number);
        let mut taught = Vec::new();
        for (index, lesson) in data["transactions"].as_array().into_iter().flatten().enumerate() {
            let place = format!("body /data/transactions/{index}");
            let id = lesson["id"].as_str().unwrap_or_default();
            let number = ids::place(scene.world, id.parse().unwrap_or(0)).account / 16;
            let connection = Some(number).filter(|number| connections.contains(number));
            let entry = connection
                .and_then(|number| self.connections.get(scene.world, number))
                .and_then(|connection| self.located(&connection, id, scene.world));
            let Some((_, entry)) = entry else {
                return Err(Refusal::code(
                    "RecordNotFound",
                    format!("{place}/id"),
                    "the customer has no such transaction",
                ));
            };
            let category = lesson["category_code"].as_str().unwrap_or_default();
            if category.is_empty() {
                return Err(Refusal::code("WrongRequestFormat", format!("{place}/category_code"), "is empty"));
            }
            taught.push((entry.text, category, lesson["immediate"].as_bool().unwrap_or(false)));
        }
        for (description, category, immediate) in taught {
            self.lessons.teach(customer.number, &description, category, immediate);
        }
        Ok(paging::single(&json!({ "learned": true })))
    }

    pub(super) fn list_rules(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.text("customer_id").unwrap_or_default();
        let customer = ids::read(scene.world, Kind::Customer, id)
            .and_then(|number| self.customers.get(scene.world, number))
            .ok_or_else(|| Refusal::code("RecordNotFound", "query parameter customer_id", "no customer has this id"))?;
        let of_customer = self.lessons.rules.iter().filter(|((known, _), _)| *known == customer.number);
        // Rules have no id of their own: their position does for one.
        let listed = (1..).zip(of_customer);
        paging::listed(call, listed, |((_, rule), lesson)| json!({ "rule": rule, "category_name": lesson.category }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_repetitions_count_and_one_at_once() {
        let mut lessons = Lessons::default();
        for times in 1..=3 {
            assert_eq!(lessons.category(1, "Zoo shop 12"), None, "{times}");
            lessons.teach(1, "ZOO SHOP 77", "pets", false);
        }
        assert_eq!(lessons.learned(1, "Zoo shop 12"), Some(("customer_category_code", "pets")));
        assert_eq!(lessons.category(2, "Zoo shop 12"), None);
        lessons.teach(1, "zoo shop", "my animals", true);
        assert_eq!(lessons.learned(1, "Zoo shop 5"), Some(("customer_category_name", "my animals")));
        lessons.teach(1, "zoo shop", "pets", false);
        assert_eq!(lessons.category(1, "Zoo shop 5"), None, "another category begins anew");
    }
}
