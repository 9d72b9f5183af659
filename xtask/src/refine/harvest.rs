//! What the generator decided: the Rust type of every member and argument.
//!
//! Its structs and methods are put in a table; the rest of refining looks types up here instead of deciding
//! them again. Box for recursive types, paths and collections are thus the generator's.

use std::collections::HashMap;

use anyhow::Context as _;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
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
        let Found { mut structs, mut methods } = Found::scan(tokens)?;
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

    fn read_type(&mut self, definition: &TypeDef, found: syn::FieldsNamed, tidy: &mut Tidy) {
        let names: Vec<&String> = match &definition.kind {
            Kind::Object(object) => {
                object.fields.iter().map(|field| &field.rust).chain(object.rest.iter().map(|(name, _)| name)).collect()
            }
            Kind::Union(arms) => arms.iter().map(|arm| &arm.rust).collect(),
            Kind::Enum(_) => return,
        };
        let mut found: HashMap<String, syn::Type> =
            found.named.into_iter().filter_map(|field| Some((field.ident?.to_string(), field.ty))).collect();
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

/// The structs and methods in the generator's output.
///
/// They are found by their keywords, and only they are parsed: most of the output is code around them that nobody reads,
/// and parsing all of it takes longer than everything else here.
#[derive(Default)]
struct Found {
    structs: HashMap<String, syn::FieldsNamed>,
    methods: HashMap<String, syn::Signature>,
}

impl Found {
    fn scan(tokens: TokenStream) -> anyhow::Result<Self> {
        let mut found = Self::default();
        found.level(tokens)?;
        Ok(found)
    }

    /// Looks through the items of a file, of its `mod types` and of `impl Client`.
    fn level(&mut self, tokens: TokenStream) -> anyhow::Result<()> {
        let mut before: Vec<TokenTree> = Vec::new();
        for tree in tokens {
            let is_block = matches!(&tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            let is_end = matches!(&tree, TokenTree::Punct(sign) if sign.as_char() == ';');
            if let (TokenTree::Group(block), true) = (&tree, is_block) {
                self.item(&before, block)?;
            }
            if is_block || is_end {
                before.clear();
            } else {
                before.push(tree);
            }
        }
        Ok(())
    }

    /// Takes an item from what stands before its block, attributes included.
    fn item(&mut self, head: &[TokenTree], block: &Group) -> anyhow::Result<()> {
        let word = |at: usize| match head.get(at) {
            Some(TokenTree::Ident(ident)) => ident.to_string(),
            _ => String::new(),
        };
        let keyword = |keyword: &str| (0..head.len()).find(|at| word(*at) == keyword);
        if let Some(at) = keyword("struct") {
            let fields = syn::parse2(TokenTree::Group(block.clone()).into());
            let fields = fields.with_context(|| format!("the generator's `{}` does not parse", word(at + 1)))?;
            self.structs.insert(word(at + 1), fields);
        } else if let Some(at) = keyword("fn") {
            let signature = syn::parse2(head[at..].iter().cloned().collect());
            let signature = signature.with_context(|| format!("the generator's `{}` does not parse", word(at + 1)))?;
            self.methods.insert(word(at + 1), signature);
        } else if keyword("mod").is_some_and(|at| word(at + 1) == "types")
            || (keyword("impl").is_some_and(|at| word(at + 1) == "Client") && keyword("for").is_none())
        {
            self.level(block.stream())?;
        }
        Ok(())
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
