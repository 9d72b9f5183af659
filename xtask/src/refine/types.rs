//! The types as users read them: fields with their documentation, constructors for what is sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::argument::argument;
use super::harvest::Harvest;
use super::items::{Gated, with_imports};
use super::{Module, docs, hides_something};
use crate::model::{Api, Arm, Field, Kind, Object, Presence, Shape, TypeDef, Variant};

/// One file: the types of one component.
pub(super) fn module(home: &str, definitions: &[&TypeDef], api: &Api, harvest: &Harvest) -> anyhow::Result<Module> {
    let common = super::common_features(definitions);
    let mut groups = Vec::new();
    for definition in definitions {
        groups.push(Gated::new(super::own_features(definition, &common), define(definition, harvest)?)?);
    }
    let items = with_imports(groups, api, definitions, quote! { super })?;
    let doc = format!(
        "`{}` and what belongs to it.",
        definitions.first().map_or(home, |definition| definition.home.as_str())
    );
    Ok(Module { path: format!("types/{home}.rs"), doc, items })
}

fn define(definition: &TypeDef, harvest: &Harvest) -> anyhow::Result<Vec<TokenStream>> {
    match &definition.kind {
        Kind::Object(object) => object_items(definition, object, harvest),
        Kind::Enum(variants) => Ok(enum_items(definition, variants)),
        Kind::Union(arms) => union_items(definition, arms, harvest),
    }
}

