//! What the generator decided: the Rust type of every member and argument.
//!
//! Its tokens are read as a syntax tree and put in a table; the rest of refining looks types up here instead of deciding
//! them again. Box for recursive types, paths and collections are thus the generator's.

use std::collections::HashMap;

use anyhow::Context as _;
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::visit_mut::VisitMut;

use crate::lower::alias;
use crate::model::{Api, Kind, Operation, TypeDef};

/// Types by owner and member, and by method and argument, under the names of the model.
pub(super) struct Harvest {
    members: HashMap<(String, String), syn::Type>,
    arguments: HashMap<(String, String), syn::Type>,
    answers: HashMap<String, syn::Type>,
}

impl Harvest {
    /// Reads the generator's output.
    pub(super) fn read(api: &Api, tokens: TokenStream) -> anyhow::Result<Self> {
        let file: syn::File = syn::parse2(tokens).context("the generator's output does not parse")?;
        let mut structs: HashMap<String, syn::ItemStruct> = HashMap::new();
        let mut methods: HashMap<String, syn::Signature> = HashMap::new();
        for item in file.items {
            match item {
                syn::Item::Mod(module) if module.ident == "types" => {
                    for item in module.content.into_iter().flat_map(|(_, items)| items) {
                        if let syn::Item::Struct(definition) = item {
                            structs.insert(definition.ident.to_string(), definition);
                        }
                    }
                }
                syn::Item::Impl(block) if block.trait_.is_none() => {
                    for item in block.items {
                        if let syn::ImplItem::Fn(method) = item {
                            methods.insert(method.sig.ident.to_string(), method.sig);
                        }
                    }
                }
                _ => {}
            }
        }
        let types = api.types.keys().enumerate().map(|(index, name)| (alias::type_(index), name.clone())).collect();
        let mut harvest = Self { members: HashMap::new(), arguments: HashMap::new(), answers: HashMap::new() };
        let mut tidy = Tidy { types };
        for (index, definition) in api.types.values().enumerate() {
            if let Some(found) = structs.remove(&alias::type_(index)) {
                harvest.read_type(definition, found, &mut tidy);
            }
        }
        for (index, operation) in api.operations.iter().enumerate() {
            if let Some(found) = methods.remove(&alias::operation(index)) {
                harvest.read_method(operation, found, &mut tidy);
            }
        }
        Ok(harvest)
    }

    /// The type of a member, without any `Option`.
    pub(super) fn member(&self, owner: &str, member: &str) -> anyhow::Result<&syn::Type> {
        let found = self.members.get(&(owner.to_owned(), member.to_owned()));
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

    fn read_type(&mut self, definition: &TypeDef, found: syn::ItemStruct, tidy: &mut Tidy) {
        let names: Vec<&String> = match &definition.kind {
            Kind::Object(object) => {
                object.fields.iter().map(|field| &field.rust).chain(object.rest.iter().map(|(name, _)| name)).collect()
            }
            Kind::Union(arms) => arms.iter().map(|arm| &arm.rust).collect(),
            Kind::Enum(_) => return,
        };
        let mut found: HashMap<String, syn::Type> =
            found.fields.into_iter().filter_map(|field| Some((field.ident?.to_string(), field.ty))).collect();
        for (index, name) in names.into_iter().enumerate() {
            if let Some(kind) = found.remove(&alias::member(index)) {
                self.members.insert((definition.name.clone(), name.clone()), tidy.tidy(kind));
            }
        }
    }

    fn read_method(&mut self, operation: &Operation, found: syn::Signature, tidy: &mut Tidy) {
        for input in found.inputs {
            let syn::FnArg::Typed(argument) = input else { continue };
            let syn::Pat::Ident(name) = &*argument.pat else { continue };
            let name = name.ident.to_string();
            let param = operation.params.iter().enumerate().find(|(index, _)| alias::param(*index) == name);
            let name = param.map_or(name, |(_, param)| param.rust.clone());
            self.arguments.insert((operation.rust.clone(), name), tidy.tidy(strip(*argument.ty)));
        }
        if let syn::ReturnType::Type(_, result) = found.output {
            // Result<ResponseValue<T>, Error<E>>
            if let Some(answer) = first_argument(&result).and_then(|value| first_argument(&value)) {
                self.answers.insert(operation.rust.clone(), tidy.tidy(answer));
            }
        }
    }
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
    arguments
        .args
        .iter()
        .find_map(|argument| if let syn::GenericArgument::Type(inner) = argument { Some(inner.clone()) } else { None })
}

/// Paths as a person writes them: `Vec<T>` for `::std::vec::Vec<T>`, `rt::Amount` for `::bankfeed_runtime::Amount`, and the
/// model's names for the generator's.
struct Tidy {
    types: HashMap<String, String>,
}

impl Tidy {
    fn tidy(&mut self, mut found: syn::Type) -> syn::Type {
        self.visit_type_mut(&mut found);
        found
    }
}

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
            ["std", "vec", "Vec"]
            | ["std", "string", "String"]
            | ["std", "boxed", "Box"]
            | ["std", "option", "Option"]
            | ["std", "collections", "BTreeMap"] => {
                keep_last(&mut found.path);
            }
            ["types", name] | [name] if self.types.contains_key(*name) => {
                let name = quote::format_ident!("{}", self.types[*name]);
                found.path = syn::parse_quote!(#name);
            }
            ["bankfeed_runtime", name] => {
                let name = quote::format_ident!("{name}");
                found.path = syn::parse_quote!(rt::#name);
            }
            _ => {}
        }
    }
}
