//! Callbacks: what the provider posts to the address that an asynchronous request names.

mod error;
mod payload;
mod reader;
mod signature;
mod token;

pub use error::CallbackError;
pub use payload::{Callback, ReceivedCallback};
pub use reader::CallbackReader;
pub use token::CallbackToken;