fn head(definition: &TypeDef) -> TokenStream {
    let text = if definition.doc.is_empty() {
        format!("`{}` of the specification.", definition.name)
    } else {
        definition.doc.clone()
    };
    let doc = docs::doc(&text);
    let deprecated = deprecated(definition.deprecated);
    quote! { #doc #deprecated }
}

pub(super) fn deprecated(yes: bool) -> TokenStream {
    if yes {
        quote! { #[deprecated] }
    } else {
        quote! {}
    }
}

/// What a specification requires, it requires: a lint cannot make it less.
pub(super) fn too_many(arguments: usize) -> TokenStream {
    if arguments > 7 {
        quote! { #[allow(clippy::too_many_arguments)] }
    } else {
        quote! {}
    }
}

/// The type of a field, with its presence.
pub(super) fn field_type(field: &Field, bare: &syn::Type) -> TokenStream {
    match field.presence {
        Presence::Required => quote! { #bare },
        Presence::RequiredNullable | Presence::Optional => quote! { Option<#bare> },
        Presence::OptionalNullable => quote! { rt::Maybe<#bare> },
    }
}

fn object_items(definition: &TypeDef, object: &Object, harvest: &Harvest) -> anyhow::Result<Vec<TokenStream>> {
    let name = format_ident!("{}", definition.name);
    let head = head(definition);
    let mut fields = Vec::new();
    for field in &object.fields {
        let ident = format_ident!("{}", field.rust);
        let bare = harvest.member(&definition.name, &field.rust)?;
        let stored = field_type(field, bare);
        let doc = docs::doc(&field_doc(field));
        let deprecated = deprecated(field.deprecated);
        fields.push(quote! { #doc #deprecated pub #ident: #stored });
    }
    if let Some((rest, _)) = &object.rest {
        let ident = format_ident!("{rest}");
        let stored = harvest.member(&definition.name, rest)?;
        fields.push(
            quote! { #[doc = " Members that the specification does not list, as they were sent."] pub #ident: #stored },
        );
    }
    let sent_only_optional = definition.in_request
        && object.fields.iter().all(|field| matches!(field.presence, Presence::Optional | Presence::OptionalNullable));
    let debug = if hides_something(definition) {
        quote! {}
    } else {
        quote! { Debug, }
    };
    let default = if sent_only_optional {
        quote! { Default, }
    } else {
        quote! {}
    };
    let mut items = vec![quote! {
        #head
        #[derive(Clone, #debug #default PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    }];
    if definition.in_request {
        items.push(constructors(definition, object, harvest)?);
    }
    Ok(items)
}

fn field_doc(field: &Field) -> String {
    match (field.doc.is_empty(), field.rust.trim_end_matches('_') == field.wire) {
        (true, _) => docs::code(&field.wire),
        (false, true) => field.doc.clone(),
        (false, false) => format!("{} ({} on the wire)", field.doc.trim_end_matches('.'), docs::code(&field.wire)),
    }
}

/// `new` with what is required, and a setter for everything else.
fn constructors(definition: &TypeDef, object: &Object, harvest: &Harvest) -> anyhow::Result<TokenStream> {
    let name = format_ident!("{}", definition.name);
    let mut params = Vec::new();
    let mut values = Vec::new();
    let mut setters = Vec::new();
    let mut taken: std::collections::HashSet<String> = object.fields.iter().map(|field| field.rust.clone()).collect();
    for field in &object.fields {
        let ident = format_ident!("{}", field.rust);
        let bare = harvest.member(&definition.name, &field.rust)?;
        let given = argument(&field.shape, bare, &ident);
        let (param, value) = (&given.param, &given.value);
        match field.presence {
            Presence::Required => {
                params.push(quote! { #ident: #param });
                values.push(if ident == given.value.to_string() {
                    quote! { #ident }
                } else {
                    quote! { #ident: #value }
                });
                continue;
            }
            Presence::RequiredNullable => {
                params.push(quote! { #ident: Option<#bare> });
                values.push(quote! { #ident });
                continue;
            }
            Presence::Optional => values.push(quote! { #ident: None }),
            Presence::OptionalNullable => values.push(quote! { #ident: rt::Maybe::Absent }),
        }
        // A field called `new` would hide the constructor.
        let method = if field.rust == "new" {
            crate::names::unique("set_new".to_owned(), &mut taken)
        } else {
            field.rust.clone()
        };
        let method = format_ident!("{method}");
        let stored = if field.presence == Presence::Optional {
            quote! { Some(#value) }
        } else {
            quote! { rt::Maybe::Value(#value) }
        };
        let doc = docs::doc(&format!("Sets [`{}`](Self::{}).", field.rust, field.rust));
        let deprecated = deprecated(field.deprecated);
        setters.push(quote! {
            #doc
            #deprecated
            #[must_use]
            pub fn #method(mut self, #ident: #param) -> Self {
                self.#ident = #stored;
                self
            }
        });
        if field.presence == Presence::OptionalNullable {
            let method = crate::names::unique(format!("null_{}", field.rust.trim_end_matches('_')), &mut taken);
            let method = format_ident!("{method}");
            let doc = docs::doc(&format!(
                "Sends [`{}`](Self::{}) as null, which is not the same as leaving it out.",
                field.rust, field.rust
            ));
            setters.push(quote! {
                #doc
                #deprecated
                #[must_use]
                pub fn #method(mut self) -> Self {
                    self.#ident = rt::Maybe::Null;
                    self
                }
            });
        }
    }
    if let Some((rest, _)) = &object.rest {
        let ident = format_ident!("{rest}");
        values.push(quote! { #ident: BTreeMap::new() });
    }
    let many = too_many(params.len());
    let doc = if params.is_empty() {
        " Without any of its optional members."
    } else {
        " With its required members; the rest is set afterwards."
    };
    // A setter called `default` would be called instead.
    let default = if taken.contains("default") {
        quote! { <Self as Default>::default() }
    } else {
        quote! { Self::default() }
    };
    let body = if params.is_empty() {
        default
    } else {
        quote! { Self { #(#values),* } }
    };
    Ok(quote! {
        impl #name {
            #[doc = #doc]
            #[must_use]
            #many
            pub fn new(#(#params),*) -> Self { #body }
            #(#setters)*
        }
    })
}

fn enum_items(definition: &TypeDef, variants: &[Variant]) -> Vec<TokenStream> {
    let name = format_ident!("{}", definition.name);
    let head = head(definition);
    let idents = variants.iter().map(|variant| format_ident!("{}", variant.rust));
    let docs = variants.iter().map(|variant| docs::doc(&docs::code(&variant.wire)));
    vec![quote! {
        #head
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #idents,)*
            #[doc = " A value that is not in the specification, kept as it was sent."]
            Unrecognized(rt::UnknownValue),
        }
    }]
}

fn union_items(definition: &TypeDef, arms: &[Arm], harvest: &Harvest) -> anyhow::Result<Vec<TokenStream>> {
    let name = format_ident!("{}", definition.name);
    let head = head(definition);
    let mut variants = Vec::new();
    let mut conversions = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for arm in arms {
        let ident = format_ident!("{}", arm.rust);
        let stored = harvest.member(&definition.name, &arm.rust)?;
        let doc = docs::doc(&format!("As `{}`.", quote! { #stored }.to_string().replace(' ', "")));
        variants.push(quote! { #doc #ident(#stored) });
        if definition.in_request && seen.insert(quote! { #stored }.to_string()) {
            conversions.push(quote! {
                impl From<#stored> for #name {
                    fn from(value: #stored) -> Self { Self::#ident(value) }
                }
            });
        }
    }
    let texts: Vec<&Arm> =
        arms.iter().filter(|arm| matches!(arm.shape, Shape::Text | Shape::Id | Shape::Secret)).collect();
    if let ([text], true) = (texts.as_slice(), definition.in_request) {
        let ident = format_ident!("{}", text.rust);
        conversions.push(quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self { Self::#ident(value.into()) }
            }
        });
    }
    let mut items = vec![quote! {
        #head
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#variants,)*
            #[doc = " None of the described forms, kept as it was sent."]
            Unrecognized(rt::Json),
        }
    }];
    items.extend(conversions);
    Ok(items)
}
