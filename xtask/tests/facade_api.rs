//! The facade's public signatures name no type of reqwest, of progenitor or of a client crate: their major versions are not ours.
//!
//! The one way out is `src/native`, which is left out here.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, Meta, Path as TypePath, Signature, Token, TraitItem, Type, UseTree,
    Visibility,
};

/// Whether a crate is none that the facade's users should meet.
fn is_foreign(name: &str) -> bool {
    name == "reqwest" || name.starts_with("progenitor") || name.ends_with("_client")
}

/// A file, by the name that findings are told with.
struct Source {
    name: String,
    file: syn::File,
}

/// What was found: file, item, and the path that should not be there.
fn findings(sources: &[Source]) -> Vec<String> {
    let mut public = BTreeSet::new();
    for source in sources {
        public_types(&source.file.items, &mut public);
    }
    let mut found = Vec::new();
    for source in sources {
        let mut check = Check { source: &source.name, public: &public, foreign: BTreeSet::new(), found: &mut found };
        check.items(&source.file.items);
    }
    found
}

/// The names of all types that are declared `pub` somewhere.
fn public_types(items: &[Item], names: &mut BTreeSet<String>) {
    for item in items.iter().filter(|item| !is_test(attributes(item))) {
        let (visibility, name) = match item {
            Item::Struct(item) => (&item.vis, &item.ident),
            Item::Enum(item) => (&item.vis, &item.ident),
            Item::Union(item) => (&item.vis, &item.ident),
            Item::Type(item) => (&item.vis, &item.ident),
            Item::Trait(item) => (&item.vis, &item.ident),
            Item::Mod(item) => {
                if let Some((_, items)) = &item.content {
                    public_types(items, names);
                }
                continue;
            }
            _ => continue,
        };
        if is_public(visibility) {
            names.insert(name.to_string());
        }
    }
}

struct Check<'a> {
    source: &'a str,
    public: &'a BTreeSet<String>,
    /// Names that were imported from foreign crates, and names that these were given.
    foreign: BTreeSet<String>,
    found: &'a mut Vec<String>,
}

