//! Takes a page apart without reading its items, so that one bad record does not cost the others.

use std::ops::Range;

use serde_json::value::RawValue;

use crate::de::place::{find, range};

/// The items of a page where they stand in its text, and the page's text with an empty list in their place.
pub(super) struct Records {
    pub(super) items: Vec<Range<usize>>,
    pub(super) hollow: String,
}

/// Finds the list at a JSON pointer; `None` when there is no list.
pub(super) fn split(body: &[u8], pointer: &str) -> Option<Records> {
    let text = std::str::from_utf8(body).ok()?;
    let list = find(text, pointer, true)?;
    let items: Vec<&RawValue> = serde_json::from_str(list.get()).ok()?;
    let items = items.into_iter().map(|item| range(text, item.get())).collect::<Option<Vec<_>>>()?;
    let list = range(text, list.get())?;
    let hollow = format!("{}[]{}", &text[..list.start], &text[list.end..]);
    Some(Records { items, hollow })
}
