//! Account statements in the format of the Spanish banks: lines of 80 signs, told apart by their first two.

use jiff::civil::Date;

use crate::world::{Account, Entry};

/// The number of the euro.
const EURO: &str = "978";

/// The movements of an account.
pub(super) fn statement(account: &Account, entries: &[Entry], today: Date) -> String {
    // The IBAN holds bank, branch, check digits and account.
    let digits = account.identifier.get(4..).unwrap_or_default();
    let (branch, number) = (digits.get(..8).unwrap_or_default(), digits.get(10..).unwrap_or_default());
    let opening = entries.first().map_or(0, |entry| entry.balance - moved(entry));
    let closing = entries.last().map_or(0, |entry| entry.balance);
    let from = entries.first().map_or(today, Entry::booked_on);
    let (debits, credits): (Vec<i64>, Vec<i64>) = entries.iter().map(moved).partition(|cents| *cents < 0);
    let mut lines = vec![format!(
        "11{branch}{number}{}{}{}{}{EURO}3",
        short(from),
        short(today),
        side(opening),
        amount(opening, 14)
    )];
    for entry in entries {
        let cents = moved(entry);
        lines.push(format!(
            "22    {}{}{}02{:0>3}{}{}{:0>10}",
            branch.get(4..).unwrap_or_default(),
            short(entry.booked_on()),
            short(entry.booked_on()),
            "000",
            side(cents),
            amount(cents, 14),
            entry.index % 10_000_000_000
        ));
        let text: String = entry.text.chars().take(38).collect();
        lines.push(format!("2301{text}"));
    }
    lines.push(format!(
        "33{branch}{number}{:0>5}{}{:0>5}{}{}{}{EURO}",
        debits.len(),
        amount(debits.iter().sum(), 14),
        credits.len(),
        amount(credits.iter().sum(), 14),
        side(closing),
        amount(closing, 14)
    ));
    let records = lines.len();
    lines.push(format!("88{}{records:0>6}", "9".repeat(18)));
    lines.iter().map(|line| format!("{line:<80}\r\n")).collect()
}

/// A line that the bank sent twice moves nothing.
fn moved(entry: &Entry) -> i64 {
    if entry.duplicate { 0 } else { entry.cents }
}

fn short(date: Date) -> String {
    date.strftime("%y%m%d").to_string()
}

/// 1 for what is owed or paid, 2 for the other side.
fn side(cents: i64) -> char {
    if cents < 0 { '1' } else { '2' }
}

fn amount(cents: i64, width: usize) -> String {
    format!("{:0>width$}", cents.unsigned_abs())
}
