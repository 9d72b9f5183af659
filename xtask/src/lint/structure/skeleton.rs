//! Rule: a title, a version and paths.
//!
//! Title and version end up in crate metadata, documentation and request headers: a header takes visible ASCII only, and the
//! generator's own header would otherwise panic on every call.

use super::super::document::Document;
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    let root = document.spec.root();
    if !root.value.is_object() {
        return;
    }
    match root.get("info") {
        Some(info) if info.value.is_object() => {
            for (key, sample) in [("title", "Salt Edge"), ("version", "'6'")] {
                let text = info.text(key);
                let help = format!("write `{key}: {sample}` under `info`; quote it if it looks like a number");
                if text.is_none_or(|text| text.trim().is_empty()) {
                    document.tell(problems, &info, format!("`info.{key}` is missing, or is not text"), help);
                } else if key == "version"
                    && !text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '))
                {
                    let at = info.get(key).unwrap_or(info.clone());
                    let problem = "`info.version` has characters outside visible ASCII, which no header can carry";
                    document.tell(problems, &at, problem, "keep to ASCII letters, digits, `.` and `-`");
                }
            }
        }
        _ => document.tell(problems, &root, "`info` is missing", "add `info:` with `title` and `version`"),
    }
    if !root.get("paths").is_some_and(|paths| paths.value.is_object()) {
        document.tell(
            problems,
            &root,
            "`paths` is missing: there is nothing to generate",
            "add `paths:` with at least one operation",
        );
    } else if document.operations.is_empty() {
        let at = root.get("paths").unwrap_or(root);
        document.tell(
            problems,
            &at,
            "`paths` holds no operation: there is nothing to generate",
            "add at least one path with an operation",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{lines, told};
    use super::check;

    #[test]
    fn a_complete_one_passes() {
        assert_eq!(told(check, "info: {title: A, version: '6'}\npaths: {/a: {get: {}}}"), "");
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(lines(check, "{}"), ["`info` is missing", "`paths` is missing: there is nothing to generate"]);
        assert_eq!(
            lines(check, "info: {version: 6}\npaths: {}"),
            [
                "`info.title` is missing, or is not text",
                "`info.version` is missing, or is not text",
                "`paths` holds no operation: there is nothing to generate"
            ]
        );
        assert_eq!(
            lines(check, "info: {title: Él, version: 1.é}\npaths: {/a: {get: {}}}"),
            ["`info.version` has characters outside visible ASCII, which no header can carry"]
        );
    }
}
