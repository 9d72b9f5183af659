//! Tables for people, as wide as the terminal.

use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::layout::{self, GAP};
use super::rows::{Align, Cell, Column, Tone};
use crate::trouble::Trouble;

/// A table that grows row by row and is printed whole.
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    room: usize,
}

impl Table {
    pub(crate) fn new(columns: Vec<Column>, width: u16) -> Self {
        Self { columns, rows: Vec::new(), room: usize::from(width) }
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        let clean = |cell: Cell| Cell { text: plain(&cell.text), tone: cell.tone };
        self.rows.push(cells.into_iter().map(clean).collect());
    }

    /// Prints it, without spaces at the ends of lines. An empty one says so on stderr.
    pub(crate) fn print(&self) -> Result<(), Trouble> {
        if self.rows.is_empty() {
            let faint = Style::new().dimmed();
            writeln!(anstream::stderr(), "{faint}nothing there{faint:#}")?;
            return Ok(());
        }
        let mut out = anstream::stdout().lock();
        for line in self.lines() {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// Its lines, coloured: colours are taken out again where nobody sees them.
    fn lines(&self) -> Vec<String> {
        let measured =
            |index: usize| self.rows.iter().filter_map(move |row| row.get(index)).map(|cell| cell.text.width());
        let widest: Vec<usize> = (0..self.columns.len()).map(|index| measured(index).max().unwrap_or(0)).collect();
        let natural: Vec<usize> =
            self.columns.iter().zip(&widest).map(|(column, widest)| column.title.width().max(*widest)).collect();
        let filled: Vec<bool> = widest.iter().map(|widest| *widest > 0).collect();
        let widths = layout::widths(&self.columns, &natural, &filled, self.room);
        let header: Vec<Cell> = self.columns.iter().map(|column| Cell::toned(column.title, Tone::Title)).collect();
        let rows = std::iter::once(&header).chain(&self.rows);
        rows.map(|row| line(row, &self.columns, &widths)).collect()
    }
}

/// One line. Space is put before a text, never after it, so that none stands at the end.
fn line(row: &[Cell], columns: &[Column], widths: &[Option<usize>]) -> String {
    let mut line = String::new();
    let mut owed = 0;
    for ((cell, column), width) in row.iter().zip(columns).zip(widths) {
        let Some(width) = *width else { continue };
        let text = cut(&cell.text, width);
        let spare = width.saturating_sub(text.width());
        if text.is_empty() {
            owed += width + GAP;
            continue;
        }
        if column.align == Align::Right {
            owed += spare;
        }
        line.push_str(&" ".repeat(owed));
        let style = style(cell.tone);
        line.push_str(&format!("{style}{text}{style:#}"));
        owed = GAP + if column.align == Align::Left { spare } else { 0 };
    }
    line
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Bad => AnsiColor::Red.on_default(),
        Tone::Waiting => AnsiColor::Yellow.on_default(),
        Tone::Faint => Style::new().dimmed(),
        Tone::Title => Style::new().bold(),
    }
}

/// A text in so many columns, cut with a sign where it is longer.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut taken = 1;
    for sign in text.chars() {
        taken += sign.width().unwrap_or(0);
        if taken > width {
            break;
        }
        cut.push(sign);
    }
    cut.truncate(cut.trim_end().len());
    cut + "…"
}

/// What others write, without signs that would steer the terminal or turn the direction of writing.
fn plain(text: &str) -> String {
    let steers = |sign: char| {
        sign.is_control() || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|sign| if steers(sign) { ' ' } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(room: u16, rows: &[[&str; 3]]) -> Vec<String> {
        let columns = vec![Column::text("when"), Column::prose("what"), Column::number("much")];
        let mut table = Table::new(columns, room);
        for row in rows {
            table.row(row.iter().map(|text| Cell::plain(*text)).collect());
        }
        table.lines().iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect()
    }

    #[test]
    fn numbers_stand_right_and_no_line_ends_in_space() {
        let lines = drawn(40, &[["1", "one", "12.30"], ["22", "", "-1.00"], ["333", "three", ""]]);
        assert_eq!(lines, ["when  what    much", "1     one    12.30", "22           -1.00", "333   three"]);
    }

    #[test]
    fn wide_signs_count_twice_and_long_texts_are_cut() {
        let lines = drawn(24, &[["1", "口座番号口座番号", "5"], ["2", "abcdefghijklmnop", "6"]]);
        assert_eq!(lines, ["when  what          much", "1     口座番号口…      5", "2     abcdefghijk…     6"]);
    }

    #[test]
    fn nothing_in_a_cell_steers_the_terminal() {
        let lines = drawn(40, &[["1", "a\u{1b}[31mb\u{202e}c\nd", "5"]]);
        assert_eq!(lines[1], "1     a [31mb c d     5");
    }
}
