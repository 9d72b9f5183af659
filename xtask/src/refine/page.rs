//! Pages of lists: where their items stand, and what continues them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Module;
use super::harvest::Harvest;
use super::items::{Gated, with_imports};
use crate::model::{Api, PageForms, Paging, PagingKind, Presence, Step};

/// `operations/pages.rs`, when the API has paged lists.
pub(super) fn module(api: &Api, harvest: &Harvest) -> anyhow::Result<Option<Module>> {
    let mut seen = std::collections::BTreeSet::new();
    let mut groups = Vec::new();
    for operation in &api.operations {
        let Some(paging) = &operation.paging else { continue };
        if seen.insert(paging.page.clone()) {
            let features = api.types.get(&paging.page).map(|definition| definition.features.clone());
            groups.push(Gated::new(&features.unwrap_or_default(), vec![page(paging, api, harvest)?])?);
        }
    }
    if groups.is_empty() {
        return Ok(None);
    }
    Ok(Some(Module {
        path: "codec/pages.rs".into(),
        doc: "Pages of lists: where their items stand, and what continues them.".into(),
        items: with_imports(groups, api, &[], quote! { crate::generated::types })?,
    }))
}

fn page(paging: &Paging, api: &Api, harvest: &Harvest) -> anyhow::Result<TokenStream> {
    let page = format_ident!("{}", paging.page);
    let at = &paging.items;
    let item = item_type(paging, api, harvest)?;
    if let Some(forms) = &paging.forms {
        return Ok(page_of_forms(paging, forms, &item));
    }
    let page_itself = quote! { self };
    let next = next_page(paging, &page_itself);
    let take = take(&paging.items_path, &page_itself);
    Ok(quote! {
        impl rt::Page for #page {
            type Item = #item;
            const ITEMS: &'static str = #at;

            fn next(&self) -> Option<String> { #next }

            fn into_items(self) -> Vec<#item> { #take }
        }
    })
}

/// A page that is an object around the list or the list itself. Only counted pages can be: a bare list names no next one.
fn page_of_forms(paging: &Paging, forms: &PageForms, item: &syn::Type) -> TokenStream {
    let page = format_ident!("{}", paging.page);
    let at = &paging.items;
    let object = format_ident!("{}", forms.object.0);
    let list = format_ident!("{}", forms.list);
    let held = quote! { page };
    let next = next_page(paging, &held);
    let take = take(&paging.items_path, &held);
    quote! {
        impl rt::Page for #page {
            type Item = #item;
            const ITEMS: &'static str = #at;

            fn next(&self) -> Option<String> {
                match self {
                    Self::#object(page) => #next,
                    Self::#list(items) => (!items.is_empty()).then(String::new),
                    Self::Unrecognized(_) => None,
                }
            }

            fn is_list(&self) -> bool { !matches!(self, Self::Unrecognized(_)) }

            fn into_items(self) -> Vec<#item> {
                match self {
                    Self::#object(page) => #take,
                    Self::#list(items) => items,
                    Self::Unrecognized(_) => Vec::new(),
                }
            }
        }
    }
}

/// What continues the page.
fn next_page(paging: &Paging, page: &TokenStream) -> TokenStream {
    match paging.kind {
        PagingKind::Cursor { .. } | PagingKind::Link => next(&paging.next_path, page),
        // A page that is not empty may be followed by another one.
        PagingKind::Page { .. } | PagingKind::Offset { .. } => {
            let items = read(&paging.items_path, page);
            match paging.items_path.last().map(|step| step.presence) {
                Some(Presence::Required) | None => quote! { (!#items.is_empty()).then(String::new) },
                Some(_) => quote! { #items.as_ref().filter(|items| !items.is_empty()).map(|_| String::new()) },
            }
        }
    }
}

/// The element type of the list that `items` points to.
fn item_type(paging: &Paging, api: &Api, harvest: &Harvest) -> anyhow::Result<syn::Type> {
    let mut owner = paging.forms.as_ref().map_or(&paging.page, |forms| &forms.object.1).clone();
    let mut found = None;
    for step in &paging.items_path {
        found = Some(harvest.member(&owner, &step.rust)?.clone());
        let definition = api.types.get(&owner);
        if let Some(crate::model::Kind::Object(object)) = definition.map(|definition| &definition.kind) {
            let field = object.fields.iter().find(|field| field.rust == step.rust);
            if let Some(name) = field.and_then(|field| field.shape.named()) {
                owner = name.to_owned();
            }
        }
    }
    let list = found.and_then(|list| super::argument::generic("Vec", &list));
    list.ok_or_else(|| anyhow::anyhow!("the generator made no list of `{}` in `{}`", paging.items, paging.page))
}

/// The text at the end of the way, if everything on it is there.
fn next(path: &[Step], page: &TokenStream) -> TokenStream {
    let last = read(path, page);
    let text = quote! { .to_string() };
    match path.last().map(|step| step.presence) {
        Some(Presence::Required) | None => quote! { Some(#last #text).filter(|next| !next.is_empty()) },
        Some(_) => quote! { #last.as_ref().map(|next| next #text).filter(|next| !next.is_empty()) },
    }
}

/// The last field of the way; where something before it is missing, the function around returns `None`.
fn read(path: &[Step], page: &TokenStream) -> TokenStream {
    let mut expression = page.clone();
    for (index, step) in path.iter().enumerate() {
        let ident = format_ident!("{}", step.rust);
        expression = quote! { #expression.#ident };
        if index + 1 < path.len() && step.presence != Presence::Required {
            expression = quote! { #expression.as_ref()? };
        }
    }
    expression
}

/// The items, or none where the list is missing.
fn take(path: &[Step], page: &TokenStream) -> TokenStream {
    let mut expression = page.clone();
    let mut optional = false;
    for step in path {
        let ident = format_ident!("{}", step.rust);
        let here = step.presence != Presence::Required;
        let into = match step.presence {
            Presence::OptionalNullable => quote! { .into_option() },
            _ => quote! {},
        };
        expression = match (optional, here) {
            (false, _) => quote! { #expression.#ident #into },
            (true, false) => quote! { #expression.map(|value| value.#ident) },
            (true, true) => quote! { #expression.and_then(|value| value.#ident #into) },
        };
        optional |= here;
    }
    if optional {
        quote! { #expression.unwrap_or_default() }
    } else {
        expression
    }
}
