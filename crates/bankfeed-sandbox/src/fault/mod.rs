//! What goes wrong on request.
//!
//! One grammar in three places: a header of a request, rules, a file of rules. `name` knows the words, `model` and `grammar` read and
//! print them, `faults` decides whom they hit, and the rest plays them: `before` in place of the provider, `paging` and `document`
//! in what it answers, `wire` on the way.

mod before;
mod document;
mod faults;
mod file;
mod grammar;
mod model;
mod name;
mod paging;
mod places;
mod rule;
#[cfg(test)]
mod walks;
mod wire;

pub use file::FaultsError;
pub use grammar::FaultError;
pub use model::Fault;
pub use rule::Rule;

pub(crate) use before::{Trouble, instead};
pub(crate) use faults::{Faults, Struck};
pub(crate) use file::{read, read_file};
pub(crate) use wire::Wire;
