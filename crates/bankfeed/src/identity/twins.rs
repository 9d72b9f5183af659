//! Telling equal transactions apart.

use std::collections::HashMap;

/// Numbers equal ones: the first of its kind is 0, the next 1.
///
/// Two coffees on one day at one price are two transactions. Only their order tells them apart, so they are counted over
/// one account's whole list, in its order.
#[derive(Debug, Default)]
pub(crate) struct Twins(HashMap<Vec<String>, usize>);

impl Twins {
    /// How many equal ones there were before.
    pub(crate) fn ordinal(&mut self, parts: &[&str]) -> usize {
        let count = self.0.entry(parts.iter().map(|part| (*part).to_owned()).collect()).or_default();
        let ordinal = *count;
        *count += 1;
        ordinal
    }
}
