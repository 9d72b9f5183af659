//! Client of the Wealth Reader API.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod error;
#[rustfmt::skip]
mod generated;

/// What every client of this family stands on.
pub use bankfeed_runtime as runtime;
pub use error::ApiFailure;
pub use generated::{Client, Error, operations, types};
