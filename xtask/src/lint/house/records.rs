//! Rule: what feeds the normalized model is reached from a record, and a record feeds what it says it becomes.
//!
//! The facade's tables begin at `x-record`: an annotation elsewhere would look as if somebody read it.

use super::super::document::{Document, Kind, Role};
use crate::diagnostic::Problems;
use crate::records::records;
use crate::spec::{Place, pointer};
use crate::subjects;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let records = records(document.spec);
    for node in document.of(Kind::Schema) {
        if let Some(listed) = node.place.get("x-record") {
            let name = Some(pointer::last(&node.place.pointer)).filter(|_| node.role == Role::Component);
            match records.iter().find(|record| Some(&record.name) == name.as_ref()) {
                Some(record) => fed(document, &listed, |subject| record.feeds(subject), problems),
                None => document.tell(
                    problems,
                    &listed,
                    "`x-record` stands on a schema without a name",
                    "move it to an entry of `components/schemas`",
                ),
            }
        }
        let Some(listed) = node.place.get("x-normalized") else { continue };
        if !records.iter().any(|record| record.reaches(&node.place)) {
            document.tell(
                problems,
                &listed,
                "no record reaches this property, so that nobody reads it",
                "add `x-record` to the schema that is the record around it, or remove `x-normalized`",
            );
        }
    }
}

/// Each subject has to be fed by something.
fn fed(document: &Document<'_>, listed: &Place<'_>, feeds: impl Fn(&str) -> bool, problems: &mut Problems) {
    for place in listed.elements() {
        // A name that nobody knows is told by its own rule.
        let known = place.value.as_str().filter(|name| subjects::names().any(|known| known == *name));
        let Some(subject) = known.filter(|subject| !feeds(subject)) else { continue };
        document.tell(
            problems,
            &place,
            format!("`x-record` names `{subject}`, and no property below feeds it"),
            format!("add `x-normalized: [{subject}.…]` to what feeds it, or remove it here; properties of a nested schema with `x-record` count there"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn what_feeds_the_model_is_reached_from_a_record() {
        let yaml = |record: &str| {
            format!(
                "components: {{schemas: {{A: {{{record}properties: {{b: {{$ref: '#/components/schemas/B'}}}}}}, \
                 B: {{properties: {{id: {{x-normalized: [account.id]}}}}}}}}}}"
            )
        };
        assert_eq!(lines(check, &yaml("")), ["no record reaches this property, so that nobody reads it"]);
        assert_eq!(told(check, &yaml("x-record: [account], ")), "");
    }

    #[test]
    fn a_record_feeds_what_it_becomes() {
        assert_eq!(
            lines(
                check,
                "components: {schemas: {A: {x-record: [account, balance], properties: {id: {x-normalized: [account.id]}, b: {$ref: '#/components/schemas/B'}}}, \
                 B: {x-record: [balance], properties: {a: {x-normalized: [balance.amount]}}}}}"
            ),
            ["`x-record` names `balance`, and no property below feeds it"]
        );
    }

    #[test]
    fn a_record_has_a_name() {
        assert_eq!(
            lines(check, "components: {schemas: {A: {properties: {b: {x-record: [account]}}}}}"),
            ["`x-record` stands on a schema without a name"]
        );
    }
}
