//! Takes a page apart without reading its items, so that one bad record does not cost the others.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

/// The items of a page where they stand in its text, and the page's text with an empty list in their place.
pub(super) struct Records {
    pub(super) items: Vec<Range<usize>>,
    pub(super) hollow: String,
}

/// Finds the list at a JSON pointer; `None` when there is no list.
pub(super) fn split(body: &[u8], pointer: &str) -> Option<Records> {
    let text = std::str::from_utf8(body).ok()?;
    let mut at: &RawValue = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    for name in pointer.split('/').skip(1) {
        // A page that comes without what is usually around it is the list itself.
        if at.get().starts_with('[') {
            break;
        }
        let name = name.replace("~1", "/").replace("~0", "~");
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(at.get()).ok()?;
        at = members.get(&name).copied()?;
    }
    let items: Vec<&RawValue> = serde_json::from_str(at.get()).ok()?;
    let list = range(text, at.get())?;
    let items = items.into_iter().map(|item| range(text, item.get())).collect::<Option<Vec<_>>>()?;
    let hollow = format!("{}[]{}", &text[..list.start], &text[list.end..]);
    Some(Records { items, hollow })
}

/// Where a part borrowed from a text stands in it.
fn range(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let range = start..start + part.len();
    // A part that was not borrowed from the text has an address elsewhere.
    (text.get(range.clone())? == part).then_some(range)
}
