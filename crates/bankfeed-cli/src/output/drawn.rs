//! Bars and sparklines.

use bankfeed::Decimal;

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar for a part of the greatest amount, in eighths of a column. What is not nothing shows.
pub(crate) fn bar(part: Decimal, greatest: Decimal, columns: u32) -> String {
    let Some(eighths) = share(part.abs(), greatest, columns * 8) else { return String::new() };
    let eighths = if part.is_zero() { 0 } else { eighths.max(1) };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// A line of levels, the least value at the bottom and the greatest at the top.
pub(crate) fn sparkline(values: &[Decimal]) -> String {
    let least = values.iter().min().copied().unwrap_or_default();
    let greatest = values.iter().max().copied().unwrap_or_default();
    let level = |value: &Decimal| {
        let above = value.checked_sub(least)?;
        share(above, greatest.checked_sub(least)?, 7)
    };
    values.iter().map(|value| LEVELS[level(value).unwrap_or(3).min(7)]).collect()
}

/// How many of so many steps a part is of the whole: only for the length of what is drawn.
fn share(part: Decimal, whole: Decimal, steps: u32) -> Option<usize> {
    let share = part.checked_div(whole)?.checked_mul(Decimal::from(steps))?.round();
    usize::try_from(share).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(value: i64) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn bars_are_parts_of_the_greatest() {
        let bars = [100, 50, -50, 1, 0].map(|value| bar(decimal(value), decimal(100), 4));
        assert_eq!(bars, ["████", "██", "██", "▏", ""]);
        assert_eq!(bar(decimal(0), decimal(0), 4), "");
    }

    #[test]
    fn sparklines_go_from_the_least_to_the_greatest() {
        let line = |values: &[i64]| sparkline(&values.iter().copied().map(decimal).collect::<Vec<_>>());
        assert_eq!(line(&[-7, 0, 7]), "▁▅█");
        assert_eq!(line(&[5, 5]), "▄▄");
        assert_eq!(line(&[]), "");
    }
}
