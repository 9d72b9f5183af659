//! Which component of theirs is the counterpart of one of ours.
//!
//! A schema of ours may stand for several of theirs. What differs from the one that it meets most often is told under its bare name;
//! what differs from another says which, so that a reason for the one never hides a change of the other.

use std::collections::HashMap;

use indexmap::IndexMap;

/// Counts who meets whom, and then says who belongs together.
#[derive(Default)]
pub(super) struct Partners {
    met: HashMap<String, IndexMap<Option<String>, usize>>,
    settled: HashMap<String, Option<String>>,
}

impl Partners {
    /// The name of one of ours, compared with one of theirs or with a schema that has no name.
    pub(super) fn name(&mut self, ours: &str, theirs: Option<&String>) -> String {
        let theirs = theirs.cloned();
        match self.settled.get(ours) {
            None => {
                *self.met.entry(ours.to_owned()).or_default().entry(theirs).or_default() += 1;
                ours.to_owned()
            }
            Some(partner) if *partner == theirs => ours.to_owned(),
            Some(_) => format!("{ours} ({})", theirs.as_deref().unwrap_or("inline")),
        }
    }

    /// From now on everybody has a counterpart: whom it met most. Of equals one with a name, and of those the first.
    pub(super) fn settle(&mut self) {
        for (ours, met) in self.met.drain() {
            let weight = |(partner, count): (&Option<String>, &usize)| (*count, partner.is_some());
            let most = met.iter().map(weight).max();
            let partner = met.iter().find(|entry| Some(weight(*entry)) == most).map(|(partner, _)| partner.clone());
            self.settled.extend(partner.map(|partner| (ours, partner)));
        }
    }
}
