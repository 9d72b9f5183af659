//! One page of a list.

use crate::de::Lenient;

/// One page of a list.
pub trait Page: for<'de> Lenient<'de> + Send + 'static {
    /// What the list is of.
    type Item: for<'de> Lenient<'de> + Send + 'static;

    /// Where the items are in the page, as a JSON pointer; empty when the page is the list itself. A page may also be the
    /// list itself where the pointer says otherwise.
    const ITEMS: &'static str;

    /// How to go on: the next cursor, or the next page's address. For counted pages or items, `Some` while there is
    /// more: empty to count on, or the next position as a number.
    fn next(&self) -> Option<String>;

    /// Whether it holds a list at all: a page of several forms also takes what is none of them.
    fn is_list(&self) -> bool {
        true
    }

    /// The items.
    fn into_items(self) -> Vec<Self::Item>;
}
