//! What a new provider is called: in specifications, crates, features, modules and types.

use std::path::Path;

use anyhow::{Context as _, bail};
use heck::{ToTitleCase as _, ToUpperCamelCase as _};

/// Longer names make unwieldy crates.
const LONGEST: usize = 32;

/// Names that would be ambiguous in code: crates that are always there, and types of the prelude.
const RESERVED: &[&str] = &["alloc", "core", "proc-macro", "std", "test", "default"];
const PRELUDE: &[&str] =
    &["Box", "Client", "ClientBuilder", "Err", "None", "Ok", "Option", "Result", "Some", "String", "Value", "Vec"];

/// A provider's name in all its forms.
#[derive(Debug)]
pub(crate) struct Names {
    /// `one-bank`: specification, feature, folder.
    pub(crate) name: String,
    /// `one_bank`: modules.
    pub(crate) module: String,
    /// `OneBank`: types.
    pub(crate) type_name: String,
    /// `ONE_BANK`: constants.
    pub(crate) constant: String,
    /// `One Bank`: for people.
    pub(crate) title: String,
}

impl Names {
    /// The forms of a name, if it can be one.
    pub(crate) fn new(name: &str, title: Option<&str>) -> anyhow::Result<Self> {
        let parts = name.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit())
        });
        if !parts || !name.starts_with(|first: char| first.is_ascii_lowercase()) || name.len() > LONGEST {
            bail!(
                "`{name}` cannot be the name of a crate, a feature and a module: take at most {LONGEST} small letters and digits, \
                 beginning with a letter, with single dashes between words, such as `one-bank`"
            );
        }
        let title = title.map_or_else(|| name.to_title_case(), |title| title.trim().to_owned());
        let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '.' | '-');
        if !title.starts_with(char::is_alphanumeric) || !title.chars().all(plain) || title.contains("  ") {
            bail!(
                "`--title {title}` stands in code, YAML and tables: take letters, digits, single blanks, dots and dashes"
            );
        }
        let module = name.replace('-', "_");
        if syn::parse_str::<syn::Ident>(&module).is_err() || RESERVED.contains(&name) {
            bail!("`{name}` is a word of Rust or cargo: add one to it, such as `{name}-bank`");
        }
        let type_name = name.to_upper_camel_case();
        Ok(Self { name: name.to_owned(), constant: module.to_uppercase(), module, type_name, title })
    }

    /// Refuses a name that something in the workspace has already.
    pub(crate) fn free(&self, root: &Path) -> anyhow::Result<()> {
        let Self { name, module, type_name, .. } = self;
        let places = [
            format!("specs/{name}.yaml"),
            format!("crates/{name}-client"),
            format!("crates/bankfeed/src/{module}"),
            format!("crates/bankfeed/src/{module}.rs"),
            format!("crates/bankfeed/tests/{name}"),
            format!("crates/bankfeed/tests/{name}.rs"),
            format!("crates/bankfeed-sandbox/src/players/{module}"),
            format!("crates/bankfeed-sandbox/src/players/{module}.rs"),
            format!("crates/bankfeed-sandbox/src/generated/{name}"),
            format!("crates/bankfeed-sandbox/tests/{name}"),
            format!("crates/bankfeed-sandbox/tests/{name}.rs"),
            format!("snapshots/surface/{name}.snap"),
        ];
        if let Some(taken) = places.iter().find(|place| root.join(place).exists()) {
            bail!("{taken} is there already: take another name, or remove what is left of an earlier attempt");
        }
        let read = |file: &str| std::fs::read_to_string(root.join(file)).with_context(|| format!("reading {file}"));
        let key = |line: &str| line.split_once([' ', '=', '.']).map(|(key, _)| key.replace('-', "_"));
        if read("Cargo.toml")?.lines().filter_map(key).any(|known| known == *module) {
            bail!("`{name}` is a crate that the workspace depends on, and would be taken for it: add a word");
        }
        let inline = format!("mod {module} {{");
        let method = format!("fn {module}(");
        if read("crates/bankfeed/src/lib.rs")?.contains(&inline)
            || read("crates/bankfeed-sandbox/src/sandbox.rs")?.contains(&method)
        {
            bail!("`{name}` is a module of `bankfeed` or a method of its sandbox: add a word");
        }
        for folder in ["crates/bankfeed/src", "crates/bankfeed-sandbox/src"] {
            if PRELUDE.contains(&type_name.as_str()) || declares(&root.join(folder), type_name)? {
                bail!("`{name}` would become the type `{type_name}`, which {folder} has already: add a word");
            }
        }
        Ok(())
    }
}

/// Whether some file below a folder declares a type.
fn declares(folder: &Path, type_name: &str) -> anyhow::Result<bool> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let path = entry?.path();
        let found = if path.is_dir() {
            declares(&path, type_name)?
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            ["struct", "enum", "trait", "type", "union"].iter().any(|kind| {
                let words = format!("{kind} {type_name}");
                let ends = |at: usize| {
                    !text[at + words.len()..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '_')
                };
                text.match_indices(&words).any(|(at, _)| ends(at))
            })
        } else {
            false
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_form_for_each_place() {
        let names = Names::new("one-bank2", None).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            [names.module, names.type_name, names.constant, names.title],
            ["one_bank2", "OneBank2", "ONE_BANK2", "One Bank2"]
        );
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for name in [
            "",
            "One",
            "one_bank",
            "-one",
            "one-",
            "one--bank",
            "1one",
            "enum",
            "self",
            "std",
            "default",
            &"a".repeat(33),
        ] {
            assert!(Names::new(name, None).is_err(), "{name}");
        }
        for title in ["", "a|b", "it's", "a  b", " \n"] {
            assert!(Names::new("one", Some(title)).is_err(), "{title}");
        }
    }

    #[test]
    fn what_the_workspace_has_is_taken() {
        let root = crate::commands::workspace();
        for name in ["belvo", "account", "serde", "error", "capabilities", "requests", "string", "model"] {
            let names = Names::new(name, None).unwrap_or_else(|error| panic!("{error}"));
            assert!(names.free(&root).is_err(), "{name}");
        }
    }
}
