//! Comma-separated values, RFC 4180.

use std::io::Write;

use bankfeed::ProviderId;

use crate::trouble::Trouble;

pub(super) struct Delimited {
    out: csv::Writer<Box<dyn Write>>,
}

impl Delimited {
    pub(super) fn new(out: Box<dyn Write>, header: Option<&[&str]>) -> Result<Self, Trouble> {
        let mut out = csv::Writer::from_writer(out);
        if let Some(header) = header {
            out.write_record(["provider"].iter().chain(header))?;
        }
        Ok(Self { out })
    }

    pub(super) fn put(&mut self, provider: &ProviderId, values: Vec<String>) -> Result<(), Trouble> {
        self.out.write_field(provider.as_str())?;
        self.out.write_record(values.iter().map(|value| harmless(value)))?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), Trouble> {
        self.out.flush()?;
        Ok(())
    }
}

/// What others write must not become a formula of the spreadsheet that opens the file. Amounts begin with a sign and stay.
fn harmless(value: &str) -> String {
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    // One sign alone: with a second one it would be calculated.
    let number = value
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| !rest.starts_with(['+', '-']) && rest.parse::<bankfeed::Decimal>().is_ok());
    if formula && !number { format!("'{value}") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_no_formulas_and_amounts_stay_numbers() {
        let kept = ["-12.30", "+5", "Rent", "", "#1aef82b0a2c5", "2026-03-01"];
        assert_eq!(kept.map(harmless), kept);
        let formulas = ["=HYPERLINK(\"x\")", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\tx", "--1"];
        for formula in formulas {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
    }
}
