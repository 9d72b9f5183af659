//! A page of text as PDF.

use std::fmt::Write as _;

/// A document of one A4 page, with these lines from the top.
pub(super) fn page(lines: &[String]) -> Vec<u8> {
    let mut content = String::from("BT /F1 11 Tf 56 786 Td 15 TL\n");
    for line in lines {
        // Writing to a string does not fail.
        let _ = writeln!(content, "({}) Tj T*", escaped(line));
    }
    content.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(table, "{:010} 00000 n ", text.len());
        let _ = write!(text, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = text.len();
    let size = objects.len() + 1;
    let _ = write!(text, "{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    text.into_bytes()
}

/// Printable ASCII, with what ends strings written out.
fn escaped(line: &str) -> String {
    let mut text = String::new();
    for char in line.chars() {
        match char {
            '(' | ')' | '\\' => text.extend(['\\', char]),
            ' '..='~' => text.push(char),
            _ => text.push('?'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_points_to_the_objects() {
        let bytes = page(&["Report (one)".to_owned(), "Balance: 1.00 €".to_owned()]);
        let text = String::from_utf8(bytes).unwrap();
        let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref\n0 6\n"));
        for (number, line) in (1..).zip(text[start..].lines().skip(3).take(5)) {
            let offset: usize = line[..10].parse().unwrap();
            assert!(text[offset..].starts_with(&format!("{number} 0 obj\n")), "{line}");
            assert_eq!(line.len() + 1, 20, "entries have twenty bytes");
        }
        assert!(text.contains("(Report \\(one\\)) Tj") && text.contains("1.00 ?"));
    }
}
