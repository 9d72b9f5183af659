//! Which operation of theirs is which of ours.

use std::collections::BTreeMap;

use crate::facts::{self, Operation};
use crate::spec::Spec;

/// Operations by method and path, the way both sides spell them alike.
pub(super) type Table<'o, 'a> = BTreeMap<(String, String), &'o Operation<'a>>;

/// Both sides' operations under the same keys.
///
/// A path counts with what the server puts before it, unless more of them meet without: a copy may name another host.
pub(super) fn tables<'o, 'a>(
    (here, ours): (&Spec, &'o [Operation<'a>]),
    (there, theirs): (&Spec, &'o [Operation<'a>]),
) -> (Table<'o, 'a>, Table<'o, 'a>) {
    let whole = (table(&facts::base(here), ours), table(&facts::base(there), theirs));
    let bare = (table("", ours), table("", theirs));
    let meeting =
        |(ours, theirs): &(Table<'_, '_>, Table<'_, '_>)| ours.keys().filter(|key| theirs.contains_key(*key)).count();
    if meeting(&whole) >= meeting(&bare) { whole } else { bare }
}

fn table<'o, 'a>(base: &str, operations: &'o [Operation<'a>]) -> Table<'o, 'a> {
    let mut table = Table::new();
    for operation in operations {
        let key = (facts::normal(&format!("{base}{}", operation.path)), operation.method.clone());
        table.entry(key).or_insert(operation);
    }
    table
}
