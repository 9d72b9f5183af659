//! The model by itself: exact values, checked identifiers, JSON there and back, nothing personal printed.
#![allow(clippy::unwrap_used, clippy::panic)]

mod identifiers;
mod json;
mod personal;
mod records;
mod schema;
mod values;
