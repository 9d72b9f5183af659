//! Rule: only known formats.
//!
//! An unknown `format` is ignored, so a misspelt `decimal` or `date` quietly becomes plain text or a plain number.

use super::super::document::{Document, Kind};
use super::super::vocabulary::{FORMATS, nearest};
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    // Numbers have a rule of their own.
    for schema in document.of(Kind::Schema).filter(|schema| schema.place.text("type") != Some("number")) {
        let Some(format) = schema.place.text("format").filter(|format| !FORMATS.contains(format)) else { continue };
        let help = match nearest(format, FORMATS.iter().copied()) {
            Some(near) => format!("did you mean `format: {near}`?"),
            None => format!("remove it, or use one of {}", FORMATS.join(", ")),
        };
        document.tell(problems, &schema.place, format!("`format: {format}` means nothing to the generator"), help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::told;
    use super::check;

    #[test]
    fn a_misspelt_format_is_told_its_name() {
        let text = told(
            check,
            "components: {schemas: {A: {type: string, format: datetime}, B: {type: string, format: date}}}",
        );
        assert!(
            text.contains("`format: datetime` means nothing to the generator")
                && text.contains("did you mean `format: date-time`?"),
            "{text}"
        );
        assert_eq!(text.matches("error:").count(), 1);
    }
}
