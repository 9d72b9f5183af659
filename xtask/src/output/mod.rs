//! From refined code to files: text, comparison, writing.

mod client;
mod compare;
mod manifest;
mod text;
mod write;

pub(crate) use compare::{changed, compare, report};
pub(crate) use manifest::{MARK, standalone};
pub(crate) use text::render;
pub(crate) use write::{put, write};

use std::collections::BTreeMap;

/// Files by their path below a folder that belongs to the generator alone.
pub(crate) type Files = BTreeMap<String, String>;
