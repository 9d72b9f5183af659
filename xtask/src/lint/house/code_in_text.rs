//! Rule: no code blocks in descriptions.
//!
//! Texts become documentation comments, and rustdoc compiles and runs every code block in one as a Rust test.

use super::super::document::Document;
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for node in &document.nodes {
        for key in ["summary", "description"] {
            let (Some(text), Some(place)) = (node.place.text(key), node.place.get(key)) else { continue };
            if has_code_block(text) {
                let help = "write code inline between single backticks; show data in an `example`";
                document.tell(
                    problems,
                    &place,
                    format!("the {key} holds a code block, which would be run as a documentation test"),
                    help,
                );
            }
        }
    }
}

/// A fence, or a paragraph that starts indented.
fn has_code_block(text: &str) -> bool {
    let mut after_blank = true;
    for line in text.lines() {
        let content = line.trim_start();
        if content.starts_with("```") || content.starts_with("~~~") {
            return true;
        }
        let indented = line.starts_with("    ") || line.starts_with('\t');
        if after_blank && indented && !content.is_empty() {
            return true;
        }
        after_blank = content.is_empty();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::{check, has_code_block};

    #[test]
    fn blocks_are_found_and_inline_code_is_not() {
        for block in ["```\nlet a\n```", "Text.\n\n~~~json\n{}\n~~~", "Text.\n\n    {}\n", "- a\n  ```json"] {
            assert!(has_code_block(block), "{block:?}");
        }
        for text in ["Takes `a` or `b`.", "A line\n    that goes on", "", "``a``"] {
            assert!(!has_code_block(text), "{text:?}");
        }
        assert_eq!(
            lines(check, "info: {description: \"a\\n\\n```\\nb\\n```\"}"),
            ["the description holds a code block, which would be run as a documentation test"]
        );
    }
}
