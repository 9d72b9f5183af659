//! Which records of a list a request wants.

use serde_json::Value;

use super::amount::millionths;
use super::verify::invalid;
use crate::call::Call;
use crate::refusal::Refusal;

/// What a record can be found by.
pub(super) struct Facts {
    known: Vec<(&'static str, String)>,
    /// Texts that a search looks into.
    texts: Vec<String>,
}

impl Facts {
    pub(super) fn of(id: &str) -> Self {
        Self { known: vec![("id", id.to_owned())], texts: Vec::new() }
    }

    /// One more, by the name of its parameter.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.known.push((name, value.into()));
        self
    }

    /// One more where there is a value; a record without one is found by none.
    pub(super) fn maybe(self, name: &'static str, value: Option<&String>) -> Self {
        match value {
            Some(value) => self.with(name, value.clone()),
            None => self,
        }
    }

    /// A text that a search looks into.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.texts.push(text.to_lowercase());
        self
    }
}

/// How a value is compared.
enum Test {
    Equal(String),
    OneOf(Vec<String>),
    Above(String),
    AtLeast(String),
    Below(String),
    AtMost(String),
    Between(String, String),
    Holds(String),
}

/// The conditions of one request.
pub(super) struct Filter {
    tests: Vec<(String, Test)>,
    search: Option<String>,
}

/// Parameters that do not filter.
const OTHERS: &[&str] = &["page", "page_size", "ordering", "search"];

impl Filter {
    pub(super) fn of(call: &Call) -> Result<Self, Refusal> {
        let search = call.text("search").map(|text| long_enough(text, "search")).transpose()?;
        let mut tests = Vec::new();
        for (name, value) in call.query.iter().filter(|(name, _)| !OTHERS.contains(&name.as_str())) {
            // The name of an institution is the one parameter that takes a part of the value.
            if name == "name" {
                tests.push((name.clone(), Test::Holds(long_enough(&plain(value), name)?)));
                continue;
            }
            let (field, operator) = match name.rsplit_once("__") {
                Some((field, operator @ ("in" | "gt" | "gte" | "lt" | "lte" | "range"))) => (field, operator),
                _ => (name.as_str(), ""),
            };
            let list: Vec<String> = value.as_array().into_iter().flatten().map(plain).collect();
            let test = match (operator, list.as_slice()) {
                ("in", _) => Test::OneOf(list),
                ("gt", _) => Test::Above(plain(value)),
                ("gte", _) => Test::AtLeast(plain(value)),
                ("lt", _) => Test::Below(plain(value)),
                ("lte", _) => Test::AtMost(plain(value)),
                ("range", [low, high]) => Test::Between(low.clone(), high.clone()),
                _ => Test::Equal(plain(value)),
            };
            tests.push((field.to_owned(), test));
        }
        Ok(Self { tests, search })
    }

    /// Whether a record is wanted.
    pub(super) fn keeps(&self, facts: &Facts) -> bool {
        let found = self.search.as_ref().is_none_or(|search| facts.texts.iter().any(|text| text.contains(search)));
        found
            && self.tests.iter().all(|(field, test)| {
                facts.known.iter().filter(|(name, _)| name == field).any(|(_, value)| test.fits(field, value))
            })
    }
}

impl Test {
    fn fits(&self, field: &str, value: &str) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let against = |wanted: &String| match field {
            "amount" => millionths(value).cmp(&millionths(wanted)),
            // Moments are compared by their day.
            "created_at" | "updated_at" => value.get(..10).unwrap_or(value).cmp(wanted.as_str()),
            _ => value.cmp(wanted.as_str()),
        };
        match self {
            Self::Equal(wanted) => against(wanted) == Equal,
            Self::OneOf(wanted) => wanted.iter().any(|wanted| against(wanted) == Equal),
            Self::Above(wanted) => against(wanted) == Greater,
            Self::AtLeast(wanted) => against(wanted) != Less,
            Self::Below(wanted) => against(wanted) == Less,
            Self::AtMost(wanted) => against(wanted) != Greater,
            Self::Between(low, high) => against(low) != Less && against(high) != Greater,
            Self::Holds(wanted) => value.to_lowercase().contains(wanted),
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn long_enough(text: &str, parameter: &str) -> Result<String, Refusal> {
    if text.chars().count() < 3 {
        return Err(invalid(format!("query parameter {parameter}"), "has less than three characters"));
    }
    Ok(text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_by_their_kind() {
        assert!(Test::Equal("10.5".to_owned()).fits("amount", "10.50"));
        assert!(Test::Above("9".to_owned()).fits("amount", "10.00"));
        let range = Test::Between("2026-01-01".to_owned(), "2026-01-31".to_owned());
        assert!(range.fits("created_at", "2026-01-31T23:59:59.000000Z"));
        assert!(!range.fits("created_at", "2026-02-01T00:00:00.000000Z"));
        assert!(Test::OneOf(vec!["A".to_owned(), "B".to_owned()]).fits("status", "B"));
        assert!(!Test::Equal("A".to_owned()).fits("status", "B"));
    }

    #[test]
    fn what_a_record_lacks_finds_it_by_no_value() {
        let filter = Filter { tests: vec![("customer".to_owned(), Test::Below("z".to_owned()))], search: None };
        assert!(!filter.keeps(&Facts::of("1")));
        assert!(filter.keeps(&Facts::of("1").with("customer", "a")));
    }
}
