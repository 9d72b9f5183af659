//! Product families: each cargo feature of a client compiles alone, and so does the client without any.
//!
//! Of the facade, each provider alone also passes its tests: which of them are there changes what its code does.
//!
//! All features together, which the other steps build, hide a type that only one family has and another one uses.

use anyhow::Context as _;
use serde_json::Value;

use super::{command, metadata};

/// The crate of which features are providers.
const FACADE: &str = "bankfeed";

pub(super) fn check() -> anyhow::Result<()> {
    for (package, features) in families(&metadata()?) {
        println!("{package}: none, {}", features.join(", "));
        for feature in [None].into_iter().chain(features.iter().map(Some)) {
            let chosen = feature.map(|feature| format!(" --features {feature}")).unwrap_or_default();
            let line = format!(
                "cargo clippy -p {package} --all-targets --no-default-features{chosen} --locked --quiet -- -D warnings"
            );
            let alone = || match feature {
                Some(feature) => format!("{package} with the feature `{feature}` alone"),
                None => format!("{package} without features"),
            };
            command(&line, &[]).with_context(alone)?;
            if package == FACADE {
                let line = format!("cargo test -p {package} --tests --no-default-features{chosen} --locked --quiet");
                command(&line, &[]).with_context(alone)?;
            }
        }
    }
    Ok(())
}

/// Packages of the workspace that have features, each with those that are not the default.
fn families(metadata: &Value) -> Vec<(String, Vec<String>)> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter(|package| package["source"].is_null())
        .filter_map(|package| {
            let features = package["features"].as_object()?.keys().filter(|name| *name != "default").cloned();
            Some((package["name"].as_str()?.to_owned(), features.collect::<Vec<_>>()))
        })
        .filter(|(_, features)| !features.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_our_own_packages_with_features_count() {
        let metadata = json!({"packages": [
            {"name": "ours", "source": null, "features": {"default": ["a"], "a": [], "b": []}},
            {"name": "plain", "source": null, "features": {}},
            {"name": "theirs", "source": "registry", "features": {"x": []}}
        ]});
        assert_eq!(families(&metadata), [("ours".to_owned(), vec!["a".to_owned(), "b".to_owned()])]);
    }
}
