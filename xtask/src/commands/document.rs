//! What the commands that read recordings and other descriptions share: which document, which form of output.

use std::path::{Path, PathBuf};

/// A curated document: a provider's, or one from elsewhere.
pub(crate) struct Document {
    /// How reports call it.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The file, as messages name it.
    pub(crate) shown: String,
}

/// Finds a document by the name of its provider or by its path.
pub(crate) fn document(wanted: &str) -> anyhow::Result<Document> {
    let path = Path::new(wanted);
    let is_path = path.components().count() > 1
        || path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known));
    if is_path {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(Document { name, path: path.to_path_buf(), shown: wanted.to_owned() });
    }
    let root = super::workspace();
    let mut found = super::providers(&root, &[wanted.to_owned()])?;
    let provider = found.pop().ok_or_else(|| anyhow::anyhow!("there is no provider `{wanted}`"))?;
    Ok(Document { path: root.join(&provider.spec), shown: provider.spec, name: provider.name })
}

/// How an outcome is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For programs
    Json,
}
