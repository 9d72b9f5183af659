//! From the generator's tokens and the model to the code that users read.
//!
//! The generator's positional methods become request types with setters, its structs get presence, tolerance and privacy,
//! its closed enums open up. Nothing of its HTTP code remains: calls go through `bankfeed-runtime`.

mod argument;
mod by_status;
mod codec;
mod docs;
mod fill;
pub(crate) mod guard;
mod harvest;
mod items;
mod operations;
mod page;
mod types;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Api, Kind, TypeDef};
use crate::names;
use harvest::Harvest;
pub(crate) use items::gate;
use items::parse;

/// One file of the generated folder: its path below `generated/`, and what stands in it.
pub(crate) struct Module {
    pub(crate) path: String,
    /// First line of the file's documentation.
    pub(crate) doc: String,
    /// Formatted one by one, so that a change in one does not move the others.
    pub(crate) items: Vec<syn::Item>,
}

/// Everything that is generated for one API.
pub(crate) fn refine(api: &Api, tokens: TokenStream) -> anyhow::Result<Vec<Module>> {
    let harvest = Harvest::read(api, tokens)?;
    let mut homes: BTreeMap<String, Vec<&TypeDef>> = BTreeMap::new();
    for definition in api.types.values() {
        homes.entry(names::module_name(&definition.home)).or_default().push(definition);
    }
    let mut modules = Vec::new();
    let (mut type_files, mut type_names, mut codec_files) = (Vec::new(), Vec::new(), Vec::new());
    for (home, definitions) in &homes {
        let module = format_ident!("{home}");
        let common = common_features(definitions);
        let file_gate = gate(&common);
        let mut by_gate: BTreeMap<&BTreeSet<String>, Vec<syn::Ident>> = BTreeMap::new();
        for definition in definitions {
            by_gate.entry(own_features(definition, &common)).or_default().push(format_ident!("{}", definition.name));
        }
        for (own, names) in by_gate {
            let name_gate = if own.is_empty() { gate(&common) } else { gate(own) };
            type_names.push(quote! { #name_gate pub use #module::{#(#names),*}; });
        }
        type_files.push(quote! { #file_gate mod #module; });
        codec_files.push(quote! { #file_gate mod #module; });
        modules.push(types::module(home, definitions, api, &harvest)?);
        modules.push(codec::module(home, definitions, api, &harvest)?);
    }
    modules.push(Module {
        path: "types/mod.rs".into(),
        doc: "What is sent and received.".into(),
        items: parse(type_files.into_iter().chain(type_names))?,
    });
    let pages = page::module(api, &harvest)?;
    codec_files.extend(pages.iter().map(|_| quote! { mod pages; }));
    modules.push(Module {
        path: "codec/mod.rs".into(),
        doc: "How the types read and write JSON.".into(),
        items: parse(codec_files)?,
    });
    modules.extend(pages);
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

/// Features that gate a type within a file that is gated already.
fn own_features<'a>(definition: &'a TypeDef, common: &BTreeSet<String>) -> &'a BTreeSet<String> {
    const NONE: &BTreeSet<String> = &BTreeSet::new();
    if definition.features == *common { NONE } else { &definition.features }
}

/// Whether any field of an object is kept out of `Debug`.
fn hides_something(definition: &TypeDef) -> bool {
    matches!(&definition.kind, Kind::Object(object) if object.fields.iter().any(|field| field.sensitive))
}
