//! One normalized model over four bank-data aggregators.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod error;
pub mod identity;
mod losses;
mod model;
mod normalize;
mod provider;
mod records;
mod source;
mod unmapped;

pub use bankfeed_runtime::jiff::Timestamp;
pub use bankfeed_runtime::{Amount, Date, DateTime, Decimal, DecodeError, Id, Json, Secret};
pub use error::{Actor, Cause, Challenge, Error, ErrorKind, RetryAdvice};
pub use identity::{AccountKey, AccountKeyStrength, TransactionKey, TransactionKeyStrength};
pub use losses::LossReport;
pub use model::*;
pub use provider::*;
pub use records::{Paging, Records, ResumeToken};
pub use source::Source;
