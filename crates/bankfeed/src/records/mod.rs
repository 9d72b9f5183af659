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
    paged::{Read, paged},
    pages::{BoxPages, Group, OnePage, PageOf, Pages},
    repeats::Marked,
    token::Scope,
};
