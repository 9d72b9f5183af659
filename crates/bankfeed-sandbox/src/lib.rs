#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod access;
mod answer;
mod builder;
mod call;
mod callback;
mod check;
mod clock;
#[cfg(feature = "cli")]
pub mod command;
mod control;
mod exchange;
mod fault;
mod keys;
mod outgoing;
mod playbook;
mod players;
mod provider;
mod record;
mod refusal;
mod sandbox;
mod server;
mod world;

pub use access::{BelvoAccess, KhipuAccess, SaltEdgeAccess, WealthReaderAccess};
pub use builder::SandboxBuilder;
pub use callback::Delivery;
pub use clock::DEFAULT_START;
pub use fault::{Fault, FaultError, FaultsError, Rule};
pub use provider::{Provider, UnknownProvider};
pub use record::Recorded;
pub use sandbox::{Sandbox, StartError};
pub use url::Url;
