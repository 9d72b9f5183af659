//! Descriptions as rustdoc text: nothing in them may become a link, a tag or a doctest by accident.

/// A description, safe to stand in a doc comment.
pub(super) fn doc(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        // A fence would be compiled as a doctest, and so would anything indented by four.
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            continue;
        }
        let line = escape(line);
        // Runs of blank lines say nothing.
        if line.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        lines.push(line);
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut in_code = false;
    for (index, word) in line.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if word.matches('`').count() % 2 == 1 {
            in_code = !in_code;
            out.push_str(word);
            continue;
        }
        if in_code || word.contains('`') {
            out.push_str(word);
            continue;
        }
        out.push_str(&escape_word(word));
    }
    if in_code {
        // An unpaired backtick is only a sign.
        return escape(&line.replace('`', "'"));
    }
    out
}

fn escape_word(word: &str) -> String {
    let bare = word.trim_matches(|sign: char| "().,;:'\"[]{}*<>".contains(sign));
    if bare.starts_with("http://") || bare.starts_with("https://") {
        // Links of any markup become one that rustdoc takes.
        let url = bare.split(['<', '>', ')', '(', '"', '\'', ']']).next().unwrap_or(bare);
        return word.replacen(bare, &format!("<{url}>"), 1).replace("(<", "<").replace(">)", ">").replace("<<", "<").replace(">>", ">").replace('[', "\\[").replace(']', "\\]");
    }
    let mut out = String::with_capacity(word.len());
    for sign in word.chars() {
        if matches!(sign, '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(doc("a [b] <c> `d[0]` <br/>"), "a \\[b\\] \\<c\\> `d[0]` \\<br/\\>");
        assert_eq!(doc("see https://example.com/a."), "see <https://example.com/a>.");
        assert_eq!(doc("see (https://example.com/a)"), "see <https://example.com/a>");
        assert_eq!(doc("a `b"), "a 'b");
    }

    #[test]
    fn code_blocks_lose_their_fences_and_indentation() {
        assert_eq!(doc("x\n```json\n    {\"a\": 1}\n```\n\n\n\ny\n"), "x\n{\"a\": 1}\n\ny");
    }
}