impl Check<'_> {
    fn items(&mut self, items: &[Item]) {
        let outside = self.foreign.clone();
        let items: Vec<_> = items.iter().filter(|item| !is_test(attributes(item))).collect();
        // An alias may stand before the import of what it is an alias of, and be imported in turn.
        loop {
            let known = self.foreign.len();
            for item in &items {
                self.imports(item);
            }
            if self.foreign.len() == known {
                break;
            }
        }
        for item in items {
            self.item(item);
        }
        self.foreign = outside;
    }

    /// Notes what an item brings in under which name.
    fn imports(&mut self, item: &Item) {
        match item {
            Item::Use(item) => self.import(&item.tree, false),
            Item::ExternCrate(item) if is_foreign(&item.ident.to_string()) => {
                let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
                self.foreign.insert(name.to_string());
            }
            // A private alias of a foreign type would hide it.
            Item::Type(item)
                if !is_public(&item.vis) && !self.mentioned_in(|visit| visit.visit_type(&item.ty)).is_empty() =>
            {
                self.foreign.insert(item.ident.to_string());
            }
            _ => {}
        }
    }

    fn import(&mut self, tree: &UseTree, inside: bool) {
        match tree {
            UseTree::Path(path) => {
                let name = path.ident.to_string();
                // `use types::Balance` after `use khipu_client::types`.
                let inside = inside || is_foreign(&name) || self.foreign.contains(&name);
                self.import(&path.tree, inside);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, inside)),
            UseTree::Name(name) if inside && name.ident != "self" => {
                self.foreign.insert(name.ident.to_string());
            }
            UseTree::Rename(name) if inside || is_foreign(&name.ident.to_string()) => {
                self.foreign.insert(name.rename.to_string());
            }
            UseTree::Glob(_) if inside => {
                let text = format!(
                    "{}: everything of a foreign crate is imported, so that nobody sees its names",
                    self.source
                );
                if !self.found.contains(&text) {
                    self.found.push(text);
                }
            }
            _ => {}
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Mod(item) => {
                if let Some((_, items)) = &item.content {
                    self.items(items);
                }
            }
            Item::Use(item) if is_public(&item.vis) => {
                let mut paths = Vec::new();
                leaves(&item.tree, &mut String::new(), &mut paths);
                paths.retain(|path| self.is_foreign_path(path));
                for path in paths {
                    self.found.push(format!("{}: pub use: {path}", self.source));
                }
            }
            Item::Fn(item) if is_public(&item.vis) => self.signature(&format!("fn {}", item.sig.ident), &item.sig),
            Item::Const(item) if is_public(&item.vis) => {
                self.report(&format!("const {}", item.ident), |visit| visit.visit_type(&item.ty));
            }
            Item::Static(item) if is_public(&item.vis) => {
                self.report(&format!("static {}", item.ident), |visit| visit.visit_type(&item.ty));
            }
            Item::Type(item) if is_public(&item.vis) => self.report(&format!("type {}", item.ident), |visit| {
                visit.visit_generics(&item.generics);
                visit.visit_type(&item.ty);
            }),
            Item::Struct(item) if is_public(&item.vis) => {
                self.report(&format!("struct {}", item.ident), |visit| visit.visit_generics(&item.generics));
                self.fields(&item.ident.to_string(), &item.fields, false);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                self.report(&format!("enum {}", item.ident), |visit| visit.visit_generics(&item.generics));
                for variant in &item.variants {
                    self.fields(&format!("{}::{}", item.ident, variant.ident), &variant.fields, true);
                }
            }
            Item::Trait(item) if is_public(&item.vis) => {
                self.report(&format!("trait {}", item.ident), |visit| {
                    visit.visit_generics(&item.generics);
                    item.supertraits.iter().for_each(|bound| visit.visit_type_param_bound(bound));
                });
                for member in &item.items {
                    let name = |member: &syn::Ident| format!("trait {}::{member}", item.ident);
                    match member {
                        TraitItem::Fn(method) => self.signature(&name(&method.sig.ident), &method.sig),
                        TraitItem::Type(alias) => {
                            self.report(&name(&alias.ident), |visit| visit.visit_trait_item_type(alias))
                        }
                        TraitItem::Const(value) => {
                            self.report(&name(&value.ident), |visit| visit.visit_type(&value.ty))
                        }
                        _ => {}
                    }
                }
            }
            Item::Impl(item) => self.implementation(item),
            _ => {}
        }
    }

    fn fields(&mut self, of: &str, fields: &Fields, all: bool) {
        for (index, field) in fields.iter().enumerate() {
            if all || is_public(&field.vis) {
                let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                self.report(&format!("field {of}.{name}"), |visit| visit.visit_type(&field.ty));
            }
        }
    }

    fn implementation(&mut self, item: &ItemImpl) {
        let of = type_name(&item.self_ty);
        match &item.trait_ {
            Some((path, ..)) => {
                // Of private types, or of private traits, nobody sees what they implement.
                if !of.as_ref().is_some_and(|name| self.public.contains(name)) {
                    return;
                }
                let name = format!("impl for {}", of.unwrap_or_default());
                self.report(&name, |visit| {
                    visit.visit_path(path);
                    visit.visit_generics(&item.generics);
                    visit.visit_type(&item.self_ty);
                });
                for member in &item.items {
                    match member {
                        ImplItem::Type(alias) => self.report(&name, |visit| visit.visit_type(&alias.ty)),
                        ImplItem::Fn(method) => self.signature(&format!("{name}::{}", method.sig.ident), &method.sig),
                        _ => {}
                    }
                }
            }
            None => {
                for member in &item.items {
                    let name = |member: &syn::Ident| format!("{}::{member}", of.clone().unwrap_or_default());
                    match member {
                        ImplItem::Fn(method) if is_public(&method.vis) => {
                            self.signature(&name(&method.sig.ident), &method.sig);
                        }
                        ImplItem::Const(value) if is_public(&value.vis) => {
                            self.report(&name(&value.ident), |visit| visit.visit_type(&value.ty));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    fn signature(&mut self, name: &str, signature: &Signature) {
        self.report(name, |visit| visit.visit_signature(signature));
    }

    fn report(&mut self, name: &str, look: impl Fn(&mut Mentions<'_>)) {
        for path in self.mentioned_in(look) {
            self.found.push(format!("{}: {name}: {path}", self.source));
        }
    }

    /// The foreign paths that are mentioned somewhere.
    fn mentioned_in(&self, look: impl Fn(&mut Mentions<'_>)) -> BTreeSet<String> {
        let mut mentions = Mentions { foreign: &self.foreign, found: BTreeSet::new() };
        look(&mut mentions);
        mentions.found
    }

    fn is_foreign_path(&self, path: &str) -> bool {
        let mut names = path.split("::").filter(|name| !matches!(*name, "" | "self" | "crate" | "super"));
        names.next().is_some_and(|name| is_foreign(name) || self.foreign.contains(name))
    }
}

struct Mentions<'a> {
    foreign: &'a BTreeSet<String>,
    found: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Mentions<'_> {
    fn visit_path(&mut self, path: &'ast TypePath) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let first = names.first().is_some_and(|name| is_foreign(name) || self.foreign.contains(name));
        // `crate::native::khipu::types::Balance` is one of theirs as well.
        if first || names.iter().any(|name| name == "native") {
            self.found.insert(names.join("::"));
        }
        visit::visit_path(self, path);
    }

    fn visit_block(&mut self, _: &'ast syn::Block) {
        // What is inside is nobody's business.
    }
}

fn leaves(tree: &UseTree, before: &mut String, paths: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => {
            let length = before.len();
            before.push_str(&format!("{}::", path.ident));
            leaves(&path.tree, before, paths);
            before.truncate(length);
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, before, paths)),
        UseTree::Name(name) => paths.push(format!("{before}{}", name.ident)),
        UseTree::Rename(name) => paths.push(format!("{before}{}", name.ident)),
        UseTree::Glob(_) => paths.push(format!("{before}*")),
    }
}

fn type_name(of: &Type) -> Option<String> {
    match of {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        Type::Reference(reference) => type_name(&reference.elem),
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item is compiled for tests alone.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                .is_ok_and(|conditions| conditions.iter().any(|condition| condition.path().is_ident("test")))
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The files of the facade, but for the way out and for modules that are compiled for tests alone.
fn facade() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("crates/bankfeed/src");
    let (mut folders, mut files) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path == root.join("native") => {}
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "rs" => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (path.clone(), Source { name, file })
    };
    let sources: Vec<_> = files.iter().map(read).collect();
    let tests: BTreeSet<PathBuf> = sources.iter().flat_map(|(path, source)| test_modules(path, &source.file)).collect();
    sources.into_iter().filter(|(path, _)| !tests.contains(path)).map(|(_, source)| source).collect()
}

/// The files of modules that a file declares for tests alone.
fn test_modules(path: &Path, file: &syn::File) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let folder = match stem {
        "mod" | "lib" => path.parent().unwrap().to_path_buf(),
        _ => path.with_extension(""),
    };
    let modules = file.items.iter().filter_map(|item| match item {
        Item::Mod(item) if item.content.is_none() && is_test(&item.attrs) => Some(item.ident.to_string()),
        _ => None,
    });
    modules.flat_map(|name| [folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")]).collect()
}

#[test]
fn no_public_signature_names_a_type_of_a_client() {
    let sources = facade();
    assert!(sources.len() > 40, "the facade was not found");
    for needed in ["khipu/mod.rs", "provider/traits.rs", "lib.rs"] {
        assert!(sources.iter().any(|source| source.name == needed), "{needed}");
    }
    let found = findings(&sources);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn found_in(text: &str) -> Vec<String> {
    findings(&[Source { name: "planted.rs".to_owned(), file: syn::parse_str(text).unwrap() }])
}

/// Every way in which such a type can get into the public API, each found by itself.
#[test]
fn planted_offenders_are_found() {
    for (text, expected) in [
        ("pub fn f(x: reqwest::Client) {}", "fn f: reqwest::Client"),
        ("pub fn f() -> Option<Vec<khipu_client::Id>> { None }", "fn f: khipu_client::Id"),
        ("pub fn f<T: progenitor_client::ClientInfo>(t: T) {}", "fn f: progenitor_client::ClientInfo"),
        ("pub fn f<T>(t: T) where T: Into<belvo_client::Id> {}", "fn f: belvo_client::Id"),
        ("pub async fn f(x: impl Fn(&saltedge_client::Client)) {}", "fn f: saltedge_client::Client"),
        ("pub fn f(x: ::reqwest::Url) {}", "fn f: reqwest::Url"),
        ("use khipu_client::Client; pub fn f(x: Client) {}", "fn f: Client"),
        ("use khipu_client::{types::{self, Balance as B}, Auth}; pub fn f(x: &B) {}", "fn f: B"),
        ("use khipu_client::{types::{self, Balance as B}, Auth}; pub struct S { pub a: Auth }", "field S.a: Auth"),
        ("use khipu_client::types; pub type T = types::Balance;", "type T: types::Balance"),
        ("use khipu_client::types; use types::Balance; pub struct S(pub Balance);", "field S.0: Balance"),
        ("use khipu_client as client; pub static S: Option<client::Id> = None;", "static S: client::Id"),
        ("extern crate khipu_client as client; pub const S: Option<client::Id> = None;", "const S: client::Id"),
        ("type Hidden = khipu_client::Client; pub fn f(x: Hidden) {}", "fn f: Hidden"),
        ("pub enum E { A(u8), B { x: reqwest::Error } }", "field E::B.x: reqwest::Error"),
        ("pub struct S<T: reqwest::IntoUrl>(T);", "struct S: reqwest::IntoUrl"),
        ("pub trait T: belvo_client::Configure {}", "trait T: belvo_client::Configure"),
        ("pub trait T { fn f(&self) -> reqwest::Body; }", "trait T::f: reqwest::Body"),
        ("pub trait T { type X: reqwest::IntoUrl; }", "trait T::X: reqwest::IntoUrl"),
        ("pub struct S; impl S { pub fn f(&self) -> &reqwest::Client { loop {} } }", "S::f: reqwest::Client"),
        (
            "pub struct S; impl From<reqwest::Error> for S { fn from(_: reqwest::Error) -> Self { S } }",
            "impl for S: reqwest::Error",
        ),
        ("pub struct S; impl std::ops::Deref for S { type Target = reqwest::Client; }", "impl for S: reqwest::Client"),
        ("pub use khipu_client::types::Balance;", "pub use: khipu_client::types::Balance"),
        ("use khipu_client::types; pub use types::Balance;", "pub use: types::Balance"),
        ("pub mod m { pub fn f(x: reqwest::Client) {} }", "fn f: reqwest::Client"),
        ("pub fn f(x: crate::native::khipu::Id) {}", "fn f: crate::native::khipu::Id"),
        ("pub fn f(x: Box<dyn Fn(reqwest::Request) -> u8 + Send>) {}", "fn f: reqwest::Request"),
    ] {
        let found = found_in(text);
        assert!(found.contains(&format!("planted.rs: {expected}")), "{text}\n{found:?}");
    }
    assert_eq!(found_in("use khipu_client::types::*;").len(), 1, "what is imported must have a name");
}

#[test]
fn what_nobody_outside_sees_may_name_them() {
    for text in [
        "fn f(x: reqwest::Client) {}",
        "pub(crate) fn f(x: reqwest::Client) {}",
        "use khipu_client::Client; pub struct S { client: Client, pub(crate) other: Client }",
        "use khipu_client::Client; pub struct S; impl S { pub(crate) fn client(&self) -> &Client { loop {} } }",
        "pub fn f() { let client: Option<reqwest::Client> = None; }",
        "struct S; impl From<reqwest::Error> for S { fn from(_: reqwest::Error) -> Self { S } }",
        "#[cfg(test)] mod tests { pub fn f(x: reqwest::Client) {} }",
        "#[cfg(test)] pub fn f(x: reqwest::Client) {}",
        "mod m { use khipu_client::Client; } pub struct Client; pub fn f(x: Client) {}",
        "pub fn f(x: http::HeaderMap, y: crate::Secret) {}",
        "pub(crate) use khipu_client::types;",
    ] {
        assert_eq!(found_in(text), [""; 0], "{text}");
    }
}
