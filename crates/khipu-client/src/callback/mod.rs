//! Callbacks: what the provider posts to the address that an asynchronous request names.

mod payload;
mod reader;
mod signature;
mod token;

pub use bankfeed_runtime::webhook::CallbackError;
pub use payload::{Callback, ReceivedCallback};
pub use reader::CallbackReader;
pub use token::CallbackToken;
