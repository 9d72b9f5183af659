//! The document that a draft is made from.

use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::spec::Spec;

/// Reads a document of OpenAPI 3.0 or 3.1.
pub(super) fn load(path: &Path) -> anyhow::Result<Spec> {
    let shown = path.display().to_string();
    let spec = Spec::load(path, &shown)?;
    if let Some(version) = spec.root.get("swagger") {
        let version = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
        bail!(
            "{shown} is Swagger {version}, another format: convert it to OpenAPI 3 first, with https://converter.swagger.io or \
             `npx swagger2openapi {shown} --outfile openapi3.yaml`, and give the outcome to `--from`"
        );
    }
    let Some(version) = spec.root.get("openapi").and_then(Value::as_str) else {
        bail!(
            "{shown} is no OpenAPI document: its root has no `openapi: 3.…`; `--from` takes OpenAPI 3.0 and 3.1 as JSON or YAML"
        );
    };
    if !["3.0", "3.1"]
        .iter()
        .any(|known| version.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    {
        bail!(
            "{shown} is OpenAPI {version}, of which nothing is known here: `--from` takes 3.0 and 3.1; save it as one of them"
        );
    }
    let paths = spec.root.get("paths").and_then(Value::as_object);
    paths
        .filter(|paths| !paths.is_empty())
        .with_context(|| format!("{shown} describes no operation: its `paths` are empty"))?;
    Ok(spec)
}
