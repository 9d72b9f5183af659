//! Rule: every number is exact.
//!
//! In bank data a number is an amount, a rate or a quantity. Binary floating point changes digits from the sixteenth on without
//! a trace, and a reader of the specification cannot see which numbers were thought about. Counts are `type: integer`.

use super::super::document::{Document, Kind};
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for schema in document.of(Kind::Schema).filter(|schema| schema.place.text("type") == Some("number")) {
        if schema.place.text("format") == Some("decimal") {
            continue;
        }
        let help = "add `format: decimal`; if it only counts things, say `type: integer`";
        document.tell(problems, &schema.place, "a bare `type: number`: an amount that would fall back to f64", help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn bare_numbers_are_told_the_way_out() {
        let yaml = "components:\n  schemas:\n    A:\n      properties:\n        amount: { type: number }\n        rate: { type: number, format: decimal }\n        count: { type: integer }\n";
        assert_eq!(
            told(check, yaml),
            "error: a bare `type: number`: an amount that would fall back to f64\n  --> t.yaml:5  #/components/schemas/A/properties/amount\n  \
             help: add `format: decimal`; if it only counts things, say `type: integer`\n"
        );
    }

    #[test]
    fn other_formats_do_not_count() {
        assert_eq!(
            lines(check, "components: {schemas: {A: {oneOf: [{type: string}, {type: number, format: double}]}}}").len(),
            1
        );
    }
}
