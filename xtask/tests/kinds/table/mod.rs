//! The table of kinds, by what is edited.

mod answers;
mod bodies;
mod document;
mod fields;
mod lists;
mod nothing;
mod operations;
mod parameters;
mod types;

use crate::case::Case;

/// Every kind of edit.
pub(crate) fn all() -> Vec<&'static Case> {
    let tables = [
        operations::CASES,
        parameters::CASES,
        bodies::CASES,
        answers::CASES,
        fields::CASES,
        types::CASES,
        lists::CASES,
        document::CASES,
        nothing::CASES,
    ];
    tables.into_iter().flatten().collect()
}
