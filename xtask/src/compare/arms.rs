//! Which alternative of theirs is which of ours.

use std::collections::BTreeSet;

use crate::facts::{Kind, Merged, Plain, Reader};

/// Less in common than this, and two alternatives are taken for different ones.
const ALIKE: f64 = 0.5;

/// The alternatives of objects in pairs; empty where they do not pair up, so that only all of them together can be compared.
pub(super) fn pairs<'f, 'a>(
    (here, ours): (&Reader<'a>, &'f [Plain<'a>]),
    (there, theirs): (&Reader<'a>, &'f [Plain<'a>]),
) -> Vec<(&'f Plain<'a>, &'f Plain<'a>)> {
    let objects = |forms: &'f [Plain<'a>]| {
        forms.iter().filter(|form| form.kinds.is_some() && form.allows(Kind::Object)).collect::<Vec<_>>()
    };
    let (ours, mut theirs) = (objects(ours), objects(theirs));
    if ours.len() < 2 || ours.len() != theirs.len() {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for left in ours {
        let likeness = |right: &&Plain<'a>| likeness((here, left), (there, right));
        let best = theirs.iter().enumerate().map(|(index, right)| (likeness(right), index));
        // The first of equals, so that the order of the document decides.
        let best = best.fold(None, |best: Option<(f64, usize)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        let Some((_, index)) = best.filter(|(likeness, _)| *likeness >= ALIKE) else { return Vec::new() };
        pairs.push((left, theirs.remove(index)));
    }
    pairs
}

/// The part of the members' names that both have; more where members list the same few values, which is how kinds are told apart.
fn likeness<'a>((here, left): (&Reader<'a>, &Plain<'a>), (there, right): (&Reader<'a>, &Plain<'a>)) -> f64 {
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (left.members.keys().collect(), right.members.keys().collect());
    let all = ours.union(&theirs).count();
    if all == 0 {
        return 1.0;
    }
    let common: Vec<_> = ours.intersection(&theirs).collect();
    let told_apart = common.iter().filter(|name| {
        let values = |reader: &Reader<'a>, form: &Plain<'a>| {
            let forms = form.members.get(***name).map(|node| reader.read(node))?;
            let values: Vec<String> = Merged::new(&forms).values?.iter().map(|value| value.to_string()).collect();
            Some(values)
        };
        let ours = values(here, left);
        ours.as_ref().is_some_and(|values| values.len() < 3) && ours == values(there, right)
    });
    let size = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    size(common.len()) / size(all) + size(told_apart.count()) / 2.0
}
