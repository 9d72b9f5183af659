//! Lists that come in pages.

mod batch;
mod continuation;
mod cycle;
mod link;
mod page;
mod records;
mod stream;
mod walk;

pub use batch::{Batch, BatchStream};
pub use continuation::Continuation;
pub use page::Page;
pub use stream::{ItemStream, PageStream};
