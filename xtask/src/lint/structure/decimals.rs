//! Rule: `format: decimal` stands on numbers and strings.
//!
//! Only these two can carry an exact amount. On anything else the format means nothing, and whoever wrote it believes that the
//! amount is safe.

use super::super::document::{Document, Kind};
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for schema in document.of(Kind::Schema).filter(|schema| schema.place.text("format") == Some("decimal")) {
        match schema.place.text("type") {
            // Without a type the format says it all.
            Some("number" | "string") | None => {}
            Some(other) => {
                let problem =
                    format!("`format: decimal` on `type: {other}`: an amount that would fall back to a plain {other}");
                document.tell(
                    problems,
                    &schema.place,
                    problem,
                    "say `type: number`, or `type: string` if it travels in quotes; drop the format if it is no amount",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    #[test]
    fn only_numbers_and_strings_are_exact() {
        let yaml = "components: {schemas: {A: {properties: {a: {type: number, format: decimal}, b: {type: string, format: decimal}, c: {type: integer, format: decimal}}}}}";
        assert_eq!(
            lines(check, yaml),
            ["`format: decimal` on `type: integer`: an amount that would fall back to a plain integer"]
        );
    }
}
