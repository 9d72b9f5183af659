//! Two plain forms that hold at once.

use std::collections::BTreeSet;

use super::{Kind, Node, Plain, Rest};

/// What both say together; `None` where they contradict each other, so that no value is both.
pub(super) fn join<'a>(a: &Plain<'a>, b: &Plain<'a>) -> Option<Plain<'a>> {
    let kinds = match (&a.kinds, &b.kinds) {
        (None, kinds) | (kinds, None) => kinds.clone(),
        (Some(a), Some(b)) => Some(common(a, b)),
    };
    // Whoever says `nullable` beside a reference means the value, although the letter of 3.0 asks more.
    let null = a.null || b.null;
    if kinds.as_ref().is_some_and(BTreeSet::is_empty) && !null {
        return None;
    }
    let values = match (&a.values, &b.values) {
        (None, values) | (values, None) => values.clone(),
        (Some(a), Some(b)) => Some(a.iter().filter(|value| b.contains(value)).copied().collect()),
    };
    let mut members = a.members.clone();
    for (name, member) in &b.members {
        let joined = match members.get(name) {
            Some(known) => both(known, member),
            None => member.clone(),
        };
        members.insert(name, joined);
    }
    let of_b = a.says_little() && !(b.says_little() && b.component.is_none() && a.component.is_some());
    let whole = if of_b { b } else { a };
    let component = if of_b || b.says_little() { whole.component.clone() } else { None };
    Some(Plain {
        component,
        place: whole.place.clone(),
        kinds,
        null,
        format: a.format.or(b.format),
        values,
        members,
        required: a.required.union(&b.required).copied().collect(),
        rest: match (&a.rest, &b.rest) {
            (Rest::Open(a), Rest::Open(b)) => Rest::Open(both(a, b)),
            (Rest::Unsaid, rest) | (rest, Rest::Unsaid) => rest.clone(),
            (Rest::Open(node), Rest::Anything) | (Rest::Anything, Rest::Open(node)) => Rest::Open(node.clone()),
            (Rest::Closed, _) | (_, Rest::Closed) => Rest::Closed,
            (Rest::Anything, Rest::Anything) => Rest::Anything,
        },
        items: match (&a.items, &b.items) {
            (Some(a), Some(b)) => Some(both(a, b)),
            (items, None) | (None, items) => items.clone(),
        },
        sensitive: a.sensitive || b.sensitive,
    })
}

fn both<'a>(a: &Node<'a>, b: &Node<'a>) -> Node<'a> {
    if a.key() == b.key() { a.clone() } else { Node::All(vec![a.clone(), b.clone()]) }
}

/// Every integer is a number.
fn common(a: &BTreeSet<Kind>, b: &BTreeSet<Kind>) -> BTreeSet<Kind> {
    let mut kinds: BTreeSet<Kind> = a.intersection(b).copied().collect();
    let has = |kinds: &BTreeSet<Kind>, kind| kinds.contains(&kind);
    if (has(a, Kind::Integer) && has(b, Kind::Number)) || (has(a, Kind::Number) && has(b, Kind::Integer)) {
        kinds.insert(Kind::Integer);
    }
    kinds
}
