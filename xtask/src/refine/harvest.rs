//! What the generator decided: the Rust type of every member and argument.
//!
//! Its tokens are read as a syntax tree and put in a table; the rest of refining looks types up here instead of deciding
//! them again. Box for recursive types, paths and collections are thus the generator's.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::visit_mut::VisitMut;

/// Types by owner and member, and by method and argument.
pub(super) struct Harvest {
    members: HashMap<(String, String), syn::Type>,
    variants: HashMap<String, Vec<String>>,
    arguments: HashMap<(String, String), syn::Type>,
    answers: HashMap<String, syn::Type>,
}

impl Harvest {
    /// Reads the generator's output.
    pub(super) fn read(tokens: TokenStream) -> anyhow::Result<Self> {
        let file: syn::File = syn::parse2(tokens).context("the generator's output does not parse")?;
        let mut harvest = Self { members: HashMap::new(), variants: HashMap::new(), arguments: HashMap::new(), answers: HashMap::new() };
        for item in file.items {
            match item {
                syn::Item::Mod(module) if module.ident == "types" => {
                    for item in module.content.into_iter().flat_map(|(_, items)| items) {
                        harvest.read_type(item);
                    }
                }
                syn::Item::Impl(block) if block.trait_.is_none() => {
                    for item in block.items {
                        if let syn::ImplItem::Fn(method) = item {
                            harvest.read_method(method.sig);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(harvest)
    }

    /// The type of a member, without any `Option`.
    pub(super) fn member(&self, owner: &str, member: &str) -> anyhow::Result<&syn::Type> {
        let found = self.members.get(&(owner.to_owned(), member.trim_start_matches("r#").to_owned()));
        found.with_context(|| format!("the generator made no member `{member}` for `{owner}`"))
    }

    /// The type of an argument, without reference and `Option`.
    pub(super) fn argument(&self, method: &str, argument: &str) -> anyhow::Result<&syn::Type> {
        let found = self.arguments.get(&(method.to_owned(), argument.to_owned()));
        found.with_context(|| format!("the generator made no argument `{argument}` for `{method}`"))
    }

    /// The type that a method answers with.
    pub(super) fn answer(&self, method: &str) -> anyhow::Result<&syn::Type> {
        self.answers.get(method).with_context(|| format!("the generator made no method `{method}`"))
    }

    /// Checks that an enum came out with the variants that were chosen.
    pub(super) fn expect_variants(&self, name: &str, variants: &[&str]) -> anyhow::Result<()> {
        let Some(found) = self.variants.get(name) else { bail!("the generator made no enum `{name}`") };
        if !found.iter().all(|variant| variants.contains(&variant.as_str())) || found.len() != variants.len() {
            bail!("the generator named the variants of `{name}` {found:?}, not {variants:?}");
        }
        Ok(())
    }

    fn read_type(&mut self, item: syn::Item) {
        match item {
            syn::Item::Struct(definition) => {
                let owner = definition.ident.to_string();
                for field in definition.fields {
                    let Some(ident) = &field.ident else { continue };
                    let name = renamed(&field.attrs).unwrap_or_else(|| ident.to_string().trim_start_matches("r#").to_owned());
                    self.members.insert((owner.clone(), name), tidy(field.ty));
                }
            }
            syn::Item::Enum(definition) => {
                let variants = definition.variants.iter().map(|variant| variant.ident.to_string()).collect();
                self.variants.insert(definition.ident.to_string(), variants);
            }
            _ => {}
        }
    }

    fn read_method(&mut self, signature: syn::Signature) {
        let method = signature.ident.to_string().trim_start_matches("r#").to_owned();
        for input in signature.inputs {
            let syn::FnArg::Typed(argument) = input else { continue };
            let syn::Pat::Ident(name) = &*argument.pat else { continue };
            let name = name.ident.to_string().trim_start_matches("r#").to_owned();
            self.arguments.insert((method.clone(), name), tidy(strip(*argument.ty)));
        }
        if let syn::ReturnType::Type(_, result) = signature.output {
            // Result<ResponseValue<T>, Error<E>>
            if let Some(answer) = first_argument(&result).and_then(|value| first_argument(&value)) {
                self.answers.insert(method, tidy(answer));
            }
        }
    }
}

/// `#[serde(rename = "x")]`
fn renamed(attrs: &[syn::Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // Other keys of the attribute are of no interest, and they may have any form.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            }
            Ok(())
        });
    }
    name
}

/// `Option<&'a T>` and `&'a T` become `T`; `str` becomes `String`.
fn strip(mut argument: syn::Type) -> syn::Type {
    loop {
        argument = match argument {
            syn::Type::Reference(reference) => *reference.elem,
            other => match option_inner(&other) {
                Some(inner) => inner,
                None if other.to_token_stream().to_string() == "str" => syn::parse_quote!(String),
                None => return other,
            },
        };
    }
}

fn option_inner(outer: &syn::Type) -> Option<syn::Type> {
    let syn::Type::Path(path) = outer else { return None };
    (path.path.segments.last()?.ident == "Option").then(|| first_argument(outer)).flatten()
}

fn first_argument(outer: &syn::Type) -> Option<syn::Type> {
    let syn::Type::Path(path) = outer else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| if let syn::GenericArgument::Type(inner) = argument { Some(inner.clone()) } else { None })
}

/// Paths as a person writes them: `Vec<T>` for `::std::vec::Vec<T>`, `rt::Amount` for `::bankfeed_runtime::Amount`.
fn tidy(mut found: syn::Type) -> syn::Type {
    Tidy.visit_type_mut(&mut found);
    found
}

struct Tidy;

impl VisitMut for Tidy {
    fn visit_type_path_mut(&mut self, found: &mut syn::TypePath) {
        syn::visit_mut::visit_type_path_mut(self, found);
        let names: Vec<String> = found.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let keep_last = |path: &mut syn::Path| {
            if let Some(last) = path.segments.pop() {
                path.leading_colon = None;
                path.segments = std::iter::once(last).collect();
            }
        };
        match names.as_slice() {
            ["std", "vec", "Vec"] | ["std", "string", "String"] | ["std", "boxed", "Box"] | ["std", "option", "Option"] | ["std", "collections", "BTreeMap"] => {
                keep_last(&mut found.path);
            }
            ["types", _] => keep_last(&mut found.path),
            ["bankfeed_runtime", name] => {
                let name = quote::format_ident!("{name}");
                found.path = syn::parse_quote!(rt::#name);
            }
            _ => {}
        }
    }
}
