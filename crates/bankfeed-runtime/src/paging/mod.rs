//! Lists that come in pages.

mod continuation;
mod cycle;
mod link;
mod page;
mod records;
mod stream;
mod walk;

pub use continuation::Continuation;
pub use page::Page;
pub use stream::{ItemStream, PageStream};
