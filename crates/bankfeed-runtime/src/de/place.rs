//! Finding parts of a JSON text without reading them.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

/// Where the value at a JSON pointer stands in a JSON text; `None` when it is not there or the text is no JSON.
pub fn place_of(text: &[u8], pointer: &str) -> Option<Range<usize>> {
    let text = std::str::from_utf8(text).ok()?;
    range(text, find(text, pointer, false)?.get())
}

/// Where the items of the list at a JSON pointer stand in a JSON text; `None` when there is no list.
///
/// A list found on the way is taken for the one that is looked for: pages may come without what is usually around
/// their items.
pub fn places_of_items(text: &[u8], pointer: &str) -> Option<Vec<Range<usize>>> {
    let text = std::str::from_utf8(text).ok()?;
    let list = find(text, pointer, true)?;
    let items: Vec<&RawValue> = serde_json::from_str(list.get()).ok()?;
    items.into_iter().map(|item| range(text, item.get())).collect()
}

/// The value at a pointer, or the first list on the way to it.
pub(crate) fn find<'t>(text: &'t str, pointer: &str, stop_at_list: bool) -> Option<&'t RawValue> {
    let mut at: &RawValue = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    for name in pointer.split('/').skip(1) {
        let is_list = at.get().starts_with('[');
        if is_list && stop_at_list {
            break;
        }
        let name = name.replace("~1", "/").replace("~0", "~");
        at = if is_list {
            let items: Vec<&RawValue> = serde_json::from_str(at.get()).ok()?;
            items.get(name.parse::<usize>().ok()?).copied()?
        } else {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(at.get()).ok()?;
            members.get(&name).copied()?
        };
    }
    Some(at)
}

/// Where a part borrowed from a text stands in it.
pub(crate) fn range(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let range = start..start + part.len();
    // A part that was not borrowed from the text has an address elsewhere.
    (text.get(range.clone())? == part).then_some(range)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn values_and_items_are_found_where_they_stand() {
        let text = br#"{"a": {"b/c": [1, {"x": "y"}]}}"#;
        assert_eq!(&text[place_of(text, "/a/b~1c/1/x").unwrap()], br#""y""#);
        let items = places_of_items(text, "/a/b~1c").unwrap();
        assert_eq!(items.into_iter().map(|item| &text[item]).collect::<Vec<_>>(), [&b"1"[..], br#"{"x": "y"}"#]);
        assert_eq!(place_of(text, "/a/nothing"), None);
        assert_eq!(places_of_items(text, "/a"), None);
        assert_eq!(places_of_items(b"[1]", "/data").unwrap().len(), 1);
    }
}
