//! Rule: `x-normalized` and `x-record` name what the normalized model has.
//!
//! Code and documentation of the facade are looked up by these names; one that is misspelt would be read by nobody.

use super::super::document::{Document, Kind};
use super::super::vocabulary::nearest;
use crate::diagnostic::Problems;
use crate::spec::Place;
use crate::subjects;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let fields: Vec<String> = subjects::fields().collect();
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let names: Vec<&str> = subjects::names().collect();
    for node in document.of(Kind::Schema) {
        known(document, &node.place, "x-normalized", "field", &fields, problems);
        known(document, &node.place, "x-record", "subject", &names, problems);
    }
}

fn known(document: &Document<'_>, schema: &Place<'_>, key: &str, kind: &str, names: &[&str], problems: &mut Problems) {
    for listed in schema.get(key).iter().flat_map(Place::elements) {
        let Some(name) = listed.value.as_str().filter(|name| !names.contains(name)) else { continue };
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                format!("take a {kind} of the table in specs/README.md, or add it there and in xtask/src/subjects.rs")
            }
        };
        let problem = format!("`{key}` names `{name}`, which is no {kind} of the normalized model");
        document.tell(problems, &listed, problem, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn a_misspelt_name_is_told_the_nearest() {
        let text = told(
            check,
            "components: {schemas: {A: {x-record: [acount], properties: {a: {x-normalized: [transaction.amuont]}}}}}",
        );
        assert!(
            text.contains("did you mean `account`?") && text.contains("did you mean `transaction.amount`?"),
            "{text}"
        );
    }

    #[test]
    fn a_name_from_elsewhere_is_told_where_names_stand() {
        let yaml = "components: {schemas: {A: {properties: {a: {x-normalized: [invoice.amount, account.id]}}}}}";
        assert_eq!(
            lines(check, yaml),
            ["`x-normalized` names `invoice.amount`, which is no field of the normalized model"]
        );
        assert!(told(check, yaml).contains("xtask/src/subjects.rs"));
    }
}
