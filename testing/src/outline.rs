//! A value as a reviewer wants to see it.

use std::fmt::Debug;

/// A value's `Debug`, a line a field, and none for what was not sent: what a snapshot of a decoded sample shows.
pub fn outline(value: &impl Debug) -> String {
    let shown = format!("{value:#?}");
    let mut lines: Vec<String> = Vec::new();
    for line in shown.lines() {
        if line.ends_with(": None,") || line.ends_with(": Absent,") {
            continue;
        }
        let wrapped = line.trim() == ")," && lines.len() > 1 && lines[lines.len() - 2].ends_with('(');
        match (wrapped, lines.pop()) {
            (true, Some(inner)) => {
                if let Some(outer) = lines.last_mut() {
                    *outer = format!("{outer}{}),", inner.trim().trim_end_matches(','));
                }
            }
            (_, last) => {
                lines.extend(last);
                lines.push(line.to_owned());
            }
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_field() {
        #[derive(Debug)]
        #[allow(dead_code)]
        struct Record {
            id: Option<u32>,
            name: Option<String>,
            tags: Vec<Option<u32>>,
        }
        let record = Record { id: Some(7), name: None, tags: vec![Some(1)] };
        assert_eq!(outline(&record), "Record {\n    id: Some(7),\n    tags: [\n        Some(1),\n    ],\n}");
    }
}
