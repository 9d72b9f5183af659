//! The way out of the model: the providers' own clients, with all their operations and types.
//!
//! What stands here follows the clients' versions, not the facade's: it is the one part of the public API in which types
//! of theirs appear. Three ways lead through it:
//!
//! - `from_client` makes a provider from a client that was set up to the last detail;
//! - `client` gives it back, for what the facade does not cover;
//! - [`Source::decode`](crate::Source::decode) reads a normalized record as the provider's own type.

#[cfg(feature = "belvo")]
pub use belvo_client as belvo;
#[cfg(feature = "khipu")]
pub use khipu_client as khipu;
#[cfg(feature = "saltedge")]
pub use saltedge_client as saltedge;
#[cfg(feature = "wealthreader")]
pub use wealthreader_client as wealthreader;

#[cfg(feature = "belvo")]
mod from_belvo;
#[cfg(feature = "khipu")]
mod from_khipu;
#[cfg(feature = "saltedge")]
mod from_saltedge;
#[cfg(feature = "wealthreader")]
mod from_wealthreader;
