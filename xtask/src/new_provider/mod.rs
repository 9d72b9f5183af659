//! A new provider: specification, client, adapter and player, all of which compile and keep what CI promises.

mod auth;
mod crates;
mod draft;
mod edit;
mod fill;
mod names;
mod places;
mod tree;

use std::path::Path;

use anyhow::Context as _;

use crate::facade::{self, Titles};
use crate::pipeline::{self, Origin};
use crate::playbook;
use crate::spec::Spec;
use auth::Auth;
use crates::Adapter;
use edit::Text;
pub(crate) use names::Names;
use tree::Tree;

/// The specification of a provider of which nothing is known.
const SKELETON: &str = include_str!("templates/skeleton.yaml");

/// A workspace with one provider more, not written yet.
pub(crate) struct Scaffold {
    pub(crate) tree: Tree,
    /// What of a document could not be carried over: where it stands, and why.
    pub(crate) left: Vec<draft::Left>,
    pub(crate) operations: usize,
    pub(crate) types: usize,
    /// Whether the adapter has lists already.
    pub(crate) mapped: bool,
}

/// Makes everything in memory. The document is what the specification is drafted from.
pub(crate) fn scaffold(root: &Path, names: &Names, document: Option<&Path>) -> anyhow::Result<Scaffold> {
    names.free(root)?;
    let file = format!("specs/{}.yaml", names.name);
    let (text, left) = match document {
        None => (fill::Fill::new().with("TITLE", &names.title).text(SKELETON), Vec::new()),
        Some(path) => draft::draft(path, names, &file)?,
    };
    let spec = Spec::parse(&text, &file, false)?;
    pipeline::check_spec(&spec, Origin::House).context("the drafted specification breaks a house rule")?;
    let (api, generated) = pipeline::code(&spec)?;
    let auth = Auth::of(&spec);
    let adapter = if document.is_none() { Adapter::Skeleton } else { Adapter::Draft };
    let fill = || crates::fill(names, &auth, &api);

    let mut tree = Tree::new(root);
    tree.add(&file, text)?;
    let folder = format!("crates/{}-client", names.name);
    for (path, text) in crates::client(&fill(), &api, &auth, &spec) {
        tree.add(&format!("{folder}/{path}"), text)?;
    }
    for (path, text) in generated {
        tree.add(&format!("{folder}/src/generated/{path}"), text)?;
    }
    for (path, text) in crates::adapter(&fill(), adapter) {
        tree.add(&format!("crates/bankfeed/{path}"), text)?;
    }
    for (path, text) in crates::sandbox(fill(), &auth) {
        tree.add(&format!("crates/bankfeed-sandbox/{path}"), text)?;
    }
    for (path, text) in playbook::files(&spec) {
        tree.add(&format!("crates/bankfeed-sandbox/src/generated/{}/{path}", names.name), text)?;
    }
    tree.add(&format!("snapshots/surface/{}.snap", names.name), crates::surface(&names.name, &api))?;

    for (path, edit) in places::EDITS {
        tree.edit(path, |text| edit(text, names, &fill(), &auth))?;
    }
    let can = if adapter == Adapter::Skeleton { places::SKELETON_CAN } else { &[] };
    tree.edit("crates/bankfeed/docs/capabilities.md", |text| places::capabilities(text, names, can))?;
    tree.edit("Cargo.lock", |text: &mut Text| places::lock(text, names))?;
    tables(root, names, spec, &mut tree)?;
    tree.format()?;
    let (operations, types) = (api.operations.len(), api.types.len());
    Ok(Scaffold { tree, left, operations, types, mapped: adapter == Adapter::Skeleton })
}

/// What the facade is told about all specifications.
fn tables(root: &Path, names: &Names, spec: Spec, tree: &mut Tree) -> anyhow::Result<()> {
    let titles = Titles::parse(&tree.read("specs/README.md")?);
    let mut specs = Vec::new();
    for known in crate::commands::providers(root, &[])? {
        specs.push((known.name, Spec::load(&root.join(&known.spec), &known.spec)?));
    }
    specs.push((names.name.clone(), spec));
    specs.sort_by(|(one, _), (other, _)| one.cmp(other));
    let providers: Vec<_> = specs.iter().map(|(name, spec)| facade::Provider::new(name, spec, &titles)).collect();
    for (path, text) in facade::tables(&providers) {
        if path == "mod.rs" || path == format!("{}.rs", names.module) {
            tree.put(&format!("crates/bankfeed/src/generated/{path}"), text);
        }
    }
    for (path, text) in facade::pages(&providers) {
        tree.put(&format!("crates/bankfeed/docs/{path}"), text);
    }
    Ok(())
}
