//! Descriptions as rustdoc text: nothing in them may become a link, a tag or a doctest by accident.

/// A description, safe to stand in a doc comment.
pub(super) fn doc(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    // How far the text of a list item is indented; what follows it belongs to it only there.
    let mut indent = 0;
    for line in text.lines() {
        // A fence would be compiled as a doctest, and so would anything indented by four.
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            continue;
        }
        // Runs of blank lines say nothing.
        if line.is_empty() {
            indent = 0;
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            continue;
        }
        let marker = list_marker(line);
        let before = if marker > 0 || line.starts_with('#') { 0 } else { indent };
        indent = if marker > 0 { marker } else { before };
        lines.push(format!("{}{}", " ".repeat(before), escape(line)));
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// The length of `- ` or `12. ` in front of a list item; zero for any other line.
fn list_marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let sign = if digits > 0 { digits + 1 } else { 1 };
    let (Some(marker), Some(rest)) = (line.get(..sign), line.get(sign..)) else { return 0 };
    let marks =
        if digits > 0 { digits < 10 && marker.ends_with(['.', ')']) } else { ["-", "*", "+"].contains(&marker) };
    if marks && rest.starts_with(' ') && !rest.trim().is_empty() {
        sign + rest.len() - rest.trim_start().len()
    } else {
        0
    }
}

/// Escapes everything outside of `code`.
fn escape(line: &str) -> String {
    let pieces: Vec<&str> = line.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        // An unpaired backtick is only a sign.
        return escape_text(&line.replace('`', "'"));
    }
    let escaped = pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| if index % 2 == 0 { escape_text(piece) } else { (*piece).to_owned() });
    escaped.collect::<Vec<_>>().join("`")
}

/// Nothing in it becomes a link or a tag, except addresses, which become links that rustdoc takes.
fn escape_text(text: &str) -> String {
    if !text.contains(['[', ']', '<', '>']) && !text.contains("://") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(special) = rest.find(['[', ']', '<', '>', 'h']) {
        let sign = rest.as_bytes()[special];
        out.push_str(&rest[..special]);
        rest = &rest[special..];
        // A link in angle brackets is one already.
        let address = rest.strip_prefix('<').filter(|address| url_length(address) > 0).unwrap_or(rest);
        let length = url_length(address);
        if length > 0 {
            out.push_str(&format!("<{}>", &address[..length]));
            let after = &address[length..];
            rest = if rest.starts_with('<') { after.strip_prefix('>').unwrap_or(after) } else { after };
            continue;
        }
        if sign != b'h' {
            out.push('\\');
        }
        out.push_str(&rest[..1]);
        rest = &rest[1..];
    }
    out.push_str(rest);
    out
}

/// How long the address is that a text begins with.
fn url_length(text: &str) -> usize {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme)).map_or(0, str::len);
    if scheme == 0 {
        return 0;
    }
    let end = text
        .find(|sign: char| sign.is_whitespace() || sign.is_control() || "<>()[]{}\"'\\|*,".contains(sign))
        .unwrap_or(text.len());
    let length = text[..end].trim_end_matches(['.', ':', ';', '!', '?']).len();
    if length > scheme { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(doc("a [b] <c> `d[0]` <br/>"), "a \\[b\\] \\<c\\> `d[0]` \\<br/\\>");
        assert_eq!(doc("see https://example.com/a."), "see <https://example.com/a>.");
        assert_eq!(doc("see (https://example.com/a)"), "see (<https://example.com/a>)");
        assert_eq!(doc("a `b"), "a 'b");
        assert_eq!(
            doc("`a``b[0]` [c](https://example.com/d_e), <https://f.example>"),
            "`a``b[0]` \\[c\\](<https://example.com/d_e>), <https://f.example>"
        );
        assert_eq!(doc("**https://example.com/a**, http:// x"), "**<https://example.com/a>**, http:// x");
    }

    #[test]
    fn code_blocks_lose_their_fences_and_indentation() {
        assert_eq!(doc("x\n```json\n    {\"a\": 1}\n```\n\n\n\ny\n"), "x\n{\"a\": 1}\n\ny");
    }

    #[test]
    fn what_follows_a_list_item_is_indented_as_it_is() {
        assert_eq!(doc("- a\nb\n10. c\n   d\n\ne\n-f"), "- a\n  b\n10. c\n    d\n\ne\n-f");
    }
}
