//! `cargo xtask new-provider`

use std::path::PathBuf;
use std::process::ExitCode;

use crate::new_provider::{Names, Scaffold, scaffold};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Small letters and digits with dashes, such as `one-bank`: specification, crate and feature are called so
    name: String,
    /// An OpenAPI 3.0 or 3.1 document (JSON or YAML) to draft the specification from
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// As people call the provider, such as `One Bank`; without it the name in capital letters
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = super::workspace();
    let names = Names::new(&arguments.name, arguments.title.as_deref())?;
    let made = scaffold(&root, &names, arguments.from.as_deref())?;
    let told = told(&names, &made);
    made.tree.write()?;
    print!("{told}");
    Ok(ExitCode::SUCCESS)
}

/// What was made, what is missing, and how to go on.
fn told(names: &Names, made: &Scaffold) -> String {
    let Names { name, module, title, .. } = names;
    let (new, edited): (Vec<_>, Vec<_>) = made.tree.paths().partition(|(_, new)| *new);
    let edited: String = edited.iter().map(|(path, _)| format!("  {path}\n")).collect();
    let below = |folder: &str| new.iter().filter(|(path, _)| path.starts_with(folder)).count();
    let mut text = format!(
        "{title}: {} operations, {} types\n\nnew\n  specs/{name}.yaml\n  crates/{name}-client ({} files)\n  crates/bankfeed ({} files, the feature `{name}`)\n  \
         crates/bankfeed-sandbox ({} files)\n  snapshots/surface/{name}.snap\n\nedited\n{edited}",
        made.operations,
        made.types,
        below(&format!("crates/{name}-client/")),
        below("crates/bankfeed/"),
        below("crates/bankfeed-sandbox/"),
    );
    if !made.left.is_empty() {
        text.push_str("\nnot carried over from the document\n");
        for left in &made.left {
            text.push_str(&format!("  {}: {}\n", left.pointer, left.reason));
        }
    }
    let mapping = if made.mapped {
        format!("hold crates/bankfeed/src/{module} to it; the mapping below map/ is done for what is annotated")
    } else {
        format!("annotate it with x-record and x-normalized, and map that in crates/bankfeed/src/{module}")
    };
    text.push_str(&format!(
        "\nnext\n  1. curate specs/{name}.yaml: each x-source, description and example; specs/README.md has the vocabulary\n       \
         cargo xtask lint {name}\n  2. generate anew after each edit, and read what callers will see\n       cargo xtask codegen {name}\n       \
         cargo test -p xtask surfaces\n  3. test the client\n       cargo test -p {name}-client\n  4. {mapping}\n       \
         cargo test -p bankfeed --no-default-features --features {name}\n  5. let the sandbox play more than examples: \
         crates/bankfeed-sandbox/src/players/{module}.rs\n       cargo test -p bankfeed-sandbox --test {name}\n  \
         6. fill in the rows of README.md and specs/README.md, add a line to CHANGELOG.md, and run everything\n       cargo xtask ci\n"
    ));
    text
}
