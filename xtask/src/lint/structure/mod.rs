//! The rules for every document.

mod answers;
mod decimals;
mod operation_ids;
mod parameters;
mod references;
mod skeleton;
mod version;

use super::document::Document;
use crate::diagnostic::Problems;

/// Called by [`super::structure()`], in this order.
pub(super) const RULES: &[fn(&Document<'_>, &mut Problems)] = &[
    version::check,
    skeleton::check,
    references::check,
    operation_ids::check,
    parameters::check,
    answers::check,
    decimals::check,
];
