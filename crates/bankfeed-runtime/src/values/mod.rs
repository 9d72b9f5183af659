//! The values providers send, kept as exactly as they were sent.

pub mod amount;
mod bool_text;
mod date;
mod date_time;
mod id;
mod json;
mod maybe;
mod number;
mod open_enum;
mod secret;
mod stamp;
mod time;

pub use amount::{Amount, AmountError};
pub use bool_text::BoolText;
pub use date::Date;
pub use date_time::DateTime;
pub use id::Id;
pub use json::Json;
pub use maybe::Maybe;
pub(crate) use number::parse_decimal;
pub use open_enum::{OpenEnum, UnknownValue};
pub use open_enum::{open_enum_from, open_enum_read, open_enum_read_option};
pub use secret::Secret;
pub use stamp::StampError;
pub use time::Time;
