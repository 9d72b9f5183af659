//! Owners by the names of their types.

use crate::types::{Company, Person};

pub fn name(person: &Person) -> (&str, &str) {
    (&person.full_name, &person.type_)
}

pub fn seat(company: &Company) -> (Option<&str>, &str) {
    (company.seat.as_deref(), &company.type_)
}
