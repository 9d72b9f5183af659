//! Khipu through the facade: against the sandbox, and against answers that it would never give.
#![cfg(feature = "khipu")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod callbacks;
mod errors;
mod lists;
mod reads;
mod samples;
mod secrecy;
mod support;
