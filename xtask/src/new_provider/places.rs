//! The places of the workspace that name every provider. There is one line for each in each; whatever can be found from `specs/` is
//! found there instead.

use super::auth::{Auth, Check};
use super::edit::Text;
use super::fill::Fill;
use super::names::Names;

/// A file, and what is done to it.
type Edit = (&'static str, fn(&mut Text, &Names, &Fill, &Auth) -> anyhow::Result<()>);

/// Every file that is edited.
pub(super) const EDITS: &[Edit] = &[
    ("Cargo.toml", |text, _, fill, _| {
        let line = fill.text("@NAME@-client = { path = \"crates/@NAME@-client\", version = \"0.1.0\" }");
        text.sorted(
            "a dependency `…-client = { path = … }`",
            |line| line.contains("-client = { path = \"crates/"),
            &line,
        )
    }),
    ("README.md", |text, _, fill, _| {
        let row = fill.text("| [`crates/@NAME@-client/`](crates/@NAME@-client/README.md) | @TITLE@, newly begun |");
        text.sorted("a row of a client", |line| line.starts_with("| [`crates/") && line.contains("-client/`]"), &row)
    }),
    ("specs/README.md", |text, _, fill, _| {
        let row = fill.text("| `@NAME@.yaml` | @TITLE@ | newly begun: a draft to be curated |");
        text.below_last("a row of a specification", |line| line.starts_with("| `") && line.contains(".yaml` | "), &row)
    }),
    ("crates/bankfeed/Cargo.toml", |text, _, fill, _| {
        let name = fill.text(", \"@NAME@\"]");
        text.change(
            "the one line `default = [`",
            |line| line.starts_with("default = ["),
            |line| Some(format!("{}{name}", line.strip_suffix(']')?)),
        )?;
        let feature = fill.text("@NAME@ = [\"dep:@NAME@-client\"]");
        text.below_last("a feature with a client", |line| line.contains(" = [\"dep:"), &feature)?;
        let dependency = fill.text("@NAME@-client = { workspace = true, optional = true }");
        text.sorted("an optional client", |line| line.contains("-client = { workspace = true,"), &dependency)
    }),
    ("crates/bankfeed/src/lib.rs", |text, _, fill, _| {
        let module = fill.text("#[cfg(feature = \"@NAME@\")]\nmod @MODULE@;");
        text.above("`mod error;`", |line| line == "mod error;", &module)?;
        let public = fill.text("#[cfg(feature = \"@NAME@\")]\npub use @MODULE@::{@TYPE@, @TYPE@Builder};");
        text.above("`pub use error::…`", |line| line.starts_with("pub use error::"), &public)
    }),
    ("crates/bankfeed/src/native/mod.rs", |text, _, fill, _| {
        let client = fill.text("#[cfg(feature = \"@NAME@\")]\npub use @MODULE@_client as @MODULE@;");
        text.above(
            "`pub use …_client as …`",
            |line| line.starts_with("pub use ") && line.contains("_client as "),
            &client,
        )?;
        let module = fill.text("#[cfg(feature = \"@NAME@\")]\nmod from_@MODULE@;");
        text.above("`mod from_…`", |line| line.starts_with("mod from_"), &module)
    }),
    ("crates/bankfeed/src/provider/id.rs", |text, _, fill, _| {
        let constant = fill.text("    /// @TITLE@.\n    pub const @CONST@: Self = Self::new(\"@NAME@\");");
        text.above("`pub(crate) const NONE`", |line| line.trim_start().starts_with("pub(crate) const NONE"), &constant)
    }),
    ("crates/bankfeed/src/agreement/mod.rs", |text, _, fill, _| {
        let adapter = fill.text(
            "        #[cfg(feature = \"@NAME@\")]\n        Adapter { provider: ProviderId::@CONST@, normalize: crate::@MODULE@::map::normalize },",
        );
        text.above("`Adapter { provider: …`", |line| line.trim_start().starts_with("Adapter { provider:"), &adapter)
    }),
    ("crates/bankfeed/tests/common/mod.rs", |text, _, fill, auth| {
        let arguments = auth.each(|name| format!("sandbox.{}().{name}", fill.text("@MODULE@")));
        let draft = fill.text("        #[cfg(feature = \"@NAME@\")]\n        Box::new(bankfeed::@TYPE@::builder(@A@).base_url(&sandbox.@MODULE@().url).build().unwrap()),");
        text.above(
            "`// One for each.` in `drafts`",
            |line| line.trim() == "// One for each.",
            &draft.replace("@A@", &arguments),
        )
    }),
    ("crates/bankfeed-sandbox/src/provider.rs", |text, _, fill, auth| {
        let line = fill.text("    /// @TITLE@.\n    @TYPE@ = \"@NAME@\",");
        let listed = |line: &str| {
            line.starts_with("    ") && line.ends_with("\",") && line.contains(" = \"") && !line.contains("=>")
        };
        text.below_last("a provider of `providers!`", listed, &line)?;
        if let Check::Query(key, _) = auth.sandbox_check() {
            let arm = format!("            Self::{} => Some({key:?}),", fill.text("@TYPE@"));
            text.above("`_ => None` of `key`", |line| line.trim() == "_ => None,", &arm)?;
        }
        Ok(())
    }),
    ("crates/bankfeed-sandbox/src/players/mod.rs", |text, _, fill, _| {
        text.above("a `mod` of a player", |line| line.starts_with("mod "), &fill.text("pub(crate) mod @MODULE@;"))?;
        let arm = fill.text("        Provider::@TYPE@ => Box::new(@MODULE@::@TYPE@),");
        text.below_last(
            "`Provider::… => Box::new(…)`",
            |line| line.trim_start().starts_with("Provider::") && line.contains("=> Box::new("),
            &arm,
        )
    }),
    ("crates/bankfeed-sandbox/src/lib.rs", |text, _, fill, _| {
        text.above(
            "`pub use builder::…`",
            |line| line.starts_with("pub use builder::"),
            &fill.text("pub use players::@MODULE@::@TYPE@Access;"),
        )
    }),
];

/// A column of the matrix of capabilities: what the new adapter can do.
pub(super) fn capabilities(text: &mut Text, names: &Names, can: &[&str]) -> anyhow::Result<()> {
    for (index, line) in text.lines.iter_mut().enumerate() {
        let cell = match index {
            0 => format!(" {} |", names.title),
            1 => "---|".to_owned(),
            _ => {
                let row = line.trim_start_matches("| ").split(" |").next().unwrap_or_default().to_owned();
                format!(" {} |", if can.contains(&row.as_str()) { "yes" } else { "–" })
            }
        };
        line.push_str(&cell);
    }
    Ok(())
}

/// What the skeleton's adapter can do, in the words of the matrix.
pub(super) const SKELETON_CAN: &[&str] =
    &["list institutions", "list accounts", "list balances", "list transactions", "pending transactions"];

/// Packages of the lock file: the new one, and the facade that depends on it.
pub(super) fn lock(text: &mut Text, names: &Names) -> anyhow::Result<()> {
    let package = format!("{}-client", names.name);
    let from = text.lines.iter().position(|line| line == "name = \"bankfeed\"");
    let end = from.and_then(|from| Some(from + text.lines[from..].iter().position(|line| line == "]")?));
    let (Some(from), Some(end)) = (from, end) else {
        anyhow::bail!("{} does not list the dependencies of `bankfeed`: run `cargo check` and begin again", text.file);
    };
    let dependency = format!(" \"{package}\",");
    let at = (from + 3..end).find(|at| text.lines[*at] > dependency).unwrap_or(end);
    text.lines.insert(at, dependency);
    let name = |line: &str| line.strip_prefix("name = \"").map(|rest| rest.trim_end_matches('"').to_owned());
    let later = text.lines.iter().position(|line| name(line).is_some_and(|other| other > package));
    // A package begins a line above its name.
    let at = later.map_or(text.lines.len(), |at| at - 1);
    let entry = format!(
        "[[package]]\nname = \"{package}\"\nversion = \"0.1.0\"\ndependencies = [\n \"bankfeed-runtime\",\n \"bankfeed-testing\",\n]\n\n"
    );
    text.lines.splice(at..at, entry.lines().map(str::to_owned));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever moves a list of providers learns here that the scaffold looks for it.
    #[test]
    fn every_place_is_there_and_none_is_taken_twice() {
        let root = crate::commands::workspace();
        let names = Names::new("one-bank", None).unwrap_or_else(|error| panic!("{error}"));
        let fill = || {
            let forms = [
                ("NAME", &names.name),
                ("MODULE", &names.module),
                ("TYPE", &names.type_name),
                ("CONST", &names.constant),
                ("TITLE", &names.title),
            ];
            forms.into_iter().fold(Fill::new(), |fill, (name, text)| fill.with(name, text))
        };
        for (file, edit) in EDITS {
            let found = std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            let mut text = Text::new(file, &found);
            edit(&mut text, &names, &fill(), &Auth::Query("key".to_owned())).unwrap_or_else(|error| panic!("{error}"));
            let edited = text.into_string();
            let gone: Vec<&str> = found.lines().filter(|line| !edited.contains(line)).collect();
            assert!(gone.iter().all(|line| line.starts_with("default = [")), "{file} loses {gone:?}");
            assert!(edited.len() > found.len(), "{file}");
        }
    }

    #[test]
    fn a_package_stands_in_its_order() {
        let names = Names::new("cbank", None).unwrap_or_else(|error| panic!("{error}"));
        let lock = "version = 4\n\n[[package]]\nname = \"bankfeed\"\nversion = \"0.1.0\"\ndependencies = [\n \"belvo-client\",\n \"http\",\n]\n\n[[package]]\nname = \"http\"\n";
        let mut text = Text::new("Cargo.lock", lock);
        super::lock(&mut text, &names).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            text.into_string(),
            "version = 4\n\n[[package]]\nname = \"bankfeed\"\nversion = \"0.1.0\"\ndependencies = [\n \"belvo-client\",\n \"cbank-client\",\n \"http\",\n]\n\n\
             [[package]]\nname = \"cbank-client\"\nversion = \"0.1.0\"\ndependencies = [\n \"bankfeed-runtime\",\n \"bankfeed-testing\",\n]\n\n[[package]]\nname = \"http\"\n"
        );
    }
}
