//! From the generator's tokens and the model to the code that users read.
//!
//! The generator's positional methods become request types with setters, its structs get presence, tolerance and privacy,
//! its closed enums open up. Nothing of its HTTP code remains: calls go through `bankfeed-runtime`.

mod argument;
mod by_status;
mod codec;
mod docs;
pub(crate) mod guard;
mod harvest;
mod operations;
mod page;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::model::{Api, Kind, TypeDef};
use crate::names;
use harvest::Harvest;

/// One file of the generated folder: its path below `generated/`, and what stands in it.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) path: String,
    /// First line of the file's documentation.
    pub(crate) doc: String,
    /// Formatted one by one, so that a change in one does not move the others.
    pub(crate) items: Vec<TokenStream>,
}

/// Everything that is generated for one API.
pub(crate) fn refine(api: &Api, tokens: TokenStream) -> anyhow::Result<Vec<Module>> {
    let harvest = Harvest::read(api, tokens)?;
    let mut homes: BTreeMap<String, Vec<&TypeDef>> = BTreeMap::new();
    for definition in api.types.values() {
        homes.entry(names::module_name(&definition.home)).or_default().push(definition);
    }
    let mut modules = Vec::new();
    let mut type_index = Vec::new();
    for (home, definitions) in &homes {
        let module = format_ident!("{home}");
        let gate = gate(common_features(definitions));
        let names = definitions.iter().map(|definition| format_ident!("{}", definition.name));
        type_index.push(quote! { #gate mod #module; });
        type_index.push(quote! { #gate pub use #module::{#(#names),*}; });
        modules.push(types::module(home, definitions, api, &harvest)?);
        modules.push(codec::module(home, definitions, api, &harvest)?);
    }
    let gated = |home: &String| {
        let module = format_ident!("{home}");
        let gate = homes.get(home).map(|definitions| gate(common_features(definitions)));
        quote! { #gate mod #module; }
    };
    type_index.sort_by_key(|item| item.to_string().contains("pub use"));
    modules.push(Module { path: "types/mod.rs".into(), doc: "What is sent and received.".into(), items: type_index });
    modules.push(Module {
        path: "codec/mod.rs".into(),
        doc: "How the types read and write JSON.".into(),
        items: homes.keys().map(gated).collect(),
    });
    if let Some(pages) = page::module(api, &harvest)? {
        if let Some(index) = modules.iter_mut().find(|module| module.path == "codec/mod.rs") {
            index.items.push(quote! { mod pages; });
        }
        modules.push(pages);
    }
    modules.extend(operations::modules(api, &harvest)?);
    Ok(modules)
}

/// Features that gate a whole file; none when any of its types is always there.
fn common_features(definitions: &[&TypeDef]) -> BTreeSet<String> {
    if definitions.iter().any(|definition| definition.features.is_empty()) {
        return BTreeSet::new();
    }
    definitions.iter().flat_map(|definition| definition.features.iter().cloned()).collect()
}

/// `#[cfg(feature = "…")]`, or nothing.
fn gate(features: BTreeSet<String>) -> TokenStream {
    let features: Vec<String> = features.into_iter().collect();
    match features.as_slice() {
        [] => quote! {},
        [feature] => quote! { #[cfg(feature = #feature)] },
        features => quote! { #[cfg(any(#(feature = #features),*))] },
    }
}

/// `use` items for what a file's items name.
fn imports(items: &[TokenStream], api: &Api, own: &[&TypeDef], types_path: TokenStream) -> Vec<TokenStream> {
    let mut words = BTreeSet::new();
    for item in items {
        collect_words(item.clone(), &mut words);
    }
    let mut imports = Vec::new();
    if words.contains("BTreeMap") {
        imports.push(quote! { use std::collections::BTreeMap; });
    }
    if words.contains("rt") {
        imports.push(quote! { use bankfeed_runtime as rt; });
    }
    let mut named = words
        .iter()
        .filter(|word| api.types.contains_key(*word) && !own.iter().any(|definition| definition.name == **word))
        .peekable();
    if named.peek().is_some() {
        let named = named.map(|name| format_ident!("{name}"));
        imports.push(quote! { use #types_path::{#(#named),*}; });
    }
    imports
}

/// Every name that an item refers to: first segments of paths, and any word within a macro.
fn collect_words(item: TokenStream, words: &mut BTreeSet<String>) {
    struct Words<'a>(&'a mut BTreeSet<String>);
    impl<'ast> syn::visit::Visit<'ast> for Words<'_> {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            self.0.extend(path.segments.first().map(|segment| segment.ident.to_string()));
            syn::visit::visit_path(self, path);
        }

        fn visit_macro(&mut self, call: &'ast syn::Macro) {
            self.visit_path(&call.path);
            collect_raw(call.tokens.clone(), self.0);
        }
    }
    match syn::parse2::<syn::File>(item.clone()) {
        Ok(file) => syn::visit::Visit::visit_file(&mut Words(words), &file),
        // Told when the item is printed.
        Err(_) => collect_raw(item, words),
    }
}

fn collect_raw(tokens: TokenStream, words: &mut BTreeSet<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        // `Name: kind` only gives a member its name, which may be that of a type.
        let names_member = matches!(tokens.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':' && sign.spacing() == Spacing::Alone);
        match tree {
            TokenTree::Ident(ident) if !names_member => {
                words.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_raw(group.stream(), words),
            _ => {}
        }
    }
}

/// Whether any field of an object is kept out of `Debug`.
fn hides_something(definition: &TypeDef) -> bool {
    matches!(&definition.kind, Kind::Object(object) if object.fields.iter().any(|field| field.sensitive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_an_item_refers_to() {
        let words = |item: TokenStream| {
            let mut words = BTreeSet::new();
            collect_words(item, &mut words);
            words.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(
            words(quote! { rt::union!(Shape { Round: object(Circle), Line: any, ..Unrecognized }); }),
            ["Circle", "Shape", "Unrecognized", "any", "object", "rt"]
        );
        assert_eq!(words(quote! { pub struct A { pub b: Option<rt::Id> } }), ["Option", "rt"]);
    }
}
