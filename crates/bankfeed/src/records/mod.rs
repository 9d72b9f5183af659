//! Lists as streams: resumable, one page ahead, a bad record at a time.

mod legs;
mod memory;
mod paged;
mod pages;
mod paging;
mod repeats;
mod stream;
#[cfg(test)]
mod tests;
mod token;

pub use paging::Paging;
pub use stream::Records;
pub use token::ResumeToken;
pub(crate) use {
    legs::Legs,
    memory::whole,
    paged::{Read, continuation, paged, pages_of},
    pages::{BoxPages, Group, PageOf, Pages, failed},
    repeats::Marked,
    token::{Scope, no_position},
};
