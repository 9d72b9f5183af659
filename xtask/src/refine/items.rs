//! Items of a file together with the cargo features that they are compiled under, and the imports that they need.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::words::words;
use crate::model::{Api, TypeDef};

/// Items that are compiled under the same features.
pub(super) struct Gated {
    /// None when they are compiled whenever their file is.
    pub(super) features: BTreeSet<String>,
    pub(super) items: Vec<syn::Item>,
}

impl Gated {
    /// The items under their features.
    pub(super) fn new(features: &BTreeSet<String>, items: Vec<TokenStream>) -> anyhow::Result<Self> {
        let gate = gate(features);
        let items = parse(items.into_iter().map(|item| quote! { #gate #item }))?;
        Ok(Self { features: features.clone(), items })
    }
}

/// `#[cfg(feature = "…")]`, or nothing.
pub(crate) fn gate(features: &BTreeSet<String>) -> TokenStream {
    let features: Vec<&String> = features.iter().collect();
    match features.as_slice() {
        [] => quote! {},
        [feature] => quote! { #[cfg(feature = #feature)] },
        features => quote! { #[cfg(any(#(feature = #features),*))] },
    }
}

/// Tokens as items, one each.
pub(super) fn parse(items: impl IntoIterator<Item = TokenStream>) -> anyhow::Result<Vec<syn::Item>> {
    items.into_iter().map(|item| syn::parse2(item.clone()).with_context(|| format!("not an item: {item}"))).collect()
}

/// A file's items behind the imports that they need. `own` are the types that the file itself defines.
///
/// What only gated items name is imported under their features: without them it would be unused.
pub(super) fn with_imports(
    groups: Vec<Gated>,
    api: &Api,
    own: &[&TypeDef],
    types_path: TokenStream,
) -> anyhow::Result<Vec<syn::Item>> {
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for group in &groups {
        for word in words(&group.items) {
            named
                .entry(word)
                .and_modify(|features| {
                    if features.is_empty() || group.features.is_empty() {
                        features.clear();
                    } else {
                        features.extend(group.features.iter().cloned());
                    }
                })
                .or_insert_with(|| group.features.clone());
        }
    }
    let mut imports = Vec::new();
    for (word, import) in
        [("BTreeMap", quote! { use std::collections::BTreeMap; }), ("rt", quote! { use bankfeed_runtime as rt; })]
    {
        if let Some(features) = named.get(word) {
            let gate = gate(features);
            imports.push(quote! { #gate #import });
        }
    }
    let mut types: BTreeMap<&BTreeSet<String>, Vec<syn::Ident>> = BTreeMap::new();
    for (word, features) in &named {
        if api.types.contains_key(word) && !own.iter().any(|definition| definition.name == *word) {
            types.entry(features).or_default().push(format_ident!("{word}"));
        }
    }
    for (features, types) in types {
        let gate = gate(features);
        imports.push(quote! { #gate use #types_path::{#(#types),*}; });
    }
    let mut items = parse(imports)?;
    items.extend(groups.into_iter().flat_map(|group| group.items));
    Ok(items)
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::*;
    use crate::spec::Spec;

    fn features(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_only_gated_items_name_is_imported_under_their_features() {
        let spec = Spec::parse("{\"paths\":{}}", "test.json", true).unwrap_or_else(|error| panic!("{error}"));
        let api = crate::lower::lower(&spec).unwrap_or_else(|error| panic!("{error}"));
        let group = |names: &[&str], item: TokenStream| {
            Gated::new(&features(names), vec![item]).unwrap_or_else(|error| panic!("{error}"))
        };
        let groups = vec![
            group(&["a"], quote! { pub struct A { pub m: BTreeMap<String, rt::Id> } }),
            group(&["b"], quote! { pub struct B { pub m: BTreeMap<String, bool> } }),
            group(&[], quote! { pub struct C { pub i: rt::Id } }),
        ];
        let items = with_imports(groups, &api, &[], quote! { super }).unwrap_or_else(|error| panic!("{error}"));
        let found: Vec<String> =
            items.iter().take(3).map(|item| item.to_token_stream().to_string().replace(' ', "")).collect();
        assert_eq!(
            found,
            [
                r#"#[cfg(any(feature="a",feature="b"))]usestd::collections::BTreeMap;"#,
                "usebankfeed_runtimeasrt;",
                r#"#[cfg(feature="a")]pubstructA{pubm:BTreeMap<String,rt::Id>}"#
            ]
        );
    }
}
