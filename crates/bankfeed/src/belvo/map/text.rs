//! Texts that say nothing are nothing.

pub(super) use crate::values::{id, owed, personal, text};

/// The texts that are some, each once, with something between them.
pub(super) fn joined(texts: impl IntoIterator<Item = Option<String>>, between: &str) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.into_iter().flatten() {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    (!kept.is_empty()).then(|| kept.join(between))
}
